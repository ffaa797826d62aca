// The error type, and the guess at what a misspelt word was meant to be.
import { describe, expect, test } from 'vitest';
import { ChainruleError, didYouMean, nearest } from './errors.ts';

const names = ['sigmoid', 'softmax', 'softplus', 'tanh', 'relu'];

describe('the nearest name', () => {
  test.each([
    ['sigmod', 'sigmoid', 'a letter left out'],
    ['sigmooid', 'sigmoid', 'a letter twice'],
    ['sigmiod', 'sigmoid', 'two letters swapped'],
    ['Sigmoid', 'sigmoid', 'another case'],
    ['than', 'tanh', 'a swap in a short word'],
    ['softmux', 'softmax', 'another letter'],
  ])('of %s is %s: %3$s', (word, name) => expect(nearest(word, names)).toBe(name));

  test('is none where the word is no slip of the keyboard', () => {
    expect(nearest('convolution', names)).toBeUndefined();
    expect(nearest('sigmoid', [])).toBeUndefined();
  });
});

test('the question is asked only where there is a guess', () => {
  expect(didYouMean('sigmod', names)).toBe(' (did you mean "sigmoid"?)');
  expect(didYouMean('convolution', names)).toBe('');
});

test('an error has a code, a name and a cause beside its sentence', () => {
  const cause = new Error('below');
  const error = new ChainruleError('bad-file', 'model.bin is damaged.', { cause });
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ code: 'bad-file', name: 'ChainruleError', message: 'model.bin is damaged.', cause });
});
