// Derivations as each notation's conventions have them: every rewritten formula against the value it stands for.
import { describe, expect, test } from 'vitest';
import mazurNetwork from '../../examples/mazur.json' with { type: 'json' };
import { networkFrom } from '../formats/index.ts';
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
import { type Network, network } from '../network/index.ts';
import * as optimizers from '../optimizers/index.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { slotOf } from '../plan/index.ts';
import { type Expression, evaluate, type MatrixExpression, type Values } from '../symbolic/index.ts';
import { conventional } from './conventions.ts';
import { type Derivation, explain, notations } from './index.ts';
import type { Conventions, Notation } from './notations/notation.ts';
import { SymbolWriter } from './symbols.ts';

/** Σ|terms|: what rounding errors in an expression are measured against. */
function magnitude(e: Expression, values: Values): number {
  const of = (part: Expression) => magnitude(part, values);
  switch (e.kind) {
    case 'add':
      return e.terms.reduce((total, term) => total + of(term), 0);
    case 'multiply':
      return e.factors.reduce((product, factor) => product * of(factor), 1);
    case 'divide':
      return of(e.above) / Math.abs(evaluate(e.below, values));
    case 'negate':
      return of(e.of);
    case 'derivative':
      return of(e.body);
    default:
      return Math.abs(evaluate(e, values));
  }
}

/** The largest |formula − value| of all formulas of a derivation, as a part of Σ|terms|. */
function worst({ steps, value, samples }: Derivation): number {
  const values = { element: value, samples };
  const errors = steps.flatMap((step) => {
    expect(value(step.element), step.id).toBe(step.value);
    return [step.expression, step.chain, step.simplified, ...(step.unfolded ?? [])].map((form) => {
      if (form === undefined) return 0;
      const error = Math.abs(evaluate(form, values) - step.value);
      return error === 0 ? 0 : error / magnitude(form, values);
    });
  });
  return Math.max(...errors);
}

const everything: Partial<Conventions> = {
  delta: 'negated',
  bias: 'threshold',
  weights: 'from',
  samples: 'rows',
  update: 'increment',
};
const all: readonly Notation[] = [
  ...Object.values(notations),
  { ...notations.nielsen, name: 'every convention turned', conventions: everything },
  { ...notations.nielsen, name: 'δ negated', conventions: { delta: 'negated' } },
  { ...notations.nielsen, name: 'thresholds', conventions: { bias: 'threshold' } },
  { ...notations.nielsen, name: 'increments', conventions: { update: 'increment' } },
];

const inputs = (count: number, width: number) =>
  Array.from({ length: count }, (_, s) => Array.from({ length: width }, (_, i) => Math.sin(5 * s + 3 * i)));
const targets = (count: number) => Array.from({ length: count }, (_, s) => [0, 1].map((j) => Number(j === s % 2)));

const images = [conv2d(2, 2, 'relu', { padding: 1 }), maxPool2d(2, { stride: 1 }), flatten(), dropout(0.4)];
const nets: Record<string, Network> = {
  'sigmoid and quadratic loss': network([dense(3, 'sigmoid'), dense(2, 'sigmoid')], { input: 2, seed: 1 }),
  'tanh and cross-entropy, penalties': network([dense(3, 'tanh'), dense(2, 'sigmoid')], {
    input: 2,
    loss: 'crossEntropy',
    seed: 2,
    l2: 0.1,
    l1: 0.01,
  }),
  'regression with linear layers': network([dense(2), dense(3, 'softplus'), dense(2)], { input: 2, seed: 3 }),
  'softmax and log-likelihood': network([dense(3, 'gelu'), dense(2, 'softmax')], { input: 2, seed: 4 }),
  'images, dropout': network([...images, dense(2, 'softmax')], { input: [1, 3, 3], seed: 5 }),
  'batch normalization, averages': network(
    [conv2d(2, 2, 'tanh', { bias: false }), batchNorm(), avgPool2d(2, { stride: 1 }), globalAvgPool2d(), dense(2)],
    { input: [1, 4, 4], seed: 6 },
  ),
  'a softmax layer of its own': network([dense(3), activation('elu'), dense(2), activation('softmax')], {
    input: 2,
    seed: 7,
  }),
};

const rules: readonly Optimizer[] = [
  optimizers.sgd({ learningRate: 0.3 }),
  ...Object.entries(optimizers)
    .filter(([name]) =>
      ['momentum', 'nesterov', 'adagrad', 'rmsprop', 'adam', 'adamw', 'nadam', 'rprop'].includes(name),
    )
    .map(([, make]) => make({})),
];

describe('every formula of a notation is its value, to 10⁻¹² of its terms', () => {
  for (const [name, net] of Object.entries(nets)) {
    const width = net.input.reduce((product, axis) => product * axis, 1);
    const normalizes = net.layers.some(({ type }) => type === 'batchNorm');
    const chosen = name.startsWith('tanh') ? rules : rules.slice(0, 1);
    test(name, () => {
      for (const count of normalizes || chosen === rules ? [3] : [1, 3]) {
        for (const optimizer of chosen) {
          const batch = { inputs: inputs(count, width), targets: targets(count) };
          const derivation = explain(net, { ...batch, optimizer, steps: 2, depth: 1 });
          for (const notation of all) {
            expect(worst(conventional(derivation, notation)), notation.name).toBeLessThan(1e-12);
          }
        }
      }
    });
  }
});

describe('an example worked in the 西瓜书 notation', () => {
  const example = networkFrom(mazurNetwork, 'examples/mazur.json');
  const sample = { inputs: [[0.05, 0.1]], targets: [[0.01, 0.99]] };
  const derivation = conventional(explain({ ...example, frozen: [] }, sample), notations.xigua);
  const symbols = new SymbolWriter(derivation.program, notations.xigua, 1);
  const values = Object.fromEntries(
    derivation.steps.map(({ element, value }) => [symbols.of(element).text, value.toFixed(9)]),
  );

  test('has the values of the source, with the signs of the book', () => {
    expect(values).toMatchObject({
      'α₁': (0.3775 - 0.35).toFixed(9),
      'b₁': '0.593269992',
      'β₁': (1.1059059670597702 - 0.6).toFixed(9),
      'ŷ₁': '0.751365070',
      'g₁': '-0.138498562',
      'g₂': '0.038098237',
      '∂E_k/∂w₁₁': '0.082167041',
      'w₁₁⁺': '0.358916480',
      'w₂₁⁺': '0.408666186',
      'v₁₁⁺': '0.149780716',
      'v₂₁⁺': '0.199561432',
      'Δw₁₁': (-0.5 * 0.08216704056423078).toFixed(9),
      'Δθ₁': (0.5 * 0.13849856162855698).toFixed(9),
    });
  });
});

/** A matrix, row by row. */
type Rows = readonly (readonly number[])[];

const turned = (rows: Rows): Rows => rows[0].map((_, c) => rows.map((row) => row[c]));

/** Number by number, where one side may have a single row or column for all. */
const elementwise = (a: Rows, b: Rows, f: (a: number, b: number) => number): Rows =>
  Array.from({ length: Math.max(a.length, b.length) }, (_, r) =>
    Array.from({ length: Math.max(a[0].length, b[0].length) }, (_, c) => {
      const [left, right] = [a[a.length === 1 ? 0 : r], b[b.length === 1 ? 0 : r]];
      return f(left[left.length === 1 ? 0 : c], right[right.length === 1 ? 0 : c]);
    }),
  );

const times = (a: Rows, b: Rows): Rows => {
  if (a.length * a[0].length === 1 || b.length * b[0].length === 1) return elementwise(a, b, (x, y) => x * y);
  expect(a[0].length, 'the columns of a product’s left side').toBe(b.length);
  return a.map((row) => b[0].map((_, c) => row.reduce((total, value, k) => total + value * b[k][c], 0)));
};

/** A slot as the notation has it: vectors are columns, a batch has its samples where the notation puts them. */
function matrixOfSlot({ program, samples, values }: Derivation, name: string): Rows {
  const { shape, perSample } = slotOf(program, name);
  const [rows, columns] = perSample ? [samples, shape[0]] : [shape[0] ?? 1, shape[1] ?? 1];
  const all = values(name);
  const matrix = Array.from({ length: rows }, (_, r) => Array.from(all.slice(r * columns, (r + 1) * columns)));
  return perSample ? turned(matrix) : matrix;
}

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
const functions: Record<string, (...of: readonly Rows[]) => Rows> = {
  linear: (z) => z,
  'linear′': (z) => z.map((row) => row.map(() => 1)),
  sigmoid: (z) => z.map((row) => row.map(sigmoid)),
  'sigmoid′': (z) => z.map((row) => row.map((value) => sigmoid(value) * (1 - sigmoid(value)))),
  'quadratic′': (a, y) => elementwise(a, y, (left, right) => left - right),
};

function matrixValue(e: MatrixExpression, derivation: Derivation): Rows {
  const of = (part: MatrixExpression) => matrixValue(part, derivation);
  switch (e.kind) {
    case 'slot':
      return matrixOfSlot(derivation, e.slot);
    case 'scalar':
      return [[e.value]];
    case 'sum':
      return e.terms.map(of).reduce((a, b) => elementwise(a, b, (x, y) => x + y));
    case 'difference':
      return elementwise(of(e.from), of(e.take), (x, y) => x - y);
    case 'hadamard':
      return e.factors.map(of).reduce((a, b) => elementwise(a, b, (x, y) => x * y));
    case 'product':
      return e.factors.map(of).reduce(times);
    case 'negate':
      return of(e.of).map((row) => row.map((value) => -value));
    case 'transpose':
      return turned(of(e.of));
    case 'apply':
      return functions[e.name](...e.of.map(of));
    case 'mean': {
      // The columns are the samples, unless a product has summed over them.
      const inner = of(e.of);
      const sums =
        e.of.kind === 'product' ? inner : inner.map((row) => [row.reduce((total, value) => total + value, 0)]);
      return sums.map((row) => row.map((value) => value / derivation.samples));
    }
    default:
      throw new Error(`no matrices of this kind in a dense network: ${e.kind}`);
  }
}

describe('every matrix formula of a notation is its value', () => {
  const net = network([dense(3, 'sigmoid'), dense(4), dense(2, 'sigmoid')], { input: 2, seed: 8 });
  for (const notation of all) {
    test.each([1, 3])(`${notation.name}, samples: %d`, (count) => {
      for (const optimizer of [optimizers.sgd({ learningRate: 0.3 }), optimizers.nesterov({})]) {
        const plain = explain(net, { inputs: inputs(count, 2), targets: targets(count), optimizer, steps: 2 });
        const derivation = conventional(plain, notation);
        const layered = derivation.matrices.filter(({ layer }) => layer !== null);
        expect(layered.length).toBeGreaterThan(20);
        for (const { slot, expression } of layered) {
          const expected = [...matrixOfSlot(derivation, slot).flat()];
          const found = matrixValue(expression, derivation).flat();
          expect(found, slot).toHaveLength(expected.length);
          for (const [i, value] of expected.entries()) expect(found[i], slot).toBeCloseTo(value, 12);
        }
      }
    });
  }
});
