// `train --record`: what a later replay of the run needs, described and handed to the run's folder. The replay is recorded-run.ts.
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Epoch, FitResult, StepRecord } from 'chainrule';
import { describeNetwork, type RunData, type TrainingState } from 'chainrule/formats';
import { RunRecorder, saveModel } from 'chainrule/node';
import type { Command } from 'commander';
import { identified, identityOf } from './checkpoints.ts';
import type { Prepared } from './prepare-training.ts';
import type { TrainFlags } from './train-flags.ts';
import { version } from './version.ts';

/** What a recorder is told while training goes on. */
export interface Recording {
  readonly onStep: (step: StepRecord) => void;
  readonly afterEpoch: (epoch: Epoch) => Promise<void>;
  readonly atEnd: (result: FitResult) => Promise<void>;
  /** Leaves no folder behind where training was refused before its first step. */
  readonly withdraw: () => Promise<void>;
}

/** The file in a run's folder that keeps the network a training was given with `--network`, which may be overwritten later. */
export const givenNetwork = (folder: string): string => join(folder, 'network.safetensors');

/**
 * Begins to record a training.
 * @param name the data, as it was named
 * @param command the command that trains, whose arguments are kept
 * @throws ChainruleError where the folder holds another run or cannot be written
 */
export async function record(
  folder: string,
  name: string,
  flags: TrainFlags,
  command: Command,
  { net, settings, given }: Prepared,
  resumed: TrainingState | undefined,
): Promise<Recording> {
  const { parts, backend, seed } = settings;
  const identity = identityOf(settings);
  const { preprocessing } = parts.training;
  const validation = flags.validation !== undefined && 'file' in flags.validation ? flags.validation.file : undefined;
  const counts = Object.entries({ training: parts.training, validation: parts.validation, test: parts.test });
  const recorder = await RunRecorder.begin(
    folder,
    {
      chainrule: version(),
      command: { arguments: argumentsOf(command), folder: process.cwd() },
      network: describeNetwork(net, { parameters: false }),
      settings: identity,
      data: await describeData(name),
      ...(validation !== undefined && { validation: await describeData(validation) }),
      split: { seed, ...Object.fromEntries(counts.map(([part, data]) => [part, data?.samples.inputs.count ?? 0])) },
      ...(preprocessing && { preprocessing }),
      backend: { name: backend.name, dtype: backend.dtype, threads: backend.threads ?? 1 },
      firstStep: (resumed?.steps ?? 0) + 1,
    },
    preprocessing && { preprocessing },
  );
  if (given !== undefined) await saveModel(givenNetwork(folder), given);
  if (resumed !== undefined) await recorder.epoch({ network: net, state: identified(resumed, identity) });
  return {
    onStep: recorder.step,
    async afterEpoch({ network, state }) {
      if (state !== undefined) await recorder.epoch({ network, state: identified(state(), identity) });
    },
    withdraw: () => recorder.withdraw(),
    atEnd: ({ state, ...result }) => recorder.end({ ...result, ...(state && { state: identified(state, identity) }) }),
  };
}

/** The arguments after the command's name, without the options of the whole program. */
function argumentsOf(command: Command): string[] {
  return (command.parent?.args ?? []).slice(1);
}

async function describeData(name: string): Promise<RunData> {
  const path = resolve(name);
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ? { name, file: { path, sha256: await sha256Of(path) } } : { name };
}

/** The SHA-256 of a file's bytes. */
export async function sha256Of(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}
