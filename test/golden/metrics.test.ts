// Our metrics against scikit-learn's, from a fixture: nothing here runs Python.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { datasetFromArrays } from '../../src/data/index.ts';
import { report, score } from '../../src/train/index.ts';

interface Case {
  readonly name: string;
  readonly outputs: number[][];
  readonly [score: string]: unknown;
}

type ClassesCase = Case & { readonly labels: number[]; readonly topK: number[] | null; readonly classes: unknown };
type RowsCase = Case & { readonly targets: number[][] };

const fixture: { classes: ClassesCase[]; labels: RowsCase[]; numbers: RowsCase[] } = JSON.parse(
  readFileSync(new URL('fixtures/metrics.json', import.meta.url), 'utf8'),
);

/** Equal to 1e-12, absolutely below 1 and relatively above; only what scikit-learn computed is compared. */
function expectClose(found: unknown, wanted: unknown, what: string): void {
  if (typeof wanted === 'number') {
    if (typeof found !== 'number') throw new Error(`${what} is ${found} where scikit-learn has ${wanted}`);
    const error = Math.abs(found - wanted) / Math.max(1, Math.abs(wanted));
    expect(error, `${what}: ${found} where scikit-learn has ${wanted}`).toBeLessThanOrEqual(1e-12);
  } else if (typeof wanted === 'object' && wanted !== null) {
    for (const [key, value] of Object.entries(wanted))
      expectClose(Reflect.get(Object(found), key), value, `${what}.${key}`);
  } else expect(found, what).toBe(wanted);
}

const inputsOf = (outputs: number[][]) => outputs.map(() => [0]);
const numbersOf = (outputs: number[][]) => Float64Array.from(outputs.flat());

describe('one class a sample', () => {
  test.each(fixture.classes)('$name', ({ name, labels, outputs, topK, ...wanted }) => {
    const classes = Math.max(2, outputs[0].length);
    const classNames = Array.from({ length: classes }, (_, k) => `class ${k}`);
    const dataset = datasetFromArrays(inputsOf(outputs), labels, { task: 'classification', classNames });
    const found = report(dataset, numbersOf(outputs));
    expectClose(found, wanted, name);
    expect(found).toMatchObject({ ...score(dataset, numbersOf(outputs)), kind: 'classes', samples: labels.length });
    if (topK !== null) expectClose(found, { topK }, name);
  });
});

describe('several labels a sample', () => {
  test.each(fixture.labels)('$name', ({ name, targets, outputs, ...wanted }) => {
    const dataset = datasetFromArrays(inputsOf(outputs), targets, { task: 'classification' });
    const found = report(dataset, numbersOf(outputs));
    expectClose(found, wanted, name);
    expect(found).toMatchObject({ ...score(dataset, numbersOf(outputs)), kind: 'labels' });
  });
});

describe('numbers', () => {
  test.each(fixture.numbers)('$name', ({ name, targets, outputs, columns, ...wanted }) => {
    const dataset = datasetFromArrays(inputsOf(outputs), targets, { task: 'regression' });
    const found = report(dataset, numbersOf(outputs));
    expectClose(found, { ...wanted, targets: columns }, name);
    expect(found).toMatchObject({ ...score(dataset, numbersOf(outputs)), kind: 'numbers' });
  });
});
