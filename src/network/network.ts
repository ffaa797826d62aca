// The network people hold: layers, loss and parameters as plain data. Nothing here computes.
import { ChainruleError } from '../errors.ts';
import type { Layer, ParameterSpec } from '../layers/layer.ts';
import * as losses from '../losses/index.ts';
import type { Loss } from '../losses/loss.ts';
import {
  fromNested,
  type Nested,
  random,
  type Shape,
  sameShape,
  showShape,
  sizeOf,
  streams,
  type Tensor,
} from '../memory/index.ts';
import { choose, nonNegative, parseWith, seed as seedSchema, size } from '../options.ts';

/** The name of a loss of the house. */
export type LossName = keyof typeof losses;

/** Parameters by their public names, `layers.0.weight`, in the order of the layers. */
export type Parameters = Readonly<Record<string, Tensor>>;

/** One sample of input and target, as nested arrays. */
export interface Sample {
  readonly input: Nested;
  readonly target: Nested;
}

/** A feed-forward network with its parameters. Training makes a new one; nothing is changed in place. */
export interface Network {
  /** The shape of one input: `[784]`, or `[channels, height, width]`. */
  readonly input: Shape;
  readonly layers: readonly Layer[];
  readonly loss: Loss;
  /** L2 penalty: adds l2/2 Σ w² over weights to the loss. */
  readonly l2: number;
  /** L1 penalty: adds l1 Σ |w| over weights to the loss. */
  readonly l1: number;
  /** What the parameters were drawn from, and what training draws from unless told otherwise. */
  readonly seed: number;
  readonly parameters: Parameters;
  /** Names of parameters that training leaves alone. */
  readonly frozen: readonly string[];
  /** A sample that goes with the network, for exercises. */
  readonly sample?: Sample;
  /** The learning rate that goes with it. */
  readonly learningRate?: number;
}

/** What {@link network} takes beside the layers. */
export interface NetworkOptions {
  /** The shape of one input, or its length where it is a list. */
  readonly input: number | Shape;
  /** `quadratic` unless given, or `logLikelihood` behind a softmax. */
  readonly loss?: LossName | Loss | undefined;
  /** c in c/2 Σ w²; 0 unless given. */
  readonly l2?: number | undefined;
  /** c in c Σ |w|; 0 unless given. */
  readonly l1?: number | undefined;
  /** An integer from 0 to 2⁵³ − 1; 0 unless given. */
  readonly seed?: number | undefined;
  /** Values for some or all parameters, instead of drawing them. */
  readonly parameters?: Readonly<Record<string, Nested | Tensor>> | undefined;
  /** Parameters that training leaves alone. */
  readonly frozen?: readonly string[] | undefined;
  readonly sample?: Sample | undefined;
  readonly learningRate?: number | undefined;
}

/**
 * A network of the given layers, its parameters drawn from the seed.
 * @example
 * const net = network([dense(2, 'sigmoid'), dense(2, 'sigmoid')], { input: 2, seed: 1 });
 * @throws ChainruleError where layers, loss and parameters do not fit together
 */
export function network(layers: readonly Layer[], options: NetworkOptions): Network {
  const input = (typeof options.input === 'number' ? [options.input] : options.input).map((axis) =>
    parseWith(size, axis, 'network input', 'bad-network'),
  );
  if (layers.length === 0) throw new ChainruleError('bad-network', 'the network has no layers; give at least one.');
  const loss = chooseLoss(options.loss, layers);
  const seed = parseWith(seedSchema, options.seed ?? 0, 'seed', 'bad-network');
  const specs = parameterSpecs(input, layers);
  const parameters = initialize(specs, seed, options.parameters ?? {});
  for (const name of options.frozen ?? []) requireParameter(name, specs);
  return {
    input,
    layers,
    loss,
    l2: parseWith(nonNegative, options.l2 ?? 0, 'l2', 'bad-network'),
    l1: parseWith(nonNegative, options.l1 ?? 0, 'l1', 'bad-network'),
    seed,
    parameters,
    frozen: options.frozen ?? [],
    ...(options.sample && { sample: options.sample }),
    ...(options.learningRate !== undefined && { learningRate: options.learningRate }),
  };
}

/** The same network with other parameters, whose shapes must be its own. */
export function withParameters(net: Network, parameters: Parameters): Network {
  for (const [name, tensor] of Object.entries(parameters)) {
    const own = net.parameters[name];
    if (own === undefined || !sameShape(own.shape, tensor.shape)) {
      throw new ChainruleError(
        'bad-shape',
        `parameter ${name} of shape ${showShape(tensor.shape)} does not belong to this network.`,
      );
    }
  }
  return { ...net, parameters: { ...net.parameters, ...parameters } };
}

/** The shapes of the network's input and of each layer's output: one more than it has layers. */
export function layerShapes(input: Shape, layers: readonly Layer[]): Shape[] {
  const shapes: Shape[] = [input];
  for (const [index, layer] of layers.entries()) {
    const shape = at(index, layer, () => layer.outputShape(shapes[index]));
    requireList(index, layer, shape);
    shapes.push(shape);
  }
  return shapes;
}

function requireList(index: number, { type, activation }: Layer, shape: Shape): void {
  if (activation?.joint !== true || shape.length === 1) return;
  throw new ChainruleError(
    'bad-network',
    `layers[${index}] (${type}): ${activation.name} runs over one list of numbers, not over ${showShape(shape)}; put a flatten layer before a layer with it.`,
  );
}

/** The shape of the network's output. */
export function outputShape(net: Network): Shape {
  return layerShapes(net.input, net.layers)[net.layers.length];
}

/** Every parameter's specification by its public name, in order. */
export function parameterSpecs(input: Shape, layers: readonly Layer[]): Record<string, ParameterSpec> {
  const shapes = layerShapes(input, layers);
  const specs: Record<string, ParameterSpec> = {};
  for (const [index, layer] of layers.entries()) {
    for (const [name, spec] of Object.entries(layer.parameters(shapes[index]))) specs[`layers.${index}.${name}`] = spec;
  }
  return specs;
}

/** The names of the parameters that have gradients: all but the statistics. */
export function differentiableParameters(net: Network): string[] {
  const specs = Object.entries(parameterSpecs(net.input, net.layers));
  return specs.filter(([, { kind }]) => kind !== 'statistic').map(([name]) => name);
}

/**
 * Makes sure that a training batch is large enough for every layer.
 * @param batch what it is, for the error's sentence: `the batch`
 * @param remedy how it becomes larger
 * @throws ChainruleError `bad-option`
 */
export function requireBatch(net: Network, samples: number, batch: string, remedy: string): void {
  const shapes = layerShapes(net.input, net.layers);
  for (const [index, layer] of net.layers.entries()) {
    const fewest = layer.fewestSamples?.(shapes[index]) ?? 1;
    if (samples >= fewest) continue;
    throw new ChainruleError(
      'bad-option',
      `layers[${index}] (${layer.type}): training it takes at least ${fewest} samples at a time, and ${batch} has ${samples}; ${remedy}.`,
    );
  }
}

/** How many numbers the network's parameters hold. */
export function parameterCount(net: Network): number {
  return Object.values(net.parameters).reduce((total, tensor) => total + tensor.data.length, 0);
}

/** The most numbers a network may hold: 2²⁷, 1 GiB in float64. */
const mostParameters = 2 ** 27;

/** What so many numbers take in float64. */
const gibibytes = (numbers: number) => (numbers / 2 ** 27).toLocaleString('en', { maximumFractionDigits: 1 });

function initialize(
  specs: Readonly<Record<string, ParameterSpec>>,
  seed: number,
  given: Readonly<Record<string, Nested | Tensor>>,
): Parameters {
  for (const name of Object.keys(given)) requireParameter(name, specs);
  const total = Object.values(specs).reduce((sum, spec) => sum + sizeOf(spec.shape), 0);
  if (total > mostParameters) {
    throw new ChainruleError(
      'bad-network',
      `the network would have ${total.toLocaleString('en')} parameters, ${gibibytes(total)} GiB; at most ${mostParameters.toLocaleString('en')}, ${gibibytes(mostParameters)} GiB, fit: use smaller layers.`,
    );
  }
  const parameters: Record<string, Tensor> = {};
  for (const [index, [name, spec]] of Object.entries(specs).entries()) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    parameters[name] = value === undefined ? draw(spec, seed, index) : asTensor(value, spec.shape, name);
  }
  return parameters;
}

function draw(spec: ParameterSpec, seed: number, index: number): Tensor {
  const place = { size: sizeOf(spec.shape), fanIn: spec.fanIn, fanOut: spec.fanOut };
  const source = random(seed, streams.initialize, index);
  const data =
    spec.kind === 'bias'
      ? (spec.initializer.biases?.(place, source) ?? new Float64Array(place.size))
      : spec.initializer.weights(place, source);
  return { shape: spec.shape, data };
}

function asTensor(value: Nested | Tensor, shape: Shape, name: string): Tensor {
  if (typeof value === 'number' || Array.isArray(value)) return fromNested(value, shape, name);
  if (isTensor(value) && sameShape(value.shape, shape) && value.data.length === sizeOf(shape)) return value;
  const found = isTensor(value)
    ? ` where a tensor of ${value.data.length} numbers, ${showShape(value.shape)}, is given`
    : '';
  throw new ChainruleError('bad-shape', `${name} must have shape ${showShape(shape)}${found}.`);
}

const isTensor = (value: Nested | Tensor): value is Tensor => typeof value === 'object' && 'data' in value;

function requireParameter(name: string, specs: Readonly<Record<string, unknown>>): void {
  if (!Object.hasOwn(specs, name)) choose(name, asRules(Object.keys(specs)), 'parameter');
}

const asRules = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, { name }]));

function chooseLoss(given: string | Loss | undefined, layers: readonly Layer[]): Loss {
  const output = layers[layers.length - 1].activation;
  const loss = choose(given ?? (output?.name === 'softmax' ? 'logLikelihood' : 'quadratic'), losses, 'loss');
  if (loss.activation !== undefined && output?.name !== loss.activation) {
    throw new ChainruleError(
      'bad-network',
      `the loss ${loss.name} needs a ${loss.activation} output layer, not ${output?.name ?? 'one without activation'}; change the last layer's activation or the loss.`,
    );
  }
  if (loss.outputs !== undefined) {
    const [low, high] = loss.outputs;
    const range = output?.range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    if (range[0] < low || range[1] > high) {
      throw new ChainruleError(
        'bad-network',
        `the loss ${loss.name} needs outputs between ${low} and ${high}, which ${output?.name ?? 'a layer without activation'} does not keep; use a sigmoid or softmax output layer, or another loss.`,
      );
    }
  }
  return loss;
}

/** Names the layer in the error of whatever is done with it. */
function at<T>(index: number, layer: Layer, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof ChainruleError)) throw error;
    throw new ChainruleError('bad-shape', `layers[${index}] (${layer.type}): ${error.message}`);
  }
}
