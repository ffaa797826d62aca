// The worst mistakes on a part of the data, with what the network saw: pictures for images, values for rows of a table.
import { type Backend, type Dataset, decisionAt, isLabels, type Network, predictRows, restoreTargets } from 'chainrule';
import { count, percent, significant } from '../numbers.ts';
import { escaped, paragraph, section, table } from './html.ts';
import { imageUri } from './pictures.ts';
import { type Cell, cellsOf, inputOf, targetOf } from './samples.ts';
import type { Words } from './words.ts';

const mostPictures = 24;
const mostRows = 12;
const mostColumns = 8;

/** One wrong answer: how wrong, what is true, what was said. */
interface Mistake {
  readonly row: number;
  readonly badness: number;
  readonly truth: string;
  readonly answer: string;
}

/** The mistakes on a part of the data, the worst first. */
export function mistakesSection(
  net: Network,
  { data, part, backend }: { readonly data: Dataset; readonly part: string; readonly backend: Backend },
  words: Words,
): string {
  const name = words.parts[part] ?? part;
  const heading = data.task === 'regression' ? words.errors : words.mistakes;
  const mistakes = mistakesOf(net, data, backend);
  if (mistakes.length === 0) return section(heading, paragraph(words.noMistakes(data.samples.inputs.count, name)));
  const isImage = data.inputShape.length === 3;
  const worst = mistakes.slice(0, isImage ? mostPictures : mostRows);
  const note =
    data.task === 'regression'
      ? words.errorsNote(worst.length, name)
      : words.mistakesNote(worst.length, mistakes.length, name);
  const list = isImage ? cards(worst, data, words) : rows(worst, data, words);
  return section(heading, paragraph(note), list);
}

function mistakesOf(net: Network, data: Dataset, backend: Backend): Mistake[] {
  const outputs = predictRows(net, data.samples, { backend });
  const rowCount = data.samples.inputs.count;
  const width = outputs.length / rowCount;
  const judge = judgeOf(data, net);
  return Array.from({ length: rowCount }, (_, row) => judge(row, outputs.subarray(row * width, (row + 1) * width)))
    .filter((mistake) => mistake !== undefined)
    .sort((a, b) => b.badness - a.badness || a.row - b.row);
}

/** Says what is wrong with the outputs for a row; undefined where nothing is. */
type Judge = (row: number, outputs: ReturnType<typeof predictRows>) => Mistake | undefined;

function judgeOf(data: Dataset, net: Network): Judge {
  if (data.task === 'regression') return numberJudge(data, net);
  const { targets } = data.samples;
  return isLabels(targets) || data.classNames !== undefined ? classJudge(data, net) : labelJudge(data, net);
}

function classJudge(data: Dataset, net: Network): Judge {
  const { classNames = [] } = data;
  const name = (k: number) => classNames[k] ?? String(k);
  return (row, outputs) => {
    const target = targetOf(data, net, row);
    const yesAbove = decisionAt(net.loss);
    const [shares, wanted] =
      outputs.length === 1 ? [[2 * yesAbove - outputs[0], outputs[0]], target[0]] : [[...outputs], target.indexOf(1)];
    const given = shares.indexOf(Math.max(...shares));
    if (given === wanted) return undefined;
    const answer = `${name(given)} (${sureness(shares[given])})`;
    return { row, badness: shares[given] - shares[wanted], truth: name(wanted), answer };
  };
}

/** Outputs from 0 to 1 are shares; others are only numbers. */
const sureness = (output: number): string => (output >= 0 && output <= 1 ? percent(output) : significant(output));

function labelJudge(data: Dataset, net: Network): Judge {
  const { targetNames = [] } = data;
  const yesAbove = decisionAt(net.loss);
  const set = (values: readonly number[], above: number) =>
    values.flatMap((value, j) => (value > above ? [targetNames[j] ?? String(j)] : [])).join(', ') || '∅';
  return (row, outputs) => {
    const target = targetOf(data, net, row);
    const wrong = target.filter((value, j) => value > 0.5 !== outputs[j] > yesAbove).length;
    if (wrong === 0) return undefined;
    const error = target.reduce((sum, value, j) => sum + Math.abs(value - outputs[j]), 0);
    return {
      row,
      badness: wrong + error / (target.length + 1),
      truth: set(target, 0.5),
      answer: set([...outputs], yesAbove),
    };
  };
}

function numberJudge(data: Dataset, net: Network): Judge {
  const { preprocessing } = data;
  const own = (values: Float64Array) => [...(preprocessing ? restoreTargets(preprocessing, values) : values)];
  return (row, outputs) => {
    const target = targetOf(data, net, row);
    const squares = target.reduce((sum, value, j) => sum + (value - outputs[j]) ** 2, 0);
    if (squares === 0) return undefined;
    const text = (values: readonly number[]) => own(Float64Array.from(values)).map((value) => significant(value));
    return { row, badness: squares, truth: text(target).join(', '), answer: text([...outputs]).join(', ') };
  };
}

function cards(mistakes: readonly Mistake[], data: Dataset, words: Words): string {
  const items = mistakes.map(({ row, truth, answer }) => {
    const picture = `<img src="${imageUri(inputOf(data, row), data.inputShape)}" alt="${escaped(truth)}">`;
    return `<li>${picture}${escaped(`${words.trueClass}: ${truth}`)}<br>${escaped(`${words.predicted}: ${answer}`)}</li>`;
  });
  return `<ul class="cards">\n${items.join('\n')}\n</ul>`;
}

function rows(mistakes: readonly Mistake[], data: Dataset, words: Words): string {
  const inputs = mistakes.map(({ row }) => cellsOf(data, row) ?? numbered(inputOf(data, row)));
  const [names] = inputs.map((cells) => cells.map(([name]) => name));
  const left = names.length - mostColumns;
  return [
    table(
      [words.trueClass, words.predicted, ...names.slice(0, mostColumns)],
      mistakes.map(({ truth, answer }, i) => ({
        cells: [truth, answer, ...inputs[i].slice(0, mostColumns).map(([, value]) => value)],
      })),
    ),
    ...(left > 0 ? [paragraph(words.more(left))] : []),
  ].join('\n');
}

const numbered = (values: readonly number[]): Cell[] => values.map((value, k) => [count(k), significant(value)]);
