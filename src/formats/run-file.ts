// run.json: what a recorded run was, as data. Its checkpoints and losses lie beside it.
import * as z from 'zod/mini';
import { ChainruleError } from '../errors.ts';
import { count, parseWith } from '../options.ts';
import { parseJson } from './network-file.ts';

/** What a training was given to learn from. */
export interface RunData {
  /** As it was named: a file, or a data set that ships with the package. */
  readonly name: string;
  /** The file, where it was one, and the SHA-256 of its bytes. */
  readonly file?: { readonly path: string; readonly sha256: string } | undefined;
}

/** What a run was. */
export interface RunDescription {
  /** The version of chainrule that ran it. */
  readonly chainrule: string;
  /** The arguments of `chainrule train`, where that ran it, and the folder it ran in. */
  readonly command?: { readonly arguments: readonly string[]; readonly folder: string } | undefined;
  /** The network as the data of a network file, without its parameters. */
  readonly network: unknown;
  /** Optimizer, batch, epochs, seed and everything else that the steps depend on. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly data: RunData;
  /** Data of its own to watch, where it had such. */
  readonly validation?: RunData | undefined;
  /** Which part of the data was trained on: the seed it was drawn by, and how many samples each part has. */
  readonly split: Readonly<Record<string, number>>;
  readonly preprocessing?: unknown;
  readonly backend: { readonly name: string; readonly dtype: 'F64' | 'F32'; readonly threads: number };
  /** The number of its first step: 1, or where it was resumed from an earlier training. */
  readonly firstStep: number;
  /** How it ended; absent while it runs, and where it was cut short. */
  readonly ended?: RunEnd | undefined;
}

/** How a run ended. */
export interface RunEnd {
  readonly ending: string;
  readonly epochs: number;
  /** The number of its last step. */
  readonly lastStep: number;
}

const formatVersion = 1;

const data = z.object({
  name: z.string(),
  file: z.optional(z.object({ path: z.string(), sha256: z.string() })),
});

const schema = z.object({
  formatVersion: z.int(),
  chainrule: z.string(),
  command: z.optional(z.object({ arguments: z.array(z.string()), folder: z.string() })),
  network: z.unknown(),
  settings: z.record(z.string(), z.unknown()),
  data,
  validation: z.optional(data),
  split: z.record(z.string(), z.number()),
  preprocessing: z.optional(z.unknown()),
  backend: z.object({ name: z.string(), dtype: z.enum(['F64', 'F32']), threads: count }),
  firstStep: count,
  ended: z.optional(z.object({ ending: z.string(), epochs: count, lastStep: count })),
});

/** A run's description as the text of its file. */
export function writeRunFile(run: RunDescription): string {
  return `${JSON.stringify({ formatVersion, ...run }, null, 2)}\n`;
}

/**
 * The description in the text of a run's file.
 * @param source the file's name, for the error's sentence
 * @throws ChainruleError `bad-file` where it is none or damaged
 */
export function readRunFile(text: string, source: string): RunDescription {
  const { formatVersion: found, ...run } = parseWith(schema, parseJson(text, source), source, 'bad-file');
  if (found === formatVersion) return run;
  throw new ChainruleError(
    'bad-file',
    `${source} has format version ${found} where this chainrule reads ${formatVersion}; use the chainrule that wrote it.`,
  );
}
