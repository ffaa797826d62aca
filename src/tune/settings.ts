// The hyper-parameters that a search may choose, by name, and one choice of them. What a search tries is space.ts's business.
import * as z from 'zod/mini';
import * as activations from '../activations/index.ts';
import * as losses from '../losses/index.ts';
import * as optimizers from '../optimizers/index.ts';
import { fraction, nonNegative, parseWith, positive, size, strict } from '../options.ts';
import { schedules } from '../train/index.ts';

/** Schedules that say all by their name; `constant` for none. */
export const scheduleNames: readonly string[] = [
  'constant',
  ...Object.keys(schedules).filter((name) => name !== 'warmUp'),
];

/**
 * What each hyper-parameter may be. Their order numbers the random draws: new ones go to the end,
 * so that what a seed draws for the others stays the same.
 */
export const fields = {
  learningRate: positive,
  batch: size,
  hidden: z.array(size),
  activation: z.enum(Object.keys(activations)),
  l2: nonNegative,
  optimizer: z.enum(Object.keys(optimizers)),
  momentum: fraction,
  l1: nonNegative,
  loss: z.enum(Object.keys(losses)),
  dropout: fraction,
  noise: nonNegative,
  schedule: z.enum(scheduleNames),
};

/** A hyper-parameter's name. */
export type SettingName = keyof typeof fields;

/** The names of all hyper-parameters. */
export const settingNames: readonly SettingName[] = [
  'learningRate',
  'batch',
  'hidden',
  'activation',
  'l2',
  'optimizer',
  'momentum',
  'l1',
  'loss',
  'dropout',
  'noise',
  'schedule',
];

/** A choice of some hyper-parameters; those absent are left to whoever trains. */
export interface Settings {
  /** η, above 0. */
  readonly learningRate?: number;
  /** Samples a step, at least 1. */
  readonly batch?: number;
  /** Units of each hidden layer; empty for none. */
  readonly hidden?: readonly number[];
  /** Of the hidden layers. */
  readonly activation?: string;
  /** c in c/2 Σw². */
  readonly l2?: number;
  readonly optimizer?: string;
  /** μ, from 0 to below 1. */
  readonly momentum?: number;
  /** c in c Σ|w|. */
  readonly l1?: number;
  readonly loss?: string;
  /** The share of each hidden layer's outputs that training drops. */
  readonly dropout?: number;
  /** Standard deviation of the noise added to the inputs. */
  readonly noise?: number;
  /** Of the learning rate, with its own defaults. */
  readonly schedule?: string;
}

const schema = strict({
  learningRate: z.exactOptional(fields.learningRate),
  batch: z.exactOptional(fields.batch),
  hidden: z.exactOptional(fields.hidden),
  activation: z.exactOptional(fields.activation),
  l2: z.exactOptional(fields.l2),
  optimizer: z.exactOptional(fields.optimizer),
  momentum: z.exactOptional(fields.momentum),
  l1: z.exactOptional(fields.l1),
  loss: z.exactOptional(fields.loss),
  dropout: z.exactOptional(fields.dropout),
  noise: z.exactOptional(fields.noise),
  schedule: z.exactOptional(fields.schedule),
});

/** @throws ChainruleError `bad-option` naming the first setting that does not fit */
export function settingsFrom(value: unknown, place: string): Settings {
  return parseWith(schema, value, place);
}

/** Without the rates that the optimizer named in it does not take, such as a momentum for adam, and a schedule where there is none to change. */
export function fitting(settings: Settings): Settings {
  const { optimizer } = settings;
  const makers: Readonly<Record<string, { readonly schema: z.ZodMiniType }>> = optimizers;
  if (optimizer === undefined || !Object.hasOwn(makers, optimizer)) return settings;
  const takes = (key: string) => makers[optimizer].schema.safeParse({ [key]: 0.5 }).success;
  const { learningRate, momentum, schedule, ...others } = settings;
  return {
    ...others,
    ...(learningRate !== undefined && takes('learningRate') && { learningRate }),
    ...(momentum !== undefined && takes('momentum') && { momentum }),
    ...(schedule !== undefined && takes('learningRate') && { schedule }),
  };
}
