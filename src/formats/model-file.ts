// The model file: one safetensors file with the parameters, and everything else as JSON in its metadata. Nothing in it is executed.
import * as z from 'zod/mini';
import { type Preprocessing, parsePreprocessing } from '../data/index.ts';
import { ChainruleError } from '../errors.ts';
import { sameShape, showShape } from '../memory/index.ts';
import type { Network, Parameters } from '../network/index.ts';
import { parseWith } from '../options.ts';
import {
  type DescribedNetwork,
  describedNetwork,
  describeNetwork,
  type Extensions,
  parseJson,
} from './network-file.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';

/** The version of the metadata's layout that this code writes. */
const formatVersion = 1;

/** A trained network with what is needed to use it on raw data. */
export interface Model {
  readonly network: Network;
  /** How raw rows become inputs and outputs become answers, where it was trained on such. */
  readonly preprocessing?: Preprocessing;
  /** How it was trained: printable data. */
  readonly training?: Readonly<Record<string, unknown>>;
}

const metadataSchema = z.object({
  formatVersion: z.int(),
  network: z.unknown(),
  preprocessing: z.optional(z.unknown()),
  training: z.optional(z.record(z.string(), z.unknown())),
});

/** A model as the bytes of a model file; the same model gives the same bytes. */
export function writeModel(model: Model): Uint8Array<ArrayBuffer> {
  return writeSafetensors(model.network.parameters, { chainrule: describeModel(model) });
}

/** All of a model but its parameters' values, as the JSON text that files keep in their metadata. */
export function describeModel({ network, preprocessing, training }: Model): string {
  return JSON.stringify({
    formatVersion,
    network: describeNetwork(network, { parameters: false }),
    ...(preprocessing && { preprocessing }),
    ...(training && { training }),
  });
}

/**
 * The model in the bytes of a model file.
 * @param source the file's name, for the error's sentence
 * @throws ChainruleError `bad-file` where it is damaged or no model of chainrule's
 */
export function readModel(bytes: Uint8Array, source: string, extensions: Extensions = {}): Model {
  const { tensors, metadata } = readSafetensors(bytes, source);
  if (metadata.chainrule === undefined) {
    throw new ChainruleError(
      'bad-file',
      `${source} is a safetensors file, but no model of chainrule's: its metadata has no "chainrule" entry.`,
    );
  }
  return modelFrom(metadata.chainrule, tensors, source, extensions);
}

/**
 * The model of a description by {@link describeModel} and the values of its parameters.
 * @throws ChainruleError `bad-file` where they do not belong together
 */
export function modelFrom(
  description: string,
  tensors: Parameters,
  source: string,
  extensions: Extensions = {},
): Model {
  const place = `${source}: metadata`;
  const found = parseWith(metadataSchema, parseJson(description, place), place, 'bad-file');
  if (found.formatVersion !== formatVersion) {
    throw new ChainruleError(
      'bad-file',
      `${source} has format version ${found.formatVersion} where this chainrule reads ${formatVersion}; use the chainrule that wrote it, or a newer one.`,
    );
  }
  const described = describedNetwork(found.network, place, extensions);
  return {
    network: described.build(checked(described.specs, tensors, source)),
    ...(found.preprocessing !== undefined && { preprocessing: parsePreprocessing(found.preprocessing, source) }),
    ...(found.training && { training: found.training }),
  };
}

/** The tensors, once they are exactly the network's parameters and finite. */
function checked(specs: DescribedNetwork['specs'], tensors: Parameters, source: string): Parameters {
  for (const [name, { shape }] of Object.entries(specs)) {
    if (!Object.hasOwn(tensors, name))
      throw new ChainruleError(
        'bad-file',
        `${source} lacks the parameter ${name}; it is damaged or was written by something else.`,
      );
    if (!sameShape(tensors[name].shape, shape)) {
      throw new ChainruleError(
        'bad-file',
        `${source}: ${name} has shape ${showShape(tensors[name].shape)} where its network needs ${showShape(shape)}; the file is damaged.`,
      );
    }
    const wrong = tensors[name].data.findIndex((value) => !Number.isFinite(value));
    if (wrong >= 0)
      throw new ChainruleError(
        'bad-file',
        `${source}: ${name} holds ${tensors[name].data[wrong]} at place ${wrong}; parameters must be finite numbers.`,
      );
  }
  const extra = Object.keys(tensors).find((name) => !Object.hasOwn(specs, name));
  if (extra !== undefined)
    throw new ChainruleError(
      'bad-file',
      `${source} holds the tensor "${extra}", which its network does not have; the file is damaged.`,
    );
  return { ...tensors };
}
