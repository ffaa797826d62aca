// What each operator of ONNX that can be imported is among the layers of the house.
import { windowAttributes } from '../layers/images.ts';
import { avgPool2d, batchNorm, conv2d, dense, dropout, flatten, globalAvgPool2d, maxPool2d } from '../layers/index.ts';
import { type Shape, showShape, sizeOf, type Tensor } from '../memory/index.ts';
import { transposed } from './constants.ts';
import type { ActivationName, Draft } from './draft.ts';
import type { NodeReader } from './node-reader.ts';

/** Adds to the draft what a node stands for; its first input is what the draft puts out. */
type LayerRule = (draft: Draft, node: NodeReader) => void;

const activate =
  (name: ActivationName): LayerRule =>
  (draft) =>
    draft.activate(name);

/** The same function only with the house's own constant. */
const activateWith =
  (name: ActivationName, setting: string, expected: number, otherwise: number): LayerRule =>
  (draft, node) => {
    node.requireSetting(setting, Number(node.float(setting, otherwise).toPrecision(6)), expected);
    draft.activate(name);
  };

/** Operators by name. */
export const layerRules: Readonly<Record<string, LayerRule>> = {
  Gemm(draft, node) {
    node.requireSetting('transA', node.int('transA', 0), 0);
    const isTransposed = node.int('transB', 0) === 1;
    const given = node.withAxes(1, 2);
    const weight = scaled(isTransposed ? given : transposed(given), node.float('alpha', 1));
    const [units] = weight.shape;
    const hasBias = node.constant(2) !== undefined;
    addDense(draft, node, weight, hasBias ? scaled(spread(node, units), node.float('beta', 1)) : undefined);
  },
  MatMul: (draft, node) => addDense(draft, node, transposed(node.withAxes(1, 2)), undefined),
  Add(draft, node) {
    if (!draft.addBias(node, 1))
      throw node.refusal('adds to something else than the product of a dense layer; only biases can be imported');
  },
  Conv: convolution,
  MaxPool(draft, node) {
    node.requireSetting('storage_order', node.int('storage_order', 0), 0);
    requirePooling(draft, node);
    draft.add(maxPool2d(kernelOf(node), strideOf(node)));
  },
  AveragePool(draft, node) {
    requirePooling(draft, node);
    draft.add(avgPool2d(kernelOf(node), strideOf(node)));
  },
  GlobalAveragePool(draft) {
    draft.add(globalAvgPool2d());
    draft.hasSinglePixels = true;
  },
  BatchNormalization(draft, node) {
    node.requireSetting('training_mode', node.int('training_mode', 0), 0);
    const [channels] = draft.shape;
    const parameter = (input: number) => node.parameter(input, [channels]);
    draft.add(
      batchNorm({
        epsilon: readable(node.float('epsilon', 1e-5)),
        // ONNX's momentum is the share of what was, ours that of what is new. A share of 0 trains nothing: the default is taken.
        momentum: readable(1 - readable(node.float('momentum', 0.9))) || 0.1,
      }),
      { weight: parameter(1), bias: parameter(2), runningMean: parameter(3), runningVariance: parameter(4) },
    );
  },
  Flatten(draft, node) {
    node.requireSetting('axis', node.int('axis', 1), 1);
    if (draft.shape.length > 1) draft.add(flatten());
    draft.hasSinglePixels = false;
  },
  Reshape(draft, node) {
    node.requireSetting('allowzero', node.int('allowzero', 0), 0);
    reshape(draft, node, [...node.withAxes(1, 1).data]);
    draft.hasSinglePixels = false;
  },
  Dropout(draft, node) {
    const given = node.number(1) ?? node.float('ratio', 0.5);
    draft.add(dropout(readable(given)));
  },
  Identity: () => {},
  // PyTorch puts one that adds nothing before an average pooling.
  Pad(_draft, node) {
    const pads = node.constant(1)?.data ?? [];
    if (pads.length === 0 || pads.some((pad) => pad !== 0))
      throw node.refusal('adds to the edges of its images; only the padding of a convolution can be imported');
  },
  Relu: activate('relu'),
  Sigmoid: activate('sigmoid'),
  Tanh: activate('tanh'),
  Softplus: activate('softplus'),
  LeakyRelu: activateWith('leakyRelu', 'alpha', 0.01, 0.01),
  Elu: activateWith('elu', 'alpha', 1, 1),
  Gelu(draft, node) {
    node.requireSetting('approximate', node.word('approximate', 'none'), 'none');
    draft.activate('gelu');
  },
  Softmax(draft, node) {
    const axis = node.int('axis', node.opset < 13 ? 1 : -1);
    if (draft.shape.length !== 1 || (axis !== 1 && (axis !== -1 || draft.hasSinglePixels)))
      throw node.refusal(
        `has axis ${axis} of samples of shape ${showShape(draft.shape)}; a softmax can be imported where it runs over one list`,
      );
    draft.activate('softmax');
  },
};

/** A setting of float32 as it was written: 0.1, not 0.10000000149011612. */
const readable = (value: number): number => Number(Math.fround(value).toPrecision(7));

function addDense(draft: Draft, node: NodeReader, weight: Tensor, bias: Tensor | undefined): void {
  const [units, inputs] = weight.shape;
  if (sizeOf(draft.shape) !== inputs || draft.shape.length !== 1)
    throw node.refusal(`takes ${inputs} numbers a sample, and its input has shape ${showShape(draft.shape)} a sample`);
  const parameters = bias === undefined ? { weight } : { weight, bias };
  draft.addWeighted((activation) => dense(units, activation, { bias: bias !== undefined }), parameters);
}

/** A bias of as many numbers as units, or of one for all. */
function spread(node: NodeReader, units: number): Tensor {
  const single = node.number(2);
  if (single === undefined || units === 1) return node.parameter(2, [units]);
  return { shape: [units], data: new Float32Array(units).fill(single) };
}

function scaled({ shape, data }: Tensor, factor: number): Tensor {
  return factor === 1 ? { shape, data } : { shape, data: data.map((value) => value * factor) };
}

function convolution(draft: Draft, node: NodeReader): void {
  node.requireSetting('group', node.int('group', 1), 1);
  node.requireSetting('dilations', node.ints('dilations', [1, 1]), [1, 1]);
  const weight = node.withAxes(1, 4);
  const [filters, channels, ...kernel] = weight.shape;
  if (node.has('kernel_shape')) node.requireSetting('kernel_shape', node.ints('kernel_shape', [1, 1]), kernel);
  if (channels !== draft.shape[0])
    throw node.refusal(`has kernels for ${channels} channels, and its images have shape ${showShape(draft.shape)}`);
  const [height, width] = kernel;
  const size = [height, width] as const;
  const stride = pairOf(node, 'strides', [1, 1]);
  const padding = paddingOf(draft.shape, node, size, stride);
  const bias = node.constant(2) === undefined ? undefined : node.parameter(2, [filters]);
  draft.addWeighted(
    (activation) =>
      conv2d(filters, plain(size), activation, { stride: plain(stride), padding, bias: bias !== undefined }),
    bias === undefined ? { weight } : { weight, bias },
  );
}

/** Padding as a convolution layer has it: as much on both sides, or `same`, which puts an odd pixel at the end. */
function paddingOf(
  input: Shape,
  node: NodeReader,
  size: readonly [number, number],
  stride: readonly [number, number],
): number | readonly [number, number] | 'same' {
  const automatic = node.word('auto_pad', 'NOTSET');
  if (automatic === 'VALID') return 0;
  if (automatic === 'SAME_UPPER') return 'same';
  node.requireSetting('auto_pad', automatic, 'NOTSET');
  const [top, left, bottom, right] = node.ints('pads', [0, 0, 0, 0]);
  if (top === bottom && left === right) return plain([top, left]);
  const same = windowAttributes(input, { size, stride, padding: 'same' }).padding;
  if (String(same) === String([top, bottom, left, right])) return 'same';
  throw node.refusal(
    `has pads ${JSON.stringify([top, left, bottom, right])}, more on one side than "same" padding has; pad both sides alike`,
  );
}

/** One number for both axes where they are alike. */
const plain = ([vertical, horizontal]: readonly [number, number]): number | readonly [number, number] =>
  vertical === horizontal ? vertical : [vertical, horizontal];

function pairOf(node: NodeReader, name: string, otherwise: readonly [number, number]): readonly [number, number] {
  const [vertical, horizontal] = node.ints(name, otherwise);
  return [vertical, horizontal];
}

function kernelOf(node: NodeReader): number | readonly [number, number] {
  if (!node.has('kernel_shape')) throw node.refusal('has no kernel_shape');
  return plain(pairOf(node, 'kernel_shape', [1, 1]));
}

const strideOf = (node: NodeReader) => ({ stride: plain(pairOf(node, 'strides', [1, 1])) });

/** Pooling layers have no padding and look at whole windows only. */
function requirePooling(draft: Draft, node: NodeReader): void {
  if (node.node.outputs.filter((name) => name !== '').length > 1)
    throw node.refusal('has a second output, which no layer has');
  node.requireSetting('dilations', node.ints('dilations', [1, 1]), [1, 1]);
  const automatic = node.word('auto_pad', 'NOTSET');
  if (automatic !== 'VALID') node.requireSetting('auto_pad', automatic, 'NOTSET');
  node.requireSetting('pads', node.ints('pads', [0, 0, 0, 0]), [0, 0, 0, 0]);
  if (node.int('ceil_mode', 0) === 0) return;
  const size = pairOf(node, 'kernel_shape', [1, 1]);
  const stride = pairOf(node, 'strides', [1, 1]);
  const isWhole = [0, 1].every((axis) => (draft.shape[axis + 1] - size[axis]) % stride[axis] === 0);
  if (!isWhole)
    throw node.refusal(
      'has ceil_mode 1, and windows that reach beyond their images; a pooling layer looks at whole windows only',
    );
}

/** To a list: flatten. To images, before any layer: another shape of the input. */
function reshape(draft: Draft, node: NodeReader, target: readonly number[]): void {
  const total = sizeOf(draft.shape);
  const [, ...axes] = target.map((axis, i) => (axis === 0 && i > 0 ? draft.shape[i - 1] : axis));
  const known = axes.filter((axis) => axis > 0).reduce((product, axis) => product * axis, 1);
  const shape = axes.map((axis) => (axis === -1 ? total / known : axis));
  const keepsSamples = target[0] !== -1 || !axes.includes(-1);
  if (!keepsSamples || sizeOf(shape) !== total || shape.some((axis) => !(axis > 0)))
    throw node.refusal(
      `makes ${JSON.stringify(target)} of samples of shape ${showShape(draft.shape)}; only a list of all its numbers can be imported`,
    );
  if (String(shape) === String(draft.shape)) return;
  if (shape.length === 1) draft.add(flatten());
  else if (!draft.reshapeInput(shape))
    throw node.refusal(
      `makes ${showShape(shape)} of samples of shape ${showShape(draft.shape)}; behind a layer only a list can be imported`,
    );
}
