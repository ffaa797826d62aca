// A step of an earlier training, carried out again: the steps before it run as they ran then, and what it was given is handed out.
import { autoBackend, type Executable, onlookingBackend, type SeenStep } from '../backends/index.ts';
import { ChainruleError } from '../errors.ts';
import type { TrainingState } from '../formats/index.ts';
import { copyRow, copyTarget, type Samples, type Tensor, targetWidth } from '../memory/index.ts';
import { type Network, type Parameters, withParameters } from '../network/index.ts';
import { count, parseWith, size } from '../options.ts';
import { slotOf } from '../plan/index.ts';
import { weightingOf } from './class-weights.ts';
import { type EpochOrder, placeOfStep, rowsOfStep } from './epoch-order.ts';
import { fit } from './fit.ts';
import { type FitOptions, isFullBatch } from './training.ts';
import { fittingDataset, type TrainingData } from './training-data.ts';

/** A step of a training: what it was given and what it made of it, in the training's own arithmetic. */
export interface ReplayedStep {
  /** Counted from 1 through all epochs. */
  readonly step: number;
  readonly epoch: number;
  /** Counted from 1 in its epoch. */
  readonly stepInEpoch: number;
  /** The samples of its batch, by their numbers in the training data. */
  readonly rows: Uint32Array;
  /** The batch as the network saw it, changed by augmentation, noise and label smoothing; images flat. */
  readonly inputs: readonly (readonly number[])[];
  readonly targets: readonly (readonly number[])[];
  /** What each sample counts in the loss by itself, and each class; 1 where absent. */
  readonly weights?: readonly number[];
  readonly classWeights?: readonly number[];
  /** η of this step. */
  readonly learningRate: number;
  /** The network with the parameters before the step, and the seed that its masks are drawn from. */
  readonly network: Network;
  /** The optimizer's state before the step by its slots' names: `layers.0.weight.velocity`. */
  readonly state: Parameters;
  /** After the step: the parameters that training changes, and the optimizer's state. */
  readonly after: Parameters;
  /** The loss of its batch. */
  readonly loss: number;
}

/** Which step to replay, and where to begin. */
export interface ReplayFrom {
  /** Counted from 1 through all epochs. */
  readonly step: number;
  /** A state of the same training before that step; its beginning unless given. */
  readonly from?: TrainingState | undefined;
}

/**
 * Replays a training up to a step.
 * @param net as it was before training
 * @param options those of the training: the same seed gives the same steps, to the last bit on the same backend
 * @example
 * const { network, inputs, targets, learningRate } = await replay(net, data, options, { step: 1234 });
 * @throws ChainruleError `bad-option` where training did not come to that step, or the state is one after it, `unsupported` for
 *   `lbfgs` and `lm`
 */
export async function replay(
  net: Network,
  data: TrainingData,
  options: FitOptions,
  { step, from }: ReplayFrom,
): Promise<ReplayedStep> {
  parseWith(size, step, 'step');
  if (from !== undefined && parseWith(count, from.steps, 'from.steps') >= step) {
    throw new ChainruleError(
      'bad-option',
      `from is a state after ${from.steps} steps, where the step to replay is ${step}; give an earlier state.`,
    );
  }
  if (options.optimizer !== undefined && isFullBatch(options.optimizer)) {
    throw new ChainruleError(
      'unsupported',
      `${options.optimizer.name} sees all samples at once and has no steps to replay; train by a mini-batch optimizer such as adam.`,
    );
  }
  const dataset = fittingDataset(net, data);
  const order = orderOf(net, dataset.samples, options);
  const witness = new Witness(step);
  // Early stopping says only how many steps there are; what is watched matters where a schedule follows it.
  const { onProgress, onStep, signal, trainingScores, patience, validation, ...replayed } = options;
  const backend = onlookingBackend(options.backend ?? autoBackend(), (executable) => witness.lookAt(executable));
  await fit(net, dataset, {
    ...replayed,
    backend,
    signal: witness.signal,
    ...(options.schedule && validation && { validation }),
    ...(from && { resume: from }),
  });
  const { seen } = witness;
  if (seen === undefined) {
    throw new ChainruleError(
      'bad-option',
      `the training came to no step ${step}; give a step that it ran, or the options it ran with.`,
    );
  }
  const [parameters, state] = parted(seen.before, (name) => Object.hasOwn(net.parameters, name));
  const { classWeights } = options.classWeights ? weightingOf(net, dataset, options.classWeights) : {};
  return {
    step,
    ...placeOfStep(order, step),
    rows: rowsOfStep(order, step),
    ...batchOf(seen.data, seen.rows),
    ...(classWeights && { classWeights }),
    learningRate: seen.learningRate,
    network: withParameters({ ...net, seed: order.seed }, { ...net.parameters, ...parameters }),
    state,
    after: seen.after,
    loss: seen.loss,
  };
}

function orderOf(net: Network, { inputs }: Samples, options: FitOptions): EpochOrder {
  const { batch = 10, shuffle = true, dropLast = false, seed = net.seed } = options;
  return { count: inputs.count, batch, shuffle, dropLast, seed };
}

/** What was seen of the step. */
interface Testimony {
  readonly data: Samples;
  readonly rows: Uint32Array;
  readonly learningRate: number;
  readonly before: Parameters;
  readonly after: Parameters;
  readonly loss: number;
}

/** Looks at one step of a training, and ends the training after it. */
class Witness {
  seen: Testimony | undefined;
  private readonly step: number;
  private readonly controller = new AbortController();

  constructor(step: number) {
    this.step = step;
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  lookAt(executable: Executable) {
    let [learningRate, before]: [number, Parameters] = [Number.NaN, {}];
    return {
      from: this.step,
      to: this.step,
      written: (slot: string, values: ArrayLike<number>) => {
        if (slot === 'learningRate') learningRate = values[0];
      },
      before: () => {
        before = carried(executable);
      },
      after: ({ data, rows }: SeenStep) => {
        // A training that diverges goes over its last steps again.
        this.seen ??= {
          data,
          rows: rows.slice(),
          learningRate,
          before,
          after: carried(executable),
          loss: executable.read('loss')[0],
        };
        this.controller.abort();
      },
    };
  }
}

/** All that goes over from step to step: parameters, statistics and optimizer state. */
function carried(executable: Executable): Parameters {
  const { program } = executable.plan;
  const tensors = program.carries.map(({ to }): [string, Tensor] => [
    to,
    { shape: slotOf(program, to).shape, data: executable.read(to) },
  ]);
  return Object.fromEntries(tensors);
}

/** Tensors whose names are wanted, and the others. */
function parted(tensors: Parameters, isWanted: (name: string) => boolean): [Parameters, Parameters] {
  const entries = Object.entries(tensors);
  return [
    Object.fromEntries(entries.filter(([name]) => isWanted(name))),
    Object.fromEntries(entries.filter(([name]) => !isWanted(name))),
  ];
}

function batchOf({ inputs, targets, weights }: Samples, rows: Uint32Array) {
  const numbers = (width: number, copy: (row: number, out: Float64Array) => void) =>
    Array.from(rows, (row) => {
      const out = new Float64Array(width);
      copy(row, out);
      return Array.from(out);
    });
  return {
    inputs: numbers(inputs.width, (row, out) => copyRow(inputs, row, out, 0)),
    targets: numbers(targetWidth(targets), (row, out) => copyTarget(targets, row, out, 0)),
    ...(weights && { weights: Array.from(rows, (row) => weights[row]) }),
  };
}
