// Preprocessing against scikit-learn, SciPy and NumPy: preprocessing.py writes the numbers.
import { readFileSync } from 'node:fs';
import {
  association,
  encodeInputs,
  type FitPreprocessingOptions,
  fitPreprocessing,
  skewness,
  tableOf,
  typeColumn,
} from 'chainrule';
import { describe, expect, test } from 'vitest';

interface Column {
  readonly values: readonly number[];
  readonly skewness: number;
  readonly robust: readonly number[];
  readonly quantile: readonly number[];
  readonly quantileOfTraining: readonly number[];
  readonly log: readonly number[] | null;
}

interface Associations {
  readonly first: readonly string[];
  readonly second: readonly string[];
  readonly pearson: number;
  readonly correlationRatio: number;
  readonly cramersV: number;
}

const fixture: {
  readonly elsewhere: readonly number[];
  readonly columns: Readonly<Record<string, Column>>;
  readonly associations: Associations;
} = JSON.parse(readFileSync(new URL('./fixtures/preprocessing.json', import.meta.url), 'utf8'));

/** The inputs that other values become, with preprocessing fitted to a column. */
function inputs({ values }: Column, others: readonly number[], options: Partial<FitPreprocessingOptions>): number[] {
  const table = tableOf('t', ['x', 'y'], [values.map(String), values.map((_, i) => `${i}.5`)]);
  const { preprocessing } = fitPreprocessing(table, Uint32Array.from(values.keys()), { targets: ['y'], ...options });
  return [...encodeInputs(preprocessing, tableOf('u', ['x'], [others.map(String)])).values];
}

const close = (found: readonly number[], expected: readonly number[]) => {
  expect(found).toHaveLength(expected.length);
  found.forEach((value, i) => {
    expect(Math.abs(value - expected[i])).toBeLessThan(1e-9 * Math.max(1, Math.abs(expected[i])));
  });
};

describe.each(Object.entries(fixture.columns))('a %s column', (_, column) => {
  test('is scaled by median and quartiles as RobustScaler does', () => {
    close(inputs(column, fixture.elsewhere, { scale: 'robust' }), column.robust);
  });

  test('is placed among its percentiles as QuantileTransformer does, about 0 with the deviation of an even spread', () => {
    const unscaled = (values: number[]) => values.map((value) => value * Math.sqrt(1 / 12) + 0.5);
    close(unscaled(inputs(column, fixture.elsewhere, { scale: 'quantile' })), column.quantile);
    close(unscaled(inputs(column, column.values.slice(0, 20), { scale: 'quantile' })), column.quantileOfTraining);
  });

  test.skipIf(column.log === null)('has its logarithm scaled as NumPy and StandardScaler do', () => {
    close(inputs(column, column.values.slice(0, 20), { log: ['x'] }), column.log ?? []);
  });

  test('has the skewness that SciPy finds', () => {
    close([skewness(Float64Array.from(column.values))], [column.skewness]);
  });
});

test('columns go together as SciPy says', () => {
  const { first, second, ...expected } = fixture.associations;
  const { lognormal, normal } = fixture.columns;
  const typed = (cells: readonly unknown[]) => typeColumn('x', cells.map(String), { source: 't' });
  const mixed = normal.values.map((value, i) => value + lognormal.values[i] / 20);
  const pairs = { pearson: mixed, correlationRatio: first, cramersV: second } as const;
  for (const [measure, other] of Object.entries(pairs)) {
    const from = measure === 'cramersV' ? first : lognormal.values;
    const found = association(typed(other), typed(from));
    expect(found?.measure).toBe(measure);
    close([found?.value ?? Number.NaN], [Object.entries(expected).find(([name]) => name === measure)?.[1] ?? 0]);
  }
});
