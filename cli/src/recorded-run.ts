// `explain --run`: a step of a recorded run, replayed as it ran. What is derived from it and shown is the command's business.
import { type Optimizer, type ReplayedStep, replay } from 'chainrule';
import { asRecorded, type Derivation, type ExplainOptions, explain } from 'chainrule/explain';
import { describeNetwork, type RunData, type RunDescription } from 'chainrule/formats';
import { RecordedRun } from 'chainrule/node';
import { Command } from 'commander';
import { identityOf } from './checkpoints.ts';
import { optionsOf } from './doctor.ts';
import { UsageError } from './errors.ts';
import type { PartSource } from './parts.ts';
import { type Prepared, prepareTraining } from './prepare-training.ts';
import { givenNetwork, sha256Of } from './recording.ts';
import { addOwnOptions, addTrainingOptions, type OwnTrainFlags } from './train-flags.ts';
import { version } from './version.ts';

/** A step of a recorded run. */
export interface RecordedStep {
  readonly run: RecordedRun;
  readonly replayed: ReplayedStep;
  readonly optimizer: Optimizer;
  /** The rows of the data in its batch, counted from 1. */
  readonly rows: readonly number[];
  /** What there is to know about how it was found, a sentence each. */
  readonly notices: readonly string[];
}

/** Which step, and where its data are if not where they were. */
export interface WantedStep {
  readonly step: number;
  readonly data?: string | undefined;
}

/**
 * Replays a recorded run up to a step.
 * @throws UsageError or ChainruleError where the folder holds no run, the run no such step, or its data are not what they were
 */
export async function recordedStep(folder: string, { step, data }: WantedStep): Promise<RecordedStep> {
  const run = await RecordedRun.open(folder);
  requireStep(run, step);
  const { net, settings } = await preparedAgain(run, data);
  const { plan, parts } = settings;
  const { optimizer } = plan;
  if (!('update' in optimizer)) throw notReplayable(run, `its optimizer ${optimizer.name} sees all data at once`);
  const { checkpoint, damaged } = await run.checkpointBefore(step);
  const replayed = await replay(net, parts.training, optionsOf(settings), { step, from: checkpoint?.state });
  const rows = Array.from(replayed.rows, (row) => parts.trainingRows[row] + 1);
  return { run, replayed, optimizer, rows, notices: noticesOf(run, replayed, damaged) };
}

/** The derivation of a step of a recorded run, in float64, with what the training itself got beside it. */
export function explainRecorded(
  { run, replayed, optimizer, rows }: RecordedStep,
  options: Pick<ExplainOptions, 'of' | 'depth' | 'verify' | 'full'>,
): Derivation {
  const { network, inputs, targets, weights, classWeights, learningRate, step, state } = replayed;
  const derivation = explain(network, {
    ...options,
    ...{ inputs, targets, weights, learningRate, optimizer, steps: step },
    ...(classWeights && { classWeights }),
    state: Object.fromEntries(Object.entries(state).map(([name, { data }]) => [name, data])),
  });
  const { backend, data } = run.description;
  return asRecorded(derivation, replayed, { run: run.folder, data: data.name, rows, dtype: backend.dtype });
}

function requireStep({ folder, description, lastStep }: RecordedRun, step: number): void {
  const { firstStep, ended } = description;
  if (step >= firstStep && step <= lastStep) return;
  const cut = ended === undefined ? ', where it was cut short' : '';
  if (lastStep < firstStep)
    throw new UsageError(`${folder} holds no step of its run${cut}; record the training again with --record.`);
  throw new UsageError(
    `--step is ${step}, and the run in ${folder} has the steps ${firstStep} to ${lastStep}${cut}; give one of them.`,
  );
}

/** What the run's own command prepares, once it is known to be the same. */
async function preparedAgain(run: RecordedRun, data: string | undefined): Promise<Prepared> {
  const { folder, description } = run;
  const { command, validation, backend } = description;
  if (command === undefined) throw notReplayable(run, 'it was not recorded by "train --record"');
  const { name, flags } = parsed(command.arguments);
  const place = await unchanged(description.data, data, 'name the file as it was then with --data FILE');
  const watched = validation && (await unchanged(validation, undefined, 'put it back as it was then'));
  const prepared = await prepareTraining(place ?? data ?? name, {
    ...flags,
    ...(flags.network !== undefined && { network: givenNetwork(folder) }),
    ...(watched !== undefined && { validation: { file: watched } }),
    ...(flags.test && { test: withoutFile(flags.test) }),
    backend: backend.name,
    threads: backend.threads,
  });
  requireSame(run, prepared, data ?? description.data.name);
  return prepared;
}

/** A test part of its own takes nothing from the training data, and is not asked for again. */
function withoutFile(test: PartSource): PartSource {
  return 'file' in test ? { fraction: 0, asked: true } : test;
}

/** The command's arguments, read as `train` reads them. */
function parsed(args: readonly string[]): { readonly name: string; readonly flags: OwnTrainFlags } {
  const command = new Command('train').argument('<data>').exitOverride();
  addOwnOptions(addTrainingOptions(command, (one) => one.option('--network <network>')));
  command.parse(args, { from: 'user' });
  return { name: command.args[0], flags: command.opts<OwnTrainFlags>() };
}

/**
 * The file of data that were one, once its bytes are known to be those of the run; undefined where they were none.
 * @param path where it is now
 * @throws UsageError where it is gone or has changed
 */
async function unchanged({ file }: RunData, path: string | undefined, remedy: string): Promise<string | undefined> {
  if (file === undefined) return undefined;
  const place = path ?? file.path;
  const found = await sha256Of(place).catch(() => undefined);
  if (found === file.sha256) return place;
  const what =
    found === undefined
      ? ', which the run was recorded with, cannot be read'
      : ` is not what it was when the run was recorded (SHA-256 ${file.sha256.slice(0, 16)}…)`;
  throw new UsageError(`${place}${what}; ${remedy}.`);
}

/** @throws UsageError where the same arguments come to another training now */
function requireSame({ folder, description }: RecordedRun, { net, settings }: Prepared, name: string): void {
  const now = { ...identityOf(settings), network: describeNetwork(net, { parameters: false }) };
  const before: Readonly<Record<string, unknown>> = { ...description.settings, network: description.network };
  const different = [...new Set([...Object.keys(before), ...Object.keys(now)])].filter(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(Reflect.get(now, key)),
  );
  if (different.length === 0) return;
  if (different.includes('data'))
    throw new UsageError(
      `${name} does not hold the samples that the run in ${folder} was trained on; name the data as they were with --data FILE.`,
    );
  throw new UsageError(
    `the run in ${folder} was recorded by chainrule ${description.chainrule}, and this one, ${version()}, prepares it with another ${different[0]}; use the chainrule that recorded it.`,
  );
}

function noticesOf(run: RecordedRun, { step, loss }: ReplayedStep, damaged: readonly string[]): string[] {
  const { description, folder, lastStep } = run;
  const recorded = run.lossOf(step);
  const same = recorded === undefined || Object.is(recorded, loss);
  return [
    ...(description.ended === undefined
      ? [`The run in ${folder} was cut short, or still goes on: it is known up to step ${lastStep}.`]
      : []),
    ...damaged,
    ...(same ? [] : [driftNotice(description, recorded, loss)]),
  ];
}

function driftNotice({ backend, chainrule }: RunDescription, recorded: number, loss: number): string {
  return `The replay's loss, ${loss}, is not the recorded one, ${recorded}: the run was made by chainrule ${chainrule} on the backend ${backend.name}, whose sums may differ here.`;
}

const notReplayable = ({ folder }: RecordedRun, why: string) =>
  new UsageError(`the run in ${folder} cannot be replayed: ${why}; record a training with "train --record".`);
