// The results of experiments as files, one an experiment: what each seed came to, with what setting and what code.
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from 'chainrule/node';
import type { Experiment, Outcome } from '#experiments';
import { UsageError } from '../errors.ts';
import { jsonText } from '../output.ts';

/** What one seed came to. */
export interface RunResult extends Outcome {
  readonly seed: number;
  /** The code that computed it. */
  readonly version: string;
  readonly setting: object;
  /** The digits, where it used any. */
  readonly data?: string;
  readonly backend: string;
  readonly machine: string;
  readonly threads: number;
  readonly seconds: number;
}

/** A folder of results. */
export class Results {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * Makes the folder.
   * @throws UsageError where it cannot be
   */
  async make(): Promise<void> {
    try {
      await mkdir(this.folder, { recursive: true });
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : error;
      throw new UsageError(
        code === 'EEXIST'
          ? `${this.folder} is a file; name a folder with --dir.`
          : `${this.folder} cannot be made: the system says ${code}; name another folder with --dir.`,
      );
    }
  }

  fileOf(id: string, quick: boolean): string {
    return join(this.folder, `${id}${quick ? '.quick' : ''}.json`);
  }

  /** Where a run keeps the states of its trainings until it is done. */
  unfinished(id: string, quick: boolean, seed: number): string {
    return join(this.folder, 'unfinished', `${id}${quick ? '.quick' : ''}-${seed}`);
  }

  /** Where the state of a training is kept that other experiments use too. */
  kept(name: string, quick: boolean): string {
    return join(this.folder, 'kept', `${name}${quick ? '.quick' : ''}.safetensors`);
  }

  /**
   * The runs of an experiment on file.
   * @throws UsageError where the file is damaged
   */
  async runs(id: string, quick: boolean): Promise<readonly RunResult[]> {
    const file = this.fileOf(id, quick);
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text === undefined) return [];
    const runs = parsed(text);
    if (runs !== undefined) return runs;
    throw new UsageError(`${file} is damaged: it holds no results; remove it, and they are computed again.`);
  }

  /** Adds a run, in the place of an earlier one with its seed, and removes the states of its trainings. */
  async add({ id }: Experiment, quick: boolean, run: RunResult): Promise<void> {
    const others = (await this.runs(id, quick)).filter(({ seed }) => seed !== run.seed);
    const runs = [...others, run].sort((a, b) => a.seed - b.seed);
    const seeds = (runs.at(-1)?.seed ?? 0) + 1;
    const command = `chainrule experiment run ${id}${quick ? ' --quick' : ''} --seeds ${seeds}`;
    await writeWhole(this.fileOf(id, quick), `${jsonText({ experiment: id, command, runs })}\n`);
    await rm(this.unfinished(id, quick, run.seed), { recursive: true, force: true });
  }
}

/** Whether a run has every figure that its experiment has now. */
export const isWhole = ({ figures }: RunResult, { measures }: Experiment): boolean =>
  Object.keys(measures).every((name) => Object.hasOwn(figures, name));

/** The runs in the text of a file; undefined where it is no such file. */
function parsed(text: string): RunResult[] | undefined {
  try {
    const found: unknown = JSON.parse(text);
    const runs = typeof found === 'object' && found !== null && 'runs' in found ? found.runs : undefined;
    return Array.isArray(runs) && runs.every(isRun) ? runs : undefined;
  } catch {
    return undefined;
  }
}

function isRun(value: unknown): value is RunResult {
  if (typeof value !== 'object' || value === null) return false;
  const numbers = ['seed', 'seconds', 'threads'].map((name) => Reflect.get(value, name));
  const texts = ['version', 'backend', 'machine'].map((name) => Reflect.get(value, name));
  const { figures, setting } = { figures: Reflect.get(value, 'figures'), setting: Reflect.get(value, 'setting') };
  return (
    numbers.every((one) => typeof one === 'number') &&
    texts.every((one) => typeof one === 'string') &&
    [figures, setting].every((one) => typeof one === 'object' && one !== null) &&
    Object.values(figures).every(Number.isFinite)
  );
}
