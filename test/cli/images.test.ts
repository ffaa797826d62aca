// Images through the command line: a folder per class, a table that names files, single pictures, and what is refused.
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { plain, writeHugePng, writePictures } from './pictures.ts';
import { runIn, temporaryFolder } from './run.ts';

const folder = temporaryFolder();
const at = (...names: string[]) => join(folder, ...names);
const run = (...args: string[]) => runIn(folder, args);

beforeAll(async () => {
  await writePictures(at('colors'));
  await plain(300, 200, 200, 10).jpeg().toFile(at('photo.jpg'));
  const args = ['train', 'colors', '--image-size', '6x4', '--epochs', '20', '--out', 'colors.safetensors', '--json'];
  const { err, out, status } = await run(...args);
  expect([err, status]).toEqual([expect.stringContaining('images of 3×4×6'), 0]);
  expect(JSON.parse(out).test.accuracy).toBe(1);
});

describe('a model of a folder of images', () => {
  test('predicts a picture of any size, and a folder of them by name', async () => {
    const one = await run('predict', 'colors.safetensors', 'photo.jpg', '--json');
    expect(JSON.parse(one.out)).toMatchObject({ predictions: [{ file: 'photo.jpg', label: 'red' }] });
    const { out } = await run('predict', 'colors.safetensors', 'colors/blue');
    expect(out).toMatch(/00\.png +blue/);
    expect(out.trim().split('\n')).toHaveLength(25);
  });

  test('is evaluated on folders of the same names, though some lack', async () => {
    mkdirSync(at('few', 'red'), { recursive: true });
    copyFileSync(at('colors', 'red', '00.png'), at('few', 'red', 'a.png'));
    const { out } = await run('evaluate', 'colors.safetensors', 'few', '--json');
    expect(JSON.parse(out)).toMatchObject({ samples: 1, accuracy: 1, labels: ['blue', 'red'] });
    mkdirSync(at('others', 'green'), { recursive: true });
    copyFileSync(at('photo.jpg'), at('others', 'green', 'a.jpg'));
    const { err, status } = await run('evaluate', 'colors.safetensors', 'others');
    expect([err, status]).toEqual([
      'error: others has the class green, unknown to the model; its classes are blue, red.\n',
      2,
    ]);
  });
});

test('a table that names images and labels gives the same model as folders', async () => {
  const names = ['blue', 'red'].flatMap((color) =>
    Array.from(
      { length: 24 },
      (_, i) => [`${color}/${String(i).padStart(2, '0')}`, ['png', 'jpg', 'webp'][i % 3], color] as const,
    ),
  );
  writeFileSync(
    at('colors', 'list.csv'),
    `file,color\n${names.map(([name, kind, color]) => `${name}.${kind},${color}\n`).join('')}`,
  );
  const args = ['--images', 'file', '--image-size', '6x4', '--epochs', '20', '--quiet', '--out', 'listed.safetensors'];
  expect((await run('train', 'colors/list.csv', ...args)).status).toBe(0);
  expect(readFileSync(at('listed.safetensors')).equals(readFileSync(at('colors.safetensors')))).toBe(true);
});

test('grey pictures have one channel, and pictures of many sizes are brought to one, which is said', async () => {
  const { err } = await run('train', 'colors', '--grey', '--epochs', '1', '--out', 'grey.safetensors');
  expect(err).toContain('images of 1×32×32');
  expect(err).toContain('The images differ in size: each is brought to 32×32 (another size: --image-size 64x64).');
});

describe('refused in one sentence:', () => {
  const one = async (name: string, write: (path: string) => unknown) => {
    mkdirSync(at(name, 'a'), { recursive: true });
    mkdirSync(at(name, 'b'), { recursive: true });
    copyFileSync(at('colors', 'red', '00.png'), at(name, 'a', '1.png'));
    await write(at(name, 'b', '1.png'));
    return run('train', name, '--epochs', '1', '--out', 'refused.safetensors');
  };
  const png = () => readFileSync(at('colors', 'red', '00.png'));

  test.each<[string, (path: string) => unknown, string]>([
    [
      'huge',
      (path) => writeHugePng(path, 50_000, 50_000),
      '50,000×50,000 pixels, more than the 67,108,864 that are read; scale it down.',
    ],
    ['cut', (path) => writeFileSync(path, png().subarray(0, png().length - 30)), 'is no picture that can be read'],
    ['text', (path) => writeFileSync(path, 'a,b\n1,2\n'), 'is no picture that can be read'],
    [
      'vector',
      (path) => writeFileSync(path, '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
      'is no picture that can be read (its first bytes are not those of PNG, JPEG or WebP)',
    ],
    [
      'link',
      (path) => symlinkSync(at('photo.jpg'), path),
      'leads out of the folder of images; put the file itself there.',
    ],
    ['nothing', () => {}, 'b holds no PNG, JPEG or WebP picture'],
  ])('a picture that is %s', async (name, write, sentence) => {
    const { out, err, status } = await one(name, write);
    expect([out, status]).toEqual(['', 2]);
    expect(err).toContain(sentence);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  test.each([
    ['../photo.jpg', 'leads out of the folder of images'],
    ['red/none.png', 'names "red/none.png", which is not beside the table'],
    ['twice', 'there are two files for it, twice.png and twice.jpg; write the ending too.'],
  ])('a table that names %s', async (cell, sentence) => {
    copyFileSync(at('colors', 'red', '00.png'), at('colors', 'twice.png'));
    copyFileSync(at('photo.jpg'), at('colors', 'twice.jpg'));
    writeFileSync(at('colors', 'wrong.csv'), `file,color\nred/00.png,red\n${cell},blue\n`);
    const { err, status } = await run('train', 'colors/wrong.csv', '--images', 'file');
    expect([err, status]).toEqual([expect.stringContaining(`wrong.csv, row 2`), 2]);
    expect(err).toContain(sentence);
  });
});
