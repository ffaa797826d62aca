// What is said while a training runs: nothing in a healthy one, and the illness early in a sick one.
import { fitEpochs } from 'chainrule';
import { type Warning, watch } from 'chainrule/doctor';
import { describe, expect, it } from 'vitest';
import { healthy, type PreparedRun, sick } from './runs.ts';

async function warnings({ network, data, options }: PreparedRun): Promise<Warning[]> {
  const look = watch(network, data, options);
  const found: Warning[] = [];
  for await (const epoch of fitEpochs(network, data, options)) found.push(...look(epoch));
  return found;
}

describe('healthy runs', () => {
  it.each(Object.entries(healthy))('%s: nothing is said, from three seeds', async (_, make) => {
    const run = make();
    for (const seed of [run.network.seed, 11, 12]) {
      expect(await warnings({ ...run, options: { ...run.options, seed } })).toEqual([]);
    }
  });
});

describe('sick runs', () => {
  it.each([
    ['dead-relus', /^after epoch 1: Dead ReLUs: .*; try --activation leakyRelu$/],
    ['learning-rate-too-high', /^after epoch 1: The learning rate is too high: .*; try --lr 0\.1$/],
  ])('%s is seen after the first epoch, and told once in both languages', async (illness, words) => {
    const found = (await warnings(sick[illness]())).filter((one) => one.illness === illness);
    expect(found).toHaveLength(1);
    expect(found[0].text.en).toMatch(words);
    expect(found[0].text.zh).toMatch(/^第 1 轮之后：.*可试 --/);
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });

  it('a standstill with one answer for all samples is told', async () => {
    const [found, ...others] = await warnings(sick.plateau());
    expect(others).toEqual([]);
    expect(found.text.en).toMatch(/^after epoch 8: all samples are taken for "(in|out)"/);
  });
});
