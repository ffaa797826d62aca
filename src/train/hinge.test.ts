// The hinge, whose targets are −1 and 1: from classes, yes/no labels and numbers, in training, scores and reports.
import { describe, expect, it, test } from 'vitest';
import { evaluate, predict, predictRows, train } from '../../test/exact.ts';
import { datasetFromArrays } from '../data/index.ts';
import { dense } from '../layers/index.ts';
import { random, streams } from '../memory/index.ts';
import { network } from '../network/index.ts';
import { adam } from '../optimizers/index.ts';
import type { FitOptions } from './fit.ts';
import { lbfgs } from './lbfgs.ts';
import { report } from './metrics-report.ts';

const source = random(8, streams.check);
const inputs = Array.from({ length: 60 }, (_, i) => [source.normal(2 * i), source.normal(2 * i + 1)]);
const thirds = inputs.map(([x, y]) => (y > 0.5 ? 'up' : x > 0 ? 'right' : 'left'));
const halves = inputs.map(([x, y]) => (x + y > 0 ? 'yes' : 'no'));
const options: FitOptions = { epochs: 60, batch: 10, optimizer: adam({ learningRate: 0.05 }) };
const hinged = (outputs: number) => network([dense(8, 'tanh'), dense(outputs)], { input: 2, seed: 4, loss: 'hinge' });

/** What the loss comes to by hand: 1/K Σ_j max(0, 1 − y_j a_j), y_j 1 for the class and −1 for others. */
function byHand(outputs: readonly (readonly number[])[], signs: readonly (readonly number[])[]): number {
  const losses = outputs.map((row, i) =>
    row.reduce((sum, a, j) => sum + Math.max(0, 1 - signs[i][j] * a) / row.length, 0),
  );
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

describe('classes become −1 and 1', () => {
  it('for an output a class: the largest is the answer', async () => {
    const data = datasetFromArrays(inputs, thirds);
    const { network: trained } = await train(hinged(3), data, options);
    const scores = evaluate(trained, data);
    expect(scores).toMatchObject({ accuracy: expect.closeTo(1, 1) });
    const signs = thirds.map((name) => ['left', 'right', 'up'].map((one) => (one === name ? 1 : -1)));
    expect(scores.loss).toBeCloseTo(byHand(predict(trained, inputs), signs), 12);
    const full = report(data, predictRows(trained, data.samples), { loss: trained.loss });
    expect(full).toMatchObject({ accuracy: 'accuracy' in scores && scores.accuracy, logLoss: null });
  });

  it('for a single output of two classes: above 0 is the second', async () => {
    const data = datasetFromArrays(inputs, halves);
    const { network: trained } = await train(hinged(1), data, options);
    const outputs = predict(trained, inputs);
    const right = outputs.filter(([a], i) => (a > 0 ? 'yes' : 'no') === halves[i]).length / 60;
    expect(right).toBeGreaterThan(0.9);
    const scores = evaluate(trained, data);
    expect(scores).toMatchObject({ accuracy: right });
    const signs = halves.map((name) => [name === 'yes' ? 1 : -1]);
    expect(scores.loss).toBeCloseTo(byHand(outputs, signs), 12);
    const full = report(data, predictRows(trained, data.samples), { loss: trained.loss });
    expect(full).toMatchObject({ accuracy: right, topK: [right, 1], logLoss: null });
  });

  it('and yes/no labels, several a sample', async () => {
    const labels = inputs.map(([x, y]) => [Number(x > 0), Number(y > 0)]);
    const data = datasetFromArrays(inputs, labels, { task: 'classification' });
    const { network: trained } = await train(hinged(2), data, options);
    const outputs = predict(trained, inputs);
    const right = labels.flatMap((row, i) => row.filter((y, j) => (outputs[i][j] > 0 ? 1 : 0) === y)).length / 120;
    expect(right).toBeGreaterThan(0.9);
    expect(evaluate(trained, data)).toMatchObject({ accuracy: right });
    expect(report(data, predictRows(trained, data.samples), { loss: trained.loss })).toMatchObject({ accuracy: right });
  });

  it('the same as the numbers would', async () => {
    const signs = halves.map((name) => [name === 'yes' ? 1 : -1]);
    const [named, numbers] = await Promise.all(
      [datasetFromArrays(inputs, halves), { inputs, targets: signs }].map((data) => train(hinged(1), data, options)),
    );
    expect(named.network.parameters).toEqual(numbers.network.parameters);
  });
});

test('weights of classes are those of their samples', async () => {
  const own = inputs.map((_, i) => 1 + (i % 2));
  const weights = halves.map((name, i) => own[i] * (name === 'yes' ? 3 : 0.5));
  for (const optimizer of [adam(), lbfgs()]) {
    const byClass = await train(hinged(1), datasetFromArrays(inputs, halves, { weights: own }), {
      epochs: 5,
      optimizer,
      classWeights: [0.5, 3],
    });
    const bySample = await train(hinged(1), datasetFromArrays(inputs, halves, { weights }), { epochs: 5, optimizer });
    expect(byClass.network.parameters).toEqual(bySample.network.parameters);
  }
});

describe('what does not fit is refused', () => {
  it('numbers that are neither', async () => {
    await expect(
      train(hinged(1), {
        inputs: [
          [0, 0],
          [1, 1],
        ],
        targets: [[-1], [0]],
      }),
    ).rejects.toThrow(
      'target 1 has the number 0, which the loss hinge does not take; give classes or targets of -1 and 1, or use another loss.',
    );
  });

  it('smoothed labels', async () => {
    await expect(train(hinged(1), datasetFromArrays(inputs, halves), { smoothLabels: 0.1 })).rejects.toThrow(
      'smoothLabels is for targets of 0 and 1, and the loss hinge takes -1 and 1; leave it out, or use another loss.',
    );
  });
});
