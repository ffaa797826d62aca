// `train --record` and `explain --run` as people call them: any step of a run derived later, or one sentence why not.
import { spawn } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { entry, runIn, temporaryFolder, twoClasses, writeCsv } from './run.ts';

const folder = temporaryFolder();
const at = (...path: string[]) => join(folder, ...path);
const chainrule = (...args: string[]) => runIn(folder, args);

/** What training got and what the derivation comes to, for a quantity of a step. */
async function explained(run: string, step: number, of: string, ...more: string[]) {
  const found = await chainrule(
    'explain',
    '--run',
    run,
    '--step',
    String(step),
    '--of',
    of,
    '--format',
    'json',
    ...more,
  );
  expect(found.err).toBe('');
  const { recorded, steps } = JSON.parse(found.out);
  const quantity = steps.find(({ id }: { id: string }) => id === of);
  return { recorded, value: quantity.value, trained: quantity.trained };
}

const lossesOf = (run: string) =>
  readFileSync(at(run, 'losses.csv'), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').map(Number));

/** 60 rows, 43 of them to train on: 6 steps an epoch. */
const training = ['train', 'data.csv', '--target', 'y', '--hidden', '6', '--batch', '8', '--epochs', '6', '--quiet'];
const withEpochs = (epochs: number) =>
  training.map((arg, i) => (training[i - 1] === '--epochs' ? String(epochs) : arg));
const techniques = ['--dropout', '0.3', '--noise', '0.1', '--schedule', 'one-cycle', '--patience', '6'];

/** 40 images of 4 by 4 pixels in two classes, and their labels. */
function writeImages(): void {
  const head = (...words: number[]) =>
    Buffer.concat(words.map((word) => Buffer.from(Uint32Array.of(word).buffer).swap32()));
  const pixels = Buffer.from(Array.from({ length: 40 * 16 }, (_, i) => (i * 37) % 256));
  const labels = Buffer.from(Array.from({ length: 40 }, (_, i) => i % 2));
  writeFileSync(at('my-images-idx3-ubyte'), Buffer.concat([head(0x803, 40, 4, 4), pixels]));
  writeFileSync(at('my-labels-idx1-ubyte'), Buffer.concat([head(0x801, 40), labels]));
}

beforeAll(async () => {
  writeCsv(at('data.csv'), twoClasses());
  expect((await chainrule(...training, ...techniques, '--record', 'run')).status).toBe(0);
});

describe('a recorded run', () => {
  it('has the loss of each step, and checkpoints that --resume takes', async () => {
    const losses = lossesOf('run');
    expect(losses.map(([step]) => step)).toEqual(losses.map((_, i) => i + 1));
    const [first] = readdirSync(at('run', 'checkpoints'));
    const resumed = await chainrule(
      ...training,
      ...techniques,
      '--resume',
      at('run', 'checkpoints', first),
      '--out',
      'r.safetensors',
    );
    expect(resumed.status).toBe(0);
    expect(readFileSync(at('r.safetensors'))).toEqual(readFileSync(at('model.safetensors')));
  });

  it('is explained at any step: float64 from where training stood, what training got beside it', async () => {
    const losses = lossesOf('run');
    for (const step of [1, 20, losses.length]) {
      const { recorded, value, trained } = await explained('run', step, 'layers.2.bias.next[0]');
      expect(recorded).toMatchObject({ run: 'run', step, epoch: Math.ceil(step / 6), dtype: 'F32', data: 'data.csv' });
      expect(trained).toBeCloseTo(value, 6);
      expect(Math.fround(trained)).toBe(trained);
      const loss = await explained('run', step, 'loss');
      expect(loss.value).toBeCloseTo(losses[step - 1][1], 5);
    }
  });

  it('is explained for people in both languages, from another folder too', async () => {
    mkdirSync(at('elsewhere'), { recursive: true });
    const args = ['explain', '--run', '../run', '--step', '9', '--of', 'layers.2.weight.next[0,1]'];
    const english = await runIn(at('elsewhere'), args);
    expect(english.err).toBe('');
    expect(english.out).toMatch(/Step 9 of the recorded run \.\.\/run: epoch 2, its step 3, on\s+rows( \d+,)+/);
    expect(english.out).toContain('the training itself got, in float32:');
    const chinese = await runIn(at('elsewhere'), ['--lang', 'zh', ...args]);
    expect(chinese.out).toContain('训练记录 ../run 的第 9 步：第 2 轮中的第 3 步');
    expect(chinese.out).toContain('训练当时得到的值（float32）：');
  });

  it('is replayed with images that were changed as they were trained on', async () => {
    writeImages();
    const args = [
      '--hidden',
      '8',
      '--epochs',
      '3',
      '--augment',
      'shift=1',
      '--record',
      'images',
      '--out',
      'i.safetensors',
    ];
    const table = await chainrule('train', 'data.csv', '--target', 'y', ...args);
    expect([table.status, table.err]).toEqual([2, expect.stringContaining('--augment changes images')]);
    expect(readdirSync(folder)).not.toContain('images');
    expect((await chainrule('train', 'my-images-idx3-ubyte', ...args, '--quiet')).status).toBe(0);
    const { value, trained } = await explained('images', 8, 'layers.1.weight.next[1,2]');
    expect(trained).toBeCloseTo(value, 6);
  });

  it('keeps the network that it was given, which training may overwrite', async () => {
    const given = ['train', 'data.csv', '--network', 'model.safetensors', '--epochs', '3', '--lr', '0.1', '--quiet'];
    expect((await chainrule(...given, '--out', 'model.safetensors', '--record', 'further')).status).toBe(0);
    const { value, trained } = await explained('further', 10, 'layers.0.bias.next[2]');
    expect(trained).toBeCloseTo(value, 6);
  });

  it('that was resumed has the steps from there on', async () => {
    const first = ['--checkpoint', 'first.checkpoint', '--out', 'f.safetensors'];
    const short = withEpochs(2);
    expect((await chainrule(...short, ...first)).status).toBe(0);
    const second = ['--resume', 'first.checkpoint', '--record', 'second', '--out', 'f.safetensors'];
    expect((await chainrule(...training, ...second)).status).toBe(0);
    const { value, trained } = await explained('second', 13, 'layers.1.bias.next[0]');
    expect(trained).toBeCloseTo(value, 6);
    const before = await chainrule('explain', '--run', 'second', '--step', '12');
    expect(before.err).toBe('error: --step is 12, and the run in second has the steps 13 to 36; give one of them.\n');
  });

  it('can be interrupted, and is explained up to there', async () => {
    const args = [...withEpochs(1_000_000), '--record', 'cut'];
    const child = spawn(process.execPath, [entry, ...args], { cwd: folder });
    const begun = () => {
      try {
        return readFileSync(at('cut', 'losses.csv'), 'utf8').length > 1000;
      } catch {
        return false;
      }
    };
    while (!begun()) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGINT');
    const status = await new Promise((resolve) => child.on('close', resolve));
    expect(status).toBe(130);
    const { value, trained } = await explained('cut', lossesOf('cut').length, 'layers.1.bias.next[0]');
    expect(trained).toBeCloseTo(value, 5);
  });
});

describe('a run that is not whole', () => {
  it('killed while it wrote is explained up to what is there, and says so', async () => {
    mkdirSync(at('killed', 'checkpoints'), { recursive: true });
    for (const file of ['run.json', 'losses.csv']) copyFileSync(at('run', file), at('killed', file));
    const checkpoints = readdirSync(at('run', 'checkpoints')).slice(0, 3);
    for (const file of checkpoints) copyFileSync(at('run', 'checkpoints', file), at('killed', 'checkpoints', file));
    const { ended, ...description } = JSON.parse(readFileSync(at('killed', 'run.json'), 'utf8'));
    writeFileSync(at('killed', 'run.json'), JSON.stringify(description));
    const lines = readFileSync(at('killed', 'losses.csv'), 'utf8').split('\n').slice(0, 21);
    writeFileSync(at('killed', 'losses.csv'), `${lines.join('\n')}\n21,0.`);
    truncateSync(at('killed', 'checkpoints', checkpoints[2]), 500);
    const found = await chainrule(
      'explain',
      '--run',
      'killed',
      '--step',
      '20',
      '--of',
      'layers.2.bias.next[0]',
      '--format',
      'json',
    );
    expect(found.err).toContain('The run in killed was cut short, or still goes on: it is known up to step 20.');
    expect(found.err).toContain(checkpoints[2]);
    expect(ended.lastStep).toBe(36);
    const whole = await explained('run', 20, 'layers.2.bias.next[0]');
    const bias = JSON.parse(found.out).steps.find(({ id }: { id: string }) => id === 'layers.2.bias.next[0]');
    expect(bias).toMatchObject({ value: whole.value, trained: whole.trained });
    const beyond = await chainrule('explain', '--run', 'killed', '--step', '21');
    expect(beyond.status).toBe(2);
    expect(beyond.err).toContain(
      'error: --step is 21, and the run in killed has the steps 1 to 20, where it was cut short; give one of them.',
    );
  });

  it('is refused in one sentence where its data are gone or changed, until --data says where they are', async () => {
    const args = ['explain', '--run', 'run', '--step', '3', '--of', 'loss'];
    renameSync(at('data.csv'), at('moved.csv'));
    try {
      expect((await chainrule(...args)).err).toMatch(
        /^error: \S+data\.csv, which the run was recorded with, cannot be read; name the file as it was then with --data FILE\.\n$/,
      );
      writeFileSync(at('data.csv'), 'a,b,y\n1,2,low\n');
      expect((await chainrule(...args)).err).toMatch(
        /^error: \S+data\.csv is not what it was when the run was recorded \(SHA-256 [0-9a-f]{16}…\); name the file as it was then with --data FILE\.\n$/,
      );
      expect((await chainrule(...args, '--data', 'moved.csv')).status).toBe(0);
    } finally {
      renameSync(at('moved.csv'), at('data.csv'));
    }
  });

  it('is refused where its folder is none, or its description damaged', async () => {
    mkdirSync(at('empty'), { recursive: true });
    expect((await chainrule('explain', '--run', 'empty', '--step', '1')).err).toContain(
      'empty holds no recorded run: run.json is not in it',
    );
    writeFileSync(at('empty', 'run.json'), readFileSync(at('run', 'run.json'), 'utf8').slice(0, 400));
    const damaged = await chainrule('explain', '--run', 'empty', '--step', '1');
    expect(damaged.status).toBe(2);
    expect(damaged.err).toContain('run.json is not valid JSON');
    rmSync(at('empty'), { recursive: true });
  });
});

describe('the flags of recorded runs', () => {
  const cases: readonly (readonly [args: readonly string[], sentence: string])[] = [
    [[...training, '--record', 'run'], 'run holds another run; name a new folder to record in, or remove this one.'],
    [[...training, '--record', '.'], '. is not empty: it holds'],
    [[...training, '--folds', '3', '--record', 'new'], '--folds and --record exclude each other'],
    [
      ['train', 'data.csv', '--target', 'a', '--optimizer', 'lm', '--record', 'new'],
      '--optimizer lm takes no --record',
    ],
    [['explain', '--run', 'run'], 'add --step N, such as --step 1.'],
    [['explain', '--step', '3'], '--step is a step of a recorded run; add --run FOLDER'],
    [['explain'], 'no network is named; give one, such as example:mazur, or a recorded run with --run FOLDER.'],
    [['explain', 'example:mazur', '--run', 'run', '--step', '1'], 'leave example:mazur out, or leave --run out.'],
    [['explain', '--run', 'run', '--step', '1', '--lr', '0.1'], 'leave --lr or --run out.'],
    [['explain', '--run', 'run', '--step', '0'], '--step is "0"; give an integer of at least 1.'],
    [['explain', '--run', 'run', '--step', '9999'], 'has the steps 1 to 36; give one of them.'],
  ];
  for (const [args, sentence] of cases) {
    it(`${args.filter((arg) => !training.includes(arg)).join(' ')}: ${sentence}`, async () => {
      const { status, err, out } = await chainrule(...args);
      expect([status, out]).toEqual([2, '']);
      expect(err).toContain(sentence);
      expect(err.trimEnd().split('\n')).toHaveLength(1);
      expect(readdirSync(folder)).not.toContain('new');
    });
  }
});
