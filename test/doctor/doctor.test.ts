// The doctor on prepared runs: every illness is named first, and healthy runs are left in peace.
import { type Checkup, checkup, diagnose, illnesses, renderFindings } from 'chainrule/doctor';
import { describe, expect, it } from 'vitest';
import { healthy, type PreparedRun, sick } from './runs.ts';

const examined = ({ network, data, options }: PreparedRun): Promise<Checkup> => checkup(network, data, options);

describe('sick runs', () => {
  it('there is one for every illness', () => {
    expect(Object.keys(sick).sort()).toEqual(illnesses.map(({ id }) => id).sort());
  });

  it.each(Object.entries(sick))('%s is named first', async (illness, make) => {
    const { findings } = await examined(make());
    expect(findings[0]?.illness).toBe(illness);
  });

  it.each(Object.entries(sick))('%s has words without gaps in both languages', async (illness, make) => {
    const { findings } = await examined(make());
    const found = findings.filter((one) => one.illness === illness);
    const texts = found.flatMap(({ text }) => [text.en, text.zh]);
    expect(texts).toHaveLength(2);
    for (const { name, what, evidence, remedy } of texts) {
      for (const words of [name, what, remedy, ...evidence]) {
        expect(words).not.toBe('');
        expect(words).not.toMatch(/undefined|null|NaN|\[object/);
      }
      expect(evidence.length).toBeGreaterThan(0);
    }
    expect(`${texts[0].what}${texts[0].remedy}`).not.toMatch(/[\u4e00-\u9fff]/);
    expect(texts[1].what).toMatch(/[\u4e00-\u9fff]/);
    expect(texts[1].remedy).toMatch(/[\u4e00-\u9fff]/);
  });

  it('findings are plain data, which JSON keeps', async () => {
    const { findings } = await examined(sick['vanishing-gradients']());
    expect(JSON.parse(JSON.stringify(findings))).toEqual(findings);
  });
});

describe('healthy runs', () => {
  it.each(Object.entries(healthy))('%s: no finding', async (_, make) => {
    const { findings } = await examined(make());
    expect(findings.map(({ illness, facts }) => ({ illness, facts }))).toEqual([]);
  });

  it.each(Object.entries(healthy))('%s: no finding from another seed', async (_, make) => {
    const run = make();
    const { findings } = await examined({ ...run, options: { ...run.options, seed: 11 } });
    expect(findings.map(({ illness, facts }) => ({ illness, facts }))).toEqual([]);
  });
});

describe('remedies', () => {
  it('the suggested learning rates cure what they are suggested for', async () => {
    for (const illness of ['learning-rate-too-high', 'learning-rate-too-low']) {
      const run = sick[illness]();
      const { findings } = await examined(run);
      const suggested = findings[0].facts.suggested;
      if (typeof suggested !== 'number') throw new TypeError('a learning rate is a number');
      const { sgd } = await import('chainrule');
      const again = await examined({
        ...run,
        options: { ...run.options, optimizer: sgd({ learningRate: suggested }) },
      });
      expect(again.findings.map((one) => one.illness)).not.toContain(illness);
    }
  });

  it('over-fitting is dated to the epoch of the lowest validation loss', async () => {
    const { findings, result } = await examined(sick['over-fitting']());
    const losses = result.history.map(({ validation }) => validation?.loss ?? Number.NaN);
    expect(findings[0].facts.onset).toBe(losses.indexOf(Math.min(...losses)) + 1);
  });
});

describe('a model without its training', () => {
  it('is examined as it stands', () => {
    const { network, data } = sick['dead-relus']();
    expect(diagnose({ network, data }).findings.map(({ illness }) => illness)).toEqual(['dead-relus']);
  });

  it('is found healthy after a healthy training', async () => {
    const { network, data, options } = healthy.iris();
    const { result } = await checkup(network, data, options);
    expect(diagnose({ network: result.network, data }).findings).toEqual([]);
  });
});

describe('text for a terminal', () => {
  it.each(['en', 'zh'] as const)('%s fits into 80 columns', async (language) => {
    for (const make of Object.values(sick)) {
      const { findings } = await examined(make());
      for (const line of renderFindings(findings, { language }).split('\n')) {
        const columns = [...line].reduce((sum, one) => sum + (/[\u2e80-\u9fff\uff00-\uffef]/.test(one) ? 2 : 1), 0);
        // A closing mark may stand one character beyond the edge; commands are not broken.
        if (!/train[:：]|code:|代码/.test(line)) expect(columns).toBeLessThanOrEqual(82);
      }
    }
  });
});
