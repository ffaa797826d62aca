// The search space: what each hyper-parameter may be, read strictly from JSON, and trials drawn from it. It trains nothing.
import * as z from 'zod/mini';
import { ChainruleError, didYouMean } from '../errors.ts';
import { random, streams } from '../memory/index.ts';
import { parseWith, strict } from '../options.ts';
import { fields, fitting, type SettingName, type Settings, settingNames, settingsFrom } from './settings.ts';

/** Where one hyper-parameter's values come from: a list, or a range in which they, or their logarithms, are uniform. */
export type Values =
  | { readonly list: readonly (string | number | readonly number[])[] }
  | { readonly log: readonly [low: number, high: number] }
  | { readonly linear: readonly [low: number, high: number] };

/** The hyper-parameters that are searched, and where their values come from. */
export type Space = Readonly<Partial<Record<SettingName, Values>>>;

/** A hyper-parameter whose values are any numbers, so that a range of them makes sense. */
const ranged: readonly SettingName[] = ['learningRate', 'l2', 'momentum', 'l1', 'dropout', 'noise'];

const pair = z.tuple([z.number(), z.number()]);
const rangeSchema = strict({ log: z.optional(pair), linear: z.optional(pair) });

/** What is searched where no space is given. */
export const defaultSpace: Space = {
  learningRate: { log: [0.0003, 0.3] },
  batch: { list: [8, 16, 32, 64] },
  hidden: { list: [[32], [64], [100], [200], [64, 32]] },
  activation: { list: ['relu', 'tanh', 'sigmoid'] },
  l2: { log: [1e-5, 0.01] },
  optimizer: { list: ['sgd', 'momentum', 'adam'] },
  dropout: { list: [0, 0.2] },
  noise: { list: [0, 0.2, 0.4] },
  schedule: { list: ['constant', 'cosine'] },
};

/**
 * The space that a parsed JSON document describes: `{ "learningRate": { "log": [0.001, 1] }, "batch": [8, 16], "hidden": [[30], [100]] }`.
 * @param source the file's name, for the error's sentence
 * @throws ChainruleError `bad-option` naming the first entry that does not fit, with the nearest name where one is misspelt
 */
export function spaceFrom(value: unknown, source: string): Space {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ChainruleError(
      'bad-option',
      `${source} holds no search space; an object is expected, such as { "learningRate": { "log": [0.001, 1] }, "batch": [8, 16] }.`,
    );
  }
  const entries = Object.entries(value).map(([key, values]) => {
    const name = settingNames.find((one) => one === key);
    if (name === undefined) {
      throw new ChainruleError(
        'bad-option',
        `${source} has an unknown key "${key}"${didYouMean(key, settingNames)}; expected are ${settingNames.join(', ')}.`,
      );
    }
    return [name, valuesFrom(name, values, `${source}: ${name}`)];
  });
  if (entries.length === 0)
    throw new ChainruleError(
      'bad-option',
      `${source} names nothing to search; give at least one of ${settingNames.join(', ')}.`,
    );
  return Object.fromEntries(entries);
}

function valuesFrom(name: SettingName, value: unknown, place: string): Values {
  if (Array.isArray(value)) {
    const bare = name === 'hidden' ? value.findIndex((entry) => !Array.isArray(entry)) : -1;
    if (bare >= 0)
      throw new ChainruleError(
        'bad-option',
        `${place}[${bare}] is ${JSON.stringify(value[bare])}; each entry is a list of the sizes of all hidden layers, such as [[30], [100, 30]].`,
      );
    const list = parseWith(z.array<z.ZodMiniType<string | number | number[]>>(fields[name]), value, place);
    if (list.length > 0) return { list };
    throw new ChainruleError('bad-option', `${place} is an empty list; give at least one value, or leave ${name} out.`);
  }
  if (typeof value !== 'object' || value === null || !ranged.includes(name)) {
    const range = ranged.includes(name) ? ' or a range such as { "log": [0.001, 1] }' : '';
    throw new ChainruleError(
      'bad-option',
      `${place} is ${JSON.stringify(value)}; give a list of values${range}${name === 'hidden' ? ', such as [[30], [100, 30]]' : ''}.`,
    );
  }
  return rangeFrom(name, value, place);
}

function rangeFrom(name: SettingName, value: object, place: string): Values {
  const { log, linear } = parseWith(rangeSchema, value, place);
  const [low, high] = log ?? linear ?? [];
  if (low === undefined || high === undefined || (log !== undefined && linear !== undefined))
    throw new ChainruleError('bad-option', `${place} needs one of "log" and "linear", such as { "log": [0.001, 1] }.`);
  const kind = log === undefined ? 'linear' : 'log';
  if (low >= high) {
    throw new ChainruleError(
      'bad-option',
      `${place}.${kind} goes from ${low} to ${high}; its first number must be the smaller one.`,
    );
  }
  if (kind === 'log' && low <= 0) {
    throw new ChainruleError(
      'bad-option',
      `${place}.log begins at ${low}, which has no logarithm; begin above 0, or use "linear".`,
    );
  }
  for (const end of [low, high]) parseWith(fields[name], end, `${place}.${kind}`);
  return kind === 'log' ? { log: [low, high] } : { linear: [low, high] };
}

/** The space as the JSON that {@link spaceFrom} reads. */
export function spaceJson(space: Space): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(space).map(([name, values]) => [name, 'list' in values ? values.list : values]),
  );
}

/**
 * The settings of one trial, drawn at random. They depend on the seed, the trial's number and what the space says of each
 * hyper-parameter: adding another, or more trials, changes none of the others. Numbers have three significant digits.
 * @param trial an integer of at least 0
 * @example drawSettings(spaceFrom({ batch: [8, 16] }, 'space'), 1, 0) // { batch: 16 }
 */
export function drawSettings(space: Space, seed: number, trial: number): Settings {
  const source = random(seed, streams.search, trial);
  const drawn = settingNames.flatMap((name, index): [string, unknown][] => {
    const values = space[name];
    return values === undefined ? [] : [[name, valueAt(values, source.uniform(index))]];
  });
  return fitting(settingsFrom(Object.fromEntries(drawn), `trial ${trial}`));
}

/** The value that a uniform number stands for. */
function valueAt(values: Values, u: number): unknown {
  if ('list' in values) return values.list[Math.floor(u * values.list.length)];
  const [low, high] = 'log' in values ? values.log : values.linear;
  const value = 'log' in values ? low * (high / low) ** u : low + u * (high - low);
  return Math.min(high, Math.max(low, Number(value.toPrecision(3))));
}
