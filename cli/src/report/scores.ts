// Scores, class by class and in the confusion matrix, as HTML. What they are is the library's report.
import type { ClassificationReport, ClassReport, Report } from 'chainrule';
import { count, percent, significant } from '../numbers.ts';
import type { Scored } from '../scores.ts';
import { descriptions, escaped, paragraph, type Row, section, table } from './html.ts';
import type { Words } from './words.ts';

type PrecisionRecall = ClassificationReport['macro'];

/** The scores of each part beside the baseline. */
export function scoresSection(parts: readonly (readonly [name: string, scored: Scored])[], words: Words): string {
  const isClassification = parts.some(([, { evaluation }]) => 'accuracy' in evaluation);
  const measures = isClassification ? [words.accuracy, words.baseline] : ['R²', 'RMSE', 'MAE', words.meanRmse];
  const rows = parts.map(([name, { evaluation, baseline }]): Row => {
    const guess = baseline.kind === 'mean' ? significant(baseline.rmse) : percent(baseline.accuracy);
    const scores =
      'accuracy' in evaluation
        ? [percent(evaluation.accuracy)]
        : [evaluation.r2.toFixed(4), significant(evaluation.rmse), significant(evaluation.mae)];
    const first = words.parts[name] ?? name;
    return { cells: [first, count(evaluation.samples), significant(evaluation.loss), ...scores, guess] };
  });
  return section(words.scores, table([words.part, words.samples, words.loss, ...measures], rows));
}

/** What the report knows of one part beyond these, and the confusion matrix. */
export function reportSections(report: Report, part: string, words: Words): string[] {
  const suffix = words.inBrackets(words.parts[part] ?? part);
  if (report.kind === 'numbers') return report.targets.length > 1 ? [targetsSection(report, suffix, words)] : [];
  const { logLoss, rocAuc } = report;
  const others = descriptions([
    ...(report.kind === 'classes' && report.classes.length > 5
      ? report.topK.slice(1).map((share, i): [string, string] => [words.topK(i + 2), percent(share)])
      : []),
    ...(report.kind === 'labels' ? [[words.exactMatch, percent(report.exactMatch)] as const] : []),
    ['ROC AUC', rocAuc === null ? undefined : rocAuc.toFixed(3)],
    [words.logLoss, logLoss === null ? undefined : significant(logLoss)],
  ]);
  const each =
    report.kind === 'classes'
      ? section(words.classes + suffix, classTable(report.classes, report, words.class, words), others)
      : section(words.labels + suffix, classTable(report.labels, report, words.label, words), others);
  return report.kind === 'classes' ? [each, section(words.confusion + suffix, confusionTable(report, words))] : [each];
}

function targetsSection({ targets }: Report & { kind: 'numbers' }, suffix: string, words: Words): string {
  const rows = targets.map(({ name, r2, rmse, mae }) => ({
    cells: [name, r2.toFixed(4), significant(rmse), significant(mae)],
  }));
  return section(words.targets + suffix, table([words.target, 'R²', 'RMSE', 'MAE'], rows));
}

function classTable(
  classes: readonly ClassReport[],
  { macro, weighted }: { readonly macro: PrecisionRecall; readonly weighted: PrecisionRecall },
  kind: string,
  words: Words,
): string {
  const three = ({ precision, recall, f1 }: PrecisionRecall) =>
    [precision, recall, f1].map((value) => value.toFixed(3));
  const average = (name: string, scores: PrecisionRecall): Row => ({
    cells: [name, ...three(scores), '', ''],
    kind: 'average',
  });
  return table(
    [kind, words.precision, words.recall, 'F1', 'AUC', words.samples],
    [
      ...classes.map((one) => ({
        cells: [one.name, ...three(one), one.rocAuc === null ? '–' : one.rocAuc.toFixed(3), count(one.support)],
      })),
      average(words.macro, macro),
      average(words.weighted, weighted),
    ],
  );
}

const mostClasses = 30;

/** True classes down, predicted ones across; the deeper the colour, the larger the share of the row. */
function confusionTable({ confusion, classes }: ClassificationReport, words: Words): string {
  if (classes.length > mostClasses) return paragraph(words.tooManyClasses(classes.length));
  const head = classes.map(({ name }) => `<th scope="col">${escaped(name)}</th>`).join('');
  const rows = confusion.map((row, i) => {
    const all = row.reduce((sum, n) => sum + n, 0);
    const cells = row.map((n, k) => {
      // The root lets few mistakes among many right answers be seen.
      const share = all === 0 ? 0 : Math.sqrt(n / all);
      const kind = i === k ? 'right-answer' : 'wrong-answer';
      return `<td class="${kind}" style="--share:${share.toFixed(3)}">${n === 0 ? '·' : count(n)}</td>`;
    });
    return `<tr><th scope="row">${escaped(classes[i].name)}</th>${cells.join('')}</tr>`;
  });
  return `<div class="scroll"><table class="confusion"><thead><tr><th>${escaped(words.trueClass)} ↓ ${escaped(words.predicted)} →</th>${head}</tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table></div>`;
}
