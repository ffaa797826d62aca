// Marking as people meet it: the best-known example, its mistakes, slips, conventions, names, and sheets that cannot be read.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import mazurNetwork from '../../examples/mazur.json' with { type: 'json' };
import { networkFrom } from '../formats/index.ts';
import { dense } from '../layers/index.ts';
import { network } from '../network/index.ts';
import { type Checked, check } from './check.ts';
import { exerciseOf, quantitiesNamed, rightRun } from './exercise.ts';
import { readSheet } from './read-sheet.ts';
import { reportOf } from './report.ts';

const mazur = networkFrom(mazurNetwork, 'examples/mazur.json');
const step = { inputs: [[0.05, 0.1]], targets: [[0.01, 0.99]] };

/** Source B's numbers. */
const numbers = {
  net_h1: '0.3775',
  net_h2: '0.3925',
  out_h1: '0.593269992',
  out_h2: '0.596884378',
  net_o1: '1.105905967',
  net_o2: '1.224921404',
  out_o1: '0.751365070',
  out_o2: '0.772928465',
  E_o1: '0.274811083',
  E_o2: '0.023560026',
  E_total: '0.298371109',
  δ_o1: '0.138498562',
  δ_o2: '-0.038098237',
  'dE/dw5': '0.082167041',
  'w5+': '0.358916480',
  'w6+': '0.408666186',
  'w7+': '0.511301270',
  'w8+': '0.561370121',
  'w1+': '0.149780716',
  'w2+': '0.199561432',
  'w3+': '0.249751144',
  'w4+': '0.299502287',
};

const causes = ({ explanation }: Checked) =>
  explanation.causes.map(({ misconception, slip }) => misconception?.id ?? slip);
const verdicts = ({ marks, spellings }: Checked) =>
  Object.fromEntries(marks.map(({ name, verdict }) => [spellings.get(name) ?? name, verdict]));
const wrong = (checked: Checked) =>
  Object.entries(verdicts(checked)).flatMap(([name, one]) => (one === 'wrong' ? [name] : []));

describe('source B', () => {
  it('is right in every number', () => {
    const checked = check(mazur, step, numbers);
    expect(checked.marks).toHaveLength(22);
    expect(new Set(Object.values(verdicts(checked)))).toEqual(new Set(['right']));
    expect(checked.notation).toBe('mazur');
  });

  it('with a hidden layer computed from updated weights has exactly that mistake', () => {
    // By hand: δ_h1 = (δ_o1 w5⁺ + δ_o2 w7⁺) out_h1 (1 − out_h1), w1⁺ = w1 − η δ_h1 i1
    const [w5, w7, out] = [0.35891648, 0.51130127, 0.593269992];
    const delta = (0.138498562 * w5 - 0.038098237 * w7) * out * (1 - out);
    const answers = {
      ...numbers,
      'w1+': (0.15 - 0.5 * delta * 0.05).toFixed(9),
      'w2+': (0.2 - 0.5 * delta * 0.1).toFixed(9),
    };
    const { 'w3+': _, 'w4+': __, ...sheet } = answers;
    const checked = check(mazur, step, sheet);
    expect(causes(checked)).toEqual(['hidden-delta-uses-updated-weights']);
    expect(checked.explanation.causes[0].alternatives).toEqual([]);
    expect(wrong(checked)).toEqual(['w1+', 'w2+']);
  });

  it('has that mistake in its closing figures, which thousands of pages copy', () => {
    const text = readFileSync(new URL('../../examples/closing-figures.csv', import.meta.url), 'utf8');
    const sheet = readSheet(text, 'closing-figures.csv');
    expect(sheet.network).toBe('example:mazur');
    const checked = check(mazur, step, sheet.entries, { notation: sheet.notation });
    expect(causes(checked)).toEqual(['hidden-delta-uses-updated-weights']);
    expect(checked.explanation.causes[0].evidence).toHaveLength(4);
    expect(checked.explanation).toMatchObject({ unexplained: [] });
  });
});

describe('errors carried forward', () => {
  it('cost one mark: what follows from a wrong number by the right rule follows', () => {
    const out = 1 / (1 + Math.exp(-0.5));
    const checked = check(mazur, step, { net_h1: '0.5', out_h1: out.toFixed(6), net_h2: '0.3925' });
    expect(verdicts(checked)).toEqual({ net_h1: 'wrong', out_h1: 'follows', net_h2: 'right' });
  });

  it('bridge what is not on the sheet', () => {
    // δ_o1 is wrong; w5⁺ = w5 − η δ_o1 out_h1 is computed from it, with out_h1 and the gradient left out.
    const checked = check(mazur, step, { δ_o1: '0.200000', 'w5+': (0.4 - 0.5 * 0.2 * 0.593269992).toFixed(6) });
    expect(verdicts(checked)).toEqual({ δ_o1: 'wrong', 'w5+': 'follows' });
  });

  it('let a number be right that was computed rightly after all', () => {
    const checked = check(mazur, step, { net_h1: '0.5', out_h1: '0.593270' });
    expect(verdicts(checked)).toEqual({ net_h1: 'wrong', out_h1: 'right' });
  });
});

describe('slips', () => {
  it.each([
    ['sign', { δ_o1: '0.138498562', δ_o2: '0.038098237' }],
    ['decimal-point', { E_total: '2.98371109' }],
    ['decimal-point', { δ_o1: '0.00138498562' }],
    ['swapped-digits', { net_o2: '1.229421404' }],
    ['wrong-digit', { out_o1: '0.751865070' }],
  ])('%s: %o', (kind, slip) => {
    const name = Object.keys(slip).at(-1);
    // The numbers computed from it are left out, so that nothing contradicts it.
    const { net_h1, net_h2, out_h1, out_h2 } = numbers;
    const checked = check(mazur, step, { net_h1, net_h2, out_h1, out_h2, ...slip });
    expect(wrong(checked)).toEqual([name]);
    expect(causes(checked)).toContain(kind);
  });

  it('of rounding are none: 0.59 for 0.5968, and a last digit cut off', () => {
    const checked = check(mazur, step, { out_h2: '0.59', out_h1: '0.59326', net_o1: '1.105906' });
    expect(verdicts(checked)).toMatchObject({ out_h2: 'rounding', out_h1: 'rounding', net_o1: 'right' });
  });

  it('in a number that is not on the sheet cost one mark, too', () => {
    // δ_h1 was taken as 0.0123 somewhere off the sheet.
    const answers = {
      net_h1: '0.3775',
      'w1+': (0.15 - 0.5 * 0.0123 * 0.05).toFixed(9),
      'w2+': (0.2 - 0.5 * 0.0123 * 0.1).toFixed(9),
    };
    const checked = check(mazur, step, answers);
    expect(verdicts(checked)).toEqual({ net_h1: 'right', 'w1+': 'wrong', 'w2+': 'follows' });
    const [{ misconception, explanation }] = reportOf(checked).diagnoses;
    expect(misconception).toBe('arithmetic-slip');
    // The gradients lie nearer, but no one of them explains both weights.
    expect(explanation).toContain('δ_h1, which is not on the sheet, was taken as 0.0123');
  });

  it('that nothing explains are said to be so, with the right rule', () => {
    const checked = check(mazur, step, { ...numbers, E_total: '0.7777' });
    const [diagnosis] = reportOf(checked, { notation: 'mazur' }).diagnoses;
    expect(diagnosis.misconception).toBeNull();
    expect(diagnosis.explanation).toContain('E_total = E_o1 + E_o2');
  });
});

describe('two mistakes at once', () => {
  it('are both named', () => {
    const { 'w5+': _5, 'w6+': _6, 'w7+': _7, 'w8+': _8, ...rest } = numbers;
    // Output weights without η, and the hidden layer's δ without its derivative.
    const next = (w: number, delta: number, out: number) => (w - delta * out).toFixed(9);
    const delta = 0.138498562 * 0.4 - 0.038098237 * 0.5;
    const other = 0.138498562 * 0.45 - 0.038098237 * 0.55;
    const checked = check(mazur, step, {
      ...rest,
      δ_h1: delta.toFixed(9),
      δ_h2: other.toFixed(9),
      'w5+': next(0.4, 0.138498562, 0.593269992),
      'w6+': next(0.45, 0.138498562, 0.596884378),
      'w1+': (0.15 - delta * 0.05).toFixed(9),
      'w2+': (0.2 - delta * 0.1).toFixed(9),
      'w3+': (0.25 - other * 0.05).toFixed(9),
      'w4+': (0.3 - other * 0.1).toFixed(9),
    });
    expect(new Set(causes(checked))).toEqual(
      new Set(['learning-rate-left-out', 'hidden-delta-omits-activation-derivative']),
    );
  });
});

describe('conventions are said, and no mistakes', () => {
  const net = network([dense(2, 'sigmoid'), dense(2, 'sigmoid')], {
    input: 2,
    parameters: {
      'layers.0.weight': [
        [0.1, 0.4],
        [-0.3, 0.2],
      ],
      'layers.0.bias': [0.2, -0.1],
      'layers.1.weight': [
        [0.5, -0.6],
        [0.7, 0.3],
      ],
      'layers.1.bias': [-0.4, 0.3],
    },
  });
  const batch = { inputs: [[1, -1]], targets: [[1, 0]], learningRate: 0.5 };
  const slots = ['z', 'a', 'delta', 'weight.grad', 'bias.grad', 'weight.next', 'bias.next'];
  const names = slots.flatMap((slot) =>
    [0, 1].flatMap((layer) =>
      (slot.startsWith('weight') ? ['0,0', '0,1', '1,0', '1,1'] : ['0', '1']).map(
        (at) => `layers.${layer}.${slot}[${at}]`,
      ),
    ),
  );
  const right = new Map(
    check(net, batch, Object.fromEntries(names.map((name) => [name, '0.1234']))).marks.map((m) => [m.name, m.expected]),
  );
  const sheet = (change: (name: string, value: number) => readonly [string, number]) =>
    Object.fromEntries(
      [...right].map(([name, value]) => {
        const [written, changed] = change(name, value);
        return [written, changed.toFixed(6)];
      }),
    );
  const negatedWhere = (pattern: RegExp) =>
    sheet((name, value) => [name, pattern.test(name) ? -value : value] as const);

  it('δ with its minus pulled out', () => {
    const checked = check(net, batch, negatedWhere(/delta/));
    expect(wrong(checked)).toEqual([]);
    expect(checked.conventions).toEqual(['delta-negated']);
  });

  it('directions of descent for gradients', () => {
    const checked = check(net, batch, negatedWhere(/delta|grad/));
    expect(wrong(checked)).toEqual([]);
    expect(checked.conventions).toEqual(['delta-negated', 'gradients-negated']);
  });

  it('thresholds for biases', () => {
    const checked = check(net, batch, negatedWhere(/bias/));
    expect(wrong(checked)).toEqual([]);
    expect(checked.conventions).toEqual(['thresholds']);
  });

  it('weights the other way round', () => {
    const checked = check(
      net,
      batch,
      sheet((name, value) => [/weight/.test(name) ? name.replace(/(\d),(\d)/, '$2,$1') : name, value]),
    );
    expect(wrong(checked)).toEqual([]);
    expect(checked.conventions).toEqual(['weights-transposed']);
  });

  it('but a reversed error that is then subtracted is a mistake', () => {
    const reversed = sheet((name, value) => {
      const parameter = name.replace('.next', '');
      if (/delta|grad/.test(name)) return [name, -value];
      if (!/next/.test(name)) return [name, value];
      const gradient = right.get(parameter.replace('[', '.grad[')) ?? 0;
      return [name, value + 2 * 0.5 * gradient];
    });
    expect(causes(check(net, batch, reversed))).toEqual(['error-sign-reversed']);
  });

  it('samples as columns of a whole matrix', () => {
    const three = {
      inputs: [
        [1, -1],
        [0, 1],
        [1, 1],
      ],
      targets: [
        [1, 0],
        [0, 1],
        [1, 1],
      ],
    };
    const z = (x: number[]) => [0.1 * x[0] + 0.4 * x[1] + 0.2, -0.3 * x[0] + 0.2 * x[1] - 0.1];
    const rows = three.inputs.map(z);
    const columns = [0, 1].map((j) => rows.map((row) => row[j]));
    const checked = check(net, three, { 'layers.0.z': columns });
    expect(wrong(checked)).toEqual([]);
    expect(checked.conventions).toEqual(['samples-as-columns']);
    expect(check(net, three, { 'layers.0.z': rows }).conventions).toEqual([]);
  });

  it('a notation with thresholds, δ negated and increments', () => {
    const checked = check(
      net,
      batch,
      { α_1: 0.1 - 0.4, b_1: 1 / (1 + Math.exp(0.1)), g_1: -(right.get('layers.1.delta[0]') ?? 0) },
      { notation: 'xigua' },
    );
    expect(wrong(checked)).toEqual([]);
    expect(checked.conventions).toEqual(['delta-negated', 'sums-without-threshold']);
  });

  it('Δw for what is added to a weight', () => {
    const step = -0.5 * (right.get('layers.1.weight.grad[0,1]') ?? 0);
    expect(wrong(check(net, batch, { 'Δw^2_{1,2}': step.toFixed(6) }))).toEqual([]);
  });
});

describe('names', () => {
  it.each([
    ['net_h1', 'layers.0.z[0]'],
    ['out_o2', 'layers.1.a[1]'],
    ['dE/dw5', 'layers.1.weight.grad[0,0]'],
    ['∂E/∂w5', 'layers.1.weight.grad[0,0]'],
    ['∂E_total/∂w_5', 'layers.1.weight.grad[0,0]'],
    ['\\frac{\\partial E_{total}}{\\partial w_5}', 'layers.1.weight.grad[0,0]'],
    ['grad_w5', 'layers.1.weight.grad[0,0]'],
    ['w5+', 'layers.1.weight.next[0,0]'],
    ['w5_new', 'layers.1.weight.next[0,0]'],
    ["w_5'", 'layers.1.weight.next[0,0]'],
    ['after.1.layers.1.weight[0,0]', 'layers.1.weight.next[0,0]'],
    ['E_total', 'loss'],
    ['E_o1', 'loss.terms[0]'],
    ['delta_h2', 'layers.0.delta[1]'],
    ['dE/dnet_o1', 'layers.1.delta[0]'],
    ['dE/dout_h1', 'layers.0.a.grad[0]'],
    ['δ^3_2', 'layers.1.delta[1]'],
    ['δ²₁', 'layers.0.delta[0]'],
    ['delta2_1', 'layers.0.delta[0]'],
    ['w^3_21', 'layers.1.weight[1,0]'],
    ['dz[2]_1', 'layers.1.delta[0]'],
    ['dW[1]_{1,2}', 'layers.0.weight.grad[0,1]'],
    ['after.1.E_total', 'after.1.loss'],
    ['after.3.out_o1', 'after.3.layers.1.a[0]'],
  ])('%s is %s', (name, id) => {
    const exercise = exerciseOf(mazur, step);
    const [quantity] = quantitiesNamed(exercise.program, id, 1);
    const checked = check(mazur, step, { [name]: rightRun(exercise).value(quantity).toFixed(9) });
    expect(checked.marks.map((mark) => mark.name)).toEqual([id.replace(/^after\.1\.(.*weight)\[/, '$1.next[')]);
  });

  it('that two notations read differently are told apart by the numbers, else by asking', () => {
    // δ^(2)_1 is the output's in one notation, the hidden layer's in another.
    expect(check(mazur, step, { 'δ^(2)_1': '0.138499' }).marks[0].name).toBe('layers.1.delta[0]');
    expect(check(mazur, step, { 'δ^(2)_1': '0.008771' }).marks[0].name).toBe('layers.0.delta[0]');
    expect(() => check(mazur, step, { 'δ^(2)_1': '0.5' })).toThrow('name the notation');
    expect(check(mazur, step, { 'δ^(2)_1': '0.5' }, { notation: 'indexed' }).marks[0].name).toBe('layers.1.delta[0]');
  });

  it('of samples and of whole tensors', () => {
    const batch = {
      inputs: [
        [0, 0],
        [1, 1],
      ],
      targets: [
        [0, 1],
        [1, 0],
      ],
    };
    const checked = check(mazur, batch, {
      'layers.0.z': [
        [0.35, 0.35],
        [0.7, 0.9],
      ],
      'samples.1.net_h1': 0.7,
    });
    expect(Object.values(verdicts(checked))).toEqual(['right', 'right', 'right', 'right']);
  });
});

describe('a sheet that cannot be marked says why', () => {
  it.each([
    ['an unknown name', { net_h3: '0.5' }, 'there is no quantity "net_h3" in this network (did you mean "net_h1"?)'],
    ['an index out of range', { 'layers.0.z[7]': '0.5' }, 'layers.0.z[7] is out of range'],
    [
      'two values for one quantity',
      { net_h1: '0.3775', 'layers.0.z[0]': '0.4' },
      'is given twice, as 0.3775 and as 0.4',
    ],
    ['no number', { net_h1: 'big' }, 'the value of net_h1 is "big", which is no number'],
    ['a list for one number', { net_h1: '[1, 2]' }, 'net_h1 has one number and 2 are given'],
    ['a step that nobody reaches', { 'after.99999999999.E_total': '0' }, 'at most 100,000 are carried out'],
    ['nothing filled in', { net_h1: '', net_h2: ' ' }, 'the sheet is empty'],
    ['other parameters', { w1: '0.9', net_h1: '0.9' }, 'the sheet has w1 = 0.9 where the network has 0.15'],
    ['another network', { net_h1: '1.1', net_h2: '1.2', out_h1: '0.2', E_total: '0.9' }, 'none of the 4 numbers fits'],
  ])('%s', (_, answers, sentence) => {
    expect(() => check(mazur, step, answers)).toThrow(sentence);
  });
});

describe('the report', () => {
  it('has the fields that scripts rely on', () => {
    const report = reportOf(check(mazur, step, { ...numbers, E_total: '0.2893' }), { blank: 2, student: 'Ada' });
    expect(report.score).toEqual({ right: 21, rounding: 0, follows: 0, wrong: 1, total: 22, points: 21, blank: 2 });
    expect(report.items.find(({ id }) => id === 'loss')).toMatchObject({
      quantity: 'E_total',
      given: 0.2893,
      verdict: 'wrong',
    });
    expect(report).toMatchObject({ convention: null, student: 'Ada', language: 'en' });
  });

  it('is in the language asked for', () => {
    const [diagnosis] = reportOf(check(mazur, step, { ...numbers, E_total: '0.2893' }), { language: 'zh' }).diagnoses;
    expect(diagnosis.explanation).toMatch(/\p{Script=Han}/u);
  });
});
