// Models as JavaScript modules of their own: the same predictions from nothing but the file.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { column, dense, inputNames, network, outputNames } from 'chainrule';
import type { Model } from 'chainrule/formats';
import { afterAll, describe, expect, it } from 'vitest';
import { isMissing } from '../../src/data/columns.ts';
import { standaloneModule } from '../../src/standalone/index.ts';
import { layerCases, numbers, ownNetwork, predicted, rowsOf, size } from './layer-cases.ts';
import { answers, trainedModels } from './models.ts';

const folder = mkdtempSync(join(tmpdir(), 'chainrule-standalone-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;

type Predict = (input: unknown) => unknown;

async function predictOf(model: Model): Promise<Predict> {
  const file = join(folder, `${files++}.mjs`);
  writeFileSync(file, standaloneModule(model));
  const { predict }: { predict: Predict } = await import(/* @vite-ignore */ pathToFileURL(file).href);
  return predict;
}

/** The numbers of an answer, in the order of their names. */
function numbersIn(answer: unknown, names: readonly string[]): number[] {
  if (Array.isArray(answer)) return answer;
  const { probabilities, scores, values }: Record<string, Record<string, number>> = Object(answer);
  const found = probabilities ?? scores ?? values;
  expect(Object.keys(found)).toEqual(names);
  return names.map((name) => found[name]);
}

function expectClose(answer: unknown, expected: ArrayLike<number>): void {
  const found = Array.isArray(answer) ? answer : [];
  expect(found.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++)
    expect(Math.abs(found[i] - expected[i])).toBeLessThan(1e-6 * Math.max(1, Math.abs(expected[i])));
}

/** The bytes of a module without its weights, its columns, its names and its comments. */
function codeSize(text: string): number {
  const code = text
    .replace(/\n\/\/ Weights[\s\S]*$/, '')
    .replace(/^\/[/*].*\n/gm, '')
    .replace(/const (columns|missing|names|scales) = (\[\n[\s\S]*?\n\]|.*);\n/g, '');
  return new TextEncoder().encode(code).length;
}

describe.each(layerCases)('$name', ({ input, network }) => {
  it('gives the same outputs', async () => {
    const predict = await predictOf({ network });
    const values = numbers(3 * size(input), 99);
    const expected = predicted(network, rowsOf(values, size(input)));
    const found = [0, 1, 2].map((row) => predict(values.subarray(row * size(input), (row + 1) * size(input))));
    expectClose(found.flat(), expected);
  });
});

it('an activation of another package is written by its formula', async () => {
  const predict = await predictOf({ network: ownNetwork });
  const values = numbers(5, 99);
  expectClose(predict(values), predicted(ownNetwork, rowsOf(values, 5)));
});

const trained = await trainedModels();

describe.each(trained)('$name', (one) => {
  const { model, raw } = one;
  const { preprocessing } = model;

  it('answers the same for raw rows', async () => {
    const predict = await predictOf(model);
    const names = preprocessing === undefined ? [] : outputNames(preprocessing);
    const width = size(model.network.input);
    const rows = Array.from({ length: 17 }, (_, i) => {
      if (raw instanceof Float32Array || preprocessing === undefined)
        return Object(raw).subarray(i * width, (i + 1) * width);
      return Object.fromEntries(
        inputNames(preprocessing).map((name) => {
          const cell = column(raw, name)[i];
          return [name, isMissing(cell) ? null : Number.isNaN(Number(cell)) ? cell : Number(cell)];
        }),
      );
    });
    const shares = (found: number[]) => (names.length === 2 && answers(one, 1).length === 1 ? [found[1]] : found);
    expectClose(
      rows.flatMap((row) => shares(numbersIn(predict(row), names))),
      answers(one, 17),
    );
  });

  it('has at most 3 kB of code beside its weights and columns', () => {
    expect(codeSize(standaloneModule(model))).toBeLessThan(3 * 1024);
  });
});

describe('a standalone module', () => {
  const hostile = ['__proto__', "a'b`$1\\", '</script><script>', 'line\u2028end\n*/', '"; throw 1; //'];
  const inputs = hostile.map((name) => ({ kind: 'number' as const, name, offset: 0, scale: 1, fill: 0 }));
  const model: Model = {
    network: network([dense(5, 'softmax')], { input: 5, seed: 1 }),
    preprocessing: { kind: 'table', inputs, target: { kind: 'classes', name: 'y', classes: hostile, numeric: false } },
  };

  it('escapes names, whatever they are', async () => {
    const text = standaloneModule(model);
    expect(text).not.toMatch(/<\/?script|\u2028/);
    const predict = await predictOf(model);
    const row = Object.fromEntries(hostile.map((name, i) => [name, i]));
    const { label, probabilities }: { label: string; probabilities: object } = Object(predict(row));
    expect(hostile).toContain(label);
    expect(Object.entries(probabilities).map(([name]) => name)).toEqual(hostile);
  });

  it('evaluates no text and imports nothing', () => {
    expect(standaloneModule(model)).not.toMatch(/\beval\b|\bFunction\b|\bimport\b|\brequire\b/);
  });

  it('refuses rows that lack a column, and cells that are no values', async () => {
    const predict = await predictOf(trained[3].model);
    const row = { colour: 'red', a: 1, size: 's', b: 3.5 };
    expect(() => predict(row)).not.toThrow();
    expect(() => predict({ ...row, colour: 'mauve' })).toThrow('column "colour": mauve is not a value of it.');
    expect(() => predict({ ...row, a: 'one' })).toThrow('column "a": one is not a value of it.');
    expect(() => predict({ colour: 'red' })).toThrow('the row has no column "a"');
    const plain = await predictOf({ network: network([dense(2)], { input: 3 }) });
    expect(() => plain([1, 2])).toThrow('2 values were given where 3 numbers are expected.');
  });

  it('keeps parameters that float32 cannot hold', async () => {
    const net = network([dense(1)], {
      input: 1,
      parameters: { 'layers.0.weight': [[1 + 2 ** -40]], 'layers.0.bias': [0] },
    });
    const predict = await predictOf({ network: net });
    expect(predict([1])).toEqual([1 + 2 ** -40]);
  });
});
