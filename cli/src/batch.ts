// The samples that `gradients`, `gradcheck` and `explain` work on: flags, a JSON file, rows of data, or the network's own sample.
import type { Nested } from 'chainrule';
import { type Batch, batchOf, type PreparedSample, preparedSamples, type RawData } from 'chainrule/explain';
import type { Model } from 'chainrule/formats';
import { readText } from 'chainrule/node';
import type { Command } from 'commander';
import { isNested, rowNumbers, sampleNumbers } from './arguments.ts';
import { type DataSource, readSource } from './data-source.ts';
import { UsageError } from './errors.ts';

/** The flags that name a batch. */
export interface BatchFlags {
  readonly input?: Nested;
  readonly target?: Nested;
  readonly data?: string;
  /** Counted from 0, as opposed to what was typed. */
  readonly row?: readonly number[];
}

/** A batch, and where it came from raw data how it did. */
export interface GivenBatch extends Batch {
  readonly prepared?: readonly PreparedSample[];
}

/** Adds the flags that name a batch. */
export function addBatchOptions(command: Command): Command {
  return command
    .option('--input <numbers>', 'one input as the network takes it: 0.05,0.1', sampleNumbers('--input'))
    .option('--target <numbers>', 'its target: 0.01,0.99', sampleNumbers('--target'))
    .option(
      '--data <file>',
      'a JSON file with a batch, { "inputs": [[…], …], "targets": [[…], …] }; or with --row a table, IDX images or builtin:NAME',
    )
    .option('--row <rows>', 'rows of --data to take, counted from 1: 7, or 3,7,9-12', rowNumbers('--row'));
}

/**
 * The batch that the flags name, or the network's own sample; undefined where there is neither.
 * @throws UsageError where flags are missing or exclude each other, or the file holds no batch
 */
export async function findBatch(
  model: Model,
  { input, target, data, row }: BatchFlags,
): Promise<GivenBatch | undefined> {
  const { sample } = model.network;
  if (data !== undefined) {
    if (input !== undefined || target !== undefined)
      throw new UsageError('--data excludes --input and --target; leave one or the other out.');
    return batchFromFile(model, data, row);
  }
  if (row !== undefined) throw new UsageError('--row needs --data FILE to take rows from; name the file.');
  if (input === undefined && target === undefined) {
    return sample && { inputs: [sample.input], targets: [sample.target] };
  }
  const [givenInput, givenTarget] = [input ?? sample?.input, target ?? sample?.target];
  if (givenInput === undefined) throw new UsageError('--target is given without --input; give both.');
  if (givenTarget === undefined) throw new UsageError('--input is given without --target; give both.');
  return { inputs: [givenInput], targets: [givenTarget] };
}

/** As {@link findBatch}, where there has to be one. */
export async function requireBatch(model: Model, name: string, flags: BatchFlags): Promise<GivenBatch> {
  const batch = await findBatch(model, flags);
  if (batch !== undefined) return batch;
  throw new UsageError(
    `${name} has no sample of its own; give --input and --target, --data FILE.json, or --data DATA with --row.`,
  );
}

async function batchFromFile(model: Model, path: string, rows: BatchFlags['row']): Promise<GivenBatch> {
  const text = await jsonObject(path);
  if (text !== undefined) return chosen(batchFrom(text, path), rows, path);
  const images = model.preprocessing?.kind === 'image' ? { shape: model.preprocessing.shape } : {};
  const source = await readSource(path, images);
  const count = source.kind === 'table' ? source.table.rowCount : source.images.shape[0];
  if (rows === undefined)
    throw new UsageError(
      `${path} has ${count} rows; say which of them make the batch, such as --row 1${count > 1 ? ` or --row 1-${Math.min(count, 10)}` : ''}.`,
    );
  const prepared = preparedSamples(model.network, rawData(source, path, model), rows);
  return { ...batchOf(prepared), prepared };
}

/** The text of a file that holds a JSON object, as tables and images do not. */
async function jsonObject(path: string): Promise<string | undefined> {
  if (path.startsWith('builtin:')) return undefined;
  const text = await readText(path).catch(() => undefined);
  return text !== undefined && /^\uFEFF?\s*\{/.test(text) ? text : undefined;
}

/** What there is to prepare, and how the model was trained to have it. */
function rawData(source: DataSource, path: string, { preprocessing }: Model): RawData {
  if (source.kind === 'images') {
    if (preprocessing?.kind === 'table')
      throw new UsageError(`${path} holds images where the model was trained on a table; give a table.`);
    const { images, labels } = source;
    if (labels === undefined)
      throw new UsageError(
        `${path} has no labels: its labels file is not beside it; put it there, named like the images file with "labels" for "images".`,
      );
    const own = source.classNames;
    if (own !== undefined && preprocessing !== undefined && own.join('\0') !== preprocessing.classes.join('\0'))
      throw new UsageError(
        `${path} has the classes ${own.join(', ')} where the model was trained on ${preprocessing.classes.join(', ')}; give a folder for each of those.`,
      );
    return { images, labels, ...(preprocessing && { classNames: preprocessing.classes }) };
  }
  if (preprocessing?.kind === 'table') return { table: source.table, preprocessing };
  throw new UsageError(
    preprocessing === undefined
      ? `${path} is a table, and the network has no preprocessing to say what its columns mean; give a model that "chainrule train" wrote, or a JSON batch.`
      : `${path} is a table where the model was trained on images; give an IDX images file.`,
  );
}

/** The samples of a batch at these places, or all. */
function chosen(batch: Batch, rows: BatchFlags['row'], path: string): Batch {
  if (rows === undefined) return batch;
  const count = batch.inputs.length;
  const missing = rows.find((row) => row >= count);
  if (missing !== undefined) throw new UsageError(`${path} has no row ${missing + 1}; it has rows 1 to ${count}.`);
  return { inputs: rows.map((row) => batch.inputs[row]), targets: rows.map((row) => batch.targets[row]) };
}

function batchFrom(text: string, path: string): Batch {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new UsageError(`${path} is not valid JSON: ${error instanceof Error ? error.message : error}.`);
  }
  const batch = { inputs: listOf(value, 'inputs', path), targets: listOf(value, 'targets', path) };
  if (batch.inputs.length === batch.targets.length) return batch;
  throw new UsageError(
    `${path} has ${batch.inputs.length} inputs and ${batch.targets.length} targets; give one target for each input.`,
  );
}

function listOf(holder: unknown, key: string, path: string): readonly Nested[] {
  const list: unknown = typeof holder === 'object' && holder !== null ? Reflect.get(holder, key) : undefined;
  if (Array.isArray(list) && list.length > 0 && list.every(isNested)) return list;
  const found = list === undefined ? 'is missing' : 'is not a list of lists of numbers';
  throw new UsageError(`${path}: "${key}" ${found}; expected { "inputs": [[…], …], "targets": [[…], …] }.`);
}
