// `worksheet` through the command line: what it prints, the files of a class, and that its keys come back with full marks.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runIn, temporaryFolder } from './run.ts';

const folder = temporaryFolder();
const run = (...args: string[]) => runIn(folder, args);
const read = (...path: string[]) => readFileSync(join(folder, ...path), 'utf8');

describe('worksheet', () => {
  test('prints an exercise on an example, in its notation, with blanks for answers', async () => {
    const { out, err, status } = await run('worksheet', 'example:mazur');
    expect(status).toBe(0);
    expect(out).toContain('<!-- network: example:mazur -->');
    expect(out).toContain('`w1 = 0.15`');
    expect(out).toMatch(/\| `layers\.1\.a\[0\]` \| out_o1 \| +\|/);
    expect(err).toContain('batch-sum-instead-of-mean');
  });

  test('fills in the answers with --key, which check gives full marks', async () => {
    const { out } = await run('worksheet', 'example:mazur', '--key', '--format', 'csv', '--digits', '9');
    expect(out).toContain('layers.1.a[0],0.751365070');
    expect(out).toContain('"layers.1.weight.grad[0,0]",0.082167041');
    const marked = await runIn(folder, ['check', '-', '--json'], out);
    const { score } = JSON.parse(marked.out);
    expect([marked.status, score.right]).toEqual([0, score.total]);
  });

  test('asks for what is wanted of a random network, in Chinese', async () => {
    const flags = ['--random', '--widths', '2,3,1', '--batch', '2', '--ask', 'delta', '--numbers', 'fraction'];
    const { out, status } = await run('--lang', 'zh', 'worksheet', ...flags, '--seed', '4');
    expect(status).toBe(0);
    expect(out).toContain('手算反向传播');
    expect(out).toContain('samples.1.layers.1.delta[0]');
    expect(out).not.toContain('layers.0.z[0]');
    expect(out).toMatch(/`w²₁₁ = −?\d\/\d+`/);
    const again = await run('--lang', 'zh', 'worksheet', ...flags, '--seed', '4');
    expect(again.out).toBe(out);
  });

  test('writes a different sheet for each of a class, and keys that check marks as a class', async () => {
    const { status, err } = await run(
      'worksheet',
      '--random',
      '--count',
      '3',
      '--out',
      'class',
      '--format',
      'csv,html,md',
    );
    expect([status, err]).toEqual([0, expect.stringContaining('Wrote 3 worksheets to class')]);
    const names = [1, 2, 3].flatMap((n) => ['csv', 'html', 'md'].map((ending) => `worksheet-0${n}.${ending}`));
    expect(readdirSync(join(folder, 'class')).sort()).toEqual(['keys', ...names]);
    expect(readdirSync(join(folder, 'class', 'keys')).sort()).toEqual(['derivations', ...names]);
    expect(readdirSync(join(folder, 'class', 'keys', 'derivations'))).toHaveLength(6);
    expect(new Set([1, 2, 3].map((n) => read('class', `worksheet-0${n}.csv`))).size).toBe(3);
    expect(read('class', 'worksheet-02.csv')).toMatch(/^"?layers\.0\.z\[0\]"?,$/m);
    expect(read('class', 'keys', 'derivations', 'worksheet-02.html')).toContain('<math');
    for (const n of [1, 2, 3]) {
      const { out } = await run('check', join('class', 'keys', `worksheet-0${n}.csv`), '--json');
      const { score } = JSON.parse(out);
      expect(score.right).toBe(score.total);
    }
  });

  test('does not write over a sheet that may have been filled in', async () => {
    await run('worksheet', '--random', '--out', 'once', '--format', 'csv');
    writeFileSync(join(folder, 'once', 'worksheet-01.csv'), 'filled in');
    const { status, err } = await run('worksheet', '--random', '--out', 'once', '--format', 'csv');
    expect([status, err]).toEqual([2, expect.stringContaining('is there already')]);
    expect(read('once', 'worksheet-01.csv')).toBe('filled in');
  });

  test.each([
    [[], 'give one of them'],
    [['example:mazur', '--widths', '2,2'], '--widths shapes a random network, and example:mazur is given'],
    [['--random', '--input', '1,2'], 'belong to a given network'],
    [['--random', '--count', '3'], 'say where to put them with --out FOLDER'],
    [['--random', '--format', 'pdf'], '; choose one of md, latex, html, csv, json'],
    [['--random', '--ask', 'deltas'], '--ask is "deltas" (did you mean "delta"?)'],
    [['--random', '--widths', '2,900,1'], '--widths is "900"; give an integer from 1 to 8'],
    [['--random', '--widths', '2'], 'worksheet.widths is too short; give at least 2'],
    [['--random', '--loss', 'logLikelihood', '--output-activation', 'sigmoid'], 'needs a softmax output layer'],
    [['--random', '--optimizer', 'momentun'], 'did you mean "momentum"?'],
    [['--random', '--out', 'x', '--key'], 'leave --key out'],
    [['example:digits'], 'more than the 1,000 that anyone would fill in'],
    [['missing.json'], 'missing.json'],
  ])('refuses %j in one sentence', async (args, expected) => {
    const { status, out, err } = await run('worksheet', ...args);
    expect([status, out]).toEqual([2, '']);
    expect(err).toContain(expected);
    expect(err.trim().split('\n').length).toBeLessThanOrEqual(3);
    expect(existsSync(join(folder, 'x'))).toBe(false);
  });
});
