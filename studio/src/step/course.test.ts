// The way through the steps: numbers of the golden file, the way back to the last bit, and what a link keeps of it.
import { dense, network } from 'chainrule';
import { explain } from 'chainrule/explain';
import { describe, expect, test } from 'vitest';
import golden from '../../../test/golden/mazur.json' with { type: 'json' };
import { back, begin, type Course, derivationOf, forth, networkAt, positionOf } from './course.ts';
import { linkOf, parseLink, setupFrom } from './link.ts';
import { preset, presetNames } from './presets.ts';
import { defaultOptimizer, optimizerNames, optimizerOf, type Setup, withParameter } from './setup.ts';

/** All parameters of the present step. */
const numbers = (course: Course): number[] =>
  Object.values(networkAt(course).parameters).flatMap(({ data }) => Array.from(data));

const mazur = (changes: Partial<Setup> = {}) => begin({ ...preset('mazur'), ...changes });

describe('a course', () => {
  test('comes to the golden numbers after one step', () => {
    const found = new Map(derivationOf(forth(mazur(), 4)).steps.map(({ id, value }) => [id, value]));
    for (const [id, { value }] of Object.entries(golden.step)) expect(found.get(id)?.toFixed(9), id).toBe(value);
  });

  test('comes to the golden loss after one step with frozen biases', () => {
    const { after } = derivationOf(forth(mazur(), 4));
    expect(after[0].value.toFixed(9)).toBe(golden.frozenBiases['after.1.loss']);
  });

  test.each(optimizerNames)('goes the way of %s as the library goes it without a pause', (name) => {
    const { choice, learningRate } = defaultOptimizer(name);
    const setup = { ...preset('mazur'), optimizer: choice, learningRate };
    const loss = { kind: 'element', slot: 'loss', index: [], sample: null } as const;
    const { network, inputs, targets } = setup;
    const whole = explain(network, { inputs, targets, optimizer: optimizerOf(setup), steps: 7, of: ['loss'] });
    const parted = derivationOf(forth(forth(begin(setup), 10), 18));
    expect(parted.step).toBe(7);
    expect(parted.value(loss)).toBe(whole.value(loss));
  });

  test('stops at the end of the step that leaves the finite numbers, and can be walked on', () => {
    const net = network([dense(1, 'linear')], { input: 1, loss: 'quadratic', seed: 1 });
    const { choice } = defaultOptimizer('sgd');
    const course = begin({ network: net, inputs: [[1]], targets: [[0]], optimizer: choice, learningRate: 1000 });
    const stopped = forth(course, 4 * 1000);
    const { step, stage } = positionOf(stopped);
    expect(stage).toBe('update');
    expect(numbers(forth(course, 4 * step)).every(Number.isFinite)).toBe(true);
    expect(numbers(forth(stopped)).every(Number.isFinite)).toBe(false);
    expect(forth(stopped, 9).presses).toBe(stopped.presses + 9);
  });

  test('goes back to the last bit, whichever way it is walked', () => {
    const { choice, learningRate } = defaultOptimizer('adam');
    const trace: number[][] = [];
    let course = mazur({ optimizer: choice, learningRate });
    for (let i = 0; i < 30; i++) {
      trace.push(numbers(course));
      course = forth(course);
    }
    for (const wanted of trace.reverse()) {
      course = back(course);
      expect(numbers(course)).toEqual(wanted);
    }
    expect(positionOf(course)).toEqual({ step: 0, stage: undefined });
    expect(back(course).presses).toBe(0);
  });
});

describe('a link', () => {
  const throughLink = (course: Course): Course => {
    const link = parseLink(JSON.parse(JSON.stringify(linkOf(course, undefined))));
    const setup = link && setupFrom(link);
    if (setup === undefined) throw new Error('the link brings no setup');
    const state = Object.entries(link?.state ?? {}).map(([name, data]) => [name, Float64Array.from(data)]);
    return forth(begin(setup, link?.firstStep, Object.fromEntries(state)), link?.presses ?? 0);
  };

  test.each(presetNames)('keeps %s to the last bit', (name) => {
    const course = forth(begin(preset(name)), 6);
    const found = throughLink(course);
    expect(numbers(found)).toEqual(numbers(course));
    expect(positionOf(found)).toEqual(positionOf(course));
  });

  test('of a long way begins with the present step, with what the optimizer remembers', () => {
    const { choice, learningRate } = defaultOptimizer('adam');
    const course = forth(mazur({ optimizer: choice, learningRate }), 403);
    const found = throughLink(course);
    expect(found.presses).toBeLessThan(5);
    expect(derivationOf(found).step).toBe(derivationOf(course).step);
    expect(numbers(forth(found, 8))).toEqual(numbers(forth(course, 8)));
  });

  test('of a long way beyond the finite numbers ends with the last step that began with them', () => {
    const net = network([dense(1, 'linear')], { input: 1, loss: 'quadratic', seed: 1 });
    const { choice } = defaultOptimizer('sgd');
    const setup = { network: net, inputs: [[1]], targets: [[0]], optimizer: choice, learningRate: 3 };
    const stopped = forth(begin(setup), 4000);
    expect(stopped.presses).toBeGreaterThan(400);
    expect(stopped.presses).toBeLessThan(4000);
    const found = throughLink(forth(stopped, 5));
    expect(derivationOf(found).step).toBe(derivationOf(stopped).step);
    expect(numbers(found)).toEqual(numbers(stopped));
    expect(positionOf(found).stage).toBe('update');
  });

  test.each([
    ['no object', 7],
    ['a preset that there is not', { preset: 'mazurr' }],
    ['too long a way', { presses: 1e9 }],
    ['half a sample', { inputs: [] }],
    ['an optimizer that there is not', { optimizer: { name: 'toString', settings: {} } }],
  ])('with %s is none', (_, found) => {
    expect(parseLink(found)).toBeUndefined();
  });
});

test('one changed weight is changed, and the network before it is not', () => {
  const before = preset('mazur');
  const after = withParameter(before, 'layers.0.weight', 1, 7);
  expect(Array.from(after.network.parameters['layers.0.weight'].data)).toEqual([0.15, 7, 0.25, 0.3]);
  expect(Array.from(before.network.parameters['layers.0.weight'].data)).toEqual([0.15, 0.2, 0.25, 0.3]);
});
