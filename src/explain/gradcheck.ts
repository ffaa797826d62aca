// Backprop against central differences, in float64, on the canonical program with nothing simplified.
import { type Executable, referenceBackend } from '../backends/index.ts';
import { type FloatArray, indexOf, random, sizeOf, streams } from '../memory/index.ts';
import {
  differentiableParameters,
  layerShapes,
  type Network,
  outputShape,
  parameterSpecs,
  requireBatch,
} from '../network/index.ts';
import { compile, lower } from '../plan/index.ts';
import { type Batch, samplesOf } from './gradients.ts';

/** One parameter's two values. */
export interface CheckedParameter {
  /** `layers.0.weight` */
  readonly parameter: string;
  readonly index: readonly number[];
  /** By backprop, and by central differences. */
  readonly analytic: number;
  readonly numeric: number;
  /** |analytic − numeric| / max(|analytic|, |numeric|, 10⁻³·‖g‖∞) */
  readonly error: number;
}

/** What a gradient check came to. */
export interface GradientCheck {
  readonly checked: number;
  /** The largest relative error and where it is. */
  readonly largest: CheckedParameter;
  /** The largest error a pass allows. */
  readonly tolerance: number;
  readonly passed: boolean;
  /** How far the batch is from the nearest kink of an activation or of the loss; infinite where none has kinks. */
  readonly distanceToKink: number;
}

/** Settings of {@link gradcheck}. */
export interface GradcheckOptions {
  /** The samples to check on; a random batch of 3, away from kinks, unless given. */
  readonly batch?: Batch;
  /** 1e-7 unless given. */
  readonly tolerance?: number;
  /** What a random batch is drawn from; the network's seed unless given. */
  readonly seed?: number;
  /** Called as parameters are checked. */
  readonly onProgress?: (done: number, all: number) => void;
}

/**
 * Compares every parameter's gradient with (C(w + h) − C(w − h)) / 2h, extrapolated once (Richardson).
 * @example gradcheck(net).passed
 */
export function gradcheck(net: Network, options: GradcheckOptions = {}): GradientCheck {
  const batch = options.batch ?? drawBatch(net, options.seed ?? net.seed);
  const samples = samplesOf(net, batch);
  requireBatch(net, batch.inputs.length, 'the batch', 'give more samples');
  const rows = Uint32Array.from(batch.inputs.keys());
  const names = differentiableParameters(net);
  const run = (network: Network, keep: readonly string[], simplify: boolean): Executable => {
    const executable = referenceBackend().prepare(lower(compile(network), { keep, simplify }), rows.length);
    for (const name of names) if (executable.plan.places.has(name)) executable.write(name, net.parameters[name].data);
    // Step 1, as everywhere: the masks of dropout, too, are then what they are in training, and stay so.
    executable.runSteps(samples, rows, rows.length, 1);
    return executable;
  };
  const analytic = run(
    net,
    names.map((name) => `${name}.grad`),
    false,
  );
  // The loss itself is taken in its safe form: differences of a clamped one would mean nothing.
  // An L1 penalty is differenced by itself: weights that it has shrunk lie nearer its kink than any useful step.
  const loss = run({ ...net, l1: 0 }, ['loss', ...names], true);
  const specs = Object.entries(parameterSpecs(net.input, net.layers));
  const weights = new Set(specs.filter(([, { kind }]) => kind === 'weight').map(([name]) => name));
  const costAt = (name: string, values: Float64Array): number => {
    loss.write(name, values);
    loss.run(samples, rows);
    return loss.read('loss')[0];
  };

  const sizes = names.flatMap((name) => Array.from(analytic.read(`${name}.grad`), Math.abs));
  const greatest = sizes.reduce((most, size) => Math.max(most, size), 0);
  let largest: CheckedParameter | undefined;
  let checked = 0;
  for (const name of names) {
    const { shape, data } = net.parameters[name];
    const gradient = analytic.read(`${name}.grad`);
    const values = Float64Array.from(data);
    for (let i = 0; i < values.length; i++) {
      const slope = (h: number) => {
        const [up, down] = [data[i] + h, data[i] - h];
        const cost = (value: number) => costAt(name, values.with(i, value));
        return (cost(up) - cost(down)) / (up - down);
      };
      const h = 1e-3 * Math.max(1, Math.abs(data[i]));
      const numeric = extrapolate(slope, h) + (weights.has(name) ? net.l1 * slopeOfSize(data[i]) : 0);
      const difference = Math.abs(gradient[i] - numeric);
      const error =
        difference === 0 ? 0 : difference / Math.max(Math.abs(gradient[i]), Math.abs(numeric), 1e-3 * greatest);
      if (largest === undefined || !(error <= largest.error)) {
        largest = { parameter: name, index: indexOf(shape, i), analytic: gradient[i], numeric, error };
      }
      checked++;
      options.onProgress?.(checked, sizes.length);
    }
    loss.write(name, data);
  }
  const tolerance = options.tolerance ?? 1e-7;
  const nothing = { parameter: '', index: [], analytic: 0, numeric: 0, error: 0 };
  const passed = (largest?.error ?? 0) <= tolerance;
  return { checked, largest: largest ?? nothing, tolerance, passed, distanceToKink: distanceToKink(net, batch) };
}

/** The central difference of |w|, its step too short to cross the kink at 0. */
function slopeOfSize(w: number): number {
  const h = Math.abs(w) / 2;
  return h === 0 ? 0 : (Math.abs(w + h) - Math.abs(w - h)) / (2 * h);
}

/** The central difference with its h² and h⁴ errors cancelled (Richardson), from steps h, h/2 and h/4. */
function extrapolate(slope: (h: number) => number, h: number): number {
  const [coarse, middle, fine] = [slope(h), slope(h / 2), slope(h / 4)];
  const [first, second] = [(4 * middle - coarse) / 3, (4 * fine - middle) / 3];
  return (16 * second - first) / 15;
}

/** A random batch of 3 samples whose weighted inputs and outputs keep away from kinks, as far as 50 draws allow. */
export function drawBatch(net: Network, seed: number): Batch {
  const [inputs, outputs] = [sizeOf(net.input), sizeOf(outputShape(net))];
  let best: Batch | undefined;
  let farthest = -1;
  for (let attempt = 0; attempt < 50; attempt++) {
    const source = random(seed, streams.check, attempt);
    const row = (width: number, offset: number, draw: (i: number) => number) =>
      Array.from({ length: width }, (_, i) => draw(offset + i));
    const samples = [0, 1, 2];
    const batch = {
      inputs: samples.map((s) => row(inputs, s * inputs, (i) => source.normal(i))),
      targets: samples.map((s) =>
        targetRow(
          net,
          row(outputs, 1_000_000 + s * outputs, (i) => source.uniform(i)),
        ),
      ),
    };
    const distance = distanceToKink(net, batch);
    if (distance > farthest) [best, farthest] = [batch, distance];
    if (farthest > 0.05) break;
  }
  if (best === undefined) throw new Error('no batch was drawn');
  return best;
}

/** Targets between 0 and 1; behind a softmax they sum to 1. */
function targetRow(net: Network, row: number[]): number[] {
  if (net.layers[net.layers.length - 1].activation?.name !== 'softmax') return row;
  const total = row.reduce((sum, value) => sum + value, 0);
  return row.map((value) => value / total);
}

/** How far a slot's values, one row of them for each sample, are from the nearest kink. */
interface Kinked {
  readonly slot: string;
  distance(row: FloatArray): number;
}

function kinkedSlots({ input, layers }: Network): Kinked[] {
  const shapes = layerShapes(input, layers);
  return layers.flatMap(({ activation, distanceToKink }, index): Kinked[] => {
    const x = index === 0 ? 'input' : `layers.${index - 1}.a`;
    const ofLayer = distanceToKink && { slot: x, distance: (row: FloatArray) => distanceToKink(row, shapes[index]) };
    const kinks = activation?.kinks ?? [];
    const nearest = (row: FloatArray) => Math.min(...Array.from(row, (z) => distanceTo(kinks, z)));
    return [
      ...(ofLayer ? [ofLayer] : []),
      ...(kinks.length > 0 ? [{ slot: `layers.${index}.z`, distance: nearest }] : []),
    ];
  });
}

const distanceTo = (kinks: readonly number[], z: number) => Math.min(...kinks.map((kink) => Math.abs(z - kink)));

function distanceToKink(net: Network, batch: Batch): number {
  const kinked = kinkedSlots(net);
  const ofLoss = net.loss.distanceToKink;
  if (kinked.length === 0 && ofLoss === undefined) return Number.POSITIVE_INFINITY;
  const output = `layers.${net.layers.length - 1}.a`;
  const executable = referenceBackend().prepare(
    lower(compile(net), { keep: [...kinked.map(({ slot }) => slot), output, 'target'] }),
    batch.inputs.length,
  );
  for (const [name, { data }] of Object.entries(net.parameters))
    if (executable.plan.places.has(name)) executable.write(name, data);
  const count = batch.inputs.length;
  executable.runSteps(samplesOf(net, batch), Uint32Array.from(batch.inputs.keys()), count, 1);
  const distances = kinked.flatMap(({ slot, distance }) => {
    const values = executable.read(slot);
    const width = values.length / count;
    return batch.inputs.map((_, s) => distance(values.subarray(s * width, (s + 1) * width)));
  });
  if (ofLoss !== undefined) {
    const targets = executable.read('target');
    distances.push(...executable.read(output).map((a, i) => ofLoss(a, targets[i])));
  }
  return distances.reduce((least, distance) => Math.min(least, distance), Number.POSITIVE_INFINITY);
}
