// The learning-rate range test (Smith, 2015): the rate grows from step to step, and the loss says where it begins to learn
// and where it gets out of hand.
import { type Backend, referenceBackend } from '../backends/index.ts';
import { ChainruleError } from '../errors.ts';
import { permutation, random, streams } from '../memory/index.ts';
import type { Network } from '../network/index.ts';
import { sgd } from '../optimizers/index.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { parseWith, positive, seed as seedSchema, size } from '../options.ts';
import { compile, lower } from '../plan/index.ts';
import { breathe } from '../train/breathe.ts';
import { writeParameters } from '../train/predictor.ts';
import { fittingDataset, samplesForLoss, type TrainingData } from '../train/training-data.ts';

/** Settings of {@link rangeTest}. */
export interface RangeTestOptions {
  /** Its own learning rate is not used; sgd unless given. */
  readonly optimizer?: Optimizer;
  /** The rates of the first and the last step: 1e-5 and 10 unless given. */
  readonly from?: number;
  readonly to?: number;
  /** How many steps there are between them; 200 unless given. */
  readonly steps?: number;
  /** Samples a step; 32 unless given. */
  readonly batch?: number;
  /** Draws the order of the samples; the network's unless given. */
  readonly seed?: number;
  readonly backend?: Backend;
  readonly signal?: AbortSignal;
}

/** One step: its rate, the loss of its batch, and the mean of this and the losses before, the recent ones weighing most. */
export interface RangePoint {
  readonly learningRate: number;
  readonly loss: number;
  readonly smoothed: number;
}

/** What a range test found. */
export interface RangeTest {
  readonly points: readonly RangePoint[];
  /** Whether it came to the last rate, or stopped where the loss had grown to four times its least or was no number. */
  readonly ending: 'range' | 'grew' | 'diverged' | 'aborted';
  /** The rate at which the smoothed loss falls fastest. */
  readonly steepest: number;
  /** The rate at which the smoothed loss is least. */
  readonly least: number;
  /** A rate to begin with: a tenth of `least`, for at that one itself the loss is about to grow. */
  readonly suggested: number;
}

/** How much of the mean stays from step to step. */
const memory = 0.9;
/** How many times its least the smoothed loss may be. */
const tolerance = 4;

/**
 * Trains a copy of the network for a few hundred steps with growing learning rates.
 * @example
 * const { suggested } = await rangeTest(net, { inputs, targets }, { to: 1 });
 * @throws ChainruleError where data, network and options do not fit together, or the first step's loss is no number
 */
export async function rangeTest(net: Network, data: TrainingData, options: RangeTestOptions = {}): Promise<RangeTest> {
  const { from, to, steps, batch, seed, signal } = settingsOf(net, options);
  const samples = samplesForLoss(net, fittingDataset(net, data));
  const size = Math.min(batch, samples.inputs.count);
  const optimizer = options.optimizer ?? sgd();
  const program = compile({ ...net, seed }, optimizer, { sampleWeights: samples.weights !== undefined });
  const plan = lower(program, { keep: ['loss'], carry: true });
  if (!plan.places.has('learningRate'))
    throw new ChainruleError('unsupported', `${optimizer.name} has no learning rate to test; use another optimizer.`);
  const executable = (options.backend ?? referenceBackend()).prepare(plan, size);
  try {
    writeParameters(executable, net.parameters);
    const points: RangePoint[] = [];
    let ending: RangeTest['ending'] = 'range';
    const rowsOf = batches(samples.inputs.count, size, seed);
    let [mean, least, rested] = [0, Number.POSITIVE_INFINITY, performance.now()];
    for (let step = 1; step <= steps && ending === 'range'; step++) {
      const learningRate = from * (to / from) ** ((step - 1) / (steps - 1));
      executable.write('learningRate', [learningRate]);
      const { lossSum, samples: seen, diverged } = executable.runSteps(samples, rowsOf(step), size, step);
      const loss = lossSum / seen;
      mean = memory * mean + (1 - memory) * loss;
      const smoothed = mean / (1 - memory ** step);
      if (diverged || !Number.isFinite(smoothed)) ending = 'diverged';
      else {
        points.push({ learningRate, loss, smoothed });
        least = Math.min(least, smoothed);
        if (smoothed > tolerance * least) ending = 'grew';
      }
      if (performance.now() - rested > 40) {
        await breathe();
        rested = performance.now();
        if (signal?.aborted) ending = 'aborted';
      }
    }
    return { points, ending, ...findings(points) };
  } finally {
    executable.dispose();
  }
}

function settingsOf(net: Network, options: RangeTestOptions) {
  const [from, to] = [parseWith(positive, options.from ?? 1e-5, 'from'), parseWith(positive, options.to ?? 10, 'to')];
  const steps = parseWith(size, options.steps ?? 200, 'steps');
  if (from >= to)
    throw new ChainruleError('bad-option', `the rates go from ${from} to ${to}; the first must be the smaller one.`);
  if (steps < 10) throw new ChainruleError('bad-option', `steps is ${steps}; give at least 10, such as 200.`);
  return {
    from,
    to,
    steps,
    batch: parseWith(size, options.batch ?? 32, 'batch'),
    seed: parseWith(seedSchema, options.seed ?? net.seed, 'seed'),
    signal: options.signal,
  };
}

/** The rows of each step: every epoch in an order of its own, the last, smaller batch left out. */
function batches(count: number, batch: number, seed: number): (step: number) => Uint32Array {
  const perEpoch = Math.floor(count / batch);
  let held = 0;
  let order = new Uint32Array();
  return (step) => {
    const [epoch, place] = [Math.floor((step - 1) / perEpoch) + 1, (step - 1) % perEpoch];
    if (epoch !== held) order = Uint32Array.from(permutation(count, random(seed, streams.shuffle, epoch)));
    held = epoch;
    return order.subarray(place * batch, (place + 1) * batch);
  };
}

function findings(points: readonly RangePoint[]): Pick<RangeTest, 'steepest' | 'least' | 'suggested'> {
  if (points.length < 2) {
    throw new ChainruleError(
      'diverged',
      'the loss was no finite number from the first rate on; begin at a smaller rate, or scale the inputs.',
    );
  }
  const lowest = points.reduce((best, point, i) => (point.smoothed < points[best].smoothed ? i : best), 0);
  let steepest = 0;
  let fastest = 0;
  // Over ten steps at a time: between neighbours the batches' own differences are larger than what the rate does.
  for (let i = 0; i + 10 <= lowest; i++) {
    const fall = points[i].smoothed - points[i + 10].smoothed;
    if (fall > fastest) [fastest, steepest] = [fall, i + 5];
  }
  const least = points[lowest].learningRate;
  return {
    steepest: points[steepest].learningRate,
    least,
    suggested: Number((least / 10).toPrecision(2)),
  };
}
