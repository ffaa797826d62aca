// The course of a training in a few lines of blocks, for terminals. The same as pictures is report/'s business.
import type { Evaluation, FitResult } from 'chainrule';
import { spoken } from './languages/index.ts';
import { percent, significant } from './numbers.ts';
import { padded, say, sayChoice } from './output.ts';

const levels = [...'▁▂▃▄▅▆▇█'];
const mostColumns = 40;

/** One line of blocks for values between the same two ends, on a scale of powers where they span more than two of ten. */
function sparkline(values: readonly number[], [low, high]: readonly [number, number]): string {
  const scale = low > 0 && high / low > 100 ? Math.log : (value: number) => value;
  const [bottom, span] = [scale(low), scale(high) - scale(low)];
  const columns = Math.min(mostColumns, values.length);
  return Array.from({ length: columns }, (_, i) => {
    const some = values.slice(
      Math.floor((i * values.length) / columns),
      Math.floor(((i + 1) * values.length) / columns),
    );
    const mean = some.reduce((sum, value) => sum + value, 0) / some.length;
    const share = span > 0 ? (scale(mean) - bottom) / span : 0;
    return levels[Math.round(Math.min(1, Math.max(0, share)) * (levels.length - 1))] ?? '×';
  }).join('');
}

/** Says how the loss and the score went; nothing where there is no course to speak of. */
export function sayCurves(history: FitResult['history']): void {
  if (history.length < 2) return;
  say('');
  const training = history.map(({ loss }) => loss);
  const scored = history.flatMap((epoch) => epoch.training ?? []);
  const watched = history.flatMap(({ validation }) => (validation === null ? [] : [validation]));
  const validation = watched.map(({ loss }) => loss);
  const ends = endsOf([...training, ...validation]);
  sayLine('Curves', 'training loss', training, ends, significant);
  if (watched.length >= 2) sayLine('', 'validation loss', validation, ends, significant);
  const parts = [
    ['training', scored],
    ['validation', watched],
  ] as const;
  // Both parts between the same two ends, so that the gap between them shows.
  const accuracy = parts.map(([part, scores]) => ({ part, values: scores.flatMap(accuracyOf) }));
  const r2 = parts.map(([part, scores]) => ({ part, values: scores.flatMap(r2Of) }));
  for (const { part, values } of accuracy) {
    if (values.length >= 2)
      sayLine('', `${part} accuracy`, values, endsOf(accuracy.flatMap((one) => one.values)), percent);
  }
  for (const { part, values } of r2) {
    const between = endsOf(r2.flatMap((one) => one.values));
    if (values.length >= 2) sayLine('', `${part} R²`, values, between, (value) => value.toFixed(3));
  }
}

const accuracyOf = (scores: Evaluation): number[] => ('accuracy' in scores ? [scores.accuracy] : []);
const r2Of = (scores: Evaluation): number[] => ('r2' in scores ? [scores.r2] : []);

function sayLine(
  head: string,
  name: string,
  values: readonly number[],
  ends: readonly [number, number],
  write: (value: number) => string,
): void {
  const [first, last] = [values[0], values[values.length - 1]].map((value) => write(value));
  sayChoice(head, `${padded(spoken(name), 19)} ${sparkline(values, ends)} ${first} → ${last}`);
}

const endsOf = (values: readonly number[]): [number, number] => {
  const finite = values.filter(Number.isFinite);
  return [
    finite.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
    finite.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY),
  ];
};
