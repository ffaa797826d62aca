// One run of a search: trained exactly as `train` would with these settings, and scored on the validation part. The test
// part is never looked at.
import { evaluate, type FitResult, fit, splitRows, subset } from 'chainrule';
import type { Run, RunResult, Settings } from 'chainrule/tune';
import { networkFor, planFor } from './automatic.ts';
import { backendNamed } from './backend.ts';
import type { Parts, PartsOptions } from './parts.ts';
import { scheduleNamed } from './schedule-argument.ts';

/** What all runs of a search share; plain data, since it goes to other processes. */
export interface TrialSetup {
  /** DATA as it was named. */
  readonly name: string;
  readonly parts: PartsOptions;
  readonly seed: number;
  readonly backend?: string;
}

/** Trains and scores. */
export async function runTrial(parts: Parts, run: Run, { seed, backend: named }: TrialSetup): Promise<RunResult> {
  const { validation } = parts;
  if (validation === undefined) throw new RangeError('a run needs a validation part');
  const { settings, share = 1 } = run;
  const count = parts.training.samples.inputs.count;
  const some = share < 1 ? splitRows(count, { test: 0, validation: share, seed }).validation : undefined;
  const training = some === undefined ? parts.training : subset(parts.training, some);
  const backend = await backendNamed({ backend: named, threads: 1 });
  const built = networkFor(training, settings, seed);
  const net = { ...built, l2: settings.l2 ?? built.l2, l1: settings.l1 ?? built.l1 };
  const { patience, ...plan } = planFor(training, true, wishesOf(settings, run.epochs));
  const { schedule } = scheduleNamed(settings.schedule) ?? {};
  const { noise } = settings;
  const options = {
    ...plan,
    ...(schedule && { schedule }),
    ...(noise !== undefined && { noise }),
    ...(patience !== undefined && { patience }),
    seed,
    backend,
    validation,
  };
  const result = await fit(net, training, options);
  const evaluation = evaluate({ ...result.network, l1: 0, l2: 0 }, validation, { backend });
  const score = 'accuracy' in evaluation ? evaluation.accuracy : evaluation.r2;
  return { ...run, score: finite(score), loss: finite(evaluation.loss), ...course(result) };
}

function course({ history, ending, bestEpoch }: FitResult): Omit<RunResult, keyof Run | 'score' | 'loss'> {
  return {
    firstLoss: sixDigits(history.at(0)?.loss),
    lastLoss: sixDigits(history.at(-1)?.loss),
    epochsRun: history.length,
    bestEpoch: bestEpoch ?? null,
    ending,
  };
}

/** The settings by the names that `train` has for them. */
function wishesOf({ learningRate, optimizer, momentum, batch }: Settings, epochs: number | undefined) {
  return {
    ...(learningRate !== undefined && { lr: learningRate }),
    ...(optimizer !== undefined && { optimizer }),
    ...(momentum !== undefined && { momentum }),
    ...(batch !== undefined && { batch }),
    ...(epochs !== undefined && { epochs }),
  };
}

/** An epoch's mean loss is summed in stretches that end by the clock, so that its last digits are not always the same. */
const sixDigits = (value: number | undefined): number | null => finite(value && Number(value.toPrecision(6)));

/** JSON has no other numbers. */
const finite = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? value : null;
