// From a setup to data: draws points, fetches the digits that come with the page, or takes what the reader dropped.

import { mnistSample as mnist } from 'virtual:mnist-sample';
import { type Dataset, datasetFromIdx, prepareTable, splitDataset, splitRows } from 'chainrule';
import digitsUrl from '../../../../datasets/digits.csv.gz?url';
import { inEach, PageError } from '../../words/sentences.ts';
import { featureRows } from './features.ts';
import { ownData } from './own-data.svelte.ts';
import type { PreparedData } from './prepared.ts';
import { fileError } from './remedies.ts';
import type { Setup } from './setup.ts';
import { isSurface, type ToyName, type ToyPoint, toyNames, toyPoints } from './toy-data.ts';
import { type TrainingWords, words } from './words.ts';

const noData = (sentence: (words: TrainingWords) => string) => new PageError(inEach(words, sentence));

/**
 * The data of a setup.
 * @throws PageError where there is none, ChainruleError where it cannot be used
 */
export async function prepare(setup: Setup): Promise<PreparedData> {
  const { data } = setup;
  const toy = toyNames.find((name) => name === data);
  if (toy !== undefined) return plane(toy, setup);
  if (data === 'own') return own(setup);
  const whole = await once(data === 'mnist' ? 'mnist' : 'digits');
  return { ...parts(whole, setup), yesNo: false, notices: [] };
}

function plane(name: ToyName, { samples, noise, seed, test, features }: Setup): PreparedData {
  const points = toyPoints(name, { samples, noise, seed });
  const rows = splitRows(points.length, { test, validation: 0, seed });
  const of = (at: Uint32Array) => Array.from(at, (i) => points[i]);
  const [training, held] = [of(rows.training), of(rows.test)];
  const dataset = (part: readonly ToyPoint[]) => planeDataset(part, features, isSurface(name));
  return {
    training: dataset(training),
    test: held.length > 0 ? dataset(held) : undefined,
    plane: { training, test: held },
    yesNo: true,
    notices: [],
  };
}

function planeDataset(points: readonly ToyPoint[], features: Setup['features'], numbers: boolean): Dataset {
  const count = points.length;
  const values = featureRows(
    points.map(({ at }) => at),
    features,
  );
  const inputs = { count, width: features.length, values, scale: 1 };
  const inputShape = [features.length];
  const targets = points.map(({ target }) => target);
  if (numbers) {
    const rows = { count, width: 1, values: Float64Array.from(targets), scale: 1 };
    return { samples: { inputs, targets: rows }, inputShape, task: 'regression' };
  }
  const labels = { count, classes: 2, labels: Uint32Array.from(targets) };
  return { samples: { inputs, targets: labels }, inputShape, task: 'classification', classNames: ['○', '△'] };
}

async function own({ test, seed }: Setup): Promise<PreparedData> {
  const given = ownData.given;
  if (given === undefined) throw noData((w) => w.dropFirst);
  if (given.kind === 'images') {
    const whole = datasetFromIdx(given.images, given.labels, given.classNames && { classNames: given.classNames });
    return { ...parts(whole, { test, seed }), yesNo: false, notices: given.notices };
  }
  const { table, target, task } = given;
  try {
    const { training, test: held, notices } = prepareTable(table, { targets: [target], task, test, seed });
    return { training, test: held, yesNo: false, notices };
  } catch (error) {
    throw await fileError(error);
  }
}

function parts(whole: Dataset, { test, seed }: Pick<Setup, 'test' | 'seed'>) {
  const { training, test: held } = splitDataset(whole, { test, seed });
  return { training, test: held };
}

const fetched = new Map<string, Promise<Dataset>>();

/** The digits, fetched the first time. */
function once(name: 'digits' | 'mnist'): Promise<Dataset> {
  const known = fetched.get(name);
  if (known !== undefined) return known;
  const loading = name === 'digits' ? digits() : mnistDigits();
  fetched.set(name, loading);
  // A failure is not kept: the next try may reach the server.
  loading.catch(() => fetched.delete(name));
  return loading;
}

const side = 8;
const mostInk = 16;

async function digits(): Promise<Dataset> {
  const { readTable } = await import('chainrule/csv');
  const { columns, numbers, rowCount: count } = await readTable(await file(digitsUrl, 'digits.csv'));
  const numbersOf = (k: number) => numbers?.[k] ?? Float64Array.from(columns[k], Number);
  const pixels = side * side;
  const values = new Float32Array(count * pixels);
  for (let k = 0; k < pixels; k++) {
    for (const [i, ink] of numbersOf(k).entries()) values[i * pixels + k] = ink / mostInk;
  }
  return {
    samples: {
      inputs: { count, width: pixels, values, scale: 1 },
      targets: { count, classes: 10, labels: Uint32Array.from(numbersOf(pixels)) },
    },
    inputShape: [1, side, side],
    task: 'classification',
    classNames: Array.from({ length: 10 }, (_, i) => String(i)),
  };
}

async function mnistDigits(): Promise<Dataset> {
  if (mnist === null) throw noData((w) => w.noMnist);
  const { readIdx } = await import('chainrule/images');
  const { images, labels } = await readIdx(
    await file(mnist.images, 'mnist images'),
    await file(mnist.labels, 'mnist labels'),
  );
  return datasetFromIdx(images, labels);
}

/** One of the page's own files. */
async function file(url: string, name: string) {
  const response = await fetch(url).catch(() => undefined);
  if (response === undefined || !response.ok) throw noData((w) => w.notFetched);
  return Object.assign(await response.blob(), { name });
}
