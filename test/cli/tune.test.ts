// `tune` from outside: it beats the defaults, repeats itself, goes on where it was interrupted, and its command is true.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { entry, runIn, temporaryFolder } from './run.ts';

const folder = temporaryFolder();
const at = (...path: string[]) => join(folder, ...path);

async function json(...args: string[]) {
  const { out, err, status } = await runIn(folder, [...args, '--json', '--quiet']);
  expect({ status, err }).toEqual({ status: 0, err: '' });
  return JSON.parse(out);
}

/** The words of a printed command, as a shell reads them. */
const wordsOf = (command: string) =>
  execFileSync('sh', ['-c', `printf '%s\\n' ${command.replace(/^npx chainrule /, '')}`], { encoding: 'utf8' })
    .trimEnd()
    .split('\n');

/** A printed command with the entry file in the place of npx. */
const argumentsOf = (command: string) => command.replace(/^npx chainrule /, '').split(' ');

describe('a search', () => {
  test('beats the defaults; its command repeats the best trial; no test part is looked at', async () => {
    const { best, defaults, command, runs } = await json(
      'tune',
      'builtin:digits',
      '--trials',
      '9',
      '--epochs',
      '27',
      '--dir',
      'digits',
    );
    expect(best.score).toBeGreaterThan(defaults.score);
    expect(runs).toHaveLength(1 + 9 + 3 + 1);
    expect(JSON.stringify(runs)).not.toMatch(/"test"/);

    const again = await json(...argumentsOf(command), '--out', 'best.safetensors');
    expect(again.validation.accuracy).toBe(best.score);

    const svg = readFileSync(at('digits/results.svg'), 'utf8');
    expect(svg).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
    for (const label of ['learning rate', 'batch', 'activation', 'validation accuracy'])
      expect(svg).toContain(`>${label}<`);
  });

  test('interrupted ends with 130; the same command goes on, and comes to the same with any number of jobs', async () => {
    const search = ['tune', 'builtin:iris', '--trials', '20', '--epochs', '81'];
    const args = [...search, '--dir', 'interrupted', '--quiet'];
    const child = spawn(process.execPath, [entry, ...args], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      said += text;
    });
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    const runs = () => (existsSync(at('interrupted/runs')) ? readdirSync(at('interrupted/runs')) : []);
    while (runs().filter((name) => name.endsWith('.json')).length < 3)
      await new Promise((done) => setTimeout(done, 20));
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(said).toMatch(/interrupted: .* run the same command again to go on\./);

    const resumed = await json(...search, '--dir', 'interrupted', '--jobs', '3');
    const whole = await json(...search, '--dir', 'whole', '--jobs', '1');
    expect({ ...resumed, plot: '' }).toEqual({ ...whole, plot: '' });
    expect(runs().filter((name) => !name.endsWith('.json'))).toEqual([]);
  });
});

describe('on iris', () => {
  test('random search runs every trial to the end; what is fixed is not searched; the defaults are those of train', async () => {
    const args = ['--search', 'random', '--trials', '3', '--epochs', '4', '--optimizer', 'sgd', '--hidden', 'none'];
    const { runs, command, defaults } = await json('tune', 'builtin:iris', ...args, '--dir', 'random');
    const fixed = ['--optimizer', 'sgd', '--hidden', 'none', '--validation', '0.2', '--out', 'fixed.safetensors'];
    expect((await json('train', 'builtin:iris', ...fixed)).validation.accuracy).toBe(defaults.score);
    expect(runs.map(({ trial, epochs }: { trial: number; epochs?: number }) => [trial, epochs])).toEqual([
      [0, undefined],
      [1, 4],
      [2, 4],
      [3, 4],
    ]);
    for (const { settings } of runs) expect(settings).toMatchObject({ optimizer: 'sgd', hidden: [] });
    expect(command).toMatch(/--hidden none .*--optimizer sgd/);
  });

  test('a space of the user’s own; settings that cannot be trained are the worst result, not the end', async () => {
    writeFileSync(
      at('space.json'),
      JSON.stringify({ loss: ['hinge', 'meanSquared'], learningRate: { log: [0.01, 1] } }),
    );
    const { runs, best } = await json(
      'tune',
      'builtin:iris',
      '--target',
      'petal_width',
      '--space',
      'space.json',
      '--trials',
      '6',
      '--epochs',
      '3',
      '--dir',
      'own',
    );
    const failed = runs.filter(({ failed }: { failed?: string }) => failed !== undefined);
    expect(failed.length).toBeGreaterThan(0);
    expect(failed.length).toBeLessThan(runs.length);
    for (const { settings, score } of failed)
      expect({ settings, score }).toMatchObject({ settings: { loss: 'hinge' }, score: null });
    expect(best.failed).toBeUndefined();
  });

  test('dropout, noise and schedules are searched, and the command of the best has them', async () => {
    const space = {
      dropout: { linear: [0.1, 0.5] },
      noise: [0.1, 0.2],
      schedule: ['cosine', 'oneCycle', 'reduceOnPlateau'],
    };
    writeFileSync(at('techniques.json'), JSON.stringify(space));
    const search = ['--space', 'techniques.json', '--trials', '4', '--epochs', '9', '--search', 'random'];
    const { runs } = await json('tune', 'builtin:iris', ...search, '--dir', 'techniques');
    for (const { settings } of runs.slice(1))
      expect(Object.keys(settings).sort()).toEqual(['dropout', 'noise', 'schedule']);
    const fixed = ['--dropout', '0.2', '--schedule', 'oneCycle', '--noise', '0.1', '--trials', '2', '--epochs', '9'];
    const { best, command } = await json('tune', 'builtin:iris', ...fixed, '--search', 'random', '--dir', 'fixed');
    const again = await json(...argumentsOf(command), '--out', 'techniques.safetensors');
    expect(again.validation.accuracy).toBe(best.score);
    if (best.trial > 0) expect(command).toMatch(/--dropout 0\.2 --noise 0\.1 --schedule one-cycle/);
  });

  test('the broad strategy narrates in both languages, and its command is true', async () => {
    const args = ['tune', 'builtin:iris', '--broad', '--epochs', '20', '--dir', 'broad'];
    const english = await runIn(folder, args);
    expect(english.status).toBe(0);
    expect(english.err).toMatch(/1\. Does anything learn\?[\s\S]*Yes: learning rate [\s\S]*7\. The full length/);
    const chinese = await runIn(folder, [...args, '--lang', 'zh']);
    expect(chinese.err).toMatch(/1\. 有什么能学起来吗？[\s\S]*7\. 完整训练/);
    const commandIn = ({ out }: typeof english) => /^npx chainrule train .*$/m.exec(out)?.[0];
    expect(commandIn(chinese)).toBe(commandIn(english));
    const { best, command } = await json(...args);
    const again = await json(...argumentsOf(command), '--out', 'broad.safetensors');
    expect(again.validation.accuracy).toBe(best.score);
  });

  test('the range test suggests a rate, and plots it here and in a file', async () => {
    const { out, status } = await runIn(folder, [
      'tune',
      'builtin:iris',
      '--range-test',
      '--quiet',
      '--plot',
      'range.svg',
    ]);
    expect(status).toBe(0);
    expect(out).toMatch(/[⠁-⣿]/u);
    expect(out).toMatch(/Suggested learning rate: 0\.\d+,/);
    expect(readFileSync(at('range.svg'), 'utf8')).toMatch(/>learning rate<[\s\S]*>loss</);
    const { points, suggested } = await json('tune', 'builtin:iris', '--range-test', '--plot', 'range.svg');
    expect(points.length).toBeGreaterThan(50);
    expect(out).toContain(`--lr ${suggested} `);
  });
});

test('data are read and prepared as train does it, and the command says so', async () => {
  const rows = Array.from(
    { length: 120 },
    (_, i) => `${['s', 'm', 'l'][i % 3]},${i % 9 ? (i * 7) % 50 : ''},${1 + (i % 4)},${i},${(i % 3) + ((i * 7) % 50)}`,
  );
  writeFileSync(at('prepared.csv'), ['size,x,w,skip me,y', ...rows, ''].join('\n'));
  const search = ['--trials', '2', '--epochs', '5', '--search', 'random', '--dir', 'prepared'];
  const data = ['--sql', 'select * exclude ("skip me") from data where x is null or x > 3', '--sample-weights', 'w'];
  const prepare = ['--order', 'size=s,m,l', '--log', 'x', '--missing-inputs', 'always', '--task', 'regression'];
  const { best, command } = await json('tune', 'prepared.csv', ...search, '--target', 'y', ...data, ...prepare);
  const again = await json(...wordsOf(command), '--out', 'prepared.safetensors');
  expect(again.validation.r2).toBe(best.score);
  const { inputs } = JSON.parse((await runIn(folder, ['inspect', 'prepared.safetensors', '--json'])).out).preprocessing;
  expect(inputs).toMatchObject([{ order: ['s', 'm', 'l'] }, { name: 'x', log: true }, { name: 'x', missing: true }]);
});

describe('what goes wrong is one sentence', () => {
  const failure = async (...args: string[]) => {
    const { out, err, status } = await runIn(folder, ['tune', ...args, '--quiet']);
    expect({ out, status }).toEqual({ out: '', status: 2 });
    expect(err).toMatch(/^error: [^\n]+\.\n$/);
    return err;
  };

  test('a misspelt key of the space, impossible ranges, no JSON', async () => {
    writeFileSync(at('typo.json'), '{ "learningrate": [0.1] }');
    writeFileSync(at('range.json'), '{ "learningRate": { "log": [1, 0.1] } }');
    writeFileSync(at('text.json'), 'learningRate: 0.1');
    expect(await failure('builtin:iris', '--space', 'typo.json')).toMatch(/did you mean "learningRate"/);
    expect(await failure('builtin:iris', '--space', 'range.json')).toMatch(/goes from 1 to 0\.1/);
    expect(await failure('builtin:iris', '--space', 'text.json')).toMatch(/text\.json is not valid JSON/);
    expect(await failure('builtin:iris', '--space', 'range.json', '--broad')).toMatch(/--space is for searching/);
  });

  test('no data, and none to choose by', async () => {
    writeFileSync(at('header.csv'), 'a,b,y\n');
    expect(await failure('missing.csv')).toMatch(/missing\.csv does not exist/);
    expect(await failure('header.csv', '--target', 'y')).toMatch(/no rows/);
    expect(await failure('builtin:iris', '--validation', '0')).toMatch(/settings are chosen by validation/);
  });

  test('a folder of another search, of other things, and with a damaged result', async () => {
    const args = ['builtin:iris', '--trials', '1', '--epochs', '1', '--dir', 'held'];
    expect((await runIn(folder, ['tune', ...args, '--quiet'])).status).toBe(0);
    expect(await failure(...args, '--seed', '5')).toMatch(
      /held holds another search, with seed 0 where this one has 5/,
    );
    expect(await failure('builtin:iris', '--dir', '.')).toMatch(/holds other things/);
    writeFileSync(at('held/runs/defaults.json'), '{');
    expect(await failure(...args)).toMatch(/held\/runs\/defaults\.json is damaged/);
    rmSync(at('held/runs/defaults.json'));
    expect((await runIn(folder, ['tune', ...args, '--quiet'])).status).toBe(0);
  });
});
