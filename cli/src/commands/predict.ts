// `predict`: a model's answers for raw rows from a file, standard input or the command line itself.
import {
  type EnsembleRule,
  encodeInputs,
  inputNames,
  isMultiLabel,
  looksLikeJson,
  type Network,
  outputNames,
  outputShape,
  parseJsonTable,
  predictRows,
  type Rows,
  restoreTargets,
  type Table,
  tableOf,
} from 'chainrule';
import { parseCsv } from 'chainrule/csv';
import type { Model } from 'chainrule/formats';
import { requireWritable } from 'chainrule/node';
import { Command } from 'commander';
import { cells, oneOf } from '../arguments.ts';
import { backendNamed, backendNames } from '../backend.ts';
import { type DataSource, readSource } from '../data-source.ts';
import { ensembleDescription, ensembleRule, modelsAndData, readEnsemble, together } from '../ensemble.ts';
import { UsageError } from '../errors.ts';
import { readSmallText } from '../files.ts';
import { readNetwork } from '../network-source.ts';
import { counted, percent, significant } from '../numbers.ts';
import { printable, printData, printJson, say, table } from '../output.ts';
import {
  type NamedPrediction,
  type Prediction,
  requirePredictionsName,
  writePredictions,
} from '../predictions-file.ts';
import { addReadingOptions, type ReadingFlags, readingOf } from '../reading-flags.ts';

interface PredictFlags extends ReadingFlags {
  readonly input?: string;
  readonly ensemble?: EnsembleRule;
  readonly backend?: string;
  readonly json?: boolean;
  readonly out?: string;
  readonly escapeFormulas?: boolean;
}

/** Bytes of a table on standard input. */
const mostPiped = 2 ** 28;

export function predictCommand(): Command {
  const command = new Command('predict')
    .description("A model's predictions for raw rows: a file, standard input, or --input.")
    .argument('<model>', 'a model file')
    .argument(
      '[data...]',
      'a table, an image or a folder of images, IDX images or a data set; standard input if absent',
    )
    .option('--input <values>', "one row's values in the order the model was trained on: 5.1,3.5,1.4,0.2")
    .option('--ensemble <rule>', ensembleDescription, ensembleRule)
    .option('--backend <name>', `${backendNames.join(', ')} (auto)`, oneOf('--backend', backendNames))
    .option('--json', 'print the predictions as JSON')
    .option('--out <file>', 'write the predictions to a .csv, .tsv, .json or .parquet file')
    .option('--escape-formulas', 'in .csv and .tsv, keep spreadsheets from running texts as formulas');
  return addReadingOptions(command)
    .addHelpText(
      'after',
      '\nColumns may come in any order; others than the model needs are passed over.\nValues for a model of images are numbers from 0 to 1, row by row.',
    )
    .action(predict);
}

async function predict(path: string, others: readonly string[], flags: PredictFlags): Promise<void> {
  const { ensemble } = flags;
  const { models: paths, data } = modelsAndData([path, ...others], ensemble, flags.input !== undefined);
  if (data !== undefined && flags.input !== undefined)
    throw new UsageError(`both ${data} and --input are given; leave one of them out.`);
  if (flags.escapeFormulas && flags.out === undefined)
    throw new UsageError('--escape-formulas is for a file of predictions; name one with --out, or leave it out.');
  if (flags.out !== undefined) {
    requirePredictionsName(flags.out);
    await requireWritable(flags.out);
  }
  const { outputs, model, source } =
    ensemble === undefined ? await answersOf(path, data, flags) : await answersTogether(paths, ensemble, data, flags);
  const predictions = outputs.map((row) => answer(row, model));
  const files = source?.kind === 'images' ? source.files : undefined;
  const named = predictions.map((one, i): NamedPrediction => (files ? { file: files[i], ...one } : one));
  if (flags.out !== undefined) await writePredictions(flags.out, named, flags.escapeFormulas ?? false);
  if (flags.json) printJson({ predictions: named });
  else if (flags.out !== undefined) say(`${counted(named.length, 'prediction')} written to ${flags.out}.`);
  else printData(predictionTable(predictions, files));
}

/** Outputs in the data's units, the model that says what they are, and the data where they are not --input. */
interface Answers {
  readonly outputs: readonly Float64Array[];
  readonly model: Model;
  readonly source: DataSource | undefined;
}

async function answersOf(path: string, data: string | undefined, flags: PredictFlags): Promise<Answers> {
  const model = await readNetwork(path);
  const source = flags.input === undefined ? await sourceOf(data, model, flags) : undefined;
  return { outputs: await outputsFor(model, rowsFor(source, model, path, flags), flags.backend), model, source };
}

/** Each model takes the rows as it was trained to take them. */
async function answersTogether(
  paths: readonly string[],
  rule: EnsembleRule,
  data: string | undefined,
  flags: PredictFlags,
): Promise<Answers> {
  const models = await readEnsemble(paths);
  const [model] = models;
  const source = flags.input === undefined ? await sourceOf(data, model, flags) : undefined;
  const each: Float64Array[] = [];
  let [count, width] = [0, 1];
  for (const [i, one] of models.entries()) {
    const rows = await outputsFor(one, rowsFor(source, one, paths[i], flags), flags.backend);
    [count, width] = [rows.length, rows[0]?.length ?? 1];
    each.push(Float64Array.from(rows.flatMap((row) => Array.from(row))));
  }
  const joined = together(models, each, count, rule);
  const outputs = Array.from({ length: count }, (_, i) => joined.subarray(i * width, (i + 1) * width));
  return { outputs, model, source };
}

const rowsFor = (source: DataSource | undefined, model: Model, path: string, { input = '' }: PredictFlags): Rows =>
  source === undefined ? givenRow(input, model, path) : inputRows(source, model, path);

async function sourceOf(
  data: string | undefined,
  { network, preprocessing }: Model,
  flags: PredictFlags,
): Promise<DataSource> {
  const shape = preprocessing?.kind === 'image' ? preprocessing.shape : network.input;
  const images = shape.length === 3 ? { shape } : {};
  if (data !== undefined && data !== '-') return readSource(data, { ...readingOf(flags), ...images });
  if (process.stdin.isTTY)
    throw new UsageError('there is nothing to predict for; name a file, give --input, or pipe rows to standard input.');
  const text = await readSmallText('-', mostPiped);
  if (text.trim() === '') throw new UsageError('standard input is empty; pipe a table with a header line to it.');
  const source = 'standard input';
  return { kind: 'table', table: looksLikeJson(text) ? parseJsonTable(text, source) : parseCsv(text, source) };
}

/** The rows of a data source as the network takes them. */
function inputRows(source: DataSource, { network, preprocessing }: Model, path: string): Rows {
  if (source.kind === 'images') {
    if (preprocessing?.kind === 'table')
      throw new UsageError(`${source.images.source} holds images where ${path} was trained on a table; give a table.`);
    const [count, ...shape] = source.images.shape;
    const width = shape.reduce((product, axis) => product * axis, 1);
    requireWidth(network, width, `${source.images.source} has images of`);
    return { count, width, values: source.images.values, scale: 1 / 255 };
  }
  if (preprocessing?.kind === 'table') return encodeInputs(preprocessing, source.table);
  return numbersOf(source.table, network);
}

/** A table for a network that knows no column names: its columns in order, all numbers. */
function numbersOf(source: Table, network: Network): Rows {
  const width = source.names.length;
  requireWidth(network, width, `${source.source} has`);
  const inputs = source.names.map((name) => ({ kind: 'number' as const, name, offset: 0, scale: 1, fill: Number.NaN }));
  const rows = encodeInputs({ kind: 'table', inputs, target: { kind: 'numbers', columns: [] } }, source);
  const missing = rows.values.findIndex((value) => Number.isNaN(value));
  if (missing >= 0)
    throw new UsageError(
      `${source.source}, row ${Math.floor(missing / width) + 1}, column "${source.names[missing % width]}" has no value; fill it in.`,
    );
  return rows;
}

function givenRow(text: string, model: Model, path: string): Rows {
  const { network, preprocessing } = model;
  const values = cells(text);
  const names = preprocessing?.kind === 'table' ? inputNames(preprocessing) : undefined;
  if (names !== undefined && values.length !== names.length) {
    throw new UsageError(
      `--input has ${values.length === 1 ? '1 value' : `${values.length} values`} where ${path} takes ${names.length}: ${names.map(printable).join(', ')}.`,
    );
  }
  if (names === undefined) requireWidth(network, values.length, '--input has');
  const row = tableOf(
    '--input',
    names ?? values.map((_, k) => `value ${k + 1}`),
    values.map((value) => [value]),
  );
  return inputRows({ kind: 'table', table: row }, model, path);
}

function requireWidth({ input }: Network, width: number, found: string): void {
  const wanted = input.reduce((product, axis) => product * axis, 1);
  if (wanted !== width)
    throw new UsageError(`${found} ${width} numbers a row where the network takes ${wanted}; give ${wanted}.`);
}

/** The network's outputs, a row for each input. */
async function outputsFor(
  { network, preprocessing }: Model,
  inputs: Rows,
  backend: string | undefined,
): Promise<Float64Array[]> {
  const width = outputShape(network).reduce((product, axis) => product * axis, 1);
  const targets = { count: inputs.count, width, values: new Float64Array(inputs.count * width), scale: 1 };
  const raw = predictRows(network, { inputs, targets }, { backend: await backendNamed({ backend }) });
  const outputs = preprocessing === undefined ? Float64Array.from(raw) : restoreTargets(preprocessing, raw);
  return Array.from({ length: inputs.count }, (_, i) => outputs.subarray(i * width, (i + 1) * width));
}

function answer(outputs: Float64Array, { network: { loss }, preprocessing }: Model): Prediction {
  if (preprocessing === undefined) return { values: record([...outputs.keys()].map(String), [...outputs]) };
  const names = outputNames(preprocessing);
  const [no, yes] = loss.targets ?? [0, 1];
  const said = (label: string, values: readonly number[]): Prediction =>
    loss.targets === undefined
      ? { label, probabilities: record(names, values) }
      : { label, scores: record(names, values) };
  if (isMultiLabel(preprocessing)) {
    const chosen = names.filter((_, j) => outputs[j] > (no + yes) / 2);
    return said(chosen.join(', '), [...outputs]);
  }
  if (preprocessing.kind === 'table' && preprocessing.target.kind === 'numbers')
    return { values: record(names, [...outputs]) };
  // A single output is the second class's probability, or its score.
  const shares = outputs.length === 1 && names.length === 2 ? [no + yes - outputs[0], outputs[0]] : [...outputs];
  const best = shares.reduce((most, share, j) => (share > shares[most] ? j : most), 0);
  return said(names[best], shares);
}

/** A record whose names may be anything, `__proto__` too. */
function record(names: readonly string[], values: readonly number[]): Record<string, number> {
  return Object.fromEntries(names.map((name, j) => [name, values[j]]));
}

/** @param files what rows are called, where they are images of their own */
function predictionTable(predictions: readonly Prediction[], files: readonly string[] | undefined): string {
  const [first] = predictions;
  if (first === undefined) return '';
  const right = (name: string) => ({ name, align: 'right' as const });
  const own = (name: string) => ({ ...right(printable(name)), own: true });
  const row = files === undefined ? right('row') : { name: 'image' };
  const nameOf = (i: number) => files?.[i] ?? String(i + 1);
  if ('values' in first) {
    return table(
      [row, ...Object.keys(first.values).map(own)],
      predictions.map((one, i) => [nameOf(i), ...numbersIn(one).map((value) => significant(value, 6))]),
    );
  }
  const areShares = 'probabilities' in first;
  const names = Object.keys(areShares ? first.probabilities : first.scores);
  const shown = names.length <= 10 ? names : [];
  return table(
    [
      row,
      { name: 'prediction' },
      ...(shown.length > 0 ? shown.map(own) : [right(areShares ? 'probability' : 'score')]),
    ],
    predictions.map((one, i) => {
      const shares = numbersIn(one);
      const cells = shown.length > 0 ? shares : [Math.max(...shares)];
      return [
        nameOf(i),
        'label' in one ? one.label : '',
        ...cells.map(areShares ? percent : (value) => significant(value)),
      ];
    }),
  );
}

function numbersIn(one: Prediction): number[] {
  if ('values' in one) return Object.values(one.values);
  return Object.values('scores' in one ? one.scores : one.probabilities);
}
