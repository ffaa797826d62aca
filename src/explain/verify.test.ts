// A derived gradient and its proof, each against central differences that are taken here.
import { describe, expect, it } from 'vitest';
import { conv2d, dense, flatten, maxPool2d } from '../layers/index.ts';
import { type Network, network, withParameters } from '../network/index.ts';
import { momentum } from '../optimizers/index.ts';
import { elementsOf, evaluate } from '../symbolic/index.ts';
import { type Batch, explain, gradients } from './index.ts';

/** (C(w + h) − C(w − h)) / 2h, from the losses of two networks. */
function difference(net: Network, batch: Batch, parameter: string, place: number): number {
  const { shape, data } = net.parameters[parameter];
  const h = 1e-5;
  const [up, down] = [h, -h].map((change) => {
    const moved = Float64Array.from(data, (value, i) => (i === place ? value + change : value));
    return gradients(withParameters(net, { [parameter]: { shape, data: moved } }), batch).loss;
  });
  return (up - down) / (2 * h);
}

const image = (seed: number) => Array.from({ length: 64 }, (_, i) => Math.sin(seed + 1.7 * i) ** 2);

const net = network([conv2d(3, 3, 'tanh'), maxPool2d(2), flatten(), dense(4, 'softmax')], {
  input: [1, 8, 8],
  seed: 5,
  l2: 0.01,
});
const batch: Batch = {
  inputs: [image(1), image(2)],
  targets: [
    [0, 1, 0, 0],
    [0, 0, 0, 1],
  ],
};

describe('a single kernel weight of a network with convolution, pooling, a dense layer and softmax', () => {
  const [parameter, index, place] = ['layers.0.weight', '[1,0,2,0]', 1 * 9 + 2 * 3 + 0] as const;
  const derivation = explain(net, { ...batch, of: [`${parameter}${index}`], verify: true });
  const stepOf = (part: string) => derivation.steps.find(({ id }) => id === `${parameter}.${part}${index}`);

  it('is a sum over the places that share it, in both samples', () => {
    const data = stepOf('grad.data');
    const deltas = elementsOf(data?.expression ?? { kind: 'samples' }).filter(({ slot }) => slot === 'layers.0.delta');
    expect(deltas).toHaveLength(2 * 6 * 6);
    expect(deltas.every(({ index }) => index[0] === 1)).toBe(true);
    const values = { element: derivation.value, samples: 2 };
    expect(data && evaluate(data.expression, values)).toBeCloseTo(data?.value ?? Number.NaN, 14);
  });

  it('comes with the errors in its largest terms, and not with all of them', () => {
    const sizeOf = (id: string) => Math.abs(derivation.steps.find((step) => step.id === id)?.value ?? Number.NaN);
    const deltas = derivation.steps.map(({ id }) => id).filter((id) => id.includes('layers.0.delta'));
    expect(deltas).toHaveLength(4);
    for (const id of deltas) expect(sizeOf(id)).toBeGreaterThan(0);
  });

  it('has the gradient that differences of the loss have, and the proof says so', () => {
    const gradient = stepOf('grad');
    const numeric = difference(net, batch, parameter, place);
    expect(gradient?.value).toBeCloseTo(numeric, 8);
    expect(gradient?.proof?.numeric).toBeCloseTo(numeric, 8);
    expect(gradient?.proof?.error).toBeLessThan(1e-7);
  });

  it('gives no proof of what is no gradient of a parameter', () => {
    expect(derivation.steps.filter(({ proof }) => proof !== undefined).map(({ id }) => id)).toEqual([
      `${parameter}.grad${index}`,
    ]);
  });
});

it('a proof is taken where the step is: after the steps before it, with its classes weighted', () => {
  const small = network([dense(3, 'tanh'), dense(2, 'softmax')], { input: 2, seed: 3, l1: 0.01 });
  const samples = {
    inputs: [
      [0.5, -1],
      [1, 0.25],
    ],
    targets: [
      [0, 1],
      [1, 0],
    ],
  };
  const options = { ...samples, optimizer: momentum(), classWeights: [1, 3], verify: true };
  const [first, fourth] = [1, 4].map((steps) => explain(small, { ...options, steps }));
  const proofs = fourth.steps.filter(({ proof }) => proof !== undefined);
  expect(proofs).toHaveLength(6 + 3 + 6 + 2);
  for (const { id, proof } of proofs) expect(proof?.error, id).toBeLessThan(1e-7);
  const numericOf = (one: typeof first) => one.steps.map(({ proof }) => proof?.numeric);
  expect(numericOf(first)).not.toEqual(numericOf(fourth));
});
