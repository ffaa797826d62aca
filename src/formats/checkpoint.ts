// The checkpoint: a safetensors file with all that a training needs to go on as if it had never stopped.
import * as z from 'zod/mini';
import { type Preprocessing, parsePreprocessing } from '../data/index.ts';
import { ChainruleError } from '../errors.ts';
import { type FloatArray, sameShape, type Tensor } from '../memory/index.ts';
import { type Network, withParameters } from '../network/index.ts';
import { count, nonNegative, parseWith } from '../options.ts';
import { crc32 } from './crc32.ts';
import { describeNetwork, type Extensions, networkFrom, parseJson } from './network-file.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';

/** Where a training stands. Random numbers need no state: they are a function of seed, epoch and index. */
export interface TrainingState {
  /** Epochs completed. */
  readonly epoch: number;
  /** Samples of the next epoch already seen, the sum of their losses, and the seconds they took. */
  readonly position: { readonly samples: number; readonly lossSum: number; readonly seconds: number };
  /** Steps carried out. */
  readonly steps: number;
  /** Parameters and optimizer states by their slots' names: `layers.0.weight`, `layers.0.weight.velocity`. */
  readonly tensors: Readonly<Record<string, Tensor>>;
  /** The best epoch by validation loss so far, with its parameters. */
  readonly best?: {
    readonly epoch: number;
    readonly loss: number;
    readonly parameters: Readonly<Record<string, Tensor>>;
  };
  /** The epochs so far, as data. */
  readonly history: readonly unknown[];
  /** The settings that must be the same for the result to be the same, as data. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** A checkpoint: a network in training and where it stands. */
export interface Checkpoint {
  /** The network with the parameters it stands at. */
  readonly network: Network;
  readonly preprocessing?: Preprocessing;
  readonly state: TrainingState;
}

const formatVersion = 1;

const schema = z.object({
  formatVersion: z.int(),
  network: z.unknown(),
  preprocessing: z.optional(z.unknown()),
  state: z.object({
    epoch: count,
    position: z.object({ samples: count, lossSum: z.number(), seconds: z._default(nonNegative, 0) }),
    steps: count,
    best: z.optional(z.object({ epoch: count, loss: z.number() })),
    history: z.array(z.unknown()),
    settings: z.record(z.string(), z.unknown()),
  }),
  checksums: z.record(z.string(), z.string()),
});

/** A checkpoint as the bytes of a file, every section with its checksum. */
export function writeCheckpoint({ network, preprocessing, state }: Checkpoint): Uint8Array<ArrayBuffer> {
  const { tensors, best, ...rest } = state;
  const sections = {
    ...prefixed('now/', tensors),
    ...prefixed('best/', best?.parameters ?? {}),
  };
  const description = {
    formatVersion,
    network: describeNetwork(network, { parameters: false }),
    ...(preprocessing && { preprocessing }),
    state: { ...rest, ...(best && { best: { epoch: best.epoch, loss: best.loss } }) },
    checksums: Object.fromEntries(Object.entries(sections).map(([name, { data }]) => [name, checksum(data)])),
  };
  const text = JSON.stringify(description);
  return writeSafetensors(sections, { checkpoint: text, checksum: checksumOf(new TextEncoder().encode(text)) });
}

/**
 * The checkpoint in the bytes of a file.
 * @param source the file's name, for the error's sentence
 * @throws ChainruleError `bad-file` where it is damaged, cut short or no checkpoint
 */
export function readCheckpoint(bytes: Uint8Array, source: string, extensions: Extensions = {}): Checkpoint {
  const { tensors, metadata } = readSafetensors(bytes, source);
  const text = metadata.checkpoint;
  if (text === undefined) {
    throw new ChainruleError(
      'bad-file',
      `${source} is a safetensors file, but no checkpoint; give the file that --checkpoint wrote.`,
    );
  }
  if (metadata.checksum !== checksumOf(new TextEncoder().encode(text))) throw damaged(source, 'its description');
  const found = parseWith(schema, parseJson(text, source), source, 'bad-file');
  if (found.formatVersion !== formatVersion) {
    throw new ChainruleError(
      'bad-file',
      `${source} has format version ${found.formatVersion} where this chainrule reads ${formatVersion}; use the chainrule that wrote it.`,
    );
  }
  for (const [name, expected] of Object.entries(found.checksums)) {
    if (!Object.hasOwn(tensors, name) || checksum(tensors[name].data) !== expected) throw damaged(source, name);
  }
  const now = unprefixed('now/', tensors);
  const described = networkFrom(found.network, source, extensions);
  const parameters = Object.fromEntries(
    Object.entries(described.parameters).map(([name, { shape }]) => {
      if (!Object.hasOwn(now, name) || !sameShape(now[name].shape, shape)) throw damaged(source, name);
      return [name, now[name]];
    }),
  );
  const { best, ...state } = found.state;
  return {
    network: withParameters(described, parameters),
    ...(found.preprocessing !== undefined && { preprocessing: parsePreprocessing(found.preprocessing, source) }),
    state: { ...state, tensors: now, ...(best && { best: { ...best, parameters: unprefixed('best/', tensors) } }) },
  };
}

function damaged(source: string, section: string): ChainruleError {
  return new ChainruleError(
    'bad-file',
    `${source} is damaged: the checksum of ${section} does not fit; use an earlier checkpoint.`,
  );
}

const prefixed = (prefix: string, tensors: Readonly<Record<string, Tensor>>) =>
  Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [prefix + name, tensor]));

const unprefixed = (prefix: string, tensors: Readonly<Record<string, Tensor>>): Record<string, Tensor> =>
  Object.fromEntries(
    Object.entries(tensors).flatMap(([name, tensor]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), tensor]] : [],
    ),
  );

const checksum = (data: FloatArray) => checksumOf(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));

const checksumOf = (bytes: Uint8Array) => crc32(bytes).toString(16).padStart(8, '0');
