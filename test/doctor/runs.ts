// Prepared trainings: sick ones, each with the illness that must be named first, and healthy ones. Small enough for seconds.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import {
  adam,
  type Dataset,
  datasetFromArrays,
  datasetFromTable,
  dense,
  type FitOptions,
  fitPreprocessing,
  type Network,
  type NetworkOptions,
  network,
  type Scaling,
  sgd,
  splitRows,
  subset,
  type Table,
  tableOf,
} from 'chainrule';
import { parseCsv } from 'chainrule/csv';

/** One training to examine. */
export interface PreparedRun {
  readonly network: Network;
  readonly data: Dataset;
  readonly options: FitOptions;
}

/** Deterministic numbers from 0 to below 1 (an affine congruential generator), so that runs never change. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}

/** A table of columns of numbers. */
function tableFrom(columns: Readonly<Record<string, readonly (number | string)[]>>): Table {
  return tableOf(
    'prepared',
    Object.keys(columns),
    Object.values(columns).map((cells) => cells.map(String)),
  );
}

function prepared(table: Table, target: string, scale: Scaling = 'standard'): Dataset {
  const rows = Uint32Array.from({ length: table.rowCount }, (_, i) => i);
  return datasetFromTable(fitPreprocessing(table, rows, { targets: [target], scale }).preprocessing, table);
}

/** Points in a square; inside a circle or not. */
function circle(count: number, seed: number): { x: number[]; y: number[]; inside: string[] } {
  const next = numbers(seed);
  const x = Array.from({ length: count }, () => 2 * next() - 1);
  const y = Array.from({ length: count }, () => 2 * next() - 1);
  return { x, y, inside: x.map((one, i) => (one ** 2 + y[i] ** 2 < 0.6 ? 'in' : 'out')) };
}

/** Tables of a table's area: length, width and what they make, with a little error of measurement. */
function areas(count: number, seed: number): Table {
  const next = numbers(seed);
  const length = Array.from({ length: count }, () => 0.5 + 2 * next());
  const width = Array.from({ length: count }, () => 0.4 + next());
  return tableFrom({ length, width, area: length.map((one, i) => one * width[i] * (0.98 + 0.04 * next())) });
}

const shipped = (name: string) => readFileSync(fileURLToPath(new URL(`../../datasets/${name}`, import.meta.url)));

const layersOf = (activation: 'sigmoid' | 'tanh' | 'relu', sizes: readonly number[], scale?: Initializer) =>
  sizes.map((units) => dense(units, activation, scale === undefined ? {} : { initializer: scale }));

type Initializer = NonNullable<NonNullable<Parameters<typeof dense>[2]>['initializer']>;

const classifier = (
  hidden: ReturnType<typeof layersOf>,
  input: number,
  classes: number,
  options: Omit<NetworkOptions, 'input'> = {},
) => network([...hidden, dense(classes, 'softmax')], { input, loss: 'logLikelihood', seed: 1, ...options });

const inCircle = (count: number, seed = 7) => {
  const { x, y, inside } = circle(count, seed);
  return prepared(tableFrom({ x, y, inside }), 'inside');
};

/** The network with every weight of some layers multiplied, as if it had been drawn that large. */
function magnified(net: Network, factor: number, layers: readonly number[]): Network {
  const parameters = Object.entries(net.parameters).map(([name, tensor]) => {
    const grows = layers.some((layer) => name === `layers.${layer}.weight`);
    return [name, grows ? { ...tensor, data: tensor.data.map((value) => value * factor) } : tensor] as const;
  });
  return { ...net, parameters: Object.fromEntries(parameters) };
}

/** Sick runs by the illness that must be named first. */
export const sick: Readonly<Record<string, () => PreparedRun>> = {
  'vanishing-gradients': () => ({
    network: classifier(layersOf('sigmoid', [8, 8, 8, 8, 8, 8, 8]), 2, 2),
    data: inCircle(200),
    options: { epochs: 20, optimizer: sgd({ learningRate: 0.5 }) },
  }),
  'exploding-gradients': () => ({
    network: classifier(layersOf('relu', [30, 30, 30, 30, 30, 30], 'standardNormal'), 2, 2),
    data: inCircle(200),
    options: { epochs: 5, optimizer: sgd({ learningRate: 0.01 }) },
  }),
  'dead-relus': () => {
    const net = classifier(layersOf('relu', [16]), 2, 2);
    const bias = { shape: [16], data: new Float64Array(16).fill(-20) };
    return {
      network: { ...net, parameters: { ...net.parameters, 'layers.0.bias': bias } },
      data: inCircle(200),
      options: { epochs: 20, optimizer: sgd({ learningRate: 0.1 }) },
    };
  },
  'saturated-neurons': () => ({
    network: magnified(classifier(layersOf('sigmoid', [10, 10]), 2, 2), 60, [0, 1]),
    data: inCircle(200),
    options: { epochs: 10, optimizer: sgd({ learningRate: 0.01 }) },
  }),
  'over-fitting': () => {
    const next = numbers(3);
    const columns = Object.fromEntries(
      Array.from({ length: 8 }, (_, k) => [`x${k}`, Array.from({ length: 80 }, () => next())]),
    );
    const label = Array.from({ length: 80 }, (_, i) => (columns.x0[i] + 0.8 * (next() - 0.5) > 0.5 ? 'a' : 'b'));
    const data = prepared(tableFrom({ ...columns, label }), 'label');
    const { training, validation } = splitRows(80, { test: 0, validation: 0.4, seed: 1 });
    return {
      network: classifier(layersOf('tanh', [40]), 8, 2),
      data: subset(data, training),
      options: { epochs: 150, optimizer: adam({ learningRate: 0.003 }), validation: subset(data, validation) },
    };
  },
  'under-fitting': () => ({
    network: classifier([], 2, 2),
    data: inCircle(200),
    options: { epochs: 30, optimizer: sgd({ learningRate: 0.1 }) },
  }),
  'not-finite-at-start': () => ({
    network: magnified(
      network([dense(8, 'relu'), dense(1)], { input: 2, loss: 'meanSquared', seed: 1 }),
      1e100,
      [0, 1],
    ),
    data: prepared(areas(120, 5), 'area'),
    options: { epochs: 5, optimizer: sgd({ learningRate: 0.01 }) },
  }),
  'learning-rate-too-high': () => ({
    network: network([dense(8, 'tanh'), dense(1)], { input: 2, loss: 'meanSquared', seed: 1 }),
    data: prepared(areas(120, 5), 'area'),
    options: { epochs: 20, optimizer: sgd({ learningRate: 2 }) },
  }),
  'learning-rate-too-low': () => ({
    network: network([dense(8, 'tanh'), dense(1)], { input: 2, loss: 'meanSquared', seed: 1 }),
    data: prepared(areas(120, 5), 'area'),
    options: { epochs: 20, optimizer: sgd({ learningRate: 1e-5 }) },
  }),
  'unscaled-inputs': () => {
    const { x, y, inside } = circle(200, 7);
    const table = tableFrom({ x: x.map((one) => 900 + 300 * one), y, inside });
    return {
      network: classifier(layersOf('sigmoid', [10]), 2, 2),
      data: prepared(table, 'inside', 'none'),
      options: { epochs: 20, optimizer: sgd({ learningRate: 0.1 }) },
    };
  },
  'target-leak': () => {
    const { x, y, inside } = circle(200, 7);
    const next = numbers(9);
    const refund = inside.map((one) => (one === 'in' ? 0 : 5 + 20 * next()));
    return {
      network: classifier(layersOf('tanh', [8]), 3, 2),
      data: prepared(tableFrom({ x, y, refund, inside }), 'inside'),
      options: { epochs: 20, optimizer: sgd({ learningRate: 0.1 }) },
    };
  },
  'constant-columns': () => {
    const { x, y, inside } = circle(300, 7);
    const table = tableFrom({ x, y, site: x.map(() => 3), inside });
    return {
      network: classifier(layersOf('tanh', [12]), 3, 2),
      data: prepared(table, 'inside'),
      options: { epochs: 40, optimizer: adam({ learningRate: 0.02 }) },
    };
  },
  'class-imbalance': () => {
    const next = numbers(11);
    const x = Array.from({ length: 400 }, () => next());
    const y = Array.from({ length: 400 }, () => next());
    const kind = x.map((one, i) => (one + y[i] + 0.5 * next() > 2.05 ? 'fraud' : 'honest'));
    return {
      network: classifier(layersOf('tanh', [6]), 2, 2),
      data: prepared(tableFrom({ x, y, kind }), 'kind'),
      options: { epochs: 10, optimizer: sgd({ learningRate: 0.02 }) },
    };
  },
  plateau: () => ({
    network: network([dense(6, 'sigmoid', { initializer: 'zeros' }), dense(2, 'softmax', { initializer: 'zeros' })], {
      input: 2,
      loss: 'logLikelihood',
    }),
    data: inCircle(200),
    options: { epochs: 30, optimizer: sgd({ learningRate: 0.1 }) },
  }),
  'targets-out-of-reach': () => ({
    network: network([dense(8, 'tanh'), dense(1, 'sigmoid')], { input: 2, seed: 1 }),
    data: prepared(areas(120, 5), 'area'),
    options: { epochs: 20, optimizer: sgd({ learningRate: 0.1 }) },
  }),
};

/** Runs in which nothing is wrong. */
export const healthy: Readonly<Record<string, () => PreparedRun>> = {
  iris: () => {
    const data = prepared(parseCsv(shipped('iris.csv').toString('utf8'), 'iris.csv'), 'species');
    const { training, validation } = splitRows(150, { test: 0, validation: 0.2, seed: 1 });
    return {
      network: classifier(layersOf('tanh', [16]), 4, 3, { l2: 0.001 }),
      data: subset(data, training),
      options: { epochs: 60, optimizer: adam({ learningRate: 0.005 }), validation: subset(data, validation) },
    };
  },
  digits: () => {
    const table = parseCsv(gunzipSync(shipped('digits.csv.gz')).toString('utf8'), 'digits.csv');
    const data = prepared(table, 'digit');
    const { training, validation } = splitRows(600, { test: 0, validation: 0.25, seed: 1 });
    return {
      network: classifier(layersOf('relu', [32]), 64, 10, { l2: 0.001 }),
      data: subset(data, training),
      options: { epochs: 15, optimizer: adam({ learningRate: 0.005 }), validation: subset(data, validation) },
    };
  },
  xor: () => ({
    network: network([dense(4, 'tanh'), dense(1, 'sigmoid')], { input: 2, loss: 'crossEntropy', seed: 2 }),
    data: datasetFromArrays(
      [
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 1],
      ],
      [[0], [1], [1], [0]],
    ),
    options: { epochs: 500, batch: 4, optimizer: adam({ learningRate: 0.05 }) },
  }),
  areas: () => ({
    network: network([dense(12, 'tanh'), dense(1)], { input: 2, loss: 'meanSquared', seed: 1 }),
    data: prepared(areas(200, 5), 'area'),
    options: { epochs: 40, optimizer: adam({ learningRate: 0.01 }) },
  }),
  'mildly unbalanced table': () => {
    const { x, y, inside } = circle(400, 21);
    const next = numbers(4);
    const colour = x.map(() => ['red', 'green', 'blue'][Math.floor(3 * next())]);
    // One in four or so of the commoner class is left out.
    return {
      network: classifier(layersOf('tanh', [12]), 5, 2),
      data: prepared(tableFrom({ x, y, colour, inside: inside.map((one, i) => (x[i] > 0.7 ? 'out' : one)) }), 'inside'),
      options: { epochs: 40, optimizer: adam({ learningRate: 0.02 }) },
    };
  },
};
