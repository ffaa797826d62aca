// Worksheets: what is asked, that it can be worked by hand, that it shows mistakes, and that it comes back as it went out.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dense } from '../../layers/dense.ts';
import { network } from '../../network/index.ts';
import { adam, momentum } from '../../optimizers/index.ts';
import { check } from '../check.ts';
import { exerciseOf, quantitiesNamed, Run } from '../exercise.ts';
import * as misconceptions from '../misconceptions/index.ts';
import { readSheet } from '../read-sheet.ts';
import { renderWorksheet, type Worksheet, type WorksheetOptions, worksheet, worksheetNotes } from './index.ts';

const mazur = network([dense(2, 'sigmoid'), dense(2, 'sigmoid')], {
  input: 2,
  parameters: {
    'layers.0.weight': [
      [0.15, 0.2],
      [0.25, 0.3],
    ],
    'layers.0.bias': [0.35, 0.35],
    'layers.1.weight': [
      [0.4, 0.45],
      [0.5, 0.55],
    ],
    'layers.1.bias': [0.6, 0.6],
  },
  frozen: ['layers.0.bias', 'layers.1.bias'],
  sample: { input: [0.05, 0.1], target: [0.01, 0.99] },
  learningRate: 0.5,
});

/** What a sheet's own first lines make of it. */
function marked(sheet: Worksheet, format: 'csv' | 'md' | 'json') {
  const { entries, notation } = readSheet(renderWorksheet(sheet, format, true), `key.${format}`);
  const { network, batch, optimizer, learningRate } = sheet;
  return check(network, { ...batch, optimizer, learningRate }, entries, { notation }).marks;
}

const shapes: readonly WorksheetOptions[] = [
  {},
  { random: { widths: [2, 3, 2] }, samples: 2, numbers: 'fraction' },
  { random: { depth: 2, activation: 'tanh' }, digits: 6, notation: 'mazur' },
  { random: { loss: 'crossEntropy', l2: 0.1 }, samples: 2, optimizer: momentum(), steps: 2 },
  { random: { loss: 'logLikelihood', widths: [2, 2, 3] }, samples: 2, numbers: 'scientific' },
  { random: { activation: 'relu', outputActivation: 'linear', widths: [2, 3, 2] }, notation: 'indexed' },
  { notation: 'xigua', samples: 2, optimizer: momentum() },
  { optimizer: adam({ learningRate: 0.1 }), steps: 2, digits: 6, ask: ['gradients', 'updates'] },
];

describe('a worksheet', () => {
  test('is the same for the same seed, and another for another seed or number', () => {
    const text = (options: WorksheetOptions) => renderWorksheet(worksheet(options), 'json');
    expect(text({ seed: 5 })).toBe(text({ seed: 5 }));
    expect(text({ seed: 5 })).not.toBe(text({ seed: 6 }));
    expect(text({ seed: 5, number: 2 })).not.toBe(text({ seed: 5 }));
  });

  test('asks for the parts that are wanted, of each step, and leaves out what is only on the way', () => {
    const names = (options: WorksheetOptions) =>
      worksheet({ network: mazur, ...options }).asked.map(({ name }) => name);
    expect(names({ ask: ['delta'] })).toEqual([
      'layers.1.delta[0]',
      'layers.1.delta[1]',
      'layers.0.delta[0]',
      'layers.0.delta[1]',
    ]);
    expect(names({ ask: ['loss'], steps: 2 })).toEqual([
      ...['loss.terms[0]', 'loss.terms[1]', 'loss'],
      ...['after.1.loss.terms[0]', 'after.1.loss.terms[1]', 'after.1.loss'],
    ]);
    const all = names({});
    expect(all).not.toContain('layers.1.a.grad[0]');
    expect(all.some((name) => name.includes('bias.next'))).toBe(false);
    expect(names({ ask: ['updates'], optimizer: momentum() })).toContain('layers.0.weight.velocity.next[0,0]');
  });

  test('of a given network keeps its numbers, and has other ones where that is asked for', () => {
    const given = worksheet({ network: mazur });
    expect(given.batch.inputs).toEqual([[0.05, 0.1]]);
    expect([given.network, given.learningRate]).toEqual([mazur, 0.5]);
    const drawn = worksheet({ network: mazur, redraw: true });
    expect(drawn.network.parameters['layers.0.weight'].data).not.toEqual(mazur.parameters['layers.0.weight'].data);
    expect(drawn.network.layers).toBe(mazur.layers);
  });

  test('has numbers of few digits and no saturated neuron', () => {
    for (let number = 1; number <= 10; number++) {
      const { network, batch, asked } = worksheet({ number, random: { depth: 2 } });
      const given = [...Object.values(network.parameters).flatMap(({ data }) => [...data]), ...batch.inputs.flat(2)];
      for (const value of given) expect(Number(Number(value).toFixed(2))).toBe(value);
      for (const { name, value } of asked.filter((one) => /^layers\.\d\.a/.test(one.name))) {
        expect(value, name).toBeGreaterThan(0.05);
        expect(value, name).toBeLessThan(0.95);
      }
    }
  });

  test('says so where no numbers of this network keep away from saturation', () => {
    const given = network([dense(1, 'sigmoid')], {
      input: 1,
      parameters: { 'layers.0.weight': [[9]], 'layers.0.bias': [0] },
      sample: { input: [1], target: [0] },
    });
    expect(worksheetNotes(worksheet({ network: given }))[0]).toContain('saturated');
    expect(worksheet({ network: given, redraw: true }).isWorkable).toBe(true);
    expect(worksheet({ random: { widths: [8, 8, 8, 2] }, ask: ['forward'] }).isWorkable).toBe(true);
  });

  test('names what it cannot show and cannot tell apart, in its language', () => {
    const updates = worksheet({ ask: ['updates'] });
    expect(updates.alike).toContainEqual(['adds-the-gradient', 'error-sign-reversed']);
    expect(updates.unseen).toContain('batch-sum-instead-of-mean');
    expect(worksheetNotes(updates).join(' ')).toContain('adds-the-gradient = error-sign-reversed');
    expect(worksheetNotes({ ...updates, choices: { ...updates.choices, language: 'zh' } })[0]).toContain('无法区分');
    const whole = worksheet({ samples: 2, random: { widths: [2, 3, 2] } });
    expect([whole.alike, whole.unseen, worksheetNotes(whole)]).toEqual([[], [], []]);
  });

  test('leads to other numbers for every mistake that it does not name', () => {
    for (const [i, shape] of shapes.entries()) {
      const { network, batch, optimizer, learningRate, unseen, alike, asked, choices } = worksheet({
        ...shape,
        seed: i,
      });
      const exercise = exerciseOf(network, { ...batch, optimizer, learningRate });
      const values = (run: Run) =>
        asked
          .flatMap(({ name }) => quantitiesNamed(exercise.program, name, batch.inputs.length))
          .map((q) => run.value(q));
      const right = values(new Run(exercise, exercise.program));
      const found = Object.values(misconceptions).flatMap(({ id, mutate }) =>
        mutate(exercise.program).map(({ program }) => ({ id, numbers: values(new Run(exercise, program)) })),
      );
      const written = (numbers: readonly number[]) => numbers.map((number) => number.toFixed(choices.digits)).join(' ');
      for (const { id, numbers } of found.filter((one) => written(one.numbers) === written(right))) {
        // What the parts that are asked for do not depend on cannot be seen in them either.
        const others = found.filter((one) => one.id === id && written(one.numbers) !== written(right));
        expect(
          unseen.includes(id) || others.length > 0 || shape.ask !== undefined,
          `${i}: ${id} ${numbers.length}`,
        ).toBe(true);
      }
      const seen = found.filter((one) => written(one.numbers) !== written(right));
      const same = seen.flatMap((a) =>
        seen.filter((b) => a.id < b.id && written(a.numbers) === written(b.numbers)).map((b) => [a.id, b.id].join()),
      );
      const known = new Set(alike.map((pair) => [...pair].sort().join()));
      expect(
        same.filter((pair) => !known.has(pair)),
        `shape ${i}`,
      ).toEqual([]);
    }
  });

  test('refuses what nobody would work by hand, naming it', () => {
    const message = (options: WorksheetOptions) => () => worksheet(options);
    expect(message({ random: { widths: [2, 300] } })).toThrow('worksheet.widths[1] is 300; it must be at most 8.');
    expect(message({ random: { widths: [2, 2], depth: 1 } })).toThrow('leave one of the two out');
    expect(message({ digits: 0 })).toThrow('worksheet.digits is 0; it must be at least 1.');
    expect(message({ learningRate: -1 })).toThrow('worksheet.learningRate is -1');
    const large = network([dense(30)], { input: 784 });
    expect(message({ network: large })).toThrow('more than the 1,000 that anyone would fill in');
  });
});

describe('the key', () => {
  test.each(shapes.map((shape, i) => [i, shape] as const))(
    'of shape %i has full marks in every format that is read',
    (_, shape) => {
      const sheet = worksheet({ ...shape, seed: 11 });
      for (const format of ['csv', 'md', 'json'] as const) {
        const marks = marked(sheet, format);
        expect(marks).toHaveLength(sheet.asked.length);
        expect(
          marks.filter(({ verdict }) => verdict !== 'right').map(({ name }) => name),
          format,
        ).toEqual([]);
      }
    },
  );

  test('of any seed has full marks', () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.constantFrom(...shapes.slice(0, 3)), (seed, shape) => {
        const marks = marked(worksheet({ ...shape, seed }), 'csv');
        expect(marks.every(({ verdict }) => verdict === 'right')).toBe(true);
      }),
      { numRuns: 12 },
    );
  });

  test('says itself what it is about, so that nothing else is needed to mark it', () => {
    const sheet = worksheet({ samples: 2, steps: 2, optimizer: momentum({ momentum: 0.8 }), language: 'zh' });
    for (const format of ['csv', 'md', 'json'] as const) {
      const { entries, network, ...read } = readSheet(renderWorksheet(sheet, format), `sheet.${format}`);
      expect(
        entries.every(({ value }) => value === ''),
        format,
      ).toBe(true);
      expect(network).toHaveProperty('parameters');
      expect(read).toMatchObject({
        ...sheet.batch,
        learningRate: sheet.learningRate,
        optimizer: { name: 'momentum', settings: { momentum: 0.8 } },
        steps: 2,
        notation: 'nielsen',
        language: 'zh',
      });
    }
  });
});

describe('the printed sheet', () => {
  test('has every symbol with a blank, and no answers', () => {
    const sheet = worksheet({ network: mazur, notation: 'mazur' });
    for (const format of ['md', 'latex', 'html'] as const) {
      expect(renderWorksheet(sheet, format)).not.toContain('0.75137');
      expect(renderWorksheet(sheet, format, true)).toContain('0.75137');
    }
    const html = renderWorksheet(sheet, 'html');
    expect(html.match(/class="line"/g)).toHaveLength(sheet.asked.length + 1);
    expect(html).not.toMatch(/<script|https?:/);
    expect(renderWorksheet(worksheet({ language: 'zh' }), 'html')).toContain('lang="zh-Hans"');
  });

  test('writes given numbers in the format that is asked for', () => {
    const text = (numbers: WorksheetOptions['numbers']) =>
      renderWorksheet(worksheet({ network: mazur, numbers }), 'md');
    expect(text('decimal')).toContain('w²₁₁ = 0.15');
    expect(text('fraction')).toContain('w²₁₁ = 3/20');
    expect(text('scientific')).toContain('w²₁₁ = 1.5 × 10⁻¹');
  });

  test('gives the formula of the loss, the penalty and the rules of the optimizer, which textbooks write differently', () => {
    const options = { random: { l2: 0.1, l1: 0.05 }, optimizer: momentum(), notation: 'mazur' };
    const text = renderWorksheet(worksheet(options), 'md');
    expect(text).toContain('E_o1 = 0.5 · (out_o1 − target_o1)²');
    expect(text).toContain('0.1/2 · Σ w² + 0.05 · Σ |w|');
    expect(text).toContain('0.9 · v[w1] − η · ∂E_total/∂w1');
  });
});
