// Files of the reader's own, dropped or chosen: a table, images in folders, or IDX files. They stay in the page.
import type { IdxArray, Table } from 'chainrule';
import { inEach, PageError } from '../../words/sentences.ts';
import { safeName } from '../files/names.ts';
import { bytesOf, mostBytes } from '../files/read.ts';
import { type TrainingWords, words } from './words.ts';

/** The encodings to choose from where a table says none of its own; `''` for UTF-8, or what its first bytes say. */
export const encodings = ['', 'gb18030', 'big5', 'shift_jis', 'euc-kr', 'windows-1251', 'windows-1252'] as const;
export type Encoding = (typeof encodings)[number];

/** What is made of a target; `auto` goes by what its column holds. */
export const targetTasks = ['auto', 'regression', 'classification'] as const;
export type TargetTask = (typeof targetTasks)[number];

/** What was dropped, read but not yet cut and prepared. */
export type OwnData =
  | {
      readonly kind: 'table';
      readonly name: string;
      readonly file: File;
      readonly encoding: Encoding;
      readonly table: Table;
      readonly target: string;
      readonly task: TargetTask;
    }
  | {
      readonly kind: 'images';
      readonly name: string;
      readonly images: IdxArray;
      readonly labels: IdxArray;
      readonly classNames?: readonly string[];
      readonly notices: readonly string[];
    };

/** A file, and the folder it lay in where that is known. */
export interface DroppedFile {
  readonly file: File;
  readonly folder: string | undefined;
}

let given: OwnData | undefined = $state.raw();

/** What was dropped last; it survives the view. */
export const ownData = {
  get given(): OwnData | undefined {
    return given;
  },
  /** Takes other data, or the same table with another target or task. */
  set given(next: OwnData | undefined) {
    given = next;
  },
};

/** The table among dropped files, whose encoding may be chosen. */
export function tableIn(dropped: readonly DroppedFile[]): File | undefined {
  const file = dropped.length === 1 ? dropped[0].file : undefined;
  return file && !isIdxName(file.name) && !isImage(file) ? file : undefined;
}

/**
 * Reads what was dropped; a table in an encoding.
 * @throws PageError or ChainruleError, one sentence that names the file
 */
export async function readDropped(dropped: readonly DroppedFile[], encoding: Encoding = ''): Promise<OwnData> {
  const [first, second] = dropped;
  if (first === undefined) throw problem((w) => w.nothingDropped);
  if (dropped.some(({ file }) => isIdxName(file.name))) return readIdxFiles(dropped.map(({ file }) => file));
  if (dropped.some(({ file }) => isImage(file))) return readImageFiles(dropped.filter(({ file }) => isImage(file)));
  const name = safeName(first.file.name);
  if (second !== undefined) throw problem((w) => w.severalTables(name, safeName(second.file.name)));
  const { readTable } = await import('chainrule/csv');
  const table = await readTable(await held(first.file), { ...(encoding !== '' && { encoding }) });
  const target = table.names.at(-1);
  if (target === undefined) throw problem((w) => w.noColumns(name));
  return { kind: 'table', name, file: first.file, encoding, table, target, task: 'auto' };
}

const problem = (sentence: (words: TrainingWords) => string) => new PageError(inEach(words, sentence));

/** A file whose bytes are here, its size asked before. */
async function held(file: File) {
  const { buffer, byteLength } = await bytesOf(file, mostBytes.data);
  return { name: safeName(file.name), size: byteLength, arrayBuffer: async () => buffer };
}

const isIdxName = (name: string): boolean => /(idx\d?|ubyte)/i.test(name);
const isImage = ({ name, type }: File): boolean => type.startsWith('image/') || /\.(png|jpe?g|webp)$/i.test(name);

async function readIdxFiles(files: readonly File[]): Promise<OwnData> {
  const labels = files.find(({ name }) => /label/i.test(name));
  const others = files.filter((file) => file !== labels);
  const images = others.find(({ name }) => /train/i.test(name)) ?? others[0];
  if (labels === undefined || images === undefined) throw problem((w) => w.halfOfIdx(safeName(files[0].name)));
  const { readIdx } = await import('chainrule/images');
  const read = await readIdx(await held(images), await held(labels));
  return { kind: 'images', name: safeName(images.name), ...read, notices: [] };
}

async function readImageFiles(pictures: readonly DroppedFile[]): Promise<OwnData> {
  const total = pictures.reduce((sum, { file }) => sum + file.size, 0);
  if (total > mostBytes.data) throw problem((w) => w.tooMany(Math.round(total / 2 ** 20), mostBytes.data / 2 ** 20));
  const { labelImages, readImages } = await import('chainrule/images');
  const { images, notices } = await readImages(pictures.map(({ file }) => file));
  const name = safeName(pictures[0].folder ?? pictures[0].file.name);
  const { labels, classNames } = labelImages(pictures.map(classOf), name);
  if (classNames.length < 2) throw problem((w) => w.oneClass(safeName(classNames[0])));
  return { kind: 'images', name, images, labels, classNames, notices };
}

/** An image's class: its folder, or what its name begins with before a number. */
function classOf({ file, folder }: DroppedFile): string {
  const stem = file.name.replace(/\.[^.]*$/, '');
  return folder ?? (stem.replace(/[\s_.(-]*\d.*$/, '') || stem);
}
