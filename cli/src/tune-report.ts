// What `tune` tells of its results: the table, the command line that repeats the best, and JSON.
import { compareResults, type Run, type RunResult, type SettingName, settingNames } from 'chainrule/tune';
import type { Reading } from './data-source.ts';
import { spoken } from './languages/index.ts';
import { significant } from './numbers.ts';
import { table } from './output.ts';
import type { PartSource, PartsOptions } from './parts.ts';
import { scheduleText } from './schedule-argument.ts';
import { type Measure, settingText, words } from './tune-figures.ts';
import type { TrialSetup } from './tune-trial.ts';

/** The flag of `train` for each setting. */
const flagOf: Readonly<Record<SettingName, string>> = {
  learningRate: 'lr',
  batch: 'batch',
  hidden: 'hidden',
  activation: 'activation',
  l2: 'l2',
  optimizer: 'optimizer',
  momentum: 'momentum',
  l1: 'l1',
  loss: 'loss',
  dropout: 'dropout',
  noise: 'noise',
  schedule: 'schedule',
};

/** The `train` command that repeats a run, to be pasted into a shell. */
export function trainCommandLine({ name, parts, seed, backend }: TrialSetup, run: Run): string {
  const { targets, ignore, categories, orders = {}, task, scale, scaleTarget, log, missingInputs } = parts.prepare;
  const columns = (list: readonly string[] | undefined) => list?.map(cell).join(',');
  const flags: readonly (readonly [flag: string, value: string | undefined])[] = [
    ...readingFlagsOf(parts.reading),
    ['target', columns(targets)],
    ['ignore', columns(ignore)],
    ['category', columns(categories)],
    ...Object.entries(orders).map(([name, texts]): [string, string] => [
      'order',
      `${name}=${texts.map(cell).join(',')}`,
    ]),
    ['sample-weights', parts.weights],
    ['task', task],
    ['test', partText(parts.test)],
    ['validation', partText(parts.validation)],
    ['scale', scale],
    ['scale-target', scaleTarget],
    ['log', typeof log === 'string' ? log : columns(log)],
    ['missing-inputs', missingInputs],
    ...settingNames.map((setting): [string, string | undefined] => [flagOf[setting], flagValue(run.settings, setting)]),
    ['epochs', exact(run.epochs)],
    ['seed', String(seed)],
    ['backend', backend],
  ];
  const given = flags.flatMap(([flag, value]) =>
    value === undefined ? [] : value === '' ? [`--${flag}`] : [`--${flag}`, value],
  );
  return ['npx chainrule train', ...[name, ...given].map(quoted)].join(' ');
}

/** How DATA is read; '' stands for a flag without a value. */
function readingFlagsOf({ sql, tables = [], pictures, size, grey }: Reading = {}): [string, string | undefined][] {
  return [
    ['sql', sql],
    ...tables.map((one): [string, string] => ['table', one]),
    ['images', pictures?.images],
    ['image-size', size && `${size[1]}x${size[0]}`],
    ['grey', grey ? '' : undefined],
  ];
}

function flagValue(settings: Run['settings'], setting: SettingName): string | undefined {
  return setting === 'schedule' ? scheduleText(settings.schedule) : exact(settings[setting]);
}

/** A fraction that `train` takes of its own accord is not said. */
function partText(part: PartSource): string | undefined {
  if ('file' in part) return part.file;
  return part.asked ? String(part.fraction) : undefined;
}

/** All digits, unlike in tables: the run is to be repeated. */
const exact = (value: unknown): string | undefined => {
  if (value === undefined) return undefined;
  return typeof value === 'number' ? String(value) : settingText(value);
};

/** A column's name among others between commas. */
const cell = (name: string): string => (/[",]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name);

const quoted = (word: string): string => (/^[\w./:,=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

/** The best runs, one a trial, the defaults among them. */
export function resultsTable(results: readonly RunResult[], measure: Measure, most: number): string {
  const ranked = [...results].sort(compareResults);
  const shown = ranked.filter(({ trial }, rank) => rank < most || trial === 0);
  const used = settingNames.filter((name) => shown.some(({ settings }) => settings[name] !== undefined));
  const right = (name: string) => ({ name, align: 'right' as const });
  return table(
    [right('trial'), right('epochs'), right(measure.name), right('loss'), ...used.map((name) => right(words(name)))],
    shown.map((result) => [
      result.trial === 0 ? spoken('defaults') : String(result.trial),
      String(result.epochsRun),
      result.failed === undefined ? measure.write(result.score) : spoken('failed'),
      result.loss === null ? '–' : significant(result.loss),
      ...used.map((name) => settingText(result.settings[name])),
    ]),
  );
}

/** The longest run of each trial, and its best run where it had several. */
export function perTrial(results: Iterable<RunResult>, better: (a: RunResult, b: RunResult) => number): RunResult[] {
  const found = new Map<number, RunResult>();
  for (const result of results) {
    const held = found.get(result.trial);
    if (held === undefined || better(result, held) < 0) found.set(result.trial, result);
  }
  return [...found.values()].sort((a, b) => a.trial - b.trial);
}

/** Results, the best and its command as data: the same from the same seed. */
export function resultsJson(
  setup: TrialSetup,
  { results, best, defaults, measure }: ResultsOf,
): Record<string, unknown> {
  return {
    seed: setup.seed,
    measure: measure === 'R²' ? 'r2' : measure,
    runs: results.map(runJson),
    best: runJson(best),
    defaults: runJson(defaults),
    command: trainCommandLine(setup, best),
  };
}

/** What {@link resultsJson} tells of. */
export interface ResultsOf {
  readonly results: readonly RunResult[];
  readonly best: RunResult;
  readonly defaults: RunResult;
  readonly measure: string;
}

function runJson({ name: _, epochs, ...result }: RunResult): Record<string, unknown> {
  return { ...result, ...(epochs !== undefined && { epochs }) };
}

/** The parts of a search that make it this one, from what its runs share. */
export function sharedIdentity({ name, parts, seed, backend = 'auto' }: TrialSetup): Record<string, unknown> {
  const part = (source: PartsOptions['test']) => ('file' in source ? source.file : source.fraction);
  return {
    data: name,
    test: part(parts.test),
    validation: part(parts.validation),
    prepare: parts.prepare,
    ...(parts.weights !== undefined && { weights: parts.weights }),
    seed,
    backend,
  };
}
