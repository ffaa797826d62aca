// A layer of one's own: one learned gain for each input, z_j = w_j x_j. Two kernels, and the order they are called in.
import {
  type Activation,
  defineKernel,
  divide,
  type Initializer,
  type Layer,
  matrix,
  multiply,
  sampleIndex,
  samples,
  sum,
  width,
} from 'chainrule/extend';

/** out_j = w_j x_j for each sample; weight [n], x [n]. */
const scale = defineKernel({
  name: 'scale',
  inputs: ['weight', 'x'],
  perSample: true,
  inPlace: ['x'],
  shape: ({ x }) => x.shape,
  run(out, { weight, x }, _attributes, count) {
    const n = width(x);
    for (let i = 0; i < count * n; i++) out[i] = weight.data[i % n] * x.data[i];
  },
  element: ([j], { weight, x }) => multiply(weight.at(j), x.at(j)),
  matrix: ({ weight, x }) => matrix.hadamard(weight, x),
});

/** ∂C/∂w_j = 1/m Σ_s δ_j x_j; delta [n], x [n]. */
const scaleGradient = defineKernel({
  name: 'scaleGradient',
  inputs: ['delta', 'x'],
  perSample: false,
  shape: ({ x }) => x.shape,
  run(out, { delta, x }, _attributes, count) {
    const n = width(x);
    out.fill(0, 0, n);
    for (let i = 0; i < count * n; i++) out[i % n] += (delta.data[i] * x.data[i]) / count;
  },
  element: ([j], { delta, x }) => divide(sum(sampleIndex, 'samples', multiply(delta.at(j), x.at(j))), samples),
  matrix: ({ delta, x }) => matrix.mean(matrix.hadamard(delta, x)),
});

/** Every gain begins at 1. */
const ones: Initializer = { name: 'ones', weights: ({ size }) => new Float64Array(size).fill(1) };

/** A gain for each of a list of inputs. Input [n], output [n]; weight [n]. */
export function gain(activation: Activation | null = null): Layer {
  return {
    type: 'gain',
    options: {},
    activation,
    outputShape: (input) => input,
    parameters: (input) => ({ weight: { shape: input, kind: 'weight', initializer: ones, fanIn: 1, fanOut: 1 } }),
    forward(g, { x, parameters }) {
      g.call(scale, { weight: parameters.weight, x }, 'z');
    },
    backward(g, dz, { x, parameters }) {
      g.call(scaleGradient, { delta: dz, x }, 'weight.grad', { rule: 'BP4' });
      // ∂C_x/∂x_j = w_j δ_j: the same kernel, with the error in the place of the input.
      g.call(scale, { weight: parameters.weight, x: dz }, 'x.grad', { rule: 'BP2' });
    },
  };
}
