// Derivations: every number of the best-known example, and every expression against the value it stands for.
import { describe, expect, it } from 'vitest';
import mazurNetwork from '../../examples/mazur.json' with { type: 'json' };
import mazurTable from '../../test/golden/mazur.json' with { type: 'json' };
import { networkFrom } from '../formats/index.ts';
import type { ActivationName } from '../layers/dense.ts';
import { dense } from '../layers/index.ts';
import { type LossName, network } from '../network/index.ts';
import { adam, momentum, sgd } from '../optimizers/index.ts';
import { evaluate } from '../symbolic/index.ts';
import { type Derivation, explain, languages, notations, renderJson, renderText } from './index.ts';

const mazur = networkFrom(mazurNetwork, 'examples/mazur.json');
const sample = { inputs: [[0.05, 0.1]], targets: [[0.01, 0.99]] };

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

describe('the example of source B', () => {
  for (const notation of Object.keys(notations)) {
    for (const language of Object.keys(languages)) {
      it(`shows every number of the table in ${notation}, ${language}`, () => {
        const text = renderText(explain(mazur, sample), { notation, language });
        for (const { value } of Object.values(mazurTable.step)) expect(text).toContain(value.replace('-', '−'));
      });
    }
  }

  it('names quantities as the source does', () => {
    const text = renderText(explain(mazur, sample), { notation: 'mazur' });
    for (const symbol of ['net_h1', 'out_o2', 'E_total', '∂E_total/∂w5', 'δ_o1', 'w5⁺']) expect(text).toContain(symbol);
  });

  it('has the right totals after one step and after 10,000, with biases frozen and trained', () => {
    const trained = { ...mazur, frozen: [] };
    const totals = [mazur, trained].flatMap((net) =>
      [1, 10_000].map((steps) => explain(net, { ...sample, steps }).after[0].value),
    );
    const expected = [0.291027774, 0.0000351019, 0.280471447, 0.0000024476];
    const places = [9, 10, 9, 10];
    for (const [i, total] of totals.entries()) expect(total.toFixed(places[i])).toBe(expected[i].toFixed(places[i]));
  });

  it('gives scripts ids, LaTeX and values at full precision', () => {
    const { steps } = renderJson(explain(mazur, sample), { notation: 'mazur' });
    const gradient = steps.find(({ id }) => id === 'layers.1.weight.grad[0,0]');
    expect(gradient?.value).toBeCloseTo(0.08216704056423078, 15);
    expect(gradient?.symbol).toBe('\\frac{\\partial E_{total}}{\\partial w_{5}}');
    expect(gradient?.substituted).toBe('0.741365070 \\cdot 0.186815602 \\cdot 0.593269992');
    expect(gradient?.uses).toEqual(['layers.1.delta[0]', 'layers.0.a[0]']);
  });
});

describe('every expression is what the program computed', () => {
  const activations: ActivationName[] = [
    'sigmoid',
    'tanh',
    'relu',
    'leakyRelu',
    'elu',
    'gelu',
    'swish',
    'softplus',
    'linear',
  ];
  const losses: LossName[] = ['quadratic', 'meanSquared', 'halfMeanSquared', 'crossEntropy'];
  const optimizers = [sgd({ learningRate: 0.3 }), momentum(), adam()];
  const batch = {
    inputs: [
      [0.5, -1],
      [1, 0.25],
      [-0.3, 0.8],
    ],
    targets: [
      [0, 1],
      [1, 0],
      [0.5, 0.5],
    ],
  };

  for (const [i, activation] of activations.entries()) {
    it(`for ${activation}`, () => {
      for (const loss of losses) {
        const net = network([dense(3, activation), dense(2, 'sigmoid')], {
          input: 2,
          loss,
          seed: i + 1,
          l2: 0.1,
          l1: 0.01,
        });
        for (const optimizer of optimizers) {
          for (const steps of [1, 3])
            expect(worstDifference(explain(net, { ...batch, optimizer, steps }))).toBeLessThan(1e-12);
        }
      }
    });
  }

  it('for softmax with log-likelihood, by the full Jacobian and simplified', () => {
    const net = network([dense(3, 'tanh'), dense(2, 'softmax')], { input: 2, seed: 4 });
    const derivation = explain(net, { ...batch, learningRate: 0.1 });
    expect(worstDifference(derivation)).toBeLessThan(1e-12);
    expect(derivation.steps.filter(({ simplified }) => simplified !== undefined)).toHaveLength(6);
  });
});

describe('parts of a derivation', () => {
  const wide = network([dense(30, 'sigmoid'), dense(10, 'sigmoid')], { input: 784, seed: 2 });
  const digit = {
    inputs: [Array.from({ length: 784 }, (_, i) => (i % 5) / 4)],
    targets: [Array.from({ length: 10 }, (_, i) => Number(i === 3))],
  };

  it('derives one quantity of a large network with what it reads, long sums shortened', () => {
    const derivation = explain(wide, { ...digit, learningRate: 3, of: ['layers.0.z[7]'] });
    expect(derivation.steps.map(({ id }) => id)).toEqual(['layers.0.z[7]']);
    expect(renderText(derivation)).toMatch(/\[781\]/);
  });

  it('refuses the whole of a large network and says what to do', () => {
    expect(() => explain(wide, { ...digit, learningRate: 3 })).toThrow(/name the ones to derive/);
  });

  it('suggests the nearest name for an unknown quantity, and the range for an index outside it', () => {
    expect(() => explain(mazur, { ...sample, of: ['layers.1.wieght.grad[0,0]'] })).toThrow(
      /did you mean "layers.1.weight.grad"/,
    );
    expect(() => explain(mazur, { ...sample, of: ['layers.1.delta[2]'] })).toThrow(/the last index is \[1\]/);
    expect(() => explain(mazur, { ...sample, of: ['samples.3.layers.1.delta[0]'] })).toThrow(/no sample 3/);
  });
});
