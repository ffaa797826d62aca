// What the lessons on luck share: one training many times over, and how the results lie.
import type { Chart, Measure, Text } from './experiment.ts';
import { accuracy, accuracyAxis, last, line } from './figures.ts';

/** One result of each run, the worst first. */
export async function sortedRuns(runs: number, run: (i: number) => Promise<number>): Promise<number[]> {
  const found: number[] = [];
  for (let i = 0; i < runs; i++) found.push(await run(i));
  return found.sort((a, b) => a - b);
}

/** The luckiest run, the one in the middle and the unluckiest. */
export const spreadOf = (sorted: readonly number[]) => ({
  most: last(sorted),
  median: (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2,
  least: sorted[0],
});

/** What spreadOf gives, under the names of the figures. */
export const spreadMeasures = (of: Text, published: number): Record<'most' | 'median' | 'least', Measure> => ({
  most: accuracy({ en: `best ${of.en} of the luckiest run`, zh: `运气最好的一次的最好${of.zh}` }, published),
  median: accuracy({ en: 'of the run in the middle', zh: '居中的一次' }),
  least: accuracy({ en: 'of the unluckiest', zh: '运气最差的一次' }),
});

/** Every run's best accuracy. */
export const runsChart = (of: Text): Chart => ({
  title: { en: 'Every run, from the unluckiest to the luckiest', zh: '各次运行，从运气最差到最好' },
  x: { en: 'run', zh: '次序' },
  y: accuracyAxis,
  lines: [line('sorted', `best ${of.en}`, `最好${of.zh}`)],
});

export const testAccuracy: Text = { en: 'test accuracy', zh: '测试准确率' };
export const validationAccuracy: Text = { en: 'validation accuracy', zh: '验证准确率' };
