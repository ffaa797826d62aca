// What a network's layers do on a sample of the data, read from the canonical program's slots: no second backpropagation.
import { type Executable, referenceBackend } from '../backends/index.ts';
import { type FloatArray, type Samples, sizeOf } from '../memory/index.ts';
import type { Network } from '../network/index.ts';
import { compile, lower, slotOf } from '../plan/index.ts';

/** One layer on a sample of the data. */
export interface LayerReading {
  readonly layer: number;
  readonly type: string;
  readonly activation: string | null;
  /** Whether it has weights. */
  readonly learns: boolean;
  /** The mean over samples of ‖δ‖, which for a dense layer is ‖∂C_x/∂b‖; a mean of gradients would vanish at a minimum. */
  readonly error: number;
  /** ‖∂C/∂W‖ and ‖∂C/∂b‖ of the mean loss; 0 where it has none. */
  readonly weightGradient: number;
  readonly biasGradient: number;
  /** ‖W‖ and max |w|; 0 where it has none. */
  readonly weight: number;
  readonly largestWeight: number;
  /** Neurons, or channels of images. */
  readonly neurons: number;
  /** Neurons that a rectifier keeps at 0 on every sample; 0 for other activations. */
  readonly dead: number;
  /** The share of activations within 1 % of either end of a bounded activation's range. */
  readonly saturated: number;
}

/** A network on a sample of the data. */
export interface Reading {
  readonly loss: number;
  readonly layers: readonly LayerReading[];
  /** ‖∂C‖² over all parameters: what a step of η lowers the loss by, divided by η. */
  readonly slope: number;
  /** The rows of the data it was read on. */
  readonly rows: Uint32Array;
}

/** As near to an end of the range as this share of it, f′ is a few hundredths of its greatest value (sigmoid: 0.0099 of 0.25). */
const nearEnd = 0.01;

/** Reads a network on the given rows of the data, in float64, as its training would see them: `samples` are those of its loss. */
export function readNetwork(
  net: Network,
  samples: Samples,
  rows: Uint32Array,
  classWeights?: readonly number[],
): Reading {
  const program = compile(net, undefined, { classWeights, sampleWeights: samples.weights !== undefined });
  const parameters = Object.entries(net.parameters);
  const gradients = parameters.map(([name]) => `${name}.grad`).filter((name) => program.slots.has(name));
  const perLayer = net.layers.flatMap((_, index) => [`layers.${index}.a`, `layers.${index}.delta`]);
  const plan = lower(program, { keep: ['loss', ...perLayer, ...gradients] });
  const executable = referenceBackend().prepare(plan, rows.length);
  for (const [name, { data }] of parameters) if (plan.places.has(name)) executable.write(name, data);
  executable.runSteps(samples, rows, rows.length, 1);
  const slope = gradients.reduce((total, name) => total + norm(executable.read(name)) ** 2, 0);
  const layers = net.layers.map((_, index) => readLayer(net, index, executable));
  return { loss: executable.read('loss')[0], layers, slope, rows };
}

/** One layer, from the slots of a program that has run. */
function readLayer(net: Network, index: number, executable: Executable): LayerReading {
  const { type, activation } = net.layers[index];
  const { program } = executable.plan;
  const prefix = `layers.${index}.`;
  const { shape } = slotOf(program, `${prefix}a`);
  const activations = executable.read(`${prefix}a`);
  const weight = net.parameters[`${prefix}weight`]?.data ?? [];
  const gradient = (name: string) => {
    const slot = `${prefix}${name}.grad`;
    return program.slots.has(slot) ? norm(executable.read(slot)) : 0;
  };
  const [low, high] = activation?.range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const rectifies = low === 0 && high === Number.POSITIVE_INFINITY && activation?.kinks.includes(0) === true;
  return {
    layer: index,
    type,
    activation: activation?.name ?? null,
    learns: weight.length > 0,
    error: meanNorm(executable.read(`${prefix}delta`), sizeOf(shape)),
    weightGradient: gradient('weight'),
    biasGradient: gradient('bias'),
    weight: norm(weight),
    largestWeight: largest(weight),
    neurons: shape[0],
    dead: rectifies ? silent(activations, shape) : 0,
    // Softmax gives shares: near 0 is where all but one of them belong.
    saturated: activation?.joint === true ? 0 : endShare(activations, low, high),
  };
}

/** √ Σ x², measured against the largest so that no square overflows. */
function norm(values: ArrayLike<number>): number {
  const most = largest(values);
  if (most === 0 || !Number.isFinite(most)) return most;
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] / most) ** 2;
  return most * Math.sqrt(sum);
}

/** The largest absolute value; NaN or infinite where one is. */
export function largest(values: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]);
    if (!(size <= most)) most = size;
    if (Number.isNaN(most)) return most;
  }
  return most;
}

function meanNorm(values: FloatArray, width: number): number {
  const samples = values.length / width;
  let sum = 0;
  for (let s = 0; s < samples; s++) sum += norm(values.subarray(s * width, (s + 1) * width));
  return sum / samples;
}

/** How many neurons (channels) are 0 everywhere on every sample. */
function silent(activations: ArrayLike<number>, shape: readonly number[]): number {
  const [neurons] = shape;
  const places = sizeOf(shape) / neurons;
  const speaks = new Array<boolean>(neurons).fill(false);
  for (let i = 0; i < activations.length; i++) {
    if (activations[i] !== 0) speaks[Math.floor(i / places) % neurons] = true;
  }
  return speaks.filter((one) => !one).length;
}

/** The share of activations near an end of a range that has two. */
function endShare(activations: ArrayLike<number>, low: number, high: number): number {
  const margin = (high - low) * nearEnd;
  if (!Number.isFinite(margin)) return 0;
  let near = 0;
  for (let i = 0; i < activations.length; i++) {
    if (activations[i] <= low + margin || activations[i] >= high - margin) near++;
  }
  return near / activations.length;
}
