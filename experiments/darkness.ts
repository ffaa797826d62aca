// Chapter 1: what reading digits is worth without any learning: guessing by how dark they are.
import { type Dataset, isLabels } from 'chainrule';
import { experiment } from './experiment.ts';
import { accuracy, line } from './figures.ts';

/** Label and mean darkness of every digit. */
function darknesses({ samples: { inputs, targets } }: Dataset): { label: number; darkness: number }[] {
  const { values, width, scale } = inputs;
  const labels = isLabels(targets) ? Array.from(targets.labels) : [];
  return labels.map((label, i) => {
    const pixels = values.subarray(i * width, (i + 1) * width);
    let sum = 0;
    for (const pixel of pixels) sum += pixel;
    return { label, darkness: (sum * scale) / width };
  });
}

export const darkness = experiment({
  id: 'darkness',
  chapter: '1',
  title: { en: 'Guessing by darkness', zh: '按深浅猜数字' },
  question: {
    en: 'How many test digits does one get right by knowing only how dark each digit is on the mean?',
    zh: '如果只知道每个数字平均有多黑，能猜对多少测试数字？',
  },
  setting: { training: 50_000 },
  quick: { training: 5_000 },
  seeds: 1,
  measures: { right: accuracy({ en: 'test accuracy', zh: '测试准确率' }, 22.25) },
  async run({ digits }, { training }) {
    const data = await digits(training);
    const known = darknesses(data.training);
    const means = Array.from({ length: 10 }, (_, digit) => {
      const some = known.filter(({ label }) => label === digit);
      return some.reduce((sum, one) => sum + one.darkness, 0) / some.length;
    });
    const guess = (value: number): number => {
      const distances = means.map((mean) => Math.abs(mean - value));
      return distances.indexOf(Math.min(...distances));
    };
    const asked = darknesses(data.test);
    const right = asked.filter(({ label, darkness }) => guess(darkness) === label).length;
    return { figures: { right: (100 * right) / asked.length }, curves: { digits: [...means.keys()], means } };
  },
  claims: [
    {
      of: 'full',
      says: { en: "the book's own figure, to the digit", zh: '与书中的数字完全一致' },
      holds: ({ right }) => Math.abs(right - 22.25) < 0.005,
    },
    {
      says: { en: 'twice as good as pure chance, and far from reading', zh: '比纯粹乱猜好一倍，但离识别数字还很远' },
      holds: ({ right }) => right > 16 && right < 30,
    },
  ],
  charts: [
    {
      title: { en: 'How dark digits are', zh: '数字的深浅' },
      x: { en: 'digit', zh: '数字' },
      y: { en: 'mean darkness', zh: '平均深浅' },
      from: 0,
      lines: [line('means', 'mean darkness', '平均深浅')],
    },
  ],
  sees: {
    en: 'A 1 is light and a 0 dark; that alone doubles the ten percent of pure guessing.',
    zh: '1 浅而 0 深；仅凭这一点，就把乱猜的百分之十翻了一倍。',
  },
});
