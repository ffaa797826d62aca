// Which factor of a wrong gradient is named: with an activation, a layer's kernel and a loss that are wrong on purpose.
import { describe, expect, it } from 'vitest';
import type { Activation } from '../activations/activation.ts';
import { sigmoid, tanh } from '../activations/index.ts';
import { backpropagate, type Kernel, weightGradient } from '../kernels/index.ts';
import { conv2d, dense, dropout, flatten, maxPool2d } from '../layers/index.ts';
import type { Layer } from '../layers/layer.ts';
import { quadratic } from '../losses/index.ts';
import { type Network, network } from '../network/index.ts';
import { type ChainCheck, gradcheck } from './gradcheck.ts';

/** A kernel whose results are all too large by a tenth. */
function tooLarge<Port extends string>(kernel: Kernel<Port>): Kernel<Port> {
  return {
    ...kernel,
    run(out, inputs, attributes, samples) {
      kernel.run(out, inputs, attributes, samples);
      for (let i = 0; i < out.length; i++) out[i] *= 1.1;
    },
  };
}

/** A layer with one of its backward kernels replaced. */
function withKernel(layer: Layer, wrong: Kernel): Layer {
  return {
    ...layer,
    backward: (g, dz, slots) =>
      layer.backward(
        { ...g, call: (kernel, ...rest) => g.call(kernel.name === wrong.name ? wrong : kernel, ...rest) },
        dz,
        slots,
      ),
  };
}

const wrongTanh: Activation = { ...tanh, backward: tooLarge(tanh.backward) };
const wrongSigmoid: Activation = { ...sigmoid, name: 'wrongSigmoid', backward: tooLarge(sigmoid.backward) };

function chainOf(net: Network): ChainCheck {
  const { chain, passed } = gradcheck(net, { chain: true, tolerance: 1e-6 });
  expect(passed).toBe(false);
  if (chain === undefined) throw new Error('the chain was not checked');
  return chain;
}

/** The names of the factors that disagree. */
const wrongFactors = ({ factors }: ChainCheck) =>
  factors.filter(({ error }) => error > 1e-6).map(({ factor, of, by }) => `${factor} ${layerOf(of)} ${layerOf(by)}`);

const layerOf = (name: string) => /layers\.\d+/.exec(name)?.[0] ?? name;

describe('the first factor that disagrees', () => {
  it('is ∂a/∂z of a hidden layer whose activation has a wrong derivative', () => {
    const chain = chainOf(network([dense(3, 'tanh'), dense(3, wrongTanh), dense(2, 'sigmoid')], { input: 2, seed: 1 }));
    expect(chain.first?.factor).toBe('∂a/∂z');
    expect(chain.first?.of).toMatch(/^samples\.\d\.layers\.1\.a\[\d\]$/);
    expect(chain.first?.by).toMatch(/^samples\.\d\.layers\.1\.z\[\d\]$/);
    expect(chain.first?.analytic).toBeCloseTo(1.1 * (chain.first?.numeric ?? Number.NaN), 9);
    expect(wrongFactors(chain)).toEqual(['∂a/∂z layers.1 layers.1']);
  });

  it('is the one nearest to the loss where several are wrong', () => {
    const net = network([dense(3, wrongTanh), dense(3, 'tanh'), dense(2, wrongSigmoid)], { input: 2, seed: 1 });
    const chain = chainOf(net);
    expect(layerOf(chain.first?.of ?? '')).toBe('layers.2');
    const { parameter } = gradcheck(net).largest;
    expect(wrongFactors(chain)).toHaveLength(parameter.startsWith('layers.0') ? 2 : 1);
  });

  it('is ∂z/∂a where the error is handed back wrongly through the weights', () => {
    const layers = [dense(3, 'tanh'), withKernel(dense(2, 'sigmoid'), tooLarge(backpropagate))];
    expect(wrongFactors(chainOf(network(layers, { input: 2, seed: 1 })))).toEqual(['∂z/∂a layers.1 layers.0']);
  });

  it('is ∂z/∂w where the gradient is wrong only at the end', () => {
    const layers = [dense(3, 'tanh'), withKernel(dense(2, 'sigmoid'), tooLarge(weightGradient))];
    expect(wrongFactors(chainOf(network(layers, { input: 2, seed: 1, l2: 0.1 })))).toEqual(['∂z/∂w layers.1 layers.1']);
  });

  it('is ∂C/∂a where the loss has a wrong derivative', () => {
    const loss = { ...quadratic, gradient: tooLarge(quadratic.gradient), simplifications: [] };
    const chain = chainOf(network([dense(3, 'tanh'), dense(2, 'sigmoid')], { input: 2, seed: 1, loss }));
    expect(wrongFactors(chain)).toEqual(['∂C/∂a loss layers.1']);
  });

  it('is found across convolution, pooling, flattening and dropout', () => {
    const layers = [conv2d(2, 2, wrongTanh), maxPool2d(2), flatten(), dropout(0.3), dense(2, 'softmax')];
    const chain = chainOf(network(layers, { input: [1, 5, 5], seed: 2, l2: 0.1, l1: 0.01 }));
    expect(wrongFactors(chain)).toEqual(['∂a/∂z layers.0 layers.0']);
  });
});

it('every factor of a right gradient agrees, saturated outputs and weighted samples too', () => {
  const layers = [conv2d(2, 2, 'relu'), flatten(), dense(2, 'softmax', { initializer: 'standardNormal' })];
  const net = network(layers, { input: [1, 3, 3], seed: 2, l2: 0.1 });
  const weighted = { inputs: [[1, 2, 3, 4, 5, 6, 7, 8, 9]], targets: [[0, 1]], weights: [2.5] };
  for (const batch of [undefined, weighted]) {
    const { chain, passed } = gradcheck(net, { chain: true, ...(batch && { batch }) });
    expect(passed).toBe(true);
    expect(chain?.first).toBeNull();
    expect(chain?.factors.map(({ factor }) => factor)).toEqual(expect.arrayContaining(['∂C/∂a', '∂a/∂z']));
  }
});
