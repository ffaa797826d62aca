// What `train` tells: the choices before, the outcome after, for people and for programs.
import { type Backend, type Dataset, type FitResult, isLabels, type Network, parameterCount } from 'chainrule';
import type { TrainingPlan } from './automatic.ts';
import {
  describeInputs,
  describeNetwork,
  describeOptimizer,
  describeTarget,
  type ScalingNames,
} from './descriptions.ts';
import { exitStatus } from './errors.ts';
import { count, counted, rounded } from './numbers.ts';
import { colors, say, sayChoice } from './output.ts';
import type { Parts } from './parts.ts';
import { baselineWords, type Scored, scored, scoresJson } from './scores.ts';

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
export function sayChoices({ name, scaling, parts, net, plan, seed, shuffle, backend }: Choices): void {
  const { training, validation, test, notices } = parts;
  const rows = (set: Dataset | undefined) => (set === undefined ? 'none' : count(set.samples.inputs.count));
  sayChoice(
    'Data',
    `${name}: ${counted(training.samples.inputs.count, 'sample')} to train on, ${rows(validation)} for validation, ${rows(test)} for testing`,
  );
  sayChoice('Inputs', describeInputs(training, scaling));
  sayChoice('Target', describeTarget(training, scaling));
  for (const notice of notices) sayChoice('', notice);
  sayChoice('Network', describeNetwork(net));
  if (net.frozen.length > 0) sayChoice('', `frozen: ${net.frozen.join(', ')} (--unfreeze trains them too)`);
  const order = shuffle ? '' : ', not shuffled';
  sayChoice(
    'Training',
    `${describeOptimizer(plan.optimizer)}; batches of ${plan.batch}${order}, ${counted(plan.epochs, 'epoch')}${plan.patience === undefined ? '' : ' at most'}`,
  );
  if (plan.patience !== undefined)
    sayChoice('', `stops ${counted(plan.patience, 'epoch')} after the best validation loss, with the best weights`);
  sayChoice('Backend', `${backend.name}; seed ${seed}`);
  const misfit = rangeNotice(training, net);
  if (misfit !== undefined) sayChoice('', misfit);
  say('');
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

/** Tells how training ended, and gives the exit status. */
export function conclude({ result, scores, parts, plan }: Outcome, out: string, quiet: boolean): number {
  const { ending, divergedAt, bestEpoch, history, seconds } = result;
  const { red, bold } = colors(process.stderr);
  const kept = bestEpoch === undefined ? '' : `, as it was after epoch ${bestEpoch}`;
  if (ending === 'diverged' && divergedAt !== undefined) {
    const model =
      bestEpoch === undefined
        ? 'the last model with a finite loss'
        : `the best model before it, of epoch ${bestEpoch},`;
    say(
      `${red('diverged:')} the loss was no finite number in epoch ${divergedAt.epoch}, step ${divergedAt.step}; ${model} is in ${out}; try a smaller learning rate, such as --lr ${rounded(plan.optimizer.learningRate / 10)}.`,
    );
    return exitStatus.no;
  }
  if (ending === 'aborted') {
    say(
      `interrupted after ${counted(history.length, 'epoch')}: the ${bestEpoch === undefined ? '' : 'best '}model so far is in ${out}${kept}.`,
    );
    return exitStatus.interrupted;
  }
  if (quiet) return exitStatus.done;
  const [, first] = scores[0];
  say('');
  sayChoice('Baseline', baselineWords(first.baseline, parts.training.classNames));
  const how = ending === 'patience' ? 'validation stopped improving' : 'all epochs done';
  sayChoice('Ended', `after ${counted(history.length, 'epoch')}, ${how}, in ${seconds.toFixed(1)} s`);
  sayChoice('Model', `${bold(out)}${kept}`);
  return exitStatus.done;
}

/** The outcome as `train --json` prints it. */
export function outcomeJson(outcome: Outcome, out: string, total: number): Record<string, unknown> {
  const { result, parts, backend, seed, seconds } = outcome;
  return {
    model: out,
    task: parts.training.task,
    backend: backend.name,
    threads: 1,
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
  const { name, learningRate, settings } = plan.optimizer;
  return {
    backend: backend.name,
    seed,
    optimizer: { name, learningRate, ...settings },
    batch: plan.batch,
    shuffle,
    dropLast,
    epochs: result.history.length,
    steps: result.steps,
    ending: result.ending,
    ...(result.bestEpoch !== undefined && { bestEpoch: result.bestEpoch }),
    ...partsJson(outcome),
  };
}
