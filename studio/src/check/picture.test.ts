// Which part of a drawing a quantity of a sheet is shown at, and which quantity a part is taken for.

import type { CheckReport, ReportItem } from 'chainrule/check';
import { describe, expect, it } from 'vitest';
import { marksOf, quantityOf, sampleOf, valuesOf } from './picture.ts';

const item = (id: string, verdict: ReportItem['verdict'] = 'right'): ReportItem => ({
  quantity: id,
  id,
  symbol: id,
  given: 0.5,
  written: '0.5',
  expected: 0.5,
  verdict,
});

const report = (...items: ReportItem[]): CheckReport => ({
  language: 'en',
  student: null,
  items,
  diagnoses: [],
  convention: null,
  score: { right: 0, rounding: 0, follows: 0, wrong: 0, total: 0, points: 0, blank: 0 },
});

describe('the picture of a marked sheet', () => {
  it.each([
    ['layers.0.z[1]', 'layers.0.a[1]'],
    ['samples.2.layers.0.z[1]', 'samples.2.layers.0.a[1]'],
    ['layers.1.weight.grad[0,1]', 'layers.1.weight[0,1]'],
    ['layers.1.weight.next[0,1]', 'layers.1.weight[0,1]'],
    ['layers.1.bias.grad.data[0]', 'layers.1.bias[0]'],
    ['after.10000.layers.1.a[0]', 'layers.1.a[0]'],
    ['after.1.loss', 'loss'],
    ['loss.terms[1]', 'loss.terms[1]'],
    ['layers.0.delta[1]', 'layers.0.delta[1]'],
  ])('rings %s at %s', (id, part) => {
    expect([...marksOf(report(item(id, 'wrong')), undefined)]).toEqual([[part, 'wrong']]);
  });

  it('shows a δ that is not on the sheet at its neuron, which is always drawn', () => {
    expect([...marksOf(report(item('loss')), 'layers.0.delta[1]')]).toEqual([['layers.0.a[1]', 'chosen']]);
  });

  it('writes only numbers of the step itself into it, where they stand by their own names', () => {
    const values = valuesOf(report(item('layers.0.a[0]'), item('layers.0.z[0]'), item('after.1.loss')));
    expect([...values.keys()]).toEqual(['layers.0.a[0]']);
  });

  it('takes a part for the number of the sheet that it stands for, or for what can be worked out there', () => {
    const items = [item('layers.0.weight.next[0,1]'), item('after.1.layers.0.a[0]')];
    expect(quantityOf('layers.0.weight[0,1]', items)).toBe('layers.0.weight.next[0,1]');
    expect(quantityOf('layers.0.weight[0,0]', items)).toBe('layers.0.weight.grad[0,0]');
    expect(quantityOf('layers.0.a[0]', items)).toBe('after.1.layers.0.a[0]');
    expect(quantityOf('layers.1.z[0]←2', items)).toBe('layers.1.z[0]');
    expect(quantityOf('samples.1.input[0]', items)).toBeUndefined();
  });

  it('shows the sample that a quantity is of', () => {
    expect(['samples.3.layers.0.a[1]', 'after.2.samples.1.loss.terms[0]', 'loss'].map(sampleOf)).toEqual([3, 1, 0]);
  });
});
