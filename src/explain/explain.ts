// Derivations made by walking the canonical program: its calls, their symbolic forms and the values in its slots.
import { ChainruleError } from '../errors.ts';
import { type Network, requireBatch } from '../network/index.ts';
import { sgd } from '../optimizers/index.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { count, parseWith, size } from '../options.ts';
import { compile } from '../plan/index.ts';
import type { Schedule } from '../train/index.ts';
import type { Derivation } from './derivation.ts';
import { type Batch, samplesOf } from './gradients.ts';
import { matrixSteps } from './matrix-steps.ts';
import type { PreparedSample } from './prepared.ts';
import { allQuantities, namedAfter, namedQuantities, withRead } from './selection.ts';
import { StepMaker } from './step-maker.ts';
import { type Rate, runStep } from './step-run.ts';
import { Unfolder } from './unfold.ts';
import { verified } from './verify.ts';

/** What to derive. */
export interface ExplainOptions extends Batch {
  /** η; the optimizer's or the network's own unless given. */
  readonly learningRate?: number;
  /** How the rate changes from step to step on this batch, each an epoch of its own; not at all unless given. */
  readonly schedule?: Schedule;
  /** How many epochs there would be, for schedules that span them all; 30 unless given. */
  readonly epochs?: number;
  /** Which step on this batch to derive, counted from 1: the ones before it are carried out first. 1 unless given. */
  readonly steps?: number;
  /**
   * The optimizer's states to begin that step from, by name: `layers.0.weight.velocity`; those left out begin at 0.
   * The network's parameters are then those before the step, and none of the steps before it is carried out.
   */
  readonly state?: Readonly<Record<string, ArrayLike<number>>>;
  /** Plain gradient descent unless given. */
  readonly optimizer?: Optimizer;
  /** What each class's samples count in the loss; 1 unless given. */
  readonly classWeights?: readonly number[];
  /** Names of the quantities to derive, `layers.0.weight.grad[0,1]`, instead of all; what they read comes with them. */
  readonly of?: readonly string[];
  /** How many times to put definitions in place of the quantities in each expression; 0 unless given. */
  readonly depth?: number;
  /** Whether to check each parameter's gradient by central differences; false unless given. */
  readonly verify?: boolean;
  /** How the samples came from raw data, to be shown before the step; see {@link preparedSamples}. */
  readonly prepared?: readonly PreparedSample[];
  /** Derive all quantities however many there are; else none where there are more than 20,000. */
  readonly full?: boolean;
}

/**
 * The worked derivation of one optimisation step, in float64. Of a large network whose quantities are not named there
 * are no steps, and the matrix form only.
 * @example
 * const derivation = explain(net, { inputs: [[0.05, 0.1]], targets: [[0.01, 0.99]], learningRate: 0.5 });
 * derivation.steps.find(({ id }) => id === 'layers.1.weight.grad[0,0]')?.value // 0.082167041
 * @throws ChainruleError where the batch does not fit the network, or a quantity does not exist
 */
export function explain(net: Network, options: ExplainOptions): Derivation {
  const { of, state, classWeights, full = false } = options;
  const step = parseWith(size, options.steps ?? 1, 'steps');
  const depth = parseWith(count, options.depth ?? 0, 'depth');
  const own = net.learningRate === undefined ? {} : { learningRate: net.learningRate };
  const optimizer = options.optimizer ?? sgd(own);
  const learningRate = rates(options.learningRate ?? optimizer.learningRate, step, options);
  const data = samplesOf(net, options);
  const program = compile(net, optimizer, { classWeights, sampleWeights: data.weights !== undefined });
  const samples = options.inputs.length;
  requireBatch(net, samples, 'the batch', 'give more samples');

  const run = runStep({ program, data, learningRate, step, state });
  const maker = new StepMaker(program, samples, run.value);
  const elements =
    of === undefined ? allQuantities(program, samples, full) : namedQuantities(program, of, { samples, step, full });
  const asked = elements.flatMap((element) => maker.stepOf(element) ?? []);
  const unfolder = new Unfolder((element) => maker.definition(element), samples, depth);
  const unfolded = depth === 0 ? asked : asked.map((one) => unfolder.unfolded(one));
  const steps = of === undefined ? unfolded : withRead(program, unfolded, maker, { full, samples, element: run.value });
  return {
    program,
    step,
    samples,
    ...(of && { of }),
    ...(options.prepared && { prepared: options.prepared }),
    steps: options.verify ? verified(steps, { net, data, step, classWeights }, run) : steps,
    matrices: matrixSteps(program),
    after: of === undefined ? run.after(classWeights) : namedAfter(of, run, classWeights),
    value: run.value,
    values: run.values,
  };
}

/** η of each step up to the one derived. */
function rates(base: number, last: number, { schedule, epochs = 30 }: ExplainOptions): Rate {
  if (schedule === undefined) return () => base;
  if (last > parseWith(size, epochs, 'epochs')) {
    throw new ChainruleError(
      'bad-option',
      `step ${last} is beyond the ${epochs} epochs of the schedule; give more epochs.`,
    );
  }
  return (step, losses) => {
    const history = losses.map((loss) => ({ loss, validation: null }));
    const factor = schedule.factor({ epoch: step, epochs, step, steps: epochs, history });
    if (factor !== null) return base * factor;
    throw new ChainruleError('bad-option', `the schedule ends training before step ${step}; ask for an earlier step.`);
  };
}
