// Derivations of convolutions, pooling, dropout and batch normalization: every expression against the value it stands for.
import { describe, expect, it } from 'vitest';
import {
  activation,
  avgPool2d,
  batchNorm,
  conv2d,
  dense,
  dropout,
  flatten,
  globalAvgPool2d,
  maxPool2d,
} from '../layers/index.ts';
import { network } from '../network/index.ts';
import { adam, sgd } from '../optimizers/index.ts';
import { evaluate } from '../symbolic/index.ts';
import { type Derivation, explain, languages, notations, renderJson, renderText } from './index.ts';

/** The largest difference between a step's value and its own expression's, relative to 1. */
function worstDifference(derivation: Derivation): number {
  const values = { element: derivation.value, samples: derivation.samples };
  const differences = derivation.steps.flatMap(({ expression, chain, simplified, value }) =>
    [expression, chain, simplified].map((form) =>
      form === undefined ? 0 : Math.abs(evaluate(form, values) - value) / Math.max(1, Math.abs(value)),
    ),
  );
  return Math.max(...differences);
}

const images = (count: number, width: number) =>
  Array.from({ length: count }, (_, s) => Array.from({ length: width }, (_, i) => Math.sin(5 * s + 3 * i)));
const oneHot = (count: number) => Array.from({ length: count }, (_, s) => [0, 1].map((j) => Number(j === s % 2)));

const pooled = network(
  [conv2d(2, 2, 'relu', { padding: 1 }), maxPool2d(2, { stride: 1 }), flatten(), dropout(0.4), dense(2, 'softmax')],
  { input: [1, 3, 3], seed: 3 },
);

describe('every expression is what the program computed', () => {
  const nets = {
    'conv2d, maxPool2d, dropout and a softmax': pooled,
    'conv2d with strides, avgPool2d, globalAvgPool2d and batchNorm': network(
      [
        conv2d(2, [2, 3], 'tanh', { stride: [1, 2], padding: 'same', bias: false }),
        batchNorm(),
        avgPool2d([2, 1]),
        globalAvgPool2d(),
        dense(2, 'sigmoid'),
      ],
      { input: [1, 4, 4], seed: 4, l2: 0.1, l1: 0.01 },
    ),
    'batchNorm of features and an activation of its own': network(
      [dense(3), batchNorm(), activation('gelu'), dense(2, 'softmax')],
      { input: 4, seed: 5 },
    ),
  };
  for (const [name, net] of Object.entries(nets)) {
    it(`for ${name}`, () => {
      const width = net.input.reduce((product, axis) => product * axis, 1);
      for (const count of net === pooled ? [1, 3] : [3]) {
        for (const optimizer of [sgd({ learningRate: 0.3 }), adam()]) {
          for (const steps of [1, 3]) {
            const batch = { inputs: images(count, width), targets: oneHot(count) };
            const derivation = explain(net, { ...batch, optimizer, steps });
            expect(worstDifference(derivation)).toBeLessThan(1e-12);
            for (const notation of Object.keys(notations)) {
              for (const language of Object.keys(languages)) {
                expect(renderText(derivation, { notation, language })).not.toMatch(/undefined|NaN/);
              }
              for (const { formula, substituted } of renderJson(derivation, { notation }).steps) {
                expect(formula + substituted).not.toMatch(/undefined|NaN/);
              }
            }
          }
        }
      }
    });
  }
});

describe('a reader sees', () => {
  const derivation = explain(pooled, { inputs: images(1, 9), targets: oneHot(1), learningRate: 0.5 });
  const text = renderText(derivation);
  const formulaOf = (id: string) => renderJson(derivation).steps.find((step) => step.id === id)?.formula ?? '';

  it('only the pixels inside the image under a kernel', () => {
    const corner = formulaOf('layers.0.z[0,0,0]');
    expect(corner).toBe('w^{2}_{1,1;2,2} \\cdot x_{1;1,1} + b^{2}_{1}');
  });

  it('∂z/∂w of each place that shares a weight, z where its δ is', () => {
    const factors = formulaOf('layers.0.weight.grad[0,0,1,1]').split(' = ')[0].split(' + ');
    expect(factors).toHaveLength(9);
    for (const factor of factors) {
      const match =
        /^\\delta\^\{2\}_\{(.+?)\} \\cdot \\frac\{\\partial z\^\{2\}_\{(.+?)\}\}\{\\partial w\^\{2\}_\{1,1;2,2\}\}$/;
      const [, ofDelta, ofZ] = match.exec(factor) ?? [];
      expect(ofDelta, factor).toBeDefined();
      expect(ofZ).toBe(ofDelta);
    }
  });

  it('which pixel max-pooling chose, and the mask that dropout drew', () => {
    expect(text).toMatch(/p³₁₁₁ = argmax\(0: a²₁₁₁, 1: a²₁₁₂, 4: a²₁₂₁, 5: a²₁₂₂\)/);
    expect(text).toMatch(/a³₁₁₁ = \{a²₁₁₁ : p³₁₁₁ = 0;[^}]* a²₁₂₂ : p³₁₁₁ ≠ 0, 1, 4\}/);
    expect(text).toMatch(/r⁵₁ = \{1\.666666667 : u ≥ 0\.4; 0 : u < 0\.4\}/);
  });

  it('after the step what the network predicts, without dropout', () => {
    const [loss] = derivation.after;
    expect(loss.id).toBe('after.1.loss');
    const plain = network([...pooled.layers.slice(0, 3), dropout(0), pooled.layers[4]], {
      input: [1, 3, 3],
      parameters: Object.fromEntries(
        Object.entries(pooled.parameters).map(([name, { shape, data }]) => [
          name,
          {
            shape,
            data: Float64Array.from(data, (value, i) => {
              const axes = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
              const index = axes.map((size, axis) => Math.floor(i / size) % shape[axis]);
              const next = derivation.steps.find(({ id }) => id === `${name}.next[${index.join(',')}]`);
              return next?.value ?? value;
            }),
          },
        ]),
      ),
    });
    const again = explain(plain, { inputs: images(1, 9), targets: oneHot(1), learningRate: 0.5, of: ['loss'] });
    expect(again.steps.find(({ id }) => id === 'loss')?.value).toBeCloseTo(loss.value, 12);
  });
});
