// Tensors from another program's file: npz, npy, JSON or CSV. Which parameter each belongs to is not asked here.
import { ChainruleError } from '../../errors.ts';
import { parseJson } from '../../formats/network-file.ts';
import { fromNested, type Nested, offsetOf, sizeOf, type Tensor } from '../../memory/index.ts';
import { readSheet } from '../read-sheet.ts';
import type { SheetEntry } from '../sheet.ts';
import { readNumber } from '../written-number.ts';
import { isNpy, readNpy } from './npy.ts';
import { isZip, readNpz } from './npz.ts';

/**
 * Reads the tensors of a file by their names; its first bytes tell what kind it is.
 * @throws ChainruleError `bad-file` or `bad-data` where it cannot be read
 */
export async function readTensors(bytes: Uint8Array, source: string): Promise<ReadonlyMap<string, Tensor>> {
  if (isZip(bytes)) return readNpz(bytes, source);
  if (isNpy(bytes)) return new Map([['', readNpy(bytes, source)]]);
  const text = new TextDecoder().decode(bytes);
  return /^\s*\{/.test(text)
    ? fromJson(parseJson(text, source), source)
    : fromEntries(readSheet(text, source).entries, source);
}

/** `{ "layers.0.weight": [[…]] }`, or what `gradients --json` prints. */
function fromJson(value: unknown, source: string): Map<string, Tensor> {
  const inner: unknown = isRecord(value) && isRecord(value.gradients) ? value.gradients : value;
  const tensors = new Map<string, Tensor>();
  for (const [name, nested] of Object.entries(isRecord(inner) ? inner : {})) {
    if (isNested(nested)) tensors.set(name, fromNested(nested, shapeOf(nested), `${source}: ${name}`));
  }
  if (tensors.size > 0) return tensors;
  throw new ChainruleError(
    'bad-file',
    `${source} has no tensors; write { "layers.0.weight": [[…], …], "layers.0.bias": […], … }.`,
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isNested = (value: unknown): value is Nested =>
  typeof value === 'number' || (Array.isArray(value) && value.every(isNested));

const shapeOf = (value: Nested): number[] =>
  typeof value === 'number' ? [] : [value.length, ...(value.length > 0 ? shapeOf(value[0]) : [])];

/** Rows `layers.0.weight[0,1],0.082`: every element of every tensor. */
function fromEntries(entries: readonly SheetEntry[], source: string): Map<string, Tensor> {
  const elements = new Map<string, { readonly index: readonly number[]; readonly value: number }[]>();
  for (const { quantity, value } of entries) {
    const [, name = quantity, index = ''] = /^(.*?)\s*\[([\d,\s]*)\]$/.exec(quantity) ?? [];
    const own = elements.get(name) ?? [];
    const place = `${source}: the value of ${quantity}`;
    own.push({
      index: index
        .split(',')
        .filter((part) => part.trim() !== '')
        .map(Number),
      value: readNumber(value, place).value,
    });
    elements.set(name, own);
  }
  return new Map([...elements].map(([name, own]) => [name, assembled(name, own, source)]));
}

function assembled(
  name: string,
  elements: readonly { readonly index: readonly number[]; readonly value: number }[],
  source: string,
): Tensor {
  const axes = elements[0].index.length;
  const shape = Array.from(
    { length: axes },
    (_, axis) => 1 + Math.max(...elements.map(({ index }) => index[axis] ?? 0)),
  );
  if (sizeOf(shape) !== elements.length || elements.some(({ index }) => index.length !== axes)) {
    throw new ChainruleError(
      'bad-data',
      `${source}: ${name} has ${elements.length} numbers where its indices make a tensor of shape [${shape.join(', ')}]; give every element once.`,
    );
  }
  const data = new Float64Array(elements.length).fill(Number.NaN);
  for (const { index, value } of elements) data[offsetOf(shape, index)] = value;
  const missing = data.findIndex(Number.isNaN);
  if (missing >= 0)
    throw new ChainruleError(
      'bad-data',
      `${source}: ${name} lacks an element and has another twice; give every element once.`,
    );
  return { shape, data };
}
