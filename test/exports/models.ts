// Small trained models with the raw rows that go into them. No test: what the tests of exported models share.
import { readFileSync } from 'node:fs';
import {
  activation,
  adam,
  batchNorm,
  conv2d,
  type Dataset,
  datasetFromTable,
  dense,
  dropout,
  encodeInputs,
  type FitPreprocessingOptions,
  fit,
  fitPreprocessing,
  flatten,
  type Layer,
  maxPool2d,
  network,
  predictRows,
  type Rows,
  referenceBackend,
  restoreTargets,
  selectRows,
  type Table,
  tableOf,
} from 'chainrule';
import { parseCsv } from 'chainrule/csv';
import type { Model } from 'chainrule/formats';
import { imagePreprocessing } from '../../src/data/index.ts';
import { random, streams } from '../../src/memory/index.ts';

/** A trained model, and raw data for it: a table, or numbers. */
export interface Trained {
  readonly name: string;
  readonly model: Model;
  readonly raw: Table | Float32Array;
}

/** What the model answers for the first rows of its raw data. */
export function answers({ model, raw }: Trained, samples: number): Float64Array {
  const { network, preprocessing } = model;
  const inputs = inputsOf(raw, model, samples);
  const targets = { count: samples, width: 1, values: new Float64Array(samples), scale: 1 };
  const outputs = Float64Array.from(predictRows(network, { inputs, targets }, { backend: referenceBackend() }));
  return preprocessing === undefined ? outputs : restoreTargets(preprocessing, outputs);
}

function inputsOf(raw: Trained['raw'], { network, preprocessing }: Model, samples: number): Rows {
  if (!(raw instanceof Float32Array) && preprocessing?.kind === 'table')
    return encodeInputs(
      preprocessing,
      selectRows(
        raw,
        Uint32Array.from({ length: samples }, (_, i) => i),
      ),
    );
  if (!(raw instanceof Float32Array)) throw new Error('a table needs preprocessing');
  const width = network.input.reduce((product, axis) => product * axis, 1);
  return { count: samples, width, values: raw.subarray(0, samples * width), scale: 1 };
}

const rows = 60;
const draws = random(7, streams.check, 0);
let drawn = 0;
const uniform = () => draws.bits(drawn++) / 2 ** 32;
const columnOf = (make: (i: number) => string) => Array.from({ length: rows }, (_, i) => make(i));
/** Numbers with few digits, so that the text is what float32 holds. */
const numbers = (low: number, high: number, step = 1 / 64) =>
  columnOf(() => String(low + Math.floor((uniform() * (high - low)) / step) * step));

async function trainTable(
  name: string,
  raw: Table,
  layers: (outputs: number) => Layer[],
  options: FitPreprocessingOptions & { readonly loss?: 'crossEntropy' | 'hinge' | 'meanSquared' },
): Promise<Trained> {
  const training = Uint32Array.from({ length: 40 }, (_, i) => i + 20);
  const { loss, ...others } = options;
  const { preprocessing } = fitPreprocessing(raw, training, others);
  const data = datasetFromTable(preprocessing, selectRows(raw, training));
  const { targets } = data.samples;
  const made = layers('classes' in targets ? targets.classes : targets.width);
  return {
    name,
    raw,
    model: { network: await train(network(made, { input: data.inputShape, loss, seed: 3 }), data), preprocessing },
  };
}

async function train(net: ReturnType<typeof network>, data: Dataset): Promise<Model['network']> {
  return (await fit(net, data, { epochs: 5, optimizer: adam({ learningRate: 0.02 }) })).network;
}

const softmax = (outputs: number) => [dense(8, 'tanh'), dense(outputs, 'softmax')];
const plain = (outputs: number) => [dense(6, 'relu'), dense(outputs)];

/** Models of columns of every kind, targets of every kind, images, and numbers without preprocessing. */
export async function trainedModels(): Promise<Trained[]> {
  const iris = parseCsv(readFileSync(new URL('../../datasets/iris.csv', import.meta.url), 'utf8'), 'iris.csv');
  const shuffled = selectRows(
    iris,
    Uint32Array.from({ length: rows }, (_, i) => (i * 37) % 150),
  );
  const colours = columnOf((i) => ['red', 'green', '', 'blue'][i % 4]);
  const sizes = columnOf((i) => (i < 20 && i % 5 === 0 ? 'huge' : ['s', 'm', 'l'][(i * 5) % 3]));
  const gaps = numbers(-3, 3).map((text, i) => (i % 3 === 0 ? 'NA' : text));
  const yes = columnOf((i) => ['yes', 'no'][(i * i) % 3 === 0 ? 0 : 1]);
  const bits = (seed: number) => columnOf((i) => String((i * seed) % 3 === 0 ? 1 : 0));
  const table = (columns: Readonly<Record<string, readonly string[]>>) =>
    tableOf('the table', Object.keys(columns), Object.values(columns));
  return [
    await trainTable('iris', shuffled, softmax, { targets: ['species'] }),
    await trainTable(
      'a number, by the range',
      table({ a: numbers(0, 9), b: numbers(-4, 4), y: numbers(100, 900) }),
      plain,
      {
        targets: ['y'],
        task: 'regression',
        scale: 'minmax',
      },
    ),
    await trainTable(
      'years and two targets',
      table({ year: numbers(1990, 2026, 1), t: numbers(2015, 2016, 1 / 4096), u: numbers(0, 1), v: numbers(5, 6) }),
      plain,
      {
        targets: ['u', 'v'],
        task: 'regression',
      },
    ),
    await trainTable(
      'categories among numbers',
      table({ colour: colours, a: numbers(0, 2), size: sizes, b: numbers(3, 4), y: yes }),
      softmax,
      {
        targets: ['y'],
      },
    ),
    await trainTable('missing numbers', table({ gaps, a: numbers(0, 1), y: yes }), softmax, {
      targets: ['y'],
      scale: 'robust',
    }),
    await trainTable(
      'dates, ordered texts and logarithms',
      table({
        day: columnOf((i) => `20${10 + (i % 15)}-0${1 + (i % 9)}-1${i % 10}`),
        rank: columnOf((i) => ['low', 'mid', 'high', ''][(i * 5) % 4]),
        a: numbers(0, 500),
        gaps,
        y: yes,
      }),
      softmax,
      {
        targets: ['y'],
        orders: { rank: ['low', 'mid', 'high'] },
        log: ['a', 'gaps'],
      },
    ),
    await trainTable(
      'quantiles and rare categories',
      table({ a: numbers(-9, 9), town: columnOf((i) => `town ${(i * 7) % 23}`), gaps, y: numbers(0, 1) }),
      plain,
      {
        targets: ['y'],
        task: 'regression',
        scale: 'quantile',
        mostLevels: 5,
      },
    ),
    await trainTable('categories alone', table({ 'input.colour': colours, size: sizes, y: yes }), softmax, {
      targets: ['y'],
    }),
    await trainTable(
      'several labels',
      table({ a: numbers(0, 1), b: numbers(0, 1), p: bits(2), q: bits(5) }),
      (n) => [dense(n, 'sigmoid')],
      {
        targets: ['p', 'q'],
        loss: 'crossEntropy',
      },
    ),
    await trainTable(
      'one output for two classes',
      table({ a: numbers(0, 1), b: numbers(0, 1), y: yes }),
      () => [dense(5, 'swish'), dense(1, 'sigmoid')],
      {
        targets: ['y'],
        loss: 'crossEntropy',
        scale: 'none',
      },
    ),
    await images(),
    await exclusiveOr(),
  ];
}

async function images(): Promise<Trained> {
  const shape = [2, 7, 6];
  const layers = [
    conv2d(4, 3, 'linear', { padding: 'same', stride: 2 }),
    batchNorm(),
    activation('relu'),
    maxPool2d(2),
    flatten(),
    dropout(0.2),
    dense(3, 'softmax'),
  ];
  const raw = Float32Array.from({ length: rows * 84 }, () => Math.fround(uniform()));
  const samples = {
    inputs: { count: rows, width: 84, values: raw, scale: 1 },
    targets: { count: rows, classes: 3, labels: Uint32Array.from({ length: rows }, (_, i) => i % 3) },
  };
  const classNames = ['one', 'two', 'three'];
  const trained = await train(network(layers, { input: shape, seed: 5 }), {
    samples,
    inputShape: shape,
    task: 'classification',
    classNames,
  });
  return { name: 'images', raw, model: { network: trained, preprocessing: imagePreprocessing(shape, classNames) } };
}

async function exclusiveOr(): Promise<Trained> {
  const raw = Float32Array.from({ length: 2 * rows }, () => Math.round(uniform()));
  const targets = Float32Array.from({ length: rows }, (_, i) => Math.abs(raw[2 * i] - raw[2 * i + 1]));
  const samples = {
    inputs: { count: rows, width: 2, values: raw, scale: 1 },
    targets: { count: rows, width: 1, values: targets, scale: 1 },
  };
  const net = network([dense(3, 'gelu'), dense(1, 'sigmoid')], { input: 2, seed: 1 });
  return {
    name: 'numbers as they are',
    raw,
    model: { network: await train(net, { samples, inputShape: [2], task: 'regression' }) },
  };
}
