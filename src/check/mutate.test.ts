// Programs with a mistake in them: where it can be made, and that nothing else changes. Their numbers are in test/golden.
import { describe, expect, test } from 'vitest';
import { adam, clipped, sgd } from '../index.ts';
import { dense } from '../layers/dense.ts';
import { network } from '../network/index.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { compile, type Program } from '../plan/index.ts';
import * as misconceptions from './misconceptions/index.ts';

const made = (
  layers: Parameters<typeof network>[0],
  options: Partial<Parameters<typeof network>[1]> = {},
  optimizer: Optimizer = sgd(),
) => compile(network(layers, { input: 2, ...options }), optimizer);

const plain = made([dense(3, 'sigmoid'), dense(2, 'sigmoid')]);

/** The mistakes that can be made on a program. */
const possible = (program: Program) =>
  Object.values(misconceptions)
    .filter(({ mutate }) => mutate(program).length > 0)
    .map(({ id }) => id);

describe('a misconception', () => {
  test('has its own id, and words in both languages that name the quantity and both formulas', () => {
    const all = Object.values(misconceptions);
    expect(all).toHaveLength(37);
    expect(new Set(all.map(({ id }) => id)).size).toBe(37);
    const found = { quantity: 'QUANTITY', right: 'RIGHT', wrong: 'WRONG' };
    for (const { id, explanation } of all) {
      const [english, chinese] = [explanation.en(found), explanation.zh(found)];
      for (const word of Object.values(found))
        expect([id, english, chinese]).toEqual([id, expect.stringContaining(word), expect.stringContaining(word)]);
      expect(chinese, id).toMatch(/[\u4e00-\u9fff]/);
    }
  });

  test('leaves every slot of the right program as it is, and computes each before it is read', () => {
    for (const { id, mutate } of Object.values(misconceptions)) {
      for (const { program } of mutate(plain)) {
        for (const [name, slot] of plain.slots) expect(program.slots.get(name), `${id}: ${name}`).toBe(slot);
        expect(program.carries).toBe(plain.carries);
        const written = new Set<string>();
        for (const call of program.calls) {
          for (const input of Object.values(call.inputs)) {
            const isWritten = program.calls.some(({ output }) => output === input);
            expect(!isWritten || written.has(input), `${id}: ${input}`).toBe(true);
          }
          written.add(call.output);
        }
        expect(written.size, id).toBe(program.calls.length);
      }
    }
  });

  test('is none where the network leaves no room for it', () => {
    const single = possible(made([dense(1)]));
    for (const id of [
      'only-one-downstream-neuron',
      'weight-left-out-of-path',
      'output-delta-omits-activation-derivative',
      'derivative-evaluated-at-z',
      'softmax-diagonal-only',
      'penalty-left-out',
      'momentum-sign',
      'adam-bias-correction-missing',
      'convolution-kernel-not-rotated',
    ]) {
      expect(single).not.toContain(id);
    }
    const wide = possible(plain);
    expect(wide).not.toContain('backward-uses-untransposed-weights');
    expect(possible(made([dense(2, 'sigmoid'), dense(2)]))).toContain('backward-uses-untransposed-weights');
    expect(possible(made([dense(2, 'sigmoid', { bias: false }), dense(2, 'sigmoid', { bias: false })]))).not.toContain(
      'bias-left-out-of-forward',
    );
  });

  test('of updated weights needs weights that are updated before all gradients are known', () => {
    const id = 'hidden-delta-uses-updated-weights';
    const layers = [dense(2, 'sigmoid'), dense(2, 'sigmoid')];
    expect(possible(made(layers, {}, adam()))).toContain(id);
    expect(possible(made(layers, { frozen: ['layers.1.weight'] }))).not.toContain(id);
    // The common norm of all gradients cannot be known before the last one.
    expect(possible(made(layers, {}, clipped(sgd(), { norm: 1 })))).not.toContain(id);
  });

  test('of a ReLU goes by its own name, where it would also be a hidden derivative left out', () => {
    const relus = possible(made([dense(3, 'relu'), dense(2)]));
    expect(relus).toContain('relu-derivative-left-out');
    expect(relus).not.toContain('hidden-delta-omits-activation-derivative');
    const mixed = possible(made([dense(3, 'relu'), dense(3, 'tanh'), dense(2)]));
    expect(mixed).toContain('hidden-delta-omits-activation-derivative');
  });

  test('behind a loss that simplifies takes a − y as right, and drops the simplification where it makes δ wrong', () => {
    const matched = made([dense(3, 'tanh'), dense(2, 'sigmoid')], { loss: 'crossEntropy' });
    expect(possible(matched)).not.toContain('output-delta-omits-activation-derivative');
    expect(possible(matched)).not.toContain('hidden-error-skips-output-derivative');
    const shorter = (mutated: readonly { readonly program: Program }[]) =>
      mutated[0].program.simplifications.map(({ output }) => output);
    expect(shorter(misconceptions.errorSignReversed.mutate(matched))).toEqual(['loss.terms']);
    expect(shorter(misconceptions.gradientUsesWeight.mutate(matched))).toEqual(['loss.terms', 'layers.1.delta']);
  });
});
