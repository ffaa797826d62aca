// The Train view of the built studio, end to end: what its presets reach, what it makes of files and drawings, what it gives away.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { splitRows } from 'chainrule';
import { readModel } from 'chainrule/formats';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findMnistSample } from '../../cli/src/mnist-sample.ts';
import { presets } from '../../studio/src/common/training/setup.ts';
import { runOnnx } from '../exports/run.ts';
import { describeInBrowser, launch } from './chromium.ts';
import { policies, type Site } from './server.ts';
import { openStudio, type Reader, serveStudio } from './studio.ts';

const command = fileURLToPath(new URL('../../cli/bin/chainrule.js', import.meta.url));
const run = promisify(execFile);

describeInBrowser('the Train view', () => {
  let [browser, site, folder]: [Browser | undefined, Site | undefined, string] = [undefined, undefined, ''];
  beforeAll(async () => {
    [browser, site] = [await launch(), await serveStudio()];
    folder = mkdtempSync(join(tmpdir(), 'chainrule-studio-'));
  });
  afterAll(async () => {
    await browser?.close();
    site?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Opens the view, does something there, and expects no complaint of the page. */
  async function visit(reader: Omit<Reader, 'view'>, visitor: (page: Page) => Promise<void>, at?: Site): Promise<void> {
    if (browser === undefined || site === undefined) throw new Error('there is no browser');
    const studio = await openStudio(browser, at ?? site, { view: 'train', ...reader });
    try {
      await button(studio.page, 'Play').waitFor();
      await visitor(studio.page);
      expect(studio.complaints).toEqual([]);
    } finally {
      await studio.close();
    }
  }

  /** Saves a file and reads what was saved. */
  async function saved(page: Page, name: string): Promise<string> {
    const coming = page.waitForEvent('download');
    await button(page, name).click();
    const path = join(folder, `${name}-${Math.random()}`);
    await (await coming).saveAs(path);
    return path;
  }

  test('spirals reach 95 % on test data within 20 seconds of training', { timeout: 120_000 }, () =>
    visit({ state: presets.spirals }, async (page) => {
      await reach(page, 0.95, 20);
      expect(await page.getByRole('button', { name: /^Layer \d+, neuron \d+/ }).count()).toBe(33);
    }),
  );

  test.skipIf(findMnistSample() === undefined)(
    'MNIST digits reach 94 % within 30 seconds, and clear digits that are drawn are recognised',
    { timeout: 180_000 },
    () =>
      visit({ state: presets.mnist }, async (page) => {
        await reach(page, 0.94, 30);
        await button(page, 'Pause').click();
        for (const [digit, strokes] of Object.entries(drawings)) {
          await button(page, 'Wipe').click();
          await draw(page, strokes);
          await page.getByText(`It looks like ${digit} `).waitFor();
        }
      }),
  );

  test('a table with Chinese headers trains to the bytes that the command line comes to, and predicts the same', {
    timeout: 120_000,
  }, async () => {
    const table = join(folder, '花.csv');
    writeFileSync(table, flowers());
    const setup = { ...presets.own, layers: [{ type: 'dense', units: 8, activation: 'tanh' }], epochs: 5, seed: 7 };
    const flags =
      '--hidden 8 --activation tanh --optimizer adam --lr 0.005 --epochs 5 --batch 16 --test 0.2 --validation 0 --seed 7';
    const ownModel = join(folder, 'own.safetensors');
    const { stdout } = await run('node', [
      command,
      'train',
      table,
      '--target',
      '品种',
      ...flags.split(' '),
      '--out',
      ownModel,
      '--json',
    ]);
    const { test: scores } = JSON.parse(stdout);
    await visit({ state: setup }, async (page) => {
      await page.locator('input[type=file]').first().setInputFiles(table);
      await page.getByText('花.csv').waitFor();
      await enabled(page, 'Play');
      await button(page, 'Play').click();
      await page.getByText('Epoch 5', { exact: true }).waitFor();
      await enabled(page, 'Play');
      await page.getByText(`test ${(100 * scores.accuracy).toFixed(1)} %`).waitFor();
      const model = await saved(page, 'Model');
      const [theirs, ours] = [
        readModel(readFileSync(model), 'page'),
        readModel(readFileSync(ownModel), 'command line'),
      ];
      expect(theirs.network.parameters).toEqual(ours.network.parameters);
      expect(theirs.preprocessing).toEqual(ours.preprocessing);
    });
  });

  test('an exported ONNX model says of the test data what the page says', { timeout: 120_000 }, () =>
    visit({ state: { ...presets.digits, epochs: 3 } }, async (page) => {
      await button(page, 'Play').click();
      await page.getByText('Epoch 3', { exact: true }).waitFor();
      await enabled(page, 'Play');
      const cells = await page.getByRole('region', { name: 'Confusion matrix' }).locator('td').allTextContents();
      const { inputs, labels } = digitsForTesting(presets.digits);
      const outputs = await runOnnx(new Uint8Array(readFileSync(await saved(page, 'ONNX'))), {
        input: { values: inputs, shape: [labels.length, 64] },
      });
      const confusion = new Array<number>(100).fill(0);
      for (const [i, label] of labels.entries())
        confusion[10 * label + largest(outputs.subarray(10 * i, 10 * i + 10))]++;
      expect(cells.map(Number)).toEqual(confusion);
      // A digit can be drawn without a mouse or finger.
      await page.getByRole('application').focus();
      await page.keyboard.press('Space');
      for (let i = 0; i < 10; i++) await page.keyboard.press('ArrowDown');
      await page.getByText(/^It looks like \d /).waitFor();
    }),
  );

  test('a link opens in a second page what the first one had, to the last bit', { timeout: 120_000 }, () =>
    visit({ state: { ...presets.xor, speed: 0, epochs: 2 } }, async (page) => {
      await page.getByRole('textbox', { name: 'Seed' }).fill('42');
      await page.keyboard.press('Enter');
      const trained = async (page: Page) => {
        await enabled(page, 'Play');
        await button(page, 'Play').click();
        await page.getByText('Epoch 2', { exact: true }).waitFor();
        await enabled(page, 'Play');
        return readFileSync(await saved(page, 'Model'));
      };
      const first = await trained(page);
      const state = new URL(page.url()).hash.slice('#train?'.length);
      await visit({ state }, async (other) => expect((await trained(other)).equals(first)).toBe(true));
    }),
  );

  test('a model that was saved goes on where it was, and a report shows what it came to', { timeout: 120_000 }, () =>
    visit({ state: { ...presets.digits, epochs: 2 } }, async (page) => {
      await button(page, 'Play').click();
      await page.getByText('Epoch 2', { exact: true }).waitFor();
      await enabled(page, 'Play');
      const score = (await page.getByText(/^test [\d.]+ %$/).textContent()) ?? '';
      const model = await saved(page, 'Model');
      expect(readFileSync(await saved(page, 'Report'), 'utf8')).toContain('Digits, 8 × 8');
      expect(readFileSync(await saved(page, 'JavaScript'), 'utf8')).toContain('export function predict');
      await button(page, 'Start over').click();
      await page.getByText('0 batches', { exact: true }).waitFor();
      await page.locator('input[type=file]').last().setInputFiles(model);
      await page.getByText(score, { exact: true }).waitFor();
      await button(page, 'One batch').click();
      await page.getByText('1 batch', { exact: true }).waitFor();
      // Its parameters are those to start over with.
      await button(page, 'Start over').click();
      await page.getByText('0 batches', { exact: true }).waitFor();
      await page.getByText(score, { exact: true }).waitFor();
      // Where it does not fit, what is there stays.
      await page.getByRole('combobox', { name: 'Data set' }).selectOption('circles');
      await button(page, 'One batch').click();
      await page.getByText('1 batch', { exact: true }).waitFor();
      await page.locator('input[type=file]').last().setInputFiles(model);
      await page.getByRole('alert').filter({ hasText: 'choose the data it was trained on' }).waitFor();
      expect(await page.getByText('1 batch', { exact: true }).count()).toBe(1);
    }),
  );

  test('nonsense in the address is answered in a sentence, and something is there to train', () =>
    visit({ state: { data: 'circles', layers: [{ type: '<img src=x onerror=alert(1)>' }] } }, async (page) => {
      await page.getByText('The address holds nothing that can be trained').waitFor();
      await enabled(page, 'Play');
    }));

  test('a training that diverges says where, and what the doctor finds', { timeout: 120_000 }, () => {
    const wild = { ...presets.slope, optimizer: 'sgd', settings: { learningRate: 1e6 }, layers: [], speed: 0 };
    return visit({ state: wild }, async (page) => {
      await button(page, 'Play').click();
      const alert = page.getByRole('alert').filter({ hasText: 'Training diverged: in epoch' });
      await alert.getByText('learning rate').first().waitFor();
      expect(await alert.textContent()).toMatch(/in epoch \d+, batch \d+/);
    });
  });

  test('a step that is opened in Step has the network and the batch of the training', { timeout: 120_000 }, () =>
    visit({ state: { ...presets.xor, batch: 1 } }, async (page) => {
      await button(page, 'One batch').click();
      await page.getByText('1 batch', { exact: true }).waitFor();
      await enabled(page, 'Open the next step in Step');
      await button(page, 'Open the next step in Step').click();
      await page.locator('main svg').first().waitFor();
      expect(new URL(page.url()).hash).toMatch(/^#step/);
    }),
  );

  test('hinge has targets of −1 and 1 in Step too', { timeout: 120_000 }, () =>
    visit({ state: { ...presets.circles, loss: 'hinge', batch: 20 } }, async (page) => {
      await enabled(page, 'Open the next step in Step');
      await button(page, 'Open the next step in Step').click();
      await page.waitForURL(/#step\?/);
      const state = JSON.parse(Buffer.from(new URL(page.url()).hash.split('?')[1], 'base64url').toString());
      expect(new Set(state.targets.flat())).toEqual(new Set([-1, 1]));
    }),
  );

  test('a table in GB18030 is dropped beside its box, and read once its encoding is chosen', () =>
    visit({}, async (page) => {
      await drop(page, 'h1', '花.csv', [...Buffer.from('a,b,y\n1,2,\xba\xec\n3,4,\xc0\xb6\n', 'latin1')]);
      await page.getByRole('alert').filter({ hasText: 'choose its encoding here' }).waitFor();
      await page.getByRole('combobox', { name: 'Encoding' }).selectOption('gb18030');
      await page.getByText('2 rows, 3 columns', { exact: true }).waitFor();
    }));

  test('a learning rate of 0 is refused at its field, and one epoch stays one at another speed', () =>
    visit({ state: { ...presets.xor, speed: 5 } }, async (page) => {
      const rate = page.getByRole('textbox', { name: 'Learning rate' });
      await rate.fill('0');
      await rate.press('Enter');
      await page.getByRole('alert').filter({ hasText: '0.01 stays' }).waitFor();
      await enabled(page, 'One epoch');
      await button(page, 'One epoch').click();
      await button(page, 'Pause').waitFor();
      await page.getByRole('combobox', { name: 'Speed' }).selectOption('1000');
      await page.getByText('28 batches', { exact: true }).waitFor();
      await enabled(page, 'Play');
    }));

  test('a table that is damaged is answered in a sentence that names the line', () =>
    visit({}, async (page) => {
      const table = join(folder, 'broken.csv');
      writeFileSync(table, 'a,b\n1,2\n3\n');
      await page.locator('input[type=file]').first().setInputFiles(table);
      await page
        .getByRole('alert')
        .filter({ hasText: /broken\.csv.*line 3/ })
        .waitFor();
    }));

  test('where workers are forbidden the page itself trains, and says so', { timeout: 120_000 }, async () => {
    const forbidding = await serveStudio({ policy: policies.withoutWorkers });
    try {
      if (browser === undefined) throw new Error('there is no browser');
      const { page, close } = await openStudio(browser, forbidding, { view: 'train' });
      await page.getByText('Training runs in the page itself').waitFor();
      await button(page, 'One epoch').click();
      await page.getByText('28 batches', { exact: true }).waitFor();
      await close();
    } finally {
      forbidding.close();
    }
  });
});

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** Waits until a button can be pressed. */
async function enabled(page: Page, name: string): Promise<void> {
  await button(page, name).and(page.locator(':enabled')).waitFor();
}

/** Drops a file on an element. */
async function drop(page: Page, element: string, name: string, bytes: readonly number[]): Promise<void> {
  const dataTransfer = await page.evaluateHandle(`(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(${JSON.stringify(bytes)})], ${JSON.stringify(name)}));
    return transfer;
  })()`);
  for (const event of ['dragover', 'drop']) await page.locator(element).dispatchEvent(event, { dataTransfer });
}

/** Plays until the accuracy on test data is high enough; fails where that takes longer. */
async function reach(page: Page, accuracy: number, seconds: number): Promise<void> {
  await button(page, 'Play').click();
  const percents = Array.from({ length: 101 - 100 * accuracy }, (_, i) => Math.round(100 * accuracy) + i).join('|');
  await page.getByText(new RegExp(`^test (${percents})\\.\\d %$`)).waitFor({ timeout: 1000 * seconds });
}

/** Digits as they were drawn: strokes of points in a square of side 1. */
const drawings: Readonly<Record<string, readonly (readonly (readonly [number, number])[])[]>> = {
  0: [
    [
      [0.5, 0.16],
      [0.38, 0.2],
      [0.3, 0.33],
      [0.28, 0.5],
      [0.31, 0.68],
      [0.4, 0.82],
      [0.52, 0.85],
      [0.64, 0.79],
      [0.71, 0.63],
      [0.72, 0.46],
      [0.68, 0.3],
      [0.6, 0.19],
      [0.5, 0.16],
    ],
  ],
  1: [
    [
      [0.5, 0.15],
      [0.5, 0.35],
      [0.49, 0.55],
      [0.49, 0.85],
    ],
  ],
  3: [
    [
      [0.31, 0.23],
      [0.4, 0.16],
      [0.53, 0.15],
      [0.64, 0.22],
      [0.66, 0.33],
      [0.6, 0.43],
      [0.48, 0.49],
      [0.61, 0.52],
      [0.7, 0.62],
      [0.69, 0.74],
      [0.58, 0.83],
      [0.43, 0.85],
      [0.28, 0.78],
    ],
  ],
  7: [
    [
      [0.28, 0.2],
      [0.5, 0.19],
      [0.72, 0.2],
      [0.62, 0.45],
      [0.5, 0.65],
      [0.42, 0.85],
    ],
  ],
};

async function draw(page: Page, strokes: (typeof drawings)[string]): Promise<void> {
  const surface = page.getByRole('application');
  await surface.scrollIntoViewIfNeeded();
  const box = await surface.boundingBox();
  if (box === null) throw new Error('there is nothing to draw on');
  const place = ([x, y]: readonly [number, number]) => [box.x + x * box.width, box.y + y * box.height] as const;
  for (const stroke of strokes) {
    await page.mouse.move(...place(stroke[0]));
    await page.mouse.down();
    for (const point of stroke) await page.mouse.move(...place(point), { steps: 4 });
    await page.mouse.up();
  }
}

/** Iris with everything in Chinese. */
function flowers(): string {
  const names: Readonly<Record<string, string>> = {
    setosa: '山鸢尾',
    versicolor: '变色鸢尾',
    virginica: '维吉尼亚鸢尾',
  };
  const lines = readFileSync(fileURLToPath(new URL('../../datasets/iris.csv', import.meta.url)), 'utf8')
    .trim()
    .split('\n')
    .slice(1);
  const rows = lines.map((line) => line.replace(/[a-z]+$/, (name) => names[name] ?? name));
  return ['花萼长度,花萼宽度,花瓣长度,花瓣宽度,品种', ...rows, ''].join('\n');
}

/** The digits that the page keeps for testing. */
function digitsForTesting({ test, seed }: { readonly test: number; readonly seed: number }) {
  const packed = readFileSync(fileURLToPath(new URL('../../datasets/digits.csv.gz', import.meta.url)));
  const rows = gunzipSync(packed)
    .toString()
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').map(Number));
  const kept = Array.from(splitRows(rows.length, { test, validation: 0, seed }).test, (row) => rows[row]);
  return {
    inputs: Float32Array.from(kept.flatMap((row) => row.slice(0, 64).map((ink) => ink / 16))),
    labels: kept.map((row) => row[64]),
  };
}

const largest = (values: Float32Array): number => values.indexOf(Math.max(...values));
