// The training toolbox through the command line: each flag does what it says, and a training that was stopped goes on to the same bytes.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { entry, runIn, temporaryFolder, twoClasses, writeCsv } from './run.ts';

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const run = (...args: string[]) => runIn(folder, args);
const bytes = (name: string) => readFileSync(at(name));
const common = ['data.csv', '--target', 'y', '--hidden', '5'];

/** Trains and gives what was printed; the training must succeed. */
async function trained(...flags: string[]) {
  const found = await run('train', ...common, '--epochs', '6', ...flags);
  expect(found.err + found.status).toMatch(/0$/);
  return found;
}

/** The account of its training that a model file keeps. */
function account(name: string): Record<string, unknown> {
  const file = bytes(name);
  const header = JSON.parse(file.subarray(8, 8 + Number(file.readBigUInt64LE(0))).toString('utf8'));
  return JSON.parse(header.__metadata__.chainrule).training;
}

/** Eight images of 4 × 4 pixels in two classes, as IDX files. */
function writeImages(name: string): void {
  const [count, size] = [8, 4];
  const head = (...numbers: number[]) => {
    const buffer = Buffer.alloc(4 * numbers.length);
    for (const [i, number] of numbers.entries()) buffer.writeInt32BE(number, 4 * i);
    return buffer;
  };
  const pixels = Buffer.from(
    Array.from({ length: count * size * size }, (_, p) => (Math.floor(p / 16) % 2 === Number(p % 4 > 1) ? 255 : 20)),
  );
  writeFileSync(at(`${name}-images-idx3-ubyte`), Buffer.concat([head(0x803, count, size, size), pixels]));
  const labels = Buffer.from(Array.from({ length: count }, (_, i) => i % 2));
  writeFileSync(at(`${name}-labels-idx1-ubyte`), Buffer.concat([head(0x801, count), labels]));
}

beforeAll(async () => {
  writeCsv(at('data.csv'), twoClasses(80));
  writeCsv(
    at('numbers.csv'),
    [['a', 'b', 'y']].concat(
      Array.from({ length: 40 }, (_, i) => [i % 7, i % 5, (i % 7) * (i % 5) + i / 7].map(String)),
    ),
  );
  writeImages('train');
  await trained('--out', 'plain.safetensors');
});

describe('techniques', () => {
  test.each([
    [['--dropout', '0.4'], /dropout 0\.4/, {}],
    [
      ['--schedule', 'step:2:0.5'],
      /step:2:0\.5: the learning rate times 0\.5 after every 2 epochs/,
      { schedule: 'step:2:0.5' },
    ],
    [['--schedule', 'one-cycle'], /one-cycle:0\.3/, { schedule: 'one-cycle:0.3' }],
    [['--schedule', 'warm-up:5,cosine'], /up to it in 5 steps, down to 0/, { schedule: 'warm-up:5,cosine:0' }],
    [['--schedule', 'halving:1:2:accuracy'], /of the accuracy/, { schedule: 'halving:1:2:accuracy' }],
    [['--clip-value', '0.01'], /gradients clipped at 0\.01/, { optimizer: { clipValue: 0.01 } }],
    [['--clip-norm', '0.01'], /clipped to a norm of 0\.01/, { optimizer: { clipNorm: 0.01 } }],
    [['--class-weights', 'balanced'], /weights balanced/, { classWeights: 'balanced' }],
    [['--class-weights', '1,3'], /high 1, low 3|low 1, high 3/, { classWeights: '1,3' }],
    [['--noise', '0.5'], /Gaussian noise of deviation 0\.5/, { noise: 0.5 }],
    [['--smooth-labels', '0.2'], /labels smoothed by 0\.2/, { smoothLabels: 0.2 }],
    [['--weight-decay', '0.3'], /adamw, .*weight decay 0\.3/, { optimizer: { name: 'adamw', weightDecay: 0.3 } }],
    [['--optimizer', 'lbfgs'], /lbfgs; all samples at once, 6 iterations/, { optimizer: { name: 'lbfgs' } }],
  ])('%s is said, changes the model and is in its account', async (flags, said, kept) => {
    const { err } = await trained(...flags, '--out', 'one.safetensors');
    expect(err).toMatch(said);
    expect(account('one.safetensors')).toMatchObject(kept);
    expect(bytes('one.safetensors').equals(bytes('plain.safetensors'))).toBe(false);
  });

  test('--augment changes images', async () => {
    const images = [
      'train',
      'train-images-idx3-ubyte',
      '--hidden',
      '3',
      '--test',
      '0',
      '--validation',
      '0',
      '--epochs',
      '3',
    ];
    const changed = await run(
      ...images,
      '--augment',
      'shift=1,rotate=10,scale=0.1,elastic=4:2',
      '--out',
      'a.safetensors',
    );
    expect(changed.err).toContain('shifted by up to 1 pixel, turned by up to 10°, scaled by up to 10.0 %, distorted');
    expect(account('a.safetensors')).toMatchObject({ augment: 'shift=1,rotate=10,scale=0.1,elastic=4:2' });
    await run(...images, '--out', 'b.safetensors');
    expect(bytes('a.safetensors').equals(bytes('b.safetensors'))).toBe(false);
  });

  test('lm fits numbers, and says why it ended', async () => {
    const flags = ['--target', 'y', '--task', 'regression', '--test', '0', '--validation', '0', '--hidden', 'none'];
    const { err, out } = await run('train', 'numbers.csv', ...flags, '--optimizer', 'lm', '--out', 'lm.safetensors');
    expect(err).toMatch(/after \d+ iterations, nothing more was to be gained/);
    expect(out).toMatch(/R²/);
  });

  test('a schedule that ends training is said to', async () => {
    const { err, out } = await run('train', ...common, '--schedule', 'halving:1:1', '--json', '--out', 'h.safetensors');
    expect(JSON.parse(out).ending).toBe('schedule');
    expect(err).toContain('the schedule brought the learning rate to its end');
  });
});

describe('a training that was stopped', () => {
  const going = ['--schedule', 'step:3', '--noise', '0.1', '--dropout', '0.2', '--patience', '4'];
  const whole = ['train', ...common, ...going, '--epochs', '9'];

  beforeAll(async () => {
    expect((await run(...whole, '--out', 'whole.safetensors')).status).toBe(0);
  });

  test.each(['1', '4', '8'])('by --epochs %s goes on to the same bytes', async (epochs) => {
    const files = ['--checkpoint', 'c.checkpoint', '--checkpoint-every', '3', '--out', 'part.safetensors'];
    await run('train', ...common, ...going, '--epochs', epochs, ...files);
    const { err, status } = await run(...whole, '--resume', 'c.checkpoint', '--out', 'resumed.safetensors');
    expect(status).toBe(0);
    expect(err).toContain(`c.checkpoint, after epoch ${epochs}`);
    expect(bytes('resumed.safetensors').equals(bytes('whole.safetensors'))).toBe(true);
  });

  test('by Ctrl-C leaves a checkpoint and a model, and goes on to the same bytes', async () => {
    const long = ['train', ...common, '--epochs', '3000', '--validation', '0', '--hidden', '40'];
    const child = spawn(
      process.execPath,
      [entry, ...long, '--checkpoint', 'int.checkpoint', '--out', 'int.safetensors'],
      {
        cwd: folder,
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      said += text;
    });
    const wait = setInterval(() => {
      if (!existsSync(at('int.checkpoint'))) return;
      clearInterval(wait);
      child.kill('SIGINT');
    }, 20);
    const status = await new Promise((resolve) => child.on('close', resolve));
    expect(status).toBe(130);
    expect(said).toMatch(
      /interrupted after \d+ epochs?: the model so far is in int\.safetensors; --resume int\.checkpoint goes on/,
    );
    const stopped = Number(/interrupted after ([\d,]+)/.exec(said)?.[1].replaceAll(',', ''));
    expect(stopped).toBeLessThan(3000);
    const rest = [...long.map((word) => (word === '3000' ? String(stopped + 20) : word))];
    await run(...rest, '--resume', 'int.checkpoint', '--out', 'rest.safetensors', '--quiet');
    await run(...rest, '--out', 'straight.safetensors', '--quiet');
    expect(bytes('rest.safetensors').equals(bytes('straight.safetensors'))).toBe(true);
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test.each([
    [['--hidden', '6'], /another network, 2 → 5 tanh/],
    [['--seed', '3'], /with --seed 0 where this one is with --seed 3/],
    [['--batch', '4'], /with --batch 8 where this one is with --batch 4/],
    [['--lr', '0.1'], /with --lr 0\.005 where this one is with --lr 0\.1/],
    [['--optimizer', 'nadam'], /with --optimizer adam where/],
    [['--schedule', 'cosine'], /with --schedule step:3:0\.5 where this one is with --schedule cosine:0/],
    [['--noise', '0.2'], /with --noise 0\.1 where this one is with --noise 0\.2/],
    [['--clip-norm', '1'], /without --clip-norm where/],
    [['--no-shuffle'], /without --no-shuffle where this one is with --no-shuffle/],
    [['--test', '0.3'], /on other data/],
  ])('does not go on with %s', async (flags, difference) => {
    await run('train', ...common, ...going, '--epochs', '2', '--checkpoint', 'o.checkpoint', '--out', 'o.safetensors');
    const { err, status } = await run(...whole, ...flags, '--resume', 'o.checkpoint', '--out', 'never.safetensors');
    expect(status).toBe(2);
    expect(err).toMatch(/^error: o\.checkpoint holds a training .*; give what that one was given/m);
    expect(err).toMatch(difference);
    expect(existsSync(at('never.safetensors'))).toBe(false);
  });
});

describe('cross-validation', () => {
  test('gives every fold, mean and deviation, and writes no model', async () => {
    const before = readdirSync(folder);
    const { out, err, status } = await run('train', ...common, '--epochs', '4', '--folds', '4');
    expect(status).toBe(0);
    expect(out).toMatch(/^mean /m);
    expect(out).toMatch(/^± deviation /m);
    expect(err).toContain('80 samples in 4 folds');
    expect(readdirSync(folder)).toEqual(before);
  });

  test('writes one trained on everything where told, with the folds in its account', async () => {
    const flags = ['--epochs', '4', '--folds', '3', '--json', '--out', 'folds.safetensors'];
    const { out } = await run('train', ...common, ...flags);
    const { model, folds, scores } = JSON.parse(out);
    expect(model).toBe('folds.safetensors');
    const mean = folds.reduce((sum: number, fold: { accuracy: number }) => sum + fold.accuracy / 3, 0);
    expect(scores.accuracy.mean).toBeCloseTo(mean, 12);
    expect(account('folds.safetensors')).toMatchObject({ crossValidation: { folds: 3 }, training: { samples: 80 } });
  });
});

describe('what cannot be meant', () => {
  test.each([
    [['--schedule', 'cosin'], /--schedule is "cosin" \(did you mean "cosine"\?\)/],
    [['--schedule', 'step:0'], /--schedule is "step:0": step\.every is 0/],
    [['--schedule', 'step:1:2:3'], /write step\[:EVERY\[:FACTOR\]\]/],
    [['--schedule', 'step,cosine'], /only a warm-up is followed/],
    [['--schedule', 'halving:accuracy', '--validation', '0'], /needs an accuracy on validation data/],
    [['--clip-value', '1', '--clip-norm', '1'], /exclude each other/],
    [['--clip-norm', '0'], /--clip-norm is "0"/],
    [['--class-weights', '1,2,3'], /3 numbers where data\.csv has 2 classes/],
    [['--class-weights', 'balance'], /did you mean "balanced"/],
    [['--augment', 'shift=1'], /changes images, and data\.csv is a table/],
    [['--augment', 'shfit=1'], /did you mean "shift"/],
    [['--augment', 'shift=x'], /"x" in it is no number/],
    [['--noise', '-1'], /--noise is "-1"/],
    [['--smooth-labels', '1'], /--smooth-labels is "1"/],
    [['--optimizer', 'lbfgs', '--backend', 'wasm'], /takes no --backend/],
    [['--dropout', '1'], /--dropout is "1"/],
    [['--dropout', '0.5', '--network', 'example:xor'], /exclude each other/],
    [['--optimizer', 'adam', '--weight-decay', '1'], /takes no --weight-decay; leave it out, or choose adamw/],
    [['--optimizer', 'lbfgs', '--batch', '5'], /takes no --batch/],
    [['--optimizer', 'lm', '--schedule', 'step'], /takes no --schedule/],
    [['--optimizer', 'lm', '--checkpoint', 'c'], /takes no --checkpoint/],
    [['--checkpoint-every', '2'], /needs --checkpoint/],
    [['--resume', 'nowhere'], /nowhere does not exist/],
    [['--resume', 'plain.safetensors'], /no checkpoint/],
    [['--folds', '1'], /--folds is "1"/],
    [['--folds', '3', '--test', '0.2'], /--folds and --test exclude each other/],
    [['--report', 'r.pdf'], /ends in \.html/],
    [['--report', 'r.html', '--checkpoint', 'r.html'], /the same file/],
  ])('%s', async (flags, sentence) => {
    const withoutHidden = flags.includes('--network') ? ['data.csv', '--target', 'y'] : common;
    const { err, out, status } = await run('train', ...withoutHidden, '--out', 'never.safetensors', ...flags);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    const errors = err.split('\n').filter((line) => line.startsWith('error: '));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(sentence);
    expect(existsSync(at('never.safetensors'))).toBe(false);
  });
});

test.each([
  [['--smooth-labels', '0.1'], /--smooth-labels is for classes and labels/],
  [['--class-weights', 'balanced'], /--class-weights needs a target that is one class/],
])('%s is not for numbers to predict', async (flags, sentence) => {
  const { err, status } = await run('train', 'numbers.csv', '--target', 'y', '--task', 'regression', ...flags);
  expect(status).toBe(2);
  expect(err).toMatch(sentence);
});

describe('curves', () => {
  test('are drawn off a terminal only where asked for', async () => {
    expect((await trained('--out', 'k.safetensors')).err).not.toContain('▁');
    const { err } = await trained('--curves', '--out', 'k.safetensors');
    expect(err).toMatch(/training loss +[▁▂▃▄▅▆▇█]{6} \d.* → \d/);
    expect(err).toMatch(/validation accuracy +[▁▂▃▄▅▆▇█]{6} /);
  });
});
