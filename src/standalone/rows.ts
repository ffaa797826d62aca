// How a standalone module takes raw rows and says what its network's outputs mean: the preprocessing as JavaScript.
import { missingMarks } from '../data/columns.ts';
import {
  type InputColumn,
  isMultiLabel,
  outputNames,
  type Preprocessing,
  type TablePreprocessing,
} from '../data/preprocessing.ts';
import type { Model } from '../formats/model-file.ts';
import { outputShape } from '../network/index.ts';
import { literal } from './literal.ts';

/** Parts of a module. */
export interface Parts {
  /** Data that the code reads: columns and names. */
  readonly data: string;
  readonly code: string;
}

/** What turns a raw row into the network's input, as a function `encode`. */
export function encoding({ network, preprocessing }: Model): Parts {
  if (preprocessing?.kind !== 'table') return { data: '', code: plainInput(network.input) };
  const { inputs } = preprocessing;
  const has = (test: (input: InputColumn) => boolean) => inputs.some(test);
  const columns = inputs.map((input) => `  ${literal(input)},\n`).join('');
  const code = [
    rowCode(new Set(inputs.map(({ kind }) => kind))),
    isMissing,
    has(({ kind }) => kind === 'number') ? numberCode(preprocessing) : '',
    has(({ kind }) => kind === 'category') ? categoryCode : '',
  ].join('');
  const missing = `const missing = ${literal([...missingMarks])};\n`;
  return { data: `const columns = [\n${columns}];\n${missing}`, code };
}

const isMissing = `
const isMissing = (cell) => (cell ?? '') === '' || Number.isNaN(cell) || missing.includes(String(cell).trim());
`;

const plainInput = (shape: readonly number[]) => `
function encode(numbers) {
  const input = Array.from(numbers).flat(Infinity);
  if (input.length === ${shape.reduce((a, b) => a * b)} && input.every(Number.isFinite)) return input;
  throw new Error(\`\${input.length} values were given where ${shape.join(' × ')} numbers are expected.\`);
}
`;

/** Columns of numbers become one input, columns of categories one for each level. */
function rowCode(kinds: ReadonlySet<InputColumn['kind']>): string {
  const [kind] = kinds;
  const inputs =
    kinds.size === 1 ? `${kind}(column, cell)` : 'column.levels ? category(column, cell) : number(column, cell)';
  return `
function encode(row) {
  return columns.flatMap((column) => {
    if (!Object.hasOwn(row, column.name)) throw new Error(\`the row has no column "\${column.name}"; give null for a missing value.\`);
    const cell = row[column.name];
    return ${inputs};
  });
}
`;
}

/** Steps for columns of numbers, those of no column left out. */
function numberCode({ inputs }: TablePreprocessing): string {
  const columns = inputs.filter((input) => input.kind === 'number');
  const some = (key: 'missing' | 'order' | 'date' | 'log' | 'quantiles') =>
    columns.some((column) => column[key] !== undefined);
  const order = some('order') ? 'column.order ? orderOf(column, cell) : ' : '';
  const date = some('date') ? 'column.date ? daysOf(cell) : ' : '';
  const lines = [
    '  const { name, offset, scale, fill } = column;',
    ...(some('missing') ? ['  if (column.missing) return (Number(isMissing(cell)) - offset) / scale;'] : []),
    `  let x = isMissing(cell) ? fill : ${order}${date}Number(cell);`,
    `  if (!Number.isFinite(x)) throw new Error(\`column "\${name}": \${cell} is not a value of it.\`);`,
    ...(some('log') ? ['  if (column.log) x = Math.sign(x) * Math.log1p(Math.abs(x));'] : []),
    ...(some('quantiles') ? ['  if (column.quantiles) x = placeAmong(column.quantiles, x);'] : []),
    '  return (x - offset) / scale;',
  ];
  const helpers = [some('order') ? orderCode : '', some('date') ? dateCode : '', some('quantiles') ? quantileCode : ''];
  return `${helpers.join('')}
function number(column, cell) {
${lines.join('\n')}
}
`;
}

const orderCode = `
function orderOf({ order }, cell) {
  const place = order.indexOf(String(cell).trim());
  return place < 0 ? NaN : place;
}
`;

const dateCode = `
// Days since 1970, of a Date, of days, or of a text in universal time: 2024-02-29, 2024-02-29 12:00.
function daysOf(cell) {
  if (typeof cell === 'number') return cell;
  if (cell instanceof Date) return cell.getTime() / 864e5;
  const [, y, m, d, hours = 0, minutes = 0, seconds = 0] =
    /^(\\d{4})[-/.](\\d\\d?)[-/.](\\d\\d?)(?:[T ](\\d\\d?):(\\d\\d)(?::([\\d.]+))?)?Z?$/.exec(String(cell).trim()) ?? [];
  return Date.UTC(y, m - 1, d, hours, minutes, 0) / 864e5 + seconds / 86400;
}
`;

const quantileCode = `
function placeAmong(knots, x) {
  const last = knots.length - 1;
  const above = knots.findIndex((knot) => knot > x);
  if (above <= 0) return above === 0 ? 0 : 1;
  return (above - 1 + (x - knots[above - 1]) / (knots[above] - knots[above - 1])) / last;
}
`;

const categoryCode = `
function category({ name, levels, unseen, other }, cell) {
  const text = isMissing(cell) ? null : String(cell).trim();
  const spellings = [text, /^(true|false)$/i.test(text) ? text.toLowerCase() : text];
  const level = [...spellings, other].find((one) => levels.includes(one));
  if (level === undefined && !spellings.some((one) => unseen.includes(one)))
    throw new Error(\`column "\${name}": \${cell} is not a value of it.\`);
  return levels.map((one) => Number(one === level));
}
`;

/** What the outputs mean, as a function `answer`. */
export function answering({ network, preprocessing }: Model): Parts {
  if (preprocessing === undefined) return { data: '', code: '\nconst answer = (outputs) => outputs;\n' };
  const data = `const names = ${literal(outputNames(preprocessing))};\n`;
  const named = (values: string) => `Object.fromEntries(names.map((name, j) => [name, ${values}]))`;
  if (preprocessing.kind === 'table' && preprocessing.target.kind === 'numbers') {
    const scales = `const scales = ${literal(preprocessing.target.columns.map(({ offset, scale }) => [scale, offset]))};\n`;
    const value = 'outputs[j] * scales[j][0] + scales[j][1]';
    return { data: data + scales, code: `\nconst answer = (outputs) => ({ values: ${named(value)} });\n` };
  }
  const said = network.loss.targets === undefined ? 'probabilities' : 'scores';
  return {
    data,
    code: labelCode(preprocessing, outputShape(network)[0], said, network.loss.targets ?? [0, 1], named('outputs[j]')),
  };
}

function labelCode(
  preprocessing: Preprocessing,
  width: number,
  said: string,
  [no, yes]: readonly [number, number],
  named: string,
): string {
  if (isMultiLabel(preprocessing)) {
    return `
function answer(outputs) {
  const label = names.filter((_, j) => outputs[j] > ${(no + yes) / 2}).join(', ');
  return { label, ${said}: ${named} };
}
`;
  }
  const both =
    width === 1 ? `  outputs = [${no + yes} - outputs[0], outputs[0]]; // the one output is the second class's\n` : '';
  return `
function answer(outputs) {
${both}  const label = names[outputs.indexOf(outputs.reduce((a, b) => Math.max(a, b)))];
  return { label, ${said}: ${named} };
}
`;
}
