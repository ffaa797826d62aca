// Predictions as a file: CSV, TSV, JSON or Parquet, told by its name. What is predicted is commands/predict.ts's business.
import { extname } from 'node:path';
import { writeWhole } from 'chainrule/node';
import { parquetBytes } from './duckdb.ts';
import { UsageError } from './errors.ts';
import { jsonText } from './output.ts';

/** One row's answer. */
export type Prediction =
  | { readonly label: string; readonly probabilities: Readonly<Record<string, number>> }
  // Of a loss made for targets of −1 and 1, such as the hinge: above 0 for yes.
  | { readonly label: string; readonly scores: Readonly<Record<string, number>> }
  | { readonly values: Readonly<Record<string, number>> };

/** A prediction, with the image's file where it is of one. */
export type NamedPrediction = Prediction & { readonly file?: string };

/** A column of predictions. */
interface Column {
  readonly name: string;
  readonly cells: readonly (string | number)[];
}

const kinds = ['.csv', '.tsv', '.json', '.parquet'];

/** Makes sure that a file's name says how predictions are written. */
export function requirePredictionsName(path: string): void {
  if (kinds.includes(extname(path).toLowerCase())) return;
  throw new UsageError(`--out is ${JSON.stringify(path)}; give a file whose name ends in ${kinds.join(', ')}.`);
}

/**
 * Writes predictions whole or not at all.
 * @param escapes whether texts that a spreadsheet would run as formulas get an apostrophe before them
 */
export async function writePredictions(
  path: string,
  predictions: readonly NamedPrediction[],
  escapes: boolean,
): Promise<void> {
  const kind = extname(path).toLowerCase();
  if (kind === '.json') return writeWhole(path, `${jsonText({ predictions })}\n`);
  const columns = columnsOf(predictions);
  if (kind === '.parquet') return writeWhole(path, await parquetBytes(columns));
  return writeWhole(path, delimited(columns, kind === '.tsv' ? '\t' : ',', escapes));
}

function columnsOf(predictions: readonly NamedPrediction[]): Column[] {
  const [first] = predictions;
  const named = (name: string, cells: (one: NamedPrediction) => string | number): Column => ({
    name,
    cells: predictions.map(cells),
  });
  const columns = [
    ...(first.file === undefined ? [] : [named('file', ({ file }) => file ?? '')]),
    ...('label' in first ? [named('prediction', (one) => ('label' in one ? one.label : ''))] : []),
    ...Object.keys(numbersOf(first)).map((name) => named(headOf(first, name), (one) => numbersOf(one)[name])),
  ];
  const repeated = columns.find(({ name }, i) => columns.findIndex((one) => one.name === name) < i);
  if (repeated === undefined) return columns;
  throw new UsageError(`two columns of the predictions would be called "${repeated.name}"; write them as .json.`);
}

const headOf = (one: Prediction, name: string): string =>
  'values' in one ? name : `${'scores' in one ? 'score' : 'probability'} of ${name}`;

/** The numbers of a prediction by their names. */
function numbersOf(one: Prediction): Readonly<Record<string, number>> {
  if ('values' in one) return one.values;
  return 'scores' in one ? one.scores : one.probabilities;
}

function delimited(columns: readonly Column[], delimiter: string, escapes: boolean): string {
  const cell = (value: string | number): string => {
    if (typeof value === 'number') return String(value);
    // What spreadsheets take for the beginning of a formula.
    const text = escapes && /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /["\r\n]/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const line = (values: readonly (string | number)[]) => `${values.map(cell).join(delimiter)}\n`;
  const rows = columns[0].cells.map((_, row) => line(columns.map(({ cells }) => cells[row])));
  return line(columns.map(({ name }) => name)) + rows.join('');
}
