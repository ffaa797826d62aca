// Figures and charts that many experiments share. What is in them is theirs.
import type { Chart, Line, Measure, Text } from './experiment.ts';

/** The best accuracy on the test digits, with the book's, where it prints one. */
export const bestTest = (of: Text | undefined, published?: number): Measure => ({
  name: withDetail({ en: 'test accuracy, best epoch', zh: '最好一轮的测试准确率' }, of),
  unit: '%',
  ...(published !== undefined && { published, compared: true }),
});

/** An accuracy that is not held against the book run by run. */
export const accuracy = (name: Text, published?: number): Measure => ({
  name,
  unit: '%',
  ...(published !== undefined && { published }),
});

/** A plain number. */
export const number = (name: Text, published?: number): Measure => ({
  name,
  ...(published !== undefined && { published }),
});

const withDetail = (name: Text, of: Text | undefined): Text =>
  of === undefined ? name : { en: `${name.en}, ${of.en}`, zh: `${name.zh}，${of.zh}` };

export const epochAxis: Text = { en: 'epoch', zh: '轮次' };
export const accuracyAxis: Text = { en: 'accuracy, %', zh: '准确率，%' };
export const costAxis: Text = { en: 'cost', zh: '代价' };

/** Accuracies over the epochs. */
export const accuracyChart = (title: Text, lines: readonly Line[]): Chart => ({
  title,
  x: epochAxis,
  y: accuracyAxis,
  lines,
});

/** Costs over the epochs. */
export const costChart = (title: Text, lines: readonly Line[]): Chart => ({ title, x: epochAxis, y: costAxis, lines });

export const line = (curve: string, en: string, zh: string): Line => ({ curve, name: { en, zh } });

/** The last of some numbers; no number where there are none. */
export const last = (values: readonly number[]): number => values.at(-1) ?? Number.NaN;
