// The course of a training, epoch by epoch, as text for a file.
import { extname } from 'node:path';
import type { FitResult } from 'chainrule';

/** CSV or JSON by the file's extension: loss, and the validation part's loss and score. */
export function historyText(path: string, history: FitResult['history']): string {
  const rows = history.map(({ epoch, loss, validation, steps, seconds }) => ({
    epoch,
    loss,
    validationLoss: validation?.loss ?? null,
    validationAccuracy: validation !== null && 'accuracy' in validation ? validation.accuracy : null,
    validationR2: validation !== null && 'r2' in validation ? validation.r2 : null,
    steps,
    seconds,
  }));
  if (extname(path).toLowerCase() === '.json') return `${JSON.stringify(rows, null, 2)}\n`;
  const header = 'epoch,loss,validationLoss,validationAccuracy,validationR2,steps,seconds';
  return `${[
    header,
    ...rows.map((row) =>
      Object.values(row)
        .map((value) => value ?? '')
        .join(','),
    ),
  ].join('\n')}\n`;
}
