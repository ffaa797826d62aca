// The folder of a recorded run: what it was, checkpoints on the way, and the loss of every step. It replays nothing.
import { appendFile, mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ChainruleError } from '../errors.ts';
import {
  type Checkpoint,
  type Extensions,
  type RunDescription,
  readCheckpoint,
  readRunFile,
  type TrainingState,
  writeCheckpoint,
  writeRunFile,
} from '../formats/index.ts';
import type { FitResult, StepRecord } from '../train/index.ts';
import { readText, writeWhole } from './files.ts';

const names = { run: 'run.json', losses: 'losses.csv', checkpoints: 'checkpoints' } as const;

/** Checkpoints a folder keeps beside the last, and the bytes they may take together; two are kept whatever they take. */
const mostCheckpoints = 64;
const mostBytes = 512 * 2 ** 20;

const checkpointName = (steps: number): string => `step-${String(steps).padStart(10, '0')}.safetensors`;
const checkpointPattern = /^step-(\d{10,})\.safetensors$/;

/** What a recorder needs of an epoch. */
export type RecordedEpoch = Pick<Checkpoint, 'network' | 'state'>;

/** Records a run as it goes. */
export class RunRecorder {
  private readonly folder: string;
  private readonly preprocessing: Checkpoint['preprocessing'];
  private description: RunDescription;
  /** Losses that are not in the file yet, by their steps. */
  private readonly pending = new Map<number, number>();
  private written: number;
  /** The epochs whose checkpoints are kept are multiples of this. */
  private spacing = 1;
  private kept: { readonly epoch: number; readonly file: string }[] = [];

  private constructor(folder: string, description: RunDescription, preprocessing: Checkpoint['preprocessing']) {
    this.folder = folder;
    this.description = description;
    this.preprocessing = preprocessing;
    this.written = description.firstStep - 1;
  }

  /**
   * Begins a run's folder.
   * @param folder made where it does not exist; it has to be empty
   * @throws ChainruleError `bad-file` where it holds another run or anything else
   */
  static async begin(
    folder: string,
    description: RunDescription,
    { preprocessing }: Pick<Checkpoint, 'preprocessing'> = {},
  ): Promise<RunRecorder> {
    await requireEmptyFolder(folder);
    await made(join(folder, names.checkpoints));
    await writeWhole(join(folder, names.losses), 'step,loss\n');
    await writeWhole(join(folder, names.run), writeRunFile(description));
    return new RunRecorder(folder, description, preprocessing);
  }

  /** Notes a step; `onStep` of a training. */
  readonly step = ({ step, loss }: StepRecord): void => {
    // A training that diverges tells of its last steps again.
    if (step > this.written) this.pending.set(step, loss);
  };

  /** Writes what an epoch came to: its losses, and a checkpoint where one is due. */
  async epoch({ network, state }: RecordedEpoch): Promise<void> {
    await this.flush();
    if (state.epoch % this.spacing !== 0) return;
    const bytes = await this.keep(network, state);
    await this.thin(Math.max(2, Math.min(mostCheckpoints, Math.floor(mostBytes / bytes))));
  }

  /** Writes where training stands at its end, and that it ended. */
  async end({
    network,
    state,
    ending,
    history,
  }: Pick<FitResult, 'network' | 'state' | 'ending' | 'history'>): Promise<void> {
    await this.flush();
    if (state !== undefined) await this.keep(network, state);
    const lastStep = Math.max(this.written, state?.steps ?? 0);
    this.description = { ...this.description, ended: { ending, epochs: history.length, lastStep } };
    await writeWhole(join(this.folder, names.run), writeRunFile(this.description));
  }

  /** Takes the folder away again where training was refused before its first step. */
  async withdraw(): Promise<void> {
    const began = this.pending.size > 0 || this.written >= this.description.firstStep;
    if (!began) await rm(this.folder, { recursive: true, force: true });
  }

  private async flush(): Promise<void> {
    const lines = [...this.pending].map(([step, loss]) => `${step},${loss}\n`);
    this.written += lines.length;
    this.pending.clear();
    await appendFile(join(this.folder, names.losses), lines.join(''));
  }

  /** Keeps a checkpoint; gives its size in bytes. */
  private async keep(network: Checkpoint['network'], state: TrainingState): Promise<number> {
    const { preprocessing } = this;
    const file = join(this.folder, names.checkpoints, checkpointName(state.steps));
    const bytes = writeCheckpoint({ network, state, ...(preprocessing && { preprocessing }) });
    await writeWhole(file, bytes);
    this.kept.push({ epoch: state.epoch, file });
    return bytes.length;
  }

  /** Drops every other checkpoint until there are no more than so many. */
  private async thin(most: number): Promise<void> {
    while (this.kept.length > most) {
      this.spacing *= 2;
      const dropped = this.kept.filter(({ epoch }) => epoch % this.spacing !== 0);
      for (const one of dropped) await rm(one.file, { force: true });
      this.kept = this.kept.filter((one) => !dropped.includes(one));
    }
  }
}

/** A checkpoint found in a run's folder, and those that had to be passed over to find it. */
export interface FoundCheckpoint {
  /** The newest whole one before a step; undefined where there is none, so that a replay begins at the run's beginning. */
  readonly checkpoint?: Checkpoint;
  /** Why later ones could not be used, a sentence each. */
  readonly damaged: readonly string[];
}

/** A run's folder, read. */
export class RecordedRun {
  readonly folder: string;
  readonly description: RunDescription;
  /** The number of the last step that is known to have run. */
  readonly lastStep: number;
  private readonly losses: ReadonlyMap<number, number>;
  /** The steps after which there is a checkpoint, ascending. */
  private readonly checkpoints: readonly number[];

  private constructor(
    folder: string,
    description: RunDescription,
    losses: ReadonlyMap<number, number>,
    checkpoints: readonly number[],
  ) {
    this.folder = folder;
    this.description = description;
    this.losses = losses;
    this.checkpoints = checkpoints;
    const last = [...losses.keys()].at(-1) ?? 0;
    this.lastStep = description.ended?.lastStep ?? Math.max(description.firstStep - 1, last, checkpoints.at(-1) ?? 0);
  }

  /**
   * Reads a run's folder; one that was cut short is read as far as it goes.
   * @throws ChainruleError `bad-file` where it is no run's
   */
  static async open(folder: string): Promise<RecordedRun> {
    if (!(await entriesOf(folder)).includes(names.run)) {
      throw new ChainruleError(
        'bad-file',
        `${folder} holds no recorded run: ${names.run} is not in it; name a folder that "train --record" wrote.`,
      );
    }
    const file = join(folder, names.run);
    const description = readRunFile(await readText(file), file);
    const checkpoints = (await entriesOf(join(folder, names.checkpoints)))
      .flatMap((name) => checkpointPattern.exec(name)?.[1] ?? [])
      .map(Number)
      .sort((a, b) => a - b);
    return new RecordedRun(folder, description, await readLosses(join(folder, names.losses)), checkpoints);
  }

  /** The loss that training met at a step, where it was kept. */
  lossOf(step: number): number | undefined {
    return this.losses.get(step);
  }

  /** Where the run stood at its last checkpoint before a step. */
  async checkpointBefore(step: number, extensions: Extensions = {}): Promise<FoundCheckpoint> {
    const damaged: string[] = [];
    for (const steps of this.checkpoints.filter((one) => one < step).toReversed()) {
      const file = join(this.folder, names.checkpoints, checkpointName(steps));
      try {
        return { checkpoint: readCheckpoint(new Uint8Array(await readFile(file)), file, extensions), damaged };
      } catch (error) {
        damaged.push(error instanceof ChainruleError ? error.message : `${file} cannot be read.`);
      }
    }
    return { damaged };
  }
}

/** A line that was cut short has no end, and is left out. */
async function readLosses(file: string): Promise<Map<number, number>> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const lines = text.slice(0, text.lastIndexOf('\n') + 1).matchAll(/^(\d+),(\S+)$/gm);
  return new Map(Array.from(lines, ([, step, loss]) => [Number(step), Number(loss)]));
}

async function requireEmptyFolder(folder: string): Promise<void> {
  const entries = await entriesOf(folder);
  if (entries.length === 0) return;
  const found = entries.includes(names.run) ? 'holds another run' : `is not empty: it holds ${entries[0]}`;
  throw new ChainruleError('bad-file', `${folder} ${found}; name a new folder to record in, or remove this one.`);
}

async function entriesOf(folder: string): Promise<string[]> {
  const found = await stat(folder).catch(() => undefined);
  if (found === undefined) return [];
  if (found.isDirectory()) return (await readdir(folder)).sort();
  throw new ChainruleError('bad-file', `${folder} is a file where a run's folder is meant; name a folder.`);
}

async function made(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : error;
    throw new ChainruleError('bad-file', `${folder} cannot be made: the system says ${code}; name another folder.`, {
      cause: error,
    });
  }
}
