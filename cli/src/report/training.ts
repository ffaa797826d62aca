// The report of a training: one page with its settings, its course, its scores and its mistakes.
import {
  type Evaluation,
  type FitResult,
  type Network,
  outputNames,
  parameterCount,
  predictRows,
  report,
} from 'chainrule';
import { describeNetwork, describeOptimizer } from '../descriptions.ts';
import { count } from '../numbers.ts';
import { techniquesJson } from '../techniques.ts';
import type { Outcome } from '../train-report.ts';
import { type Chart, lineChart } from './chart.ts';
import { gradientsSection } from './gradient-norms.ts';
import { descriptions, escaped, page, paragraph, section } from './html.ts';
import { mistakesSection } from './mistakes.ts';
import { weightsSection } from './pictures.ts';
import { reportSections, scoresSection } from './scores.ts';
import { type Words, wordsOf } from './words.ts';

/** A training, and how to report it. */
export interface ReportedTraining extends Outcome {
  /** The data, as it was named. */
  readonly name: string;
  /** The network as it was before. */
  readonly net: Network;
  readonly language: string;
}

/** The report as the text of an HTML file; the same training gives the same text. */
export function trainingReport(training: ReportedTraining): string {
  const { name, net, language, result, parts, backend, scores } = training;
  const words = wordsOf(language);
  const [part, data] = (['test', 'validation', 'training'] as const).flatMap((one) => {
    const found = parts[one];
    return found === undefined ? [] : [[one, found] as const];
  })[0];
  const { network } = result;
  const seen = report(data, predictRows(network, data.samples, { backend }), { loss: network.loss });
  return page({
    language: words.code,
    title: words.trainingTitle,
    subtitle: `${name}, ${describeNetwork(network)}`,
    sections: [
      scoresSection(scores, words),
      curvesSection(result, words),
      ...reportSections(seen, part, words),
      mistakesSection(network, { data, part, backend }, words),
      weightsSection(network, data, words),
      gradientsSection(parts.training, { before: net, after: network }, words),
      settingsSection(training, words),
    ],
  });
}

/** Losses over more than two powers of ten are told apart on a logarithmic scale. */
const wide = 100;

function curvesSection({ history, bestEpoch }: FitResult, words: Words): string {
  if (history.length === 0) return section(words.curves, paragraph(words.noCourse));
  const losses = [
    { name: words.training, values: history.map(({ loss }) => loss) },
    { name: words.validation, values: history.map(({ validation }) => validation?.loss ?? Number.NaN) },
  ].filter(({ values }) => values.some(Number.isFinite));
  const finite = losses.flatMap(({ values }) => values.filter(Number.isFinite));
  const [least, most] = [finite.reduce((a, b) => Math.min(a, b)), finite.reduce((a, b) => Math.max(a, b))];
  const log = least > 0 && most / least > wide;
  const mark = bestEpoch === undefined ? undefined : { epoch: bestEpoch, label: words.best(bestEpoch) };
  const common = { xLabel: words.epoch, mark };
  const loss = {
    ...common,
    title: words.loss,
    yLabel: log ? `${words.loss} (${words.logScale})` : words.loss,
    series: losses,
    log,
  };
  const score = scoreChart(history, common, words);
  const figures = [loss, ...(score === undefined ? [] : [score])].map(
    (chart) => `<figure><figcaption>${escaped(chart.title)}</figcaption>${lineChart(chart)}</figure>`,
  );
  const note = score === undefined ? [paragraph(words.noValidation)] : [];
  return section(words.curves, `<div class="pair">${figures.join('\n')}</div>`, ...note);
}

/** Accuracy in percent, or R², after each epoch: on the validation part, and on the training part where it was scored too. */
function scoreChart(
  history: FitResult['history'],
  common: Pick<Chart, 'xLabel' | 'mark'>,
  words: Words,
): Chart | undefined {
  const parts = [
    { name: words.training, scores: history.flatMap(({ training }) => training ?? []) },
    { name: words.validation, scores: history.flatMap(({ validation }) => validation ?? []) },
  ];
  const seriesOf = (value: (scores: Evaluation) => number[]) =>
    parts
      .map(({ name, scores }) => ({ name, values: scores.flatMap(value) }))
      .filter(({ values }) => values.length > 0);
  const accuracy = seriesOf((scores) => ('accuracy' in scores ? [100 * scores.accuracy] : []));
  const r2 = seriesOf((scores) => ('r2' in scores ? [scores.r2] : []));
  if (accuracy.length > 0) {
    const ends: Chart['ends'] = [lowEnd(accuracy.flatMap(({ values }) => values)), 100];
    return { ...common, title: words.accuracy, yLabel: `${words.accuracy} (%)`, series: accuracy, ends };
  }
  return r2.length === 0 ? undefined : { ...common, title: 'R²', yLabel: 'R²', series: r2 };
}

/** The foot of an axis of percentages: a multiple of ten below all of them. */
function lowEnd(values: readonly number[]): number {
  const least = values.reduce((a, b) => Math.min(a, b), 100);
  return Math.min(90, 10 * Math.floor(least / 10));
}

function settingsSection(training: ReportedTraining, words: Words): string {
  const { name, parts, plan, backend, seed, shuffle, result } = training;
  const { preprocessing } = parts.training;
  const { network, bestEpoch } = result;
  const techniques = techniquesJson(plan);
  const optional = (value: unknown) => (value === undefined ? undefined : String(value));
  const ending = [words.endings[result.ending], ...(bestEpoch === undefined ? [] : [words.kept(bestEpoch)])];
  const named = preprocessing === undefined ? [] : outputNames(preprocessing);
  return section(
    words.settings,
    descriptions([
      [words.data, name],
      [words.targetColumn, targetText(parts.training, named)],
      [words.network, describeNetwork(network)],
      [words.parameters, count(parameterCount(network))],
      [words.optimizer, describeOptimizer(plan.optimizer)],
      [words.batch, 'learningRate' in plan.optimizer ? String(plan.batch) : words.allSamples],
      [words.epochsName, words.epochs(result.history.length, plan.epochs)],
      [words.patience, optional(plan.patience)],
      [words.order, shuffle ? undefined : words.notShuffled],
      [words.schedule, techniques.schedule],
      [words.classWeights, techniques.classWeights],
      [words.augment, techniques.augment],
      [words.noise, optional(techniques.noise)],
      [words.smoothLabels, optional(techniques.smoothLabels)],
      [words.ended, ending.join(words.code === 'en' ? '; ' : '；')],
      [words.backend, backend.name],
      [words.seed, String(seed)],
    ]),
  );
}

/** The target columns, and the classes where there are some. */
function targetText({ targetNames = [], classNames }: Outcome['parts']['training'], named: readonly string[]): string {
  const classes = classNames === undefined ? '' : `: ${named.slice(0, 12).join(', ')}${named.length > 12 ? ', …' : ''}`;
  return `${targetNames.join(', ')}${classes}`.replace(/^: /, '');
}
