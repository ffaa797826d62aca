// The samples that `gradients`, `gradcheck` and `explain` work on: flags, a JSON file, or the network's own sample.
import type { Nested, Network } from 'chainrule';
import type { Batch } from 'chainrule/explain';
import { readText } from 'chainrule/node';
import type { Command } from 'commander';
import { isNested, sampleNumbers } from './arguments.ts';
import { UsageError } from './errors.ts';

/** The flags that name a batch. */
export interface BatchFlags {
  readonly input?: Nested;
  readonly target?: Nested;
  readonly data?: string;
}

/** Adds the flags that name a batch. */
export function addBatchOptions(command: Command): Command {
  return command
    .option('--input <numbers>', 'one input as the network takes it: 0.05,0.1', sampleNumbers('--input'))
    .option('--target <numbers>', 'its target: 0.01,0.99', sampleNumbers('--target'))
    .option('--data <file>', 'a JSON file with a batch: { "inputs": [[…], …], "targets": [[…], …] }');
}

/**
 * The batch that the flags name, or the network's own sample; undefined where there is neither.
 * @throws UsageError where flags are missing or exclude each other, or the file holds no batch
 */
export async function findBatch(net: Network, { input, target, data }: BatchFlags): Promise<Batch | undefined> {
  if (data !== undefined) {
    if (input !== undefined || target !== undefined)
      throw new UsageError('--data excludes --input and --target; leave one or the other out.');
    return batchFrom(await readText(data), data);
  }
  if (input === undefined && target === undefined) {
    return net.sample && { inputs: [net.sample.input], targets: [net.sample.target] };
  }
  const [givenInput, givenTarget] = [input ?? net.sample?.input, target ?? net.sample?.target];
  if (givenInput === undefined) throw new UsageError('--target is given without --input; give both.');
  if (givenTarget === undefined) throw new UsageError('--input is given without --target; give both.');
  return { inputs: [givenInput], targets: [givenTarget] };
}

/** As {@link findBatch}, where there has to be one. */
export async function requireBatch(net: Network, name: string, flags: BatchFlags): Promise<Batch> {
  const batch = await findBatch(net, flags);
  if (batch !== undefined) return batch;
  throw new UsageError(`${name} has no sample of its own; give --input and --target, or --data FILE.json.`);
}

function batchFrom(text: string, path: string): Batch {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new UsageError(`${path} is not valid JSON: ${error instanceof Error ? error.message : error}.`);
  }
  return { inputs: listOf(value, 'inputs', path), targets: listOf(value, 'targets', path) };
}

function listOf(holder: unknown, key: string, path: string): readonly Nested[] {
  const list: unknown = typeof holder === 'object' && holder !== null ? Reflect.get(holder, key) : undefined;
  if (Array.isArray(list) && list.length > 0 && list.every(isNested)) return list;
  const found = list === undefined ? 'is missing' : 'is not a list of lists of numbers';
  throw new UsageError(`${path}: "${key}" ${found}; expected { "inputs": [[…], …], "targets": [[…], …] }.`);
}
