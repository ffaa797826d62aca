// The experiments from outside: all show what they claim on the sample from npm, nothing is lost or done twice, bad input is refused.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { entry, runIn, temporaryFolder } from './run.ts';

const folder = temporaryFolder();
const at = (...path: string[]) => join(folder, ...path);

/** A place for data sets where there are none, so that the sample from npm is used. */
const nowhere = { CHAINRULE_DATA: at('no-data') };
const run = (...args: string[]) => runIn(folder, ['experiment', ...args], '', nowhere);
const readJson = (...path: string[]) => JSON.parse(readFileSync(at(...path), 'utf8'));

interface Shown {
  readonly id: string;
  readonly data: string | null;
  readonly claims: { readonly says: { readonly en: string }; readonly holds: boolean | null }[];
}

test('every quick experiment shows what it claims', { timeout: 900_000 }, async () => {
  const { out, err, status } = await run('run', '--all', '--quick', '--json', '--quiet', '--dir', 'all');
  const { experiments }: { experiments: Shown[] } = JSON.parse(out);
  const refuted = experiments.flatMap(({ id, claims }) =>
    claims.filter(({ holds }) => holds !== true).map(({ says }) => `${id}: ${says.en}`),
  );
  expect({ refuted, err, status }).toEqual({ refuted: [], err: '', status: 0 });
  const listed = JSON.parse((await run('list', '--json', '--dir', 'all')).out).experiments;
  expect(experiments.map(({ id }) => id)).toEqual(listed.map(({ id }: { id: string }) => id));
  expect(experiments.filter(({ claims }) => claims.length === 0)).toEqual([]);
  expect(new Set(experiments.map(({ data }) => data))).toEqual(new Set(['builtin:mnist-sample', null]));
  expect(listed.every(({ quickResults }: { quickResults: number }) => quickResults === 1)).toBe(true);
  expect(readdirSync(at('all')).filter((name) => name === 'unfinished')).toEqual(['unfinished']);
  expect(readdirSync(at('all', 'unfinished'))).toEqual([]);

  await reportsAreWhole(listed.map(({ id }: { id: string }) => id));
});

/** The report in both languages and both forms, of the results that the test above left. */
async function reportsAreWhole(ids: readonly string[]): Promise<void> {
  const report = (...args: string[]) => run('report', '--quick', '--dir', 'all', ...args);
  expect(await report('--out', 'report.html')).toMatchObject({ status: 0, out: '' });
  const html = readFileSync(at('report.html'), 'utf8');
  for (const id of ids) expect(html).toContain(`<h2>${id}: `);
  expect(html.match(/<svg /g)?.length).toBeGreaterThanOrEqual(ids.length);
  expect(html).not.toMatch(/NaN|undefined|\[object|<script/);

  expect(
    (await runIn(folder, ['--lang', 'zh', 'experiment', 'report', '--quick', '--dir', 'all', '--out', 'zh.md'])).status,
  ).toBe(0);
  const markdown = readFileSync(at('zh.md'), 'utf8');
  const figures = [...markdown.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, file]) => file);
  expect(figures.length).toBeGreaterThanOrEqual(ids.length);
  for (const file of figures) expect(readFileSync(at(file), 'utf8')).toMatch(/^<svg xmlns=[\s\S]*<\/svg>\n$/);
  // Prose is Chinese: what English is left is names, commands and formulas.
  const prose = markdown.replace(/`[^`]*`|\([^)]*\)|"[^"]*"|“[^”]*”/gm, '');
  expect(prose.match(/(?:\b[a-z]{2,} ){3}/g)).toBeNull();
  expect(markdown.match(/^设置：[^；。]*[a-z]{2,}.*$/gm)).toBeNull();
}

describe('a result on file', () => {
  test('is not computed again, but ignored and said so where it is another version’s', async () => {
    const args = ['run', 'saturated-neuron', '--dir', 'kept'];
    expect((await run(...args)).err).toContain('seed 0 runs');
    const first = readJson('kept', 'saturated-neuron.json');
    expect((await run(...args)).err).toBe('');
    expect(readJson('kept', 'saturated-neuron.json')).toEqual(first);

    const other = { ...first, runs: [{ ...first.runs[0], version: '0.0.9 (0000000)', figures: { mild: 7 } }] };
    writeFileSync(at('kept', 'saturated-neuron.json'), JSON.stringify(other));
    const { err } = await run(...args);
    expect(err).toContain('1 result on file of another version, setting or data ignored (0.0.9 (0000000))');
    expect(readJson('kept', 'saturated-neuron.json').runs[0].figures).toEqual(first.runs[0].figures);
  });

  test('of another version is reported where there is no other, and that is said', async () => {
    const { runs, ...rest } = readJson('kept', 'saturated-neuron.json');
    mkdirSync(at('old'));
    const old = { ...rest, runs: [{ ...runs[0], version: '0.0.9 (0000000)' }] };
    writeFileSync(at('old', 'saturated-neuron.json'), JSON.stringify(old));
    const report = () => run('report', '--dir', 'old', '--out', 'old.md');
    expect((await report()).err).toContain('computed by other code than there is now');
    expect(readFileSync(at('old.md'), 'utf8')).toContain('chainrule 0.0.9 (0000000)');
    writeFileSync(
      at('old', 'saturated-neuron.json'),
      JSON.stringify({ ...old, runs: [...old.runs, { ...runs[0], seed: 1 }] }),
    );
    expect((await report()).status).toBe(0);
    expect(readFileSync(at('old.md'), 'utf8')).toContain(`chainrule ${runs[0].version}`);
  });

  test('of several seeds gives median, least and most', async () => {
    const { out } = await run('run', 'four-equations', '--seeds', '3', '--json', '--dir', 'kept');
    const [{ seeds, figures }] = JSON.parse(out).experiments;
    expect(seeds).toBe(3);
    const { least, median, most } = figures.differences;
    expect(least).toBeLessThan(median);
    expect(median).toBeLessThan(most);
    const own = readJson('kept', 'four-equations.json').runs.map(
      (one: { figures: { differences: number } }) => one.figures.differences,
    );
    expect([...own].sort((a, b) => a - b)).toEqual([least, median, most]);
  });
});

/** Interrupts a run so long after its first line; gives the exit status. */
function interrupted(dir: string, signal: NodeJS.Signals, milliseconds: number): Promise<number | null> {
  const child = spawn(process.execPath, [entry, 'experiment', 'run', 'cnn-1-baseline', '--quick', '--dir', dir], {
    cwd: folder,
    env: { ...process.env, LANG: 'C', ...nowhere },
  });
  child.stderr.once('data', () => setTimeout(() => child.kill(signal), milliseconds));
  return new Promise((resolve) => child.on('close', resolve));
}

test('Ctrl-C loses nothing: going on comes to the result of a run that was never stopped', {
  timeout: 120_000,
}, async () => {
  const args = ['run', 'cnn-1-baseline', '--quick', '--quiet'];
  const statuses = [await interrupted('stopped', 'SIGINT', 500), await interrupted('stopped', 'SIGINT', 500)];
  expect(statuses.filter((status) => status !== 130 && status !== 0)).toEqual([]);
  await run(...args, '--dir', 'stopped');
  await run(...args, '--dir', 'whole');
  const [stopped, whole] = ['stopped', 'whole'].map((dir) => readJson(dir, 'cnn-1-baseline.quick.json').runs[0]);
  expect({ ...stopped, seconds: 0 }).toEqual({ ...whole, seconds: 0 });
});

test('a killed run leaves no half-written file, and goes on too', { timeout: 120_000 }, async () => {
  await interrupted('killed', 'SIGKILL', 50);
  expect(existsSync(at('killed', 'cnn-1-baseline.quick.json'))).toBe(false);
  expect((await run('run', 'cnn-1-baseline', '--quick', '--quiet', '--dir', 'killed')).status).toBe(0);
});

describe('refused, with what to do', () => {
  test.each([
    [['run', 'first-netwrok'], /no experiment "first-netwrok" \(did you mean "first-network"\?\)/],
    [['run'], /no experiment is named/],
    [['run', 'darkness', '--all'], /--all and darkness are both given/],
    [['run', 'darkness', '--dir', 'new'], /no-data, which CHAINRULE_DATA names, has no train-images-idx3-ubyte/],
    [['run', 'darkness', '--quick', '--dir', 'file'], /file is a file; name a folder with --dir/],
    [['report', '--out', 'report.md', '--dir', 'nowhere'], /there are no results in nowhere/],
    [['run', 'darkness', '--quick', '--dir', 'damaged'], /darkness\.quick\.json is damaged: .* remove it/],
    [['report', '--out', 'report.pdf'], /--out is report\.pdf; name a file that ends in \.html or \.md/],
    [['report', '--out', 'no-folder/report.html'], /no-folder\/report\.html cannot be written/],
  ])('%s', async (args, sentence) => {
    writeFileSync(at('file'), '');
    mkdirSync(at('damaged'), { recursive: true });
    writeFileSync(at('damaged', 'darkness.quick.json'), '{ "runs": [{}] }');
    const { out, err, status } = await run(...args);
    expect(err).toMatch(sentence);
    expect({ out, status }).toEqual({ out: '', status: 2 });
  });
});
