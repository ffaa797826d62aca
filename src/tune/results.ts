// What a trial came to, as data that goes to a file and comes back, and which of two is the better.
import * as z from 'zod/mini';
import { count, parseWith, size, strict } from '../options.ts';
import { type Settings, settingsFrom } from './settings.ts';

/** A training to run. */
export interface Run {
  /** Names it among all runs of a search; fit for a file's name. */
  readonly name: string;
  /** The trial's number, from 1; 0 stands for the defaults. */
  readonly trial: number;
  readonly settings: Settings;
  /** The most epochs; left to whoever trains where absent. */
  readonly epochs?: number;
  /** The fraction of the training part it learns from, above 0; all of it where absent. */
  readonly share?: number;
}

/** A run and what it came to. Numbers that are not finite are null. */
export interface RunResult extends Run {
  /** Of the validation part: accuracy or R². */
  readonly score: number | null;
  /** Of the validation part, without penalties, so that settings with different ones compare. */
  readonly loss: number | null;
  /** The mean loss of the first and of the last epoch on what it learnt from. */
  readonly firstLoss: number | null;
  readonly lastLoss: number | null;
  /** Epochs run, and the one whose weights were kept. */
  readonly epochsRun: number;
  readonly bestEpoch: number | null;
  readonly ending: string;
  /** Why it could not be run, as a sentence. */
  readonly failed?: string;
}

const number = z.nullable(z.number());
const schema = strict({
  name: z.string(),
  trial: count,
  settings: z.unknown(),
  epochs: z.exactOptional(count),
  share: z.exactOptional(z.number()),
  score: number,
  loss: number,
  firstLoss: number,
  lastLoss: number,
  epochsRun: count,
  bestEpoch: z.nullable(size),
  ending: z.string(),
  failed: z.exactOptional(z.string()),
});

/** @throws ChainruleError `bad-file` where the value, read from the file `source`, is no result */
export function resultFrom(value: unknown, source: string): RunResult {
  const { settings, ...rest } = parseWith(schema, value, source, 'bad-file');
  return { ...rest, settings: settingsFrom(settings, `${source}: settings`) };
}

/** Negative where `a` is better: a higher score, then a lower loss, then the earlier trial, then fewer epochs. */
export function compareResults(a: RunResult, b: RunResult): number {
  return (
    ascending(b.score ?? Number.NEGATIVE_INFINITY, a.score ?? Number.NEGATIVE_INFINITY) ||
    ascending(a.loss ?? Number.POSITIVE_INFINITY, b.loss ?? Number.POSITIVE_INFINITY) ||
    a.trial - b.trial ||
    (a.epochs ?? 0) - (b.epochs ?? 0)
  );
}

/** As a − b, where both may be infinite. */
const ascending = (a: number, b: number): number => Number(a > b) - Number(a < b);
