// The derivation of a replayed step: it begins where the training stood, and shows what the training got beside its own values.
import { describe, expect, it } from 'vitest';
import { wasmBackend } from '../backends/index.ts';
import { dense, dropout } from '../layers/index.ts';
import { random, streams } from '../memory/index.ts';
import { network } from '../network/index.ts';
import { adam } from '../optimizers/index.ts';
import { type FitOptions, fit, replay, schedules } from '../train/index.ts';
import { explain } from './explain.ts';
import { asRecorded } from './recorded.ts';
import { renderJson } from './render-json.ts';
import { renderText } from './render-text.ts';

const source = random(8, streams.check);
const inputs = Array.from({ length: 23 }, (_, i) => [source.normal(3 * i), source.normal(3 * i + 1)]);
const targets = inputs.map(([x, y]) => [x * y > 0 ? 1 : 0]);
const data = { inputs, targets };
const net = network([dense(4, 'tanh'), dropout(0.4), dense(1, 'sigmoid')], { input: 2, loss: 'crossEntropy', seed: 3 });
const optimizer = adam({ learningRate: 0.03 });
const options: FitOptions = {
  epochs: 4,
  batch: 5,
  optimizer,
  noise: 0.2,
  schedule: schedules.cosine(),
  backend: wasmBackend({ threads: 1 }),
};

/** Step 8, the third of epoch 2, derived. */
async function stepEight() {
  const found = await replay(net, data, options, { step: 8 });
  const { inputs, targets, learningRate, step, state } = found;
  const states = Object.fromEntries(Object.entries(state).map(([name, { data }]) => [name, data]));
  const own = { inputs, targets, learningRate, optimizer, steps: step, state: states };
  const rows = [...found.rows].map((row) => row + 1);
  const name = { run: 'a_run', data: 'some.csv', rows, dtype: 'F32' } as const;
  return { found, rows, derivation: asRecorded(explain(found.network, own), found, name) };
}

describe('the derivation of a replayed step', () => {
  it('comes in float64 to what the training got in float32, for every parameter and every state', async () => {
    const { derivation } = await stepEight();
    const carried = derivation.steps.filter(({ element }) => derivation.recorded?.value(element) !== undefined);
    // 3·4 + 5 parameters, each with two moments.
    expect(carried.length).toBe(17 * 3);
    for (const { element, value } of carried) expect(derivation.recorded?.value(element)).toBeCloseTo(value, 6);
    expect(carried.some(({ element, value }) => derivation.recorded?.value(element) !== value)).toBe(true);
  });

  it("shows the loss that training told of, not one of another step's mask or noise", async () => {
    const told = new Map<number, number>();
    await fit(net, data, { ...options, onStep: ({ step, loss }) => told.set(step, loss) });
    const { derivation } = await stepEight();
    const loss = derivation.steps.find(({ id }) => id === 'loss')?.value;
    expect(loss).toBeCloseTo(told.get(8) ?? Number.NaN, 6);
  });

  it('says in both languages which step of which run it is, and what the training got', async () => {
    const { derivation, found, rows } = await stepEight();
    const english = renderText(derivation, { width: 200 });
    expect(english).toContain(
      `Step 8 of the recorded run a_run: epoch 2, its step 3, on rows ${rows.join(', ')} of some.csv.`,
    );
    const got = found.after['layers.2.bias'].data[0].toFixed(9).replace('-', '−');
    expect(english).toContain(`the training itself got, in float32:\n`);
    expect(english).toContain(got);
    const chinese = renderText(derivation, { language: 'zh', width: 200 });
    expect(chinese).toContain(
      `训练记录 a_run 的第 8 步：第 2 轮中的第 3 步，所用样本为 some.csv 的第 ${rows.join('、')} 行`,
    );
    expect(chinese).toContain('训练当时得到的值（float32）：');
    expect(chinese).toContain(got);
  });

  it('gives the trained value the sign that the notation gives the quantity', async () => {
    const { derivation } = await stepEight();
    const id = 'layers.2.bias.next[0]';
    const trained = (notation: string) =>
      renderJson(derivation, { notation }).steps.find((step) => step.id === id)?.trained;
    expect(trained('xigua')).toBe(-(trained('nielsen') ?? Number.NaN));
  });

  it('is told in JSON by its run, epoch, step and rows', async () => {
    const { derivation, rows } = await stepEight();
    const json = JSON.parse(JSON.stringify(renderJson(derivation)));
    expect(json.recorded).toEqual({
      run: 'a_run',
      data: 'some.csv',
      rows,
      dtype: 'F32',
      epoch: 2,
      stepInEpoch: 3,
      step: 8,
    });
  });
});
