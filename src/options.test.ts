// The sentences people read when an option does not fit: place, what was found, what was expected.
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { ChainruleError } from './errors.ts';
import { choose, count, fraction, nonNegative, parseWith, positive, seed, size, strict } from './options.ts';

const schema = strict({
  units: size,
  rate: z.optional(positive),
  momentum: z.optional(fraction),
  mode: z.optional(z.enum(['valid', 'same'])),
  type: z.optional(z.literal('dense')),
  steps: z.optional(z.array(count)),
  inner: z.optional(strict({ depth: nonNegative })),
  flag: z.optional(z.boolean()),
});

function sentence(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof ChainruleError) return error.message;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('one sentence for', () => {
  test.each<[string, unknown, string]>([
    ['a missing field', {}, 'layer.units is missing; give a number.'],
    ['the wrong type', { units: '3' }, 'layer.units is "3"; a number is expected.'],
    ['a list where a number belongs', { units: [3] }, 'layer.units is a list; a number is expected.'],
    ['null', { units: null }, 'layer.units is null; a number is expected.'],
    ['a fraction where an integer belongs', { units: 2.5 }, 'layer.units is 2.5; an integer is expected.'],
    ['what is no number', { units: Number.NaN }, 'layer.units is NaN; a number is expected.'],
    ['what is infinite', { units: 1, rate: Number.POSITIVE_INFINITY }, 'layer.rate is Infinity; a number is expected.'],
    ['too little', { units: 0 }, 'layer.units is 0; it must be at least 1.'],
    ['too much', { units: 2 ** 31 }, 'layer.units is 2147483648; it must be at most 1073741824.'],
    ['the excluded end below', { units: 1, rate: 0 }, 'layer.rate is 0; it must be above 0.'],
    ['the excluded end above', { units: 1, momentum: 1 }, 'layer.momentum is 1; it must be below 1.'],
    [
      'a misspelt key',
      { units: 1, momentun: 0.5 },
      'layer has an unknown key "momentun" (did you mean "momentum"?); remove it or correct its spelling.',
    ],
    [
      'an unknown key like no other',
      { units: 1, colour: 'red' },
      'layer has an unknown key "colour"; remove it or correct its spelling.',
    ],
    [
      'a misspelt choice',
      { units: 1, mode: 'smae' },
      'layer.mode is "smae" (did you mean "same"?); expected one of valid, same.',
    ],
    ['the only choice', { units: 1, type: 'flatten' }, 'layer.type is "flatten"; expected "dense".'],
    ['an entry of a list', { units: 1, steps: [1, -2] }, 'layer.steps[1] is -2; it must be at least 0.'],
    ['a field within a field', { units: 1, inner: { depth: -1 } }, 'layer.inner.depth is -1; it must be at least 0.'],
    [
      'a misspelt key within a field',
      { units: 1, inner: { deptj: 1, depth: 1 } },
      'layer.inner has an unknown key "deptj" (did you mean "depth"?); remove it or correct its spelling.',
    ],
    ['a boolean in quotes', { units: 1, flag: 'true' }, 'layer.flag is "true"; a boolean is expected.'],
    ['no object at all', 7, 'layer is 7; an object is expected.'],
  ])('%s', (_, value, expected) => expect(sentence(() => parseWith(schema, value, 'layer'))).toBe(expected));

  test('a long text, cut short', () => {
    expect(sentence(() => parseWith(size, 'x'.repeat(99), 'units'))).toBe(
      `units is "${'x'.repeat(40)}…"; a number is expected.`,
    );
  });
});

test('a value that fits comes back as the schema reads it', () => {
  expect(parseWith(schema, { units: 3, momentum: 0 }, 'layer')).toEqual({ units: 3, momentum: 0 });
});

test('a seed goes up to 2⁵³ − 1 and no further', () => {
  expect(parseWith(seed, Number.MAX_SAFE_INTEGER, 'seed')).toBe(Number.MAX_SAFE_INTEGER);
  expect(() => parseWith(seed, 2 ** 53, 'seed')).toThrow(ChainruleError);
});

test('the code is the one asked for', () => {
  expect(() => parseWith(size, 0, 'x', 'bad-network')).toThrow(expect.objectContaining({ code: 'bad-network' }));
  expect(() => parseWith(size, 0, 'x')).toThrow(expect.objectContaining({ code: 'bad-option' }));
});

describe('choosing a rule', () => {
  const rules = { tanh: { name: 'tanh' }, relu: { name: 'relu' } };

  test('takes a name or the rule itself', () => {
    const own = { name: 'own' };
    expect(choose('tanh', rules, 'activation')).toBe(rules.tanh);
    expect(choose<{ name: string }>(own, rules, 'activation')).toBe(own);
  });

  test('names the nearest and all there are', () => {
    expect(sentence(() => choose('rely', rules, 'activation'))).toBe(
      'there is no activation "rely" (did you mean "relu"?); expected one of tanh, relu.',
    );
  });

  test('does not take what every object has for a rule', () => {
    expect(() => choose('constructor', rules, 'activation')).toThrow(ChainruleError);
  });
});
