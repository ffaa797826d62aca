// What the experiments of chapter 6 share: layers and how they start, and the figure that its text prints. Each step up stands in its own file.
import { conv2d, type Dataset, type Layer, maxPool2d } from 'chainrule';
import type { Chart, Course, Measure } from './experiment.ts';

/** Weights N(0, 1/n_in), where the book's program draws N(0, 1/n_out); biases N(0, 1); the output layer begins at zero, as there. */
export const initializer = 'scaledNormal';
export const outputInitializer = 'zeros';

export const image: [number, number, number] = [1, 28, 28];

/** Feature maps from local receptive fields of 5 × 5, and the largest of every 2 × 2 of their values. */
export const convPool = (filters: number, activation: 'sigmoid' | 'relu'): Layer[] => [
  conv2d(filters, 5, activation, { initializer }),
  maxPool2d(2),
];

/** c of the penalty c/2 Σw²: chapter 6's program divides λ by the number of mini-batches, not of digits. */
export const penalty = (lambda: number, { samples }: Dataset, batch: number): number =>
  lambda / Math.floor(samples.inputs.count / batch);

/** What the text prints: the test accuracy of the epoch that is best on the validation digits. */
export const chosen = (published: number, of?: { en: string; zh: string }): Measure => ({
  name: {
    en: `test accuracy, at the epoch best on validation digits${of ? `, ${of.en}` : ''}`,
    zh: `验证准确率最高的一轮的测试准确率${of ? `，${of.zh}` : ''}`,
  },
  unit: '%',
  published,
  compared: true,
});

export const watched = ['validation', 'test'] as const;

/** The accuracy of both parts over the epochs. */
export const curvesOf = ({ validation, test }: Course) => ({ validation: validation.accuracy, test: test.accuracy });

export const chart: Chart = {
  title: { en: 'Reading digits that were not trained on', zh: '识别没有训练过的数字' },
  x: { en: 'epoch', zh: '轮次' },
  y: { en: 'accuracy, %', zh: '准确率，%' },
  lines: [
    { curve: 'test', name: { en: 'test digits', zh: '测试数字' } },
    { curve: 'validation', name: { en: 'validation digits', zh: '验证数字' } },
  ],
};
