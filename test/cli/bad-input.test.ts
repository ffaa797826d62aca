// What goes wrong: one sentence with the place and the remedy, status 2, no stack, and nothing half-written.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { runIn, temporaryFolder, twoClasses, writeCsv } from './run.ts';

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  const rows = twoClasses(40);
  const changed = (row: number, column: number, value: string) =>
    rows.map((cells, i) => (i === row ? cells.map((cell, k) => (k === column ? value : cell)) : cells));
  writeCsv(at('good.csv'), rows);
  writeFileSync(at('empty.csv'), '');
  writeFileSync(at('header.csv'), 'a,b,y\n');
  writeFileSync(at('ragged.csv'), 'a,b,y\n1,2,x\n1,2\n');
  writeCsv(at('text.csv'), changed(5, 0, 'five'));
  writeCsv(at('nan.csv'), changed(5, 0, 'NaN'));
  writeCsv(at('inf.csv'), changed(5, 1, '-Inf'));
  writeCsv(
    at('one.csv'),
    rows.map(([a, b, y], i) => [a, b, i === 0 ? y : 'same']),
  );
  const { status } = await runIn(folder, [
    'train',
    'good.csv',
    '--target',
    'y',
    '--epochs',
    '5',
    '--quiet',
    '--out',
    'm.safetensors',
  ]);
  expect(status).toBe(0);
  const bytes = readFileSync(at('m.safetensors'));
  const flipped = (position: number) => bytes.map((byte, i) => (i === position ? byte ^ 0x80 : byte));
  writeFileSync(at('cut.safetensors'), bytes.subarray(0, bytes.length - 9));
  writeFileSync(at('stub.safetensors'), bytes.subarray(0, 5));
  writeFileSync(at('lying.safetensors'), flipped(6));
  writeFileSync(at('flipped.safetensors'), flipped(100));
  writeFileSync(at('nan.safetensors'), Buffer.from(bytes).fill(0xff, bytes.length - 8));
  mkdirSync(at('folder'));
});

/** Runs what must fail, and checks what every failure has in common. */
async function failure(...args: string[]): Promise<string> {
  const before = readdirSync(folder).sort();
  const { out, err, status } = await runIn(folder, args);
  expect({ status, out }).toEqual({ status: 2, out: '' });
  const sentence = err.split('\n').filter((line) => line.startsWith('error: '));
  expect(sentence).toHaveLength(1);
  expect(err).not.toMatch(/^ {4}at /m);
  expect(readdirSync(folder).sort()).toEqual(before);
  return sentence[0];
}

const train = (file: string, ...more: string[]) =>
  failure('train', file, '--target', 'y', '--out', 'new.safetensors', ...more);

describe('data', () => {
  test.each([
    ['missing.csv', /missing\.csv does not exist/],
    ['folder', /folder holds no pictures/],
    ['empty.csv', /empty\.csv is empty/],
    ['header.csv', /no rows/],
    ['ragged.csv', /line 3: found 2 cells/],
    ['text.csv', /line 6, column "a": found "five"/],
    ['nan.csv', /line 6, column "a": found "NaN"/],
    ['inf.csv', /line 6, column "b": found "-Inf"/],
    ['one.csv', /single class, "same"/],
    ['builtin:iriss', /did you mean "builtin:iris"/],
  ])('%s', async (file, sentence) => {
    expect(await train(file)).toMatch(sentence);
  });

  test('a target that does not exist gets the nearest name; none at all, the choice', async () => {
    expect(await failure('train', 'good.csv', '--target', 'yy')).toMatch(/no column "yy" \(did you mean "y"\?\)/);
    expect(await failure('train', 'good.csv')).toMatch(/--target/);
  });
});

describe('usage', () => {
  test.each([
    [['trian', 'good.csv'], /unknown command "trian" \(did you mean "train"\?\)/],
    [['train', 'good.csv', '--epoch', '3'], /unknown option "--epoch" \(did you mean "--epochs"\?\)/],
    [['train'], /missing required argument "data"/],
    [['train', 'good.csv', 'more.csv'], /too many arguments/],
    [['help', 'trian'], /did you mean "train"/],
    [['--lang', 'fr', 'demo'], /--lang is "fr"; choose one of en, zh/],
    [['explain', 'example:mazr'], /did you mean "example:mazur"/],
    [['explain', 'm.safetensors'], /no sample of its own/],
    [['gradients', 'example:mazur', '--input', '1,2,3'], /3 entries where 2 are expected/],
    [['gradients', 'example:mazur', '--input', '1,x'], /"x" in it is no number/],
    [['predict', 'm.safetensors', '--input', '1'], /--input has 1 value where .* 2: a, b/],
    [['predict', 'm.safetensors'], /standard input is empty/],
    [['evaluate', 'm.safetensors', 'builtin:iris'], /no column "a"/],
    [['evaluate', 'example:xor', 'good.csv'], /no preprocessing/],
  ])('%s', async (args, sentence) => {
    expect(await failure(...args)).toMatch(sentence);
  });

  test.each([
    [['--activation', 'sigmod'], /did you mean "sigmoid"/],
    [['--optimizer', 'adma'], /did you mean "adam"/],
    [['--lr', '0'], /--lr is "0"; give a number above 0/],
    [['--lr', '-1'], /--lr is "-1"/],
    [['--lr', 'fast'], /--lr is "fast"/],
    [['--epochs', '1.5'], /--epochs is "1\.5"/],
    [['--test', '1.5'], /--test is "1\.5"/],
    [['--test', 'nowhere.csv'], /nowhere\.csv does not exist/],
    [['--hidden', '0'], /--hidden is "0"/],
    [['--hidden', '3,-1'], /--hidden is "3,-1"/],
    [['--lambda', '1', '--l2', '1'], /same penalty/],
    [['--network', 'example:xor', '--hidden', '3'], /exclude each other/],
    [['--network', 'example:xor', '--patience', '3'], /--patience needs validation/],
    [['--history', 'h.txt'], /\.csv or \.json/],
    [['--backend', 'gpu'], /choose one of auto/],
  ])('train %s', async (flags, sentence) => {
    expect(await train('good.csv', ...flags)).toMatch(sentence);
  });

  test('training a network in ways that it cannot be', async () => {
    const write = (name: string, layers: readonly object[], more: object = {}) =>
      writeFileSync(at(name), JSON.stringify({ input: [2], layers, ...more }));
    const dense = (units: number, activation: string) => ({ type: 'dense', units, activation });
    const [shares, loss] = [dense(2, 'softmax'), { loss: 'logLikelihood' }];
    write('norm.json', [dense(3, 'linear'), { type: 'batchNorm' }, shares], loss);
    expect(await train('good.csv', '--network', 'norm.json', '--batch', '1')).toMatch(
      /layers\[1\] \(batchNorm\): training it takes at least 2 samples at a time, and a batch has 1/,
    );
    write('big.json', [dense(1000, 'tanh'), dense(1000, 'tanh'), dense(2, 'linear')]);
    expect(await train('good.csv', '--network', 'big.json', '--optimizer', 'lm')).toMatch(
      /lm would need 15,[\d,]+ MiB for this network's 1,006,002 weights.*use lbfgs/,
    );
    expect(await train('good.csv', '--dropout', '1')).toMatch(/--dropout is "1"; give a number from 0 to below 1/);
    expect(await train('good.csv', '--loss', 'hinge', '--smooth-labels', '0.1')).toMatch(
      /takes -1 and 1; leave it out/,
    );
  });

  test('weights of samples that are none', async () => {
    const rows = twoClasses(6);
    const weighted = (name: string, weight: string) =>
      writeCsv(
        at(name),
        rows.map((cells, i) => [...cells, i === 0 ? 'w' : i === 3 ? weight : '2']),
      );
    weighted('negative.csv', '-1');
    weighted('heavy.csv', 'heavy');
    weighted('huge.csv', '1e400');
    weighted('none.csv', '');
    const found = (name: string) => train(name, '--sample-weights', 'w', '--test', '0', '--validation', '0');
    expect(await found('negative.csv')).toMatch(
      /negative\.csv, line 4, column "w": found "-1" where a sample's weight/,
    );
    expect(await found('heavy.csv')).toMatch(/found "heavy" where a sample's weight is expected/);
    expect(await found('huge.csv')).toMatch(/found "1e400" where a sample's weight is expected/);
    expect(await found('none.csv')).toMatch(/found no value where a sample's weight is expected/);
    expect(await train('good.csv', '--sample-weights', 'ww')).toMatch(/no column "ww"/);
    expect(await train('good.csv', '--sample-weights', 'y')).toMatch(/name the same column, y; name two/);
  });

  test('an output that cannot be written is found before training, and an old file stays', async () => {
    const long = ['--target', 'y', '--epochs', '1000000000', '--patience', '1000000000'];
    expect(await failure('train', 'good.csv', ...long, '--out', 'nowhere/m.safetensors')).toMatch(/cannot be written/);
    expect(await failure('train', 'good.csv', ...long, '--out', 'folder')).toMatch(/is a folder/);
    expect(await failure('train', 'good.csv', ...long, '--history', 'nowhere/h.csv')).toMatch(/cannot be written/);
    copyFileSync(at('m.safetensors'), at('old.safetensors'));
    await failure('train', 'one.csv', '--target', 'y', '--out', 'old.safetensors');
    expect(readFileSync(at('old.safetensors')).equals(readFileSync(at('m.safetensors')))).toBe(true);
  });

  test('--debug shows the stack', async () => {
    const { err } = await runIn(folder, ['--debug', 'inspect', 'nothing.json']);
    expect(err).toMatch(/^ {4}at /m);
  });
});

describe('network files', () => {
  const dense = '"type":"dense"';
  test.each([
    [
      `{"input":[2],"layers":[{${dense},"units":2,"activaton":"sigmoid"}]}`,
      /"activaton" \(did you mean "activation"\?\)/,
    ],
    [`{"input":[2],"layers":[{${dense},"units":-2}]}`, /units is -2/],
    [`{"input":[2],"layers":[{${dense},"units":0}]}`, /units is 0/],
    [`{"input":[2],"layers":[{${dense},"units":1e12}]}`, /units is 1000000000000/],
    ['{"input":[2],"layers":[]}', /layers/],
    ['{"input":[2]}', /layers is missing/],
    [`{"input":[2],"layers":[{${dense},"units":2}],"parameters":{"layers.0.weight":[[1,2,3]]}}`, /layers\.0\.weight/],
    ['{"input":', /not valid JSON/],
    [
      '{"input":[1,4,4],"layers":[{"type":"conv2d","filters":2,"kernel":5}]}',
      /layers\[0\] \(conv2d\): a kernel of 5 × 5 does not fit into images of 4 × 4/,
    ],
    ['{"input":[4],"layers":[{"type":"maxPool2d","size":2}]}', /a maxPool2d layer takes images .*not .* shape \[4\]/],
    ['{"input":[4],"layers":[{"type":"dropout","rate":1}]}', /layers\[0\] \(dropout\)\.rate is 1; it must be below 1/],
    [
      '{"input":[1,4,4],"layers":[{"type":"flatten"},{"type":"conv2d","filters":2,"kernel":3}]}',
      /layers\[1\] \(conv2d\).*put the layer before any flatten or dense layer/,
    ],
    [`{"input":[1,4,4],"layers":[{${dense},"units":2}]}`, /layers\[0\] \(dense\).*put a flatten layer before it/],
  ])('%s', async (text, sentence) => {
    writeFileSync(at('n.json'), text);
    expect(await failure('inspect', 'n.json')).toMatch(sentence);
  });
});

describe('model files', () => {
  test.each(['cut', 'stub', 'lying', 'flipped', 'nan'])('%s', async (name) => {
    expect(await failure('predict', `${name}.safetensors`, '--input', '1,2')).toContain(`${name}.safetensors`);
  });
});
