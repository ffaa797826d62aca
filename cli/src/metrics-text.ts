// All scores of a model on data as a person reads them: tables of text. What they are is the library's report.
import type { ClassificationReport, LabelsReport, RegressionReport, Report } from 'chainrule';
import { spoken } from './languages/index.ts';
import { count, percent, significant } from './numbers.ts';
import { aligned, printable, table } from './output.ts';

/** From how many classes on it tells more than the accuracy to know the best few. */
const manyClasses = 6;

type PrecisionRecall = ClassificationReport['macro'];

const right = (name: string) => ({ name, align: 'right' as const });

/** The parts of the report, each a table or some lines. */
export function metricsText(report: Report): string[] {
  switch (report.kind) {
    case 'classes':
      return [classTable('class', report.classes, report), ...lines(classLines(report)), confusionTable(report)];
    case 'labels':
      return [classTable('label', report.labels, report), ...lines(labelLines(report))];
    case 'numbers':
      return report.targets.length > 1 ? [targetTable(report)] : [];
  }
}

/** The scores of the classes or labels, and their averages. */
function classTable(
  kind: string,
  classes: ClassificationReport['classes'],
  { macro, weighted }: Pick<LabelsReport, 'macro' | 'weighted'>,
): string {
  const average = (name: string, scores: PrecisionRecall) => [name, ...threeScores(scores), '', ''];
  return table(
    [{ name: kind }, ...['precision', 'recall', 'F1', 'AUC', 'samples'].map(right)],
    [
      ...classes.map((one) => [
        printable(one.name),
        ...threeScores(one),
        one.rocAuc === null ? '–' : share(one.rocAuc),
        count(one.support),
      ]),
      average(spoken('macro average'), macro),
      average(spoken('weighted average'), weighted),
    ],
  );
}

const threeScores = ({ precision, recall, f1 }: PrecisionRecall): string[] => [precision, recall, f1].map(share);

const share = (value: number): string => value.toFixed(3);

function classLines({ classes, topK, logLoss, rocAuc }: ClassificationReport): (readonly [string, string])[] {
  const many = classes.length >= manyClasses;
  return [
    ...(many ? topK.slice(1).map((value, i): [string, string] => [`Top-${i + 2} accuracy`, percent(value)]) : []),
    ...(rocAuc === null ? [] : [['ROC AUC', share(rocAuc)] as const]),
    ...(logLoss === null ? [] : [['Log loss', significant(logLoss)] as const]),
  ];
}

function labelLines({ exactMatch, logLoss, rocAuc }: LabelsReport): (readonly [string, string])[] {
  return [
    ['All labels right', percent(exactMatch)],
    ...(rocAuc === null ? [] : [['ROC AUC', share(rocAuc)] as const]),
    ...(logLoss === null ? [] : [['Log loss', significant(logLoss)] as const]),
  ];
}

function lines(pairs: readonly (readonly [string, string])[]): string[] {
  const spokenPairs = pairs.map(([name, value]) => [spoken(name), value] as const);
  return pairs.length === 0 ? [] : [aligned(spokenPairs).join('\n')];
}

/** True classes down, predicted ones across. */
function confusionTable({ confusion, classes }: ClassificationReport): string {
  const names = classes.map(({ name }) => printable(name));
  return table(
    [{ name: 'true \\ predicted' }, ...names.map((name) => ({ ...right(name), own: true }))],
    confusion.map((row, i) => [names[i], ...row.map((n) => (n === 0 ? '·' : String(n)))]),
  );
}

function targetTable({ targets }: RegressionReport): string {
  return table(
    [{ name: 'target' }, ...['R²', 'RMSE', 'MAE'].map(right)],
    targets.map(({ name, r2, rmse, mae }) => [printable(name), r2.toFixed(4), significant(rmse), significant(mae)]),
  );
}

/** The scores that `evaluate --json` has beside the loss, the accuracy and the confusion. */
export function metricsJson(report: Report): Record<string, unknown> {
  switch (report.kind) {
    case 'classes': {
      const { topK, classes, macro, micro, weighted, rocAuc, logLoss } = report;
      return { topK, classes, macro, micro, weighted, rocAuc, logLoss };
    }
    case 'labels': {
      const { exactMatch, labels, macro, micro, weighted, rocAuc, logLoss } = report;
      return { exactMatch, perLabel: labels, macro, micro, weighted, rocAuc, logLoss };
    }
    case 'numbers':
      return { targets: report.targets };
  }
}
