// A reader's own notation: what its templates become, and the one sentence that says what is wrong with a file.
import { describe, expect, test } from 'vitest';
import haykin from '../../examples/notations/haykin.json' with { type: 'json' };
import hiddenH from '../../examples/notations/hidden-h.json' with { type: 'json' };
import { batchNorm, conv2d, dense, flatten } from '../layers/index.ts';
import { network } from '../network/index.ts';
import { sgd } from '../optimizers/index.ts';
import { compile } from '../plan/index.ts';
import type { Element, Index } from '../symbolic/index.ts';
import { notationJsonSchema, readNotation } from './index.ts';
import { SymbolWriter } from './symbols.ts';

const read = (description: unknown) => readNotation(JSON.stringify(description), 'mine.json');
const element = (slot: string, index: readonly Index[], sample: number | null = null): Element => ({
  kind: 'element',
  slot,
  index,
  sample,
});

const small = compile(network([dense(3, 'sigmoid'), dense(2, 'sigmoid')], { input: 2, seed: 1 }), sgd({}));
const images = compile(
  network([conv2d(2, 2), batchNorm(), flatten(), dense(12, 'softmax')], { input: [1, 4, 4], seed: 1 }),
  sgd({}),
);

describe('a complete notation', () => {
  const notation = read(haykin);
  const [one, batch] = [1, 3].map((samples) => new SymbolWriter(small, notation, samples));

  test.each<[string, readonly Index[], string, string]>([
    ['input', [1], 'x₂', 'x_{{2}}'],
    ['target', [0], 'd₁', 'd_{{1}}'],
    ['layers.0.z', [2], 'v⁽¹⁾₃', 'v_{{3}}^{({1})}'],
    ['layers.0.a', [0], 'y⁽¹⁾₁', 'y_{{1}}^{({1})}'],
    ['layers.1.a', [0], 'o₁', 'o_{{1}}'],
    ['layers.1.weight', [0, 2], 'w⁽²⁾₁₃', 'w_{{1}{3}}^{({2})}'],
    ['layers.1.weight.grad', [0, 2], '∂ℰ/∂w⁽²⁾₁₃', '\\frac{\\partial \\mathcal{E}}{\\partial w_{{1}{3}}^{({2})}}'],
    ['layers.1.weight.step', [0, 2], 'Δw⁽²⁾₁₃', '\\Delta w_{{1}{3}}^{({2})}'],
    ['loss.terms', [1], 'ℰ₂', '\\mathcal{E}_{{2}}'],
    ['learningRate', [], 'η', '\\eta'],
  ])('writes %s%j as %s', (slot, index, text, latex) => {
    expect(one.of(element(slot, index, 0))).toMatchObject({ text, latex });
  });

  test('names the sample where the batch has several', () => {
    expect(batch.of(element('layers.1.delta', [1], 2))).toEqual({
      text: 'δ⁽²⁾₂(3)',
      latex: '\\delta_{{2}}^{({2})}({3})',
    });
    expect(batch.of(element('loss', [], 2)).text).toBe('ℰ(3)');
    expect(batch.of(element('loss', [])).text).toBe('ℰ');
  });

  test('writes whole matrices, where they have templates and where they have none', () => {
    expect(one.matrix('layers.1.weight')).toEqual({ text: 'W⁽²⁾', latex: '\\mathbf{W}^{({2})}' });
    expect(one.matrix('layers.0.delta')).toEqual({ text: 'δ⁽¹⁾', latex: '\\delta^{({1})}' });
    expect(one.matrix('input')).toEqual({ text: 'x', latex: 'x' });
  });

  test('keeps row and column of kernels and images apart, and numbers of two digits together', () => {
    const symbols = new SymbolWriter(images, notation, 1);
    expect(symbols.of(element('layers.0.weight', [1, 0, 0, 1])).latex).toBe('w_{{2}{1;1,2}}^{({1})}');
    expect(symbols.of(element('input', [0, 2, 3], 0)).latex).toBe('x_{{1;3,4}}');
    expect(symbols.of(element('layers.3.weight', [11, 9])).latex).toBe('w_{{12}{10}}^{({4})}');
    expect(symbols.of(element('layers.1.weight', [1])).text).toBe('γ⁽²⁾₂');
  });
});

describe('a notation with a base', () => {
  test('takes from it what it does not say', () => {
    const symbols = new SymbolWriter(small, read(hiddenH), 1);
    const written = [
      ['target', [0]],
      ['layers.0.a', [1]],
      ['layers.1.a', [1]],
      ['layers.1.weight', [0, 1]],
    ] as const;
    expect(written.map(([slot, index]) => symbols.of(element(slot, index, 0)).text)).toEqual([
      't₁',
      'h¹₂',
      'o₂',
      'w³₁₂',
    ]);
  });

  test('takes its conventions too, unless it has others', () => {
    expect(read({ name: 'x', base: 'xigua', symbols: {} }).conventions).toMatchObject({
      delta: 'negated',
      bias: 'threshold',
    });
    const other = read({ name: 'x', base: 'xigua', symbols: {}, conventions: { delta: 'derivative' } });
    expect(other.conventions).toMatchObject({ delta: 'derivative', bias: 'threshold' });
  });

  test('may have a sign of its own for gradients and quantities, indices from 0 and weights by number', () => {
    const notation = read({
      name: 'x',
      base: 'nielsen',
      symbols: {
        gradient: { latex: '\\nabla {of}', text: '∇{of}' },
        weight: { latex: 'w_{{n}}', text: 'w{n}' },
        bias: { latex: 'b^{{l2}}_{{j0}}', text: 'b{^l2}{_j0}' },
        quantity: { latex: '{name}_{{j}}', text: '{name}{_j}' },
      },
    });
    const symbols = new SymbolWriter(small, notation, 1);
    expect(symbols.of(element('layers.1.weight.grad', [0, 0]))).toMatchObject({
      latex: '\\nabla {w_{{7}}}',
      text: '∇w7',
    });
    expect(symbols.of(element('layers.0.bias', [0])).text).toBe('b²₀');
    expect(symbols.of(element('layers.0.mask', [0], 0))).toMatchObject({ latex: '{r}_{{1}}', text: 'r₁' });
  });
});

describe('a file that does not fit is refused in one sentence that names', () => {
  const { delta: _, ...withoutDelta } = haykin.symbols;
  const withSymbol = (symbol: string, value: unknown) => ({
    ...haykin,
    symbols: { ...haykin.symbols, [symbol]: value },
  });

  test.each<[string, unknown, RegExp]>([
    ['a missing symbol', { ...haykin, symbols: withoutDelta }, /^mine\.json: symbols\.delta is missing; give/],
    ['an unknown symbol', withSymbol('detla', {}), /unknown key "detla" \(did you mean "delta"\?\)/],
    ['an unknown key', { ...haykin, convention: {} }, /unknown key "convention" \(did you mean "conventions"\?\)/],
    ['an unknown base', { ...haykin, base: 'nielson' }, /base is "nielson" \(did you mean "nielsen"\?\)/],
    ['an unknown convention', { ...haykin, conventions: { delta: 'negative' } }, /conventions\.delta is "negative"/],
    [
      'an unknown placeholder in LaTeX',
      withSymbol('delta', { latex: '\\delta_{{neuron}}', text: 'δ' }),
      /symbols\.delta\.latex has the unknown placeholder \{neuron\}/,
    ],
    [
      'an unknown placeholder in text',
      withSymbol('weight', { latex: 'w', text: 'w{_j}{_kk}' }),
      /symbols\.weight\.text has the unknown placeholder \{kk\} \(did you mean "k"\?\)/,
    ],
    [
      'a placeholder that means nothing there',
      withSymbol('loss', { latex: 'E_{{j}}', text: 'E' }),
      /symbols\.loss\.latex has the unknown placeholder \{j\}; it takes none/,
    ],
    ['half a template', withSymbol('weight', { latex: 'w' }), /symbols\.weight needs "latex" and "text"/],
    ['half a pair', withSymbol('delta', { hidden: { latex: 'e', text: 'e' } }), /symbols\.delta needs/],
    ['a lonely brace', withSymbol('bias', { latex: 'b', text: 'b{' }), /symbols\.bias\.text is "b\{"/],
    ['no object', [1], /mine\.json: /],
  ])('%s', (_name, description, message) => {
    expect(() => read(description)).toThrow(message);
  });

  test('what is no JSON', () => {
    expect(() => readNotation('{ "name": ', 'mine.json')).toThrow(/^mine\.json is not valid JSON/);
  });
});

test('literal words of LaTeX stand behind a command', () => {
  const notation = read({
    name: 'x',
    base: 'nielsen',
    symbols: { weightedInput: { latex: '\\mathit{net}_{{j}}', text: 'net_{j}' } },
  });
  expect(new SymbolWriter(small, notation, 1).of(element('layers.0.z', [0], 0))).toEqual({
    latex: '\\mathit{net}_{{1}}',
    text: 'net_1',
  });
});

test('the JSON Schema names every symbol', () => {
  expect(JSON.stringify(notationJsonSchema())).toContain('weightedInput');
});
