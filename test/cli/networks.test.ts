// gradients, gradcheck, explain and inspect through the command line.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runIn, temporaryFolder } from './run.ts';

const folder = temporaryFolder();
const run = (...args: string[]) => runIn(folder, args);

describe('gradients', () => {
  test("gives the published example's numbers from its own sample", async () => {
    const { out, status } = await run('gradients', 'example:mazur', '--json');
    const { loss, outputs, gradients } = JSON.parse(out);
    expect(status).toBe(0);
    expect(loss.toFixed(9)).toBe('0.298371109');
    expect(outputs[0][0].toFixed(9)).toBe('0.751365070');
    expect(gradients['layers.1.weight'][0][0].toFixed(9)).toBe('0.082167041');
    expect(Object.keys(gradients)).toEqual(['layers.0.weight', 'layers.0.bias', 'layers.1.weight', 'layers.1.bias']);
  });

  test('takes a batch from a file and a sample from flags, minus signs included', async () => {
    writeFileSync(join(folder, 'batch.json'), '{ "inputs": [[-0.5, 0.1], [1, 2]], "targets": [[0, 1], [1, 0]] }');
    const batch = JSON.parse((await run('gradients', 'example:mazur', '--data', 'batch.json', '--json')).out);
    expect(batch.outputs).toHaveLength(2);
    const flags = await run('gradients', 'example:mazur', '--input', '-0.5,0.1', '--target=0,1', '--json');
    expect(JSON.parse(flags.out).outputs[0]).toEqual(batch.outputs[0]);
  });
});

describe('gradcheck', () => {
  test('passes on the examples and fails, with status 1, where nothing can pass', async () => {
    const good = await run('gradcheck', 'example:mazur', '--json');
    expect([good.status, JSON.parse(good.out).passed]).toEqual([0, true]);
    const bad = await run('gradcheck', 'example:xor', '--tolerance', '1e-30');
    expect(bad.status).toBe(1);
    expect(bad.out).toContain('failed');
  });
});

describe('explain', () => {
  test('carries the published numbers in text, in both languages', async () => {
    const english = await run('explain', 'example:mazur');
    expect(english.out).toContain('0.082167041');
    expect(english.out).toContain('0.291027774');
    const chinese = await run('--lang', 'zh', 'explain', 'example:mazur');
    const byVariable = await runIn(folder, ['explain', 'example:mazur'], '', { CHAINRULE_LANG: 'zh' });
    const byLocale = await runIn(folder, ['explain', 'example:mazur'], '', { LC_ALL: 'zh_CN.UTF-8' });
    expect(chinese.out).toMatch(/[\u4e00-\u9fff]/);
    expect(byVariable.out).toBe(chinese.out);
    expect(byLocale.out).toBe(chinese.out);
  });

  test('--format json holds every quantity, --of only the ones named and what they read', async () => {
    const all = JSON.parse((await run('explain', 'example:mazur', '--format', 'json')).out).steps;
    const one = all.find(({ id }: { id: string }) => id === 'layers.1.weight.grad[0,0]');
    expect(one.value.toFixed(9)).toBe('0.082167041');
    const some = await run('explain', 'example:mazur', '--format', 'json', '--of', 'layers.1.weight.grad[0,0]');
    expect(JSON.parse(some.out).steps.length).toBeLessThan(all.length);
  });

  test('--unfreeze trains the biases too, and --steps goes on', async () => {
    expect((await run('explain', 'example:mazur', '--unfreeze')).out).toContain('0.280471447');
    expect((await run('explain', 'example:mazur', '--steps', '10000')).out).toContain('0.0000351');
  });
});

describe('inspect', () => {
  test('counts parameters and shows shapes and the program', async () => {
    const { out } = await run('inspect', 'example:digits');
    expect(out).toContain('23,860');
    expect(JSON.parse((await run('inspect', 'example:digits', '--json')).out)).toMatchObject({ parameters: 23860 });
    expect((await run('inspect', 'example:mazur', '--program')).out).toContain('layers.1.delta');
  });
});
