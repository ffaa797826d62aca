// Mistakes that must not compile. `tsc -p tsconfig.test.json` fails where a line below has become legal; that the same
// mistakes are errors at run time too, for those who write JavaScript, is what vitest checks.
import { describe, expect, test } from 'vitest';
import { defineActivation, defineKernel, type Layer, multiply } from '../../src/extend.ts';
import {
  adam,
  ChainruleError,
  dense,
  fitEpochs,
  momentum,
  network,
  sgd,
  sigmoid,
  fit as train,
} from '../../src/index.ts';

const net = network([dense(1)], { input: 1 });
const data = { inputs: [[1]], targets: [[1]] };

describe('a misspelt name does not compile, and is an error', () => {
  test.each<[string, () => unknown]>([
    // @ts-expect-error there is no activation of that name
    ['of an activation', () => dense(3, 'sigmod')],
    // @ts-expect-error there is no initializer of that name
    ['of an initializer', () => dense(3, 'relu', { initializer: 'heNormale' })],
    // @ts-expect-error there is no loss of that name
    ['of a loss', () => network([dense(1)], { input: 1, loss: 'quadratik' })],
    // @ts-expect-error sgd has no momentum; the optimizer `momentum` does
    ['of an option of sgd', () => sgd({ momentum: 0.9 })],
    // @ts-expect-error it is called momentum
    ['of an option of momentum', () => momentum({ mu: 0.9 })],
    // @ts-expect-error it is called learningRate
    ['of an option of adam', () => adam({ lr: 0.1 })],
    // @ts-expect-error a width is a number
    ['in place of a width', () => dense('30')],
  ])('%s', (_, action) => expect(action).toThrow(ChainruleError));
});

/** Never called: what is in it only has to compile, or not to. */
function compileOnly(): void {
  // @ts-expect-error a network needs to know its input
  network([dense(1)], {});
  // @ts-expect-error it is called l2
  network([dense(1)], { input: 1, lambda2: 0.1 });
  // @ts-expect-error it is called epochs
  train(net, data, { epoch: 3 });
  // @ts-expect-error an optimizer is made by its factory
  train(net, data, { optimizer: 'adam' });
  // @ts-expect-error targets are missing
  train(net, { inputs: [[1]] });
  // @ts-expect-error a network is not changed in place
  net.parameters['layers.0.bias'] = { shape: [1], data: new Float64Array(1) };
  // @ts-expect-error a layer's shape may not be changed
  net.input.push(3);
  // @ts-expect-error epochs come one by one, as a promise each
  for (const epoch of fitEpochs(net, data)) epoch.loss;

  // @ts-expect-error an activation without its derivative has no backward pass
  defineActivation({ name: 'square', value: (z) => z * z, expression: (z) => multiply(z, z) });
  defineKernel({
    name: 'twice',
    inputs: ['x'],
    perSample: true,
    shape: ({ x }) => x.shape,
    // @ts-expect-error the kernel has no input y
    run(out, { y }) {
      out.set(y.data);
    },
    element: (index, { x }) => multiply(2, x.at(...index)),
    matrix: ({ x }) => ({ kind: 'slot', slot: x }),
  });
  // @ts-expect-error a layer without a backward pass is none
  const layer: Layer = {
    type: 'x',
    options: {},
    activation: sigmoid,
    outputShape: (s) => s,
    parameters: () => ({}),
    forward() {},
  };
  network([layer], { input: 1 });
}

test('what is legal compiles: names, rules and defaults', () => {
  expect(compileOnly).toBeTypeOf('function');
  expect(dense(3, 'relu').activation?.name).toBe('relu');
  expect(dense(3, sigmoid).activation).toBe(sigmoid);
  expect(dense(3).activation?.name).toBe('linear');
  expect(sgd().learningRate).toBe(0.1);
});
