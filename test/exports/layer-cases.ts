// Every layer and activation of the house with parameters drawn, and its predictions. No test: what the tests of exports share.
import {
  activations,
  dense,
  flatten,
  type Network,
  network,
  predictRows,
  type Rows,
  referenceBackend,
} from 'chainrule';
import { add, call, cases, defineActivation, multiply, negate, number, power } from 'chainrule/extend';
import { networkFrom } from 'chainrule/formats';
import * as layers from '../../src/layers/index.ts';
import { random, streams } from '../../src/memory/index.ts';

/** Numbers of both signs, each exact in float32. */
export function numbers(count: number, seed: number): Float32Array {
  const source = random(seed, streams.check, 0);
  return Float32Array.from({ length: count }, (_, i) => source.bits(i) / 2 ** 31 - 1);
}

export function rowsOf(values: Float32Array, width: number): Rows {
  return { count: values.length / width, width, values, scale: 1 };
}

/** The network with parameters that float32 holds, all of them drawn: statistics and biases too. */
function drawn(network: Network): Network {
  const parameters = Object.entries(network.parameters).map(([name, { shape, data }], i) => {
    const values = numbers(data.length, i + 1).map((value) => (name.endsWith('Variance') ? 1.5 + value : value));
    return [name, { shape, data: values }];
  });
  return { ...network, parameters: Object.fromEntries(parameters) };
}

export const size = (shape: readonly number[]) => shape.reduce((product, axis) => product * axis, 1);

export function predicted(network: Network, inputs: Rows): Float64Array {
  const targets = { count: inputs.count, width: 1, values: new Float64Array(inputs.count), scale: 1 };
  return Float64Array.from(predictRows(network, { inputs, targets }, { backend: referenceBackend() }));
}

/** Networks to export, by what they show. */
export const layerCases = [
  ...Object.values(layers).flatMap(({ type }) =>
    type.samples.map((sample, i) => ({ name: `${type.type}, sample ${i}`, ...sample })),
  ),
  ...Object.keys(activations).map((name) => ({
    name: `the activation ${name}`,
    input: [5],
    layers: [{ type: 'dense', units: 4, activation: name }],
  })),
  {
    name: 'activations behind other layers',
    input: [2, 4, 4],
    layers: [
      { type: 'batchNorm' },
      { type: 'activation', activation: 'gelu' },
      { type: 'avgPool2d', size: 2 },
      { type: 'activation', activation: 'swish' },
      { type: 'flatten' },
      { type: 'activation', activation: 'step' },
      { type: 'dense', units: 3, activation: 'softmax' },
    ],
  },
].map(({ name, input, layers }) => ({
  name,
  input,
  network: drawn(networkFrom({ input, layers }, name)),
}));

/** z / √(1 + z²) below 1.5 and a constant above: an activation of another package, with every kind of part that a formula has. */
const ownActivation = defineActivation({
  name: 'own',
  value: (z) => (z > 0.75 ? -0.5 : z * Math.abs(z) * (1 + z * z) ** -0.5 + Math.tanh(-z)),
  derivative: () => 0,
  expression: (z) =>
    cases(
      z,
      '>',
      0.75,
      -0.5,
      add(multiply(z, call('abs', z), power(add(1, power(z, 2)), -0.5)), call('tanh', negate(z))),
    ),
  derivativeExpression: () => number(0),
});

/** A network whose activation is known by its formula alone. */
export const ownNetwork = drawn(network([dense(4, ownActivation), flatten(), dense(3, ownActivation)], { input: 5 }));
