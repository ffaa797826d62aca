// What `train` tells: the choices before, the outcome after, for people and for programs.
import {
  type Backend,
  type Dataset,
  type Ending,
  type FitResult,
  isLabels,
  type Network,
  parameterCount,
  sampleCount,
} from 'chainrule';
import type { TrainingPlan } from './automatic.ts';
import {
  describeInputs,
  describeNetwork,
  describeOptimizer,
  describeTarget,
  leftOverNotices,
  type ScalingNames,
} from './descriptions.ts';
import { exitStatus } from './errors.ts';
import { spoken } from './languages/index.ts';
import { count, counted, rounded } from './numbers.ts';
import { colors, printable, say, sayChoice } from './output.ts';
import type { Parts } from './parts.ts';
import { baselineWords, type Scored, scored, scoresJson } from './scores.ts';
import { describeSamples, describeWeights, techniquesJson } from './techniques.ts';

/** How a training was set up. */
export interface Settings {
  readonly parts: Parts;
  readonly plan: TrainingPlan;
  readonly backend: Backend;
  readonly seed: number;
  readonly shuffle: boolean;
  readonly dropLast: boolean;
}

/** What is said before a training. */
export interface Choices extends Settings {
  /** The data, as it was named. */
  readonly name: string;
  readonly net: Network;
  readonly scaling: ScalingNames;
  /** How many folds, where each is held out once. */
  readonly folds?: number;
}

/** What came of a training. */
export interface Outcome extends Settings {
  readonly result: FitResult;
  readonly scores: readonly (readonly [part: string, scored: Scored])[];
  readonly seconds: { readonly load: number; readonly training: number };
}

/** The scores of every part there is. */
export function scoresOf(net: Network, { training, validation, test }: Parts, backend: Backend): Outcome['scores'] {
  return Object.entries({ training, validation, test }).flatMap(([part, data]): [string, Scored][] =>
    data === undefined ? [] : [[part, scored(net, data, training, backend)]],
  );
}

/** Says everything that was chosen, by the user or for them. */
export function sayChoices({ name, scaling, parts, net, plan, seed, shuffle, backend, folds }: Choices): void {
  const { training, validation, test, notices } = parts;
  const rows = (set: Dataset | undefined) => (set === undefined ? 'none' : count(set.samples.inputs.count));
  const samples = counted(sampleCount(training), 'sample');
  sayChoice(
    'Data',
    folds === undefined
      ? `${name}: ${samples} to train on, ${rows(validation)} for validation, ${rows(test)} for testing`
      : `${name}: ${samples} in ${folds} folds, each held out once from a training on the others`,
  );
  sayChoice('Inputs', describeInputs(training, scaling));
  sayChoice('Target', describeTarget(training, scaling));
  for (const notice of notices) sayChoice('', notice);
  sayChoice('Network', describeNetwork(net));
  for (const notice of leftOverNotices(net)) sayChoice('', notice);
  if (net.frozen.length > 0) sayChoice('', `frozen: ${net.frozen.join(', ')} (--unfreeze trains them too)`);
  sayChoice('Training', `${describeOptimizer(plan.optimizer)}; ${describeLength(plan, shuffle)}`);
  if (plan.patience !== undefined)
    sayChoice('', `stops ${counted(plan.patience, 'epoch')} after the best validation loss, with the best weights`);
  sayTechniques(plan, training);
  sayChoice('Backend', `${backend.name}; seed ${seed}`);
  const misfit = rangeNotice(training, net);
  if (misfit !== undefined) sayChoice('', misfit);
  say('');
}

function describeLength({ optimizer, batch, epochs, patience, schedule }: TrainingPlan, shuffle: boolean): string {
  if (!('learningRate' in optimizer)) return `all samples at once, ${counted(epochs, 'iteration')} at most`;
  const mayEnd = patience !== undefined || schedule?.name.includes('halving');
  return `batches of ${batch}${shuffle ? '' : ', not shuffled'}, ${counted(epochs, 'epoch')}${mayEnd ? ' at most' : ''}`;
}

function sayTechniques(plan: TrainingPlan, training: Dataset): void {
  const { chosenSchedule } = plan;
  if (chosenSchedule) sayChoice('Schedule', `${chosenSchedule.text}: the learning rate ${chosenSchedule.words}`);
  const samples = describeSamples(plan);
  if (samples.length > 0) sayChoice('Samples', `${samples.join(spoken(', '))}, anew in each epoch`);
  const weights = describeWeights(plan, training);
  if (weights !== undefined) sayChoice('Classes', `weights ${weights}`);
  const own = training.samples.weights;
  if (own !== undefined && plan.sampleWeights !== undefined)
    sayChoice('Weights', `of samples, from the column ${printable(plan.sampleWeights)}: ${describeRange(own)}`);
}

/** The smallest, the greatest and the mean of numbers. */
function describeRange(values: ArrayLike<number>): string {
  let [least, most, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (let i = 0; i < values.length; i++) {
    least = Math.min(least, values[i]);
    most = Math.max(most, values[i]);
    sum += values[i];
  }
  return `${rounded(least)} to ${rounded(most)}, ${rounded(sum / values.length)} on the mean`;
}

/** A warning where numbers to predict lie outside what the output layer can give. */
function rangeNotice({ task, samples: { targets } }: Dataset, net: Network): string | undefined {
  const activation = net.layers[net.layers.length - 1].activation;
  if (task !== 'regression' || isLabels(targets) || activation === null) return undefined;
  const [low, high] = activation.range;
  const outside = targets.values.some((value) => value < low || value > high);
  if (!outside) return undefined;
  return `The output layer's ${activation.name} gives numbers from ${low} to ${high}, and some scaled targets lie outside: use --scale-target minmax or a linear output layer.`;
}

/** How a training ended, in a few words. */
const endings: Readonly<Record<Ending, string>> = {
  epochs: 'all epochs done',
  patience: 'validation stopped improving',
  schedule: 'the schedule brought the learning rate to its end',
  converged: 'nothing more was to be gained',
  aborted: 'interrupted',
  diverged: 'diverged',
};

/** Where a training's results are. */
export interface Places {
  readonly out: string;
  /** Where it can go on from, if it can. */
  readonly checkpoint?: string | undefined;
  readonly report?: string | undefined;
  readonly record?: string | undefined;
}

/** Tells how training ended, and gives the exit status. */
export function conclude(outcome: Outcome, places: Places, quiet: boolean): number {
  const { result, scores, parts } = outcome;
  const { ending, bestEpoch, history, seconds } = result;
  const { out, checkpoint, report, record } = places;
  const { bold } = colors(process.stderr);
  const kept = bestEpoch === undefined ? '' : `, as it was after epoch ${bestEpoch}`;
  if (ending === 'diverged') {
    sayDiverged(outcome, out);
    return exitStatus.no;
  }
  if (ending === 'aborted') {
    const goOn = checkpoint === undefined ? '' : `; --resume ${checkpoint} goes on`;
    say(
      `interrupted after ${counted(history.length, 'epoch')}: the ${bestEpoch === undefined ? '' : 'best '}model so far is in ${out}${kept}${goOn}.`,
    );
    return exitStatus.interrupted;
  }
  if (quiet) return exitStatus.done;
  const [, first] = scores[0];
  say('');
  sayChoice('Baseline', baselineWords(first.baseline, parts.training.classNames));
  const unit = 'learningRate' in outcome.plan.optimizer ? 'epoch' : 'iteration';
  const how = ending === 'epochs' && unit === 'iteration' ? 'all iterations done' : endings[ending];
  sayChoice('Ended', `after ${counted(history.length, unit)}, ${how}, in ${seconds.toFixed(1)} s`);
  sayChoice('Model', `${bold(out)}${kept}`);
  if (checkpoint !== undefined) sayChoice('Checkpoint', checkpoint);
  if (report !== undefined) sayChoice('Report', bold(report));
  if (record !== undefined) sayChoice('Recorded', `${record}; explain --run ${record} --step N derives a step of it`);
  return exitStatus.done;
}

function sayDiverged({ result: { divergedAt, bestEpoch }, plan: { optimizer } }: Outcome, out: string): void {
  const { red } = colors(process.stderr);
  const model =
    bestEpoch === undefined ? 'the last model with a finite loss' : `the best model before it, of epoch ${bestEpoch},`;
  const where = divergedAt ? ` in epoch ${divergedAt.epoch}, step ${divergedAt.step}` : '';
  const remedy =
    'learningRate' in optimizer
      ? `a smaller learning rate, such as --lr ${rounded(optimizer.learningRate / 10)}`
      : 'another --seed or another scaling';
  say(`${red(spoken('diverged:'))} the loss was no finite number${where}; ${model} is in ${out}; try ${remedy}.`);
}

/** The outcome as `train --json` prints it. */
export function outcomeJson(outcome: Outcome, out: string, total: number): Record<string, unknown> {
  const { result, parts, backend, seed, seconds } = outcome;
  return {
    model: out,
    task: parts.training.task,
    backend: backend.name,
    threads: result.execution.threads,
    ...(result.execution.fallbacks.length > 0 && { fallbacks: result.execution.fallbacks }),
    seed,
    parameters: parameterCount(result.network),
    epochs: result.history.length,
    steps: result.steps,
    stepsPerSecond: result.seconds > 0 ? result.steps / result.seconds : 0,
    seconds: { ...seconds, total },
    ending: result.ending,
    ...(result.divergedAt && { divergedAt: result.divergedAt }),
    ...(result.bestEpoch !== undefined && { bestEpoch: result.bestEpoch }),
    ...partsJson(outcome),
  };
}

function partsJson({ scores }: Outcome): Record<string, unknown> {
  const none = { training: null, validation: null, test: null };
  return { ...none, ...Object.fromEntries(scores.map(([part, one]) => [part, scoresJson(one)])) };
}

/** What a model file keeps of its training: nothing that differs from run to run. */
export function summary(outcome: Outcome): Record<string, unknown> {
  const { result, plan, backend, seed, shuffle, dropLast } = outcome;
  return {
    backend: backend.name,
    seed,
    optimizer: optimizerJson(plan.optimizer),
    batch: plan.batch,
    shuffle,
    dropLast,
    ...techniquesJson(plan),
    epochs: result.history.length,
    steps: result.steps,
    ending: result.ending,
    ...(result.bestEpoch !== undefined && { bestEpoch: result.bestEpoch }),
    ...partsJson(outcome),
  };
}

/** An optimizer as data. */
function optimizerJson(optimizer: TrainingPlan['optimizer']): Record<string, unknown> {
  const { name, settings } = optimizer;
  return { name, ...('learningRate' in optimizer && { learningRate: optimizer.learningRate }), ...settings };
}
