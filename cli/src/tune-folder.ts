// The folder of a search: what search it is, and a file for each run that is done. That makes it possible to go on later.
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readText, writeWhole } from 'chainrule/node';
import { type Run, type RunResult, resultFrom } from 'chainrule/tune';
import { UsageError } from './errors.ts';
import { words } from './tune-figures.ts';

/** What makes a search this one and no other, as data: two with the same have the same results. */
export type Identity = Readonly<Record<string, unknown>>;

const searchFile = 'search.json';
const runsFolder = 'runs';

/** A search's folder. */
export class TuneFolder {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /**
   * Makes the folder, or takes up the same search's again.
   * @throws UsageError where it is another search's or holds other things
   */
  static async open(path: string, identity: Identity): Promise<TuneFolder> {
    const entries = await entriesOf(path);
    const folder = new TuneFolder(path);
    if (entries.includes(searchFile)) await folder.requireSame(identity);
    else if (entries.length > 0)
      throw new UsageError(
        `${path} holds other things, such as ${entries[0]}, and no search; name a new or empty folder with --dir.`,
      );
    await made(join(path, runsFolder));
    await folder.sweep();
    await writeWhole(join(path, searchFile), `${JSON.stringify(identity, null, 2)}\n`);
    return folder;
  }

  /** Where a run's result goes. */
  fileOf({ name }: Pick<Run, 'name'>): string {
    return join(this.path, runsFolder, `${name}.json`);
  }

  /** The results there are, by the names of their runs. */
  async results(): Promise<Map<string, RunResult>> {
    const files = (await readdir(join(this.path, runsFolder))).filter((file) => file.endsWith('.json')).sort();
    const results = await Promise.all(files.map((file) => this.result({ name: file.slice(0, -'.json'.length) })));
    return new Map(results.map((result) => [result.name, result]));
  }

  /** @throws ChainruleError or UsageError where the file is missing or damaged */
  async result(run: Pick<Run, 'name'>): Promise<RunResult> {
    const file = this.fileOf(run);
    const result = resultFrom(await readJson(file), file);
    if (result.name === run.name) return result;
    throw new UsageError(`${file} holds the result of ${result.name}; remove it to run ${run.name} again.`);
  }

  private async requireSame(identity: Identity): Promise<void> {
    const file = join(this.path, searchFile);
    const found = await readJson(file);
    const entries = new Map(typeof found === 'object' && found !== null ? Object.entries(found) : []);
    const keys = new Set([...Object.keys(identity), ...entries.keys()]);
    for (const key of keys) {
      const [theirs, ours] = [entries.get(key), identity[key]].map((value) => JSON.stringify(value) ?? 'none');
      if (theirs === ours) continue;
      const difference =
        theirs.length + ours.length > 80
          ? `with another ${words(key)}`
          : `with ${words(key)} ${theirs} where this one has ${ours}`;
      throw new UsageError(
        `${this.path} holds another search, ${difference}; name another folder with --dir, or remove this one.`,
      );
    }
  }

  /** Removes what an interrupted process was still writing. */
  private async sweep(): Promise<void> {
    const folder = join(this.path, runsFolder);
    const left = (await readdir(folder)).filter((file) => file.endsWith('.tmp'));
    await Promise.all(left.map((file) => rm(join(folder, file), { force: true })));
  }
}

async function entriesOf(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return [];
  if (found.isDirectory()) return (await readdir(path)).sort();
  throw new UsageError(`${path} is a file where the search's folder is to be; name another with --dir.`);
}

async function made(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : error;
    throw new UsageError(`${path} cannot be made: the system says ${code}; name another folder with --dir.`);
  }
}

async function readJson(file: string): Promise<unknown> {
  const text = await readText(file);
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`${file} is damaged: it is no JSON; remove it, and what it was of is done again.`);
  }
}
