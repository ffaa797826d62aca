// Derivations: every number of the best-known example, and every expression against the value it stands for.
import { describe, expect, it } from 'vitest';
import mazurNetwork from '../../examples/mazur.json' with { type: 'json' };
import mazurTable from '../../test/golden/mazur.json' with { type: 'json' };
import { networkFrom } from '../formats/index.ts';
import { dense } from '../layers/index.ts';
import { network, withParameters } from '../network/index.ts';
import { adam, momentum } from '../optimizers/index.ts';
import { evaluate } from '../symbolic/index.ts';
import { type Schedule, schedules } from '../train/index.ts';
import { type Derivation, explain, languages, notations, renderJson, renderText } from './index.ts';

const mazur = networkFrom(mazurNetwork, 'examples/mazur.json');
const sample = { inputs: [[0.05, 0.1]], targets: [[0.01, 0.99]] };

/** The largest difference between a step's value and its own expression's, relative to 1. */
function worstDifference(derivation: Derivation): number {
  const values = { element: derivation.value, samples: derivation.samples };
  const differences = derivation.steps.flatMap(({ expression, chain, simplified, value }) =>
    [expression, chain, simplified].map((form) =>
      form === undefined ? 0 : Math.abs(evaluate(form, values) - value) / Math.max(1, Math.abs(value)),
    ),
  );
  return Math.max(...differences);
}

describe('the example of source B', () => {
  for (const notation of Object.keys(notations)) {
    for (const language of Object.keys(languages)) {
      // Their signs are the notation's.
      it(`shows every number of the table in ${notation}, ${language}`, () => {
        const text = renderText(explain(mazur, sample), { notation, language });
        for (const { value } of Object.values(mazurTable.step)) expect(text).toContain(value.replace('-', ''));
      });
    }
  }

  it('names quantities as the source does', () => {
    const text = renderText(explain(mazur, sample), { notation: 'mazur' });
    for (const symbol of ['net_h1', 'out_o2', 'E_total', '∂E_total/∂w5', 'δ_o1', 'w5⁺']) expect(text).toContain(symbol);
  });

  it('has the right totals after one step and after 10,000, with biases frozen and trained', () => {
    const trained = { ...mazur, frozen: [] };
    const totals = [mazur, trained].flatMap((net) =>
      [1, 10_000].map((steps) => explain(net, { ...sample, steps }).after[0].value),
    );
    const expected = [0.291027774, 0.0000351019, 0.280471447, 0.0000024476];
    const places = [9, 10, 9, 10];
    for (const [i, total] of totals.entries()) expect(total.toFixed(places[i])).toBe(expected[i].toFixed(places[i]));
  });

  it('gives scripts ids, LaTeX and values at full precision', () => {
    const { steps } = renderJson(explain(mazur, sample), { notation: 'mazur' });
    const gradient = steps.find(({ id }) => id === 'layers.1.weight.grad[0,0]');
    expect(gradient?.value).toBeCloseTo(0.08216704056423078, 15);
    expect(gradient?.symbol).toBe('\\frac{\\partial E_{\\mathit{total}}}{\\partial w_{5}}');
    expect(gradient?.substituted).toBe('0.741365070 \\cdot 0.186815602 \\cdot 0.593269992');
    expect(gradient?.uses).toEqual(['layers.1.delta[0]', 'layers.0.a[0]']);
  });
});

describe('every expression is what the program computed', () => {
  const batch = {
    inputs: [
      [0.5, -1],
      [1, 0.25],
      [-0.3, 0.8],
    ],
    targets: [
      [0, 1],
      [1, 0],
      [0.5, 0.5],
    ],
  };

  it('for softmax with log-likelihood, by the full Jacobian and simplified', () => {
    const net = network([dense(3, 'tanh'), dense(2, 'softmax')], { input: 2, seed: 4 });
    const derivation = explain(net, { ...batch, learningRate: 0.1 });
    expect(worstDifference(derivation)).toBeLessThan(1e-12);
    expect(derivation.steps.filter(({ simplified }) => simplified !== undefined)).toHaveLength(6);
  });
});

describe('parts of a derivation', () => {
  const wide = network([dense(30, 'sigmoid'), dense(10, 'sigmoid')], { input: 784, seed: 2 });
  const digit = {
    inputs: [Array.from({ length: 784 }, (_, i) => (i % 5) / 4)],
    targets: [Array.from({ length: 10 }, (_, i) => Number(i === 3))],
  };

  it('derives one quantity of a large network with what it reads, long sums shortened', () => {
    const derivation = explain(wide, { ...digit, learningRate: 3, of: ['layers.0.z[7]'] });
    expect(derivation.steps.map(({ id }) => id)).toEqual(['layers.0.z[7]']);
    expect(renderText(derivation)).toMatch(/781 more terms that sum to/);
  });

  it('gives a large network in matrix form only, unless all is asked for', () => {
    const derivation = explain(wide, { ...digit, learningRate: 3 });
    expect(derivation.steps).toEqual([]);
    expect(derivation.matrices.map(({ slot }) => slot)).toContain('layers.0.weight.grad');
    expect(derivation.after.map(({ id }) => id)).toContain('after.1.loss');
    const small = { ...digit, inputs: [digit.inputs[0].slice(0, 40)] };
    const net = network([dense(200, 'sigmoid'), dense(10, 'sigmoid')], { input: 40, seed: 2 });
    const { steps } = explain(net, { ...small, full: true });
    expect(steps.filter(({ id }) => id.startsWith('layers.0.weight.grad['))).toHaveLength(8000);
  });

  it('gives of a parameter all that the step makes of it', () => {
    const ids = (of: string, net = mazur) =>
      explain(net, { ...sample, optimizer: adam(), of: [of] }).steps.map(({ id }) => id);
    expect(ids('layers.1.weight[0,1]')).toEqual(
      expect.arrayContaining(['grad', 'm.next', 'v.next', 'next'].map((part) => `layers.1.weight.${part}[0,1]`)),
    );
    expect(ids('layers.0.bias[0]')).toEqual(['layers.0.delta[0]', 'layers.0.bias.grad[0]']);
  });

  it('gives a value after the step with what it is during the step', () => {
    const { steps, after } = explain(mazur, { ...sample, steps: 2, of: ['after.2.loss', 'after.2.layers.1.a[1]'] });
    expect(after.map(({ id }) => id)).toEqual(['after.2.loss', 'after.2.layers.1.a[1]']);
    expect(steps.map(({ id }) => id)).toEqual(expect.arrayContaining(['loss', 'layers.1.a[1]']));
  });

  const refused: [name: string, sentence: RegExp][] = [
    [
      'layers.1.wieght.grad[0,0]',
      /did you mean "layers.1.weight.grad"\?\); layers.1 has weight\[0…1, 0…1\] \(also .grad, .next\)/,
    ],
    ['layers.1.nothing', /there is no quantity "layers.1.nothing"; layers.1 has weight/],
    ['layers.7.delta', /did you mean "layers.1.delta"\?\); there are input\[0…1\].* those of layers.0 to layers.1\./],
    ['layers.1.delta[2]', /layers.1.delta\[2\] is out of range: there are layers.1.delta\[0…1\]\./],
    ['loss[0]', /loss\[0\] is out of range: it is a single number, loss\./],
    ['samples.3.layers.1.delta[0]', /no sample 3; the batch has sample 0 only/],
    ['samples.0.layers.1.weight.grad[0,0]', /one for the whole batch; leave samples.0 out/],
    ['input[0]', /input\[0\] is given, not computed/],
    ['after.2.loss', /is known after step 2, and this is step 1; ask for step 2/],
    ['after.1.layers.0.a[0]', /not known: after the step the loss and the outputs are; there are after.1.loss/],
    ['layers.0.weight.grad[0', /is no name of a quantity/],
  ];
  for (const [name, sentence] of refused) {
    it(`refuses ${name} and says what there is`, () => {
      expect(() => explain(mazur, { ...sample, of: [name] })).toThrow(sentence);
    });
  }

  it('refuses a group of more quantities than can be read', () => {
    expect(() => explain(wide, { ...digit, of: ['layers.0.weight.grad'] })).toThrow(/stands for 23,520 quantities/);
  });
});

describe('a step in the middle of a training', () => {
  it('goes on from states that are given as it would from the steps before', () => {
    for (const optimizer of [momentum(), adam()]) {
      const whole = explain(mazur, { ...sample, optimizer, steps: 3 });
      const stateNames = whole.program.carries
        .map(({ to }) => to)
        .filter((name) => whole.program.slots.get(name)?.role === 'state');
      const parameters = Object.fromEntries(
        Object.entries(mazur.parameters).map(([name, { shape }]) => [name, { shape, data: whole.values(name) }]),
      );
      const state = Object.fromEntries(stateNames.map((name) => [name, whole.values(name)]));
      const alone = explain(withParameters(mazur, parameters), { ...sample, optimizer, steps: 3, state });
      expect(alone.step).toBe(3);
      expect(alone.steps.map(({ id, value }) => [id, value])).toEqual(whole.steps.map(({ id, value }) => [id, value]));
      expect(alone.after).toEqual(whole.after);
    }
  });

  it('refuses a state that the optimizer does not keep, or of another size', () => {
    const given = (name: string, values: number[]) => () =>
      explain(mazur, { ...sample, optimizer: momentum(), state: { [name]: values } });
    expect(given('layers.0.weight.velocty', [0, 0, 0, 0])).toThrow(/did you mean "layers.0.weight.velocity"/);
    expect(given('layers.0.weight.velocity', [0])).toThrow(/has 1 numbers where 4 are expected/);
  });

  it('takes the rate of its place in a schedule, and those before it theirs', () => {
    const schedule = schedules.exponential({ factor: 0.5 });
    const third = explain(mazur, { ...sample, schedule, steps: 3 });
    const rate = { kind: 'element', slot: 'learningRate', index: [], sample: null } as const;
    expect(third.value(rate)).toBe(0.125);
    const first = explain(mazur, { ...sample, schedule });
    const next = explain(
      withParameters(mazur, {
        'layers.1.weight': { shape: [2, 2], data: first.values('layers.1.weight.next') },
        'layers.0.weight': { shape: [2, 2], data: first.values('layers.0.weight.next') },
      }),
      { ...sample, learningRate: 0.25 },
    );
    const second = explain(mazur, { ...sample, schedule, steps: 2 });
    expect(second.after[0].value).toBe(next.after[0].value);
    expect(() => explain(mazur, { ...sample, schedule, steps: 31 })).toThrow(/step 31 is beyond the 30 epochs/);
    const ending: Schedule = { name: 'ending', every: 'epoch', factor: ({ step }) => (step < 3 ? 1 : null) };
    expect(() => explain(mazur, { ...sample, schedule: ending, steps: 3 })).toThrow(/ends training before step 3/);
  });
});
