// The course of a training, epoch by epoch, as text for a file.
import { extname } from 'node:path';
import type { Evaluation, FitResult } from 'chainrule';

/** CSV or JSON by the file's extension: loss, and the validation part's loss and score; the training part's where they were asked for. */
export function historyText(path: string, history: FitResult['history']): string {
  const scored = history.some(({ training }) => training !== undefined);
  const rows = history.map(({ epoch, loss, validation, training, steps, seconds }) => ({
    epoch,
    loss,
    ...scoresOf('validation', validation),
    steps,
    seconds,
    ...(scored && scoresOf('training', training ?? null)),
  }));
  if (extname(path).toLowerCase() === '.json') return `${JSON.stringify(rows, null, 2)}\n`;
  const header = [...fixedColumns, ...(scored ? Object.keys(scoresOf('training', null)) : [])].join(',');
  return `${[
    header,
    ...rows.map((row) =>
      Object.values(row)
        .map((value) => value ?? '')
        .join(','),
    ),
  ].join('\n')}\n`;
}

const fixedColumns = ['epoch', 'loss', ...Object.keys(scoresOf('validation', null)), 'steps', 'seconds'];

/** One part's loss and score, by names that begin with the part's. */
function scoresOf(part: string, scores: Evaluation | null): Record<string, number | null> {
  return {
    [`${part}Loss`]: scores?.loss ?? null,
    [`${part}Accuracy`]: scores !== null && 'accuracy' in scores ? scores.accuracy : null,
    [`${part}R2`]: scores !== null && 'r2' in scores ? scores.r2 : null,
  };
}
