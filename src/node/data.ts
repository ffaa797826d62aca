// Data files, read whole: tables (CSV, TSV, JSON) and IDX images, gzipped or not. What they mean is src/data's business.
import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type IdxArray, imageShape, isIdx, parseIdx } from '../data/idx.ts';
import type { Table } from '../data/table.ts';
import { oneGibibyte, type ReadTableOptions, tableFromBytes } from '../data/table-bytes.ts';
import { ChainruleError } from '../errors.ts';
import { wholeFile } from './file-bytes.ts';

export type { ReadTableOptions } from '../data/table-bytes.ts';

/** An images file and the labels file beside it. */
export interface IdxPair {
  readonly images: IdxArray;
  readonly labels: IdxArray;
}

/** What a data file holds. Images come without labels where no labels file lies beside them. */
export type FileData =
  | { readonly kind: 'table'; readonly table: Table }
  | { readonly kind: 'images'; readonly images: IdxArray; readonly labels?: IdxArray };

/**
 * Reads a table from a CSV, TSV or JSON file, gzipped or not.
 * @throws ChainruleError `bad-file` where the file cannot be read or is of another kind, `bad-data` naming the line
 */
export async function readTable(path: string, options: ReadTableOptions = {}): Promise<Table> {
  return tableFromBytes(await readBytes(path, options.limit), path, options);
}

/**
 * Reads an IDX images file and the labels file beside it: `train-images-idx3-ubyte.gz` goes with `train-labels-idx1-ubyte.gz`.
 * @throws ChainruleError `bad-file` where either is missing or damaged
 */
export async function readIdx(path: string): Promise<IdxPair> {
  const images = imagesFromBytes(await readBytes(path), path);
  const beside = await labelsPath(path);
  if (beside === undefined) {
    const [expected] = labelsNames(path);
    const looked =
      expected === undefined
        ? 'its name lacks "images", so the name of its labels file is unknown'
        : `${expected} is not beside it`;
    throw new ChainruleError(
      'bad-file',
      `${path} has no labels: ${looked}; put the labels file there, named like the images file with "labels" for "images".`,
    );
  }
  return { images, labels: parseIdx(await readBytes(beside), beside) };
}

/**
 * Reads a data file, whose first bytes tell its kind.
 * @throws ChainruleError `bad-file` or `bad-data`
 */
export async function readData(path: string, options: ReadTableOptions = {}): Promise<FileData> {
  const bytes = await readBytes(path, options.limit);
  if (!isIdx(bytes)) return { kind: 'table', table: tableFromBytes(bytes, path, options) };
  const images = imagesFromBytes(bytes, path);
  const beside = await labelsPath(path);
  if (beside === undefined) return { kind: 'images', images };
  return { kind: 'images', images, labels: parseIdx(await readBytes(beside), beside) };
}

function imagesFromBytes(bytes: Uint8Array, path: string): IdxArray {
  const images = parseIdx(bytes, path);
  imageShape(images);
  return images;
}

const readBytes = (path: string, limit = oneGibibyte): Promise<Uint8Array> => wholeFile(path, limit);

/** The first of the names a labels file may have that is there. */
async function labelsPath(path: string): Promise<string | undefined> {
  for (const name of labelsNames(path)) {
    const candidate = join(dirname(path), name);
    const found = await stat(candidate).catch(() => undefined);
    if (found?.isFile()) return candidate;
  }
  return undefined;
}

/** Names a labels file may have, likeliest first: `images` becomes `labels` and `idx3` (or `idx4`) `idx1`, packed as the images are or not. */
function labelsNames(path: string): string[] {
  const name = basename(path);
  if (!/images/i.test(name)) return [];
  const labels = name.replace(/images/i, 'labels').replace(/idx[34]/i, 'idx1');
  return [labels, /\.gz$/i.test(labels) ? labels.slice(0, -3) : `${labels}.gz`];
}
