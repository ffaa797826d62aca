// The Step view in a browser, on the built files: source B's example pressed through, the way back, what is highlighted, what is typed.

import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { explain, notations } from '../../src/explain/index.ts';
import { parseNetwork } from '../../src/formats/index.ts';
import golden from '../golden/mazur.json' with { type: 'json' };
import { describeInBrowser, launch } from './chromium.ts';
import type { Site } from './server.ts';
import { type OpenStudio, openStudio, type Reader, serveStudio } from './studio.ts';

const stages = ['forward', 'loss', 'backward', 'update'] as const;
const net = parseNetwork(readFileSync(new URL('../../examples/mazur.json', import.meta.url), 'utf8'), 'mazur.json');
const batch = { inputs: [[0.05, 0.1]], targets: [[0.01, 0.99]], learningRate: 0.5 };

describeInBrowser('the Step view', () => {
  let browser: Browser;
  let site: Site;
  beforeAll(async () => {
    [browser, site] = await Promise.all([launch(), serveStudio()]);
  });
  afterAll(async () => {
    await browser?.close();
    site?.close();
  });

  /** Opens the view, does something in it, and makes sure that nothing complained. */
  async function inStep(reader: Reader, action: (page: Page, studio: OpenStudio) => Promise<void>): Promise<void> {
    const studio = await openStudio(browser, site, { view: 'step', ...reader });
    try {
      await action(studio.page, studio);
      expect(studio.complaints).toEqual([]);
    } finally {
      await studio.close();
    }
  }

  const press = (page: Page, stage: (typeof stages)[number]) => page.locator(`[data-stage=${stage}]`).click();
  const back = (page: Page) => page.getByRole('button', { name: 'One back' }).click();

  /** The table: each quantity's number by its name. */
  const numbers = (page: Page) =>
    page
      .locator('td[data-id]')
      .evaluateAll((cells) =>
        Object.fromEntries(
          cells.map((cell) => [cell.getAttribute('data-id') ?? '', (cell.textContent ?? '').replace('−', '-')]),
        ),
      );

  /** Every weight and bias in full, as the fields have them. */
  const parameters = (page: Page) =>
    page
      .locator('[aria-label^="layers."] input')
      .evaluateAll((fields) => fields.map((field) => Number(Reflect.get(field, 'value').replace('−', '-'))));

  const marked = (page: Page, mark: string) =>
    page
      .locator(`svg [data-id].${mark}`)
      .evaluateAll((parts) => parts.map((part) => part.getAttribute('data-id') ?? '').sort());

  /** What a formula says, as those hear it who read its text. */
  const formulas = (page: Page) => page.locator('.equation math').allTextContents();

  /** The golden numbers, as a notation writes them. */
  function goldenIn(notation: string): Record<string, string> {
    const step = Object.entries(golden.step).map(([id, { value }]) => {
      // Zhou's g and e are −∂E/∂α: the minus is in them.
      if (notation !== 'xigua' || !id.includes('.delta[')) return [id, value];
      return [id, value.startsWith('-') ? value.slice(1) : `-${value}`];
    });
    return { ...Object.fromEntries(step), 'after.1.loss': golden.frozenBiases['after.1.loss'] };
  }

  test.each(['en', 'zh'] as const)(
    "source B's example pressed through shows every number, in every notation, in %s",
    async (language) => {
      await inStep({ language }, async (page) => {
        for (const stage of stages) await press(page, stage);
        for (const notation of Object.keys(notations)) {
          await page
            .locator('select')
            .filter({ has: page.locator('option[value=xigua]') })
            .selectOption(notation);
          const found = await numbers(page);
          expect(found, notation).toMatchObject(goldenIn(notation));
          for (const id of ['layers.1.delta[0]', 'layers.1.weight.grad[0,0]', 'layers.0.weight.next[1,1]']) {
            await page.locator(`tr:has(td[data-id="${id}"]) button`).click();
            await page.locator(`.equation[data-id="${id}"] math`).first().waitFor();
            expect((await formulas(page)).join(' ').replaceAll('−', '-'), `${id} in ${notation}`).toContain(found[id]);
          }
        }
      });
    },
  );

  test('numbers are there only once their part of the step was opened', async () => {
    await inStep({}, async (page) => {
      expect(await page.locator('td[data-id]').count()).toBe(0);
      await press(page, 'forward');
      expect(Object.keys(await numbers(page))).toContain('layers.1.a[0]');
      expect(Object.keys(await numbers(page))).not.toContain('loss');
      await press(page, 'backward');
      expect(Object.keys(await numbers(page))).toEqual(expect.arrayContaining(['loss', 'layers.0.delta[0]']));
      expect(Object.keys(await numbers(page))).not.toContain('layers.0.weight.next[0,0]');
    });
  });

  test('stepping back restores every bit, and every number shown on the way', async () => {
    await inStep({}, async (page) => {
      const trace: unknown[] = [];
      const look = async () => [
        await numbers(page),
        await parameters(page),
        await page.locator('svg text').allTextContents(),
      ];
      for (let i = 0; i < 10; i++) {
        trace.push(await look());
        await press(page, stages[i % stages.length]);
      }
      for (const wanted of trace.reverse()) {
        await back(page);
        expect(await look()).toEqual(wanted);
      }
      expect(await page.getByRole('button', { name: 'One back' }).getAttribute('aria-disabled')).toBe('true');
    });
  });

  test('a hundred steps come to what the library comes to, and to the start again', async () => {
    const derivation = explain(net, { ...batch, steps: 101, of: ['loss'] });
    const wanted = Object.keys(net.parameters).flatMap((name) => Array.from(derivation.values(name)));
    await inStep({}, async (page) => {
      const first = await parameters(page);
      await page.getByRole('button', { name: '100 steps' }).click();
      await press(page, 'forward');
      // Browsers have an exponential function of their own, the last bit of which may differ.
      for (const [i, value] of (await parameters(page)).entries()) expect(value).toBeCloseTo(wanted[i], 13);
      await page.getByRole('button', { name: /To the start/ }).click();
      expect(await parameters(page)).toEqual(first);
    });
  });

  test('what a quantity is computed from is highlighted in the network, back to what is given', async () => {
    const { steps } = explain(net, batch);
    const uses = new Map(steps.map((step) => [step.id, step.uses]));
    const ancestors = (id: string): string[] => (uses.get(id) ?? []).flatMap((used) => [used, ...ancestors(used)]);
    const part = (id: string) => id.replace(/\.z\[/, '.a[').replace(/\.(grad|next)\[/, '[');
    await inStep({ state: { presses: 4 } }, async (page) => {
      for (const id of ['layers.0.a[1]', 'layers.1.delta[0]', 'layers.0.delta[1]']) {
        await page.locator(`svg [data-id="${id}"]`).focus();
        await page.keyboard.press('Enter');
        expect(await marked(page, 'chosen')).toEqual([id]);
        // A weighted input is drawn in its own neuron: it is what that reads.
        const read = (uses.get(id) ?? []).flatMap((used) => (part(used) === id ? (uses.get(used) ?? []) : [used]));
        const near = new Set(read.map(part));
        expect(await marked(page, 'near')).toEqual([...near].sort());
        const all = new Set(ancestors(id).map(part));
        const far = [...all].filter((one) => one !== id && !near.has(one) && one !== 'learningRate');
        expect(await marked(page, 'far')).toEqual(far.sort());
      }
    });
  });

  test('the drawing is walked by the arrow keys, and Enter opens a derivation', async () => {
    await inStep({ state: { presses: 1 } }, async (page) => {
      await page.locator('svg [data-id="input[0]"]').focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      const chosen = await marked(page, 'chosen');
      expect(chosen).toHaveLength(1);
      expect(chosen[0]).toMatch(/^layers\.0\./);
      await page.keyboard.press('End');
      await page.keyboard.press('Enter');
      expect(await marked(page, 'chosen')).toEqual(['loss']);
      await page.getByText('is computed by “Loss”').waitFor();
      await page.getByRole('button', { name: 'Go on to “Loss”' }).click();
      await page.locator('.equation[data-id="loss"] math').first().waitFor();
      expect((await formulas(page)).join('')).toContain('0.298371109');
    });
  });

  test('what is no number is answered by a sentence under the field, and the old weight stays', async () => {
    await inStep({ state: { presses: 3, chosen: 'layers.0.weight[0,0]' } }, async (page) => {
      const field = page.locator('#step-derivation ~ * input');
      for (const [text, fault] of [
        ['NaN', 'is no number'],
        ['0x1f', 'is no number'],
        ['0,4', 'is no number'],
        ['', 'is no number'],
        ['1e999', 'does not fit here: type a finite number'],
      ]) {
        const typed = text === '' ? 'nothing' : `“${text}”`;
        await field.fill(text);
        await field.press('Enter');
        const sentence = page.getByRole('alert').filter({ hasText: `${typed} ${fault}` });
        await sentence.filter({ hasText: '0.15 stays' }).waitFor();
        expect(await field.getAttribute('aria-describedby')).toBe(await sentence.getAttribute('id'));
        expect(await field.inputValue()).toBe('0.15');
        expect((await numbers(page)).loss).toBe('0.298371109');
      }
    });
  });

  test('a weight typed over starts again with it, and one back brings the old one with all that was computed', async () => {
    await inStep({ state: { presses: 3, chosen: 'layers.1.weight[0,0]' } }, async (page) => {
      const before = await numbers(page);
      const field = page.locator('#step-derivation ~ * input');
      await field.fill('０．９');
      await field.press('Enter');
      expect(await field.inputValue()).toBe('0.9');
      expect(await page.locator('td[data-id]').count()).toBe(0);
      await press(page, 'loss');
      const parameters = { ...Object.fromEntries(Object.entries(net.parameters)) };
      parameters['layers.1.weight'] = { shape: [2, 2], data: Float64Array.of(0.9, 0.45, 0.5, 0.55) };
      const wanted = explain({ ...net, parameters }, { ...batch, of: ['loss'] }).values('loss')[0];
      expect((await numbers(page)).loss).toBe(wanted.toFixed(9));
      for (let i = 0; i < 3; i++) await back(page);
      expect(await numbers(page)).toEqual(before);
    });
  });

  test('layers, neurons, activation, loss and optimizer can be changed, and what does not fit is refused in a sentence', async () => {
    await inStep({}, async (page) => {
      await page.getByRole('button', { name: 'Add a hidden layer' }).click();
      const second = page.getByRole('group', { name: /Layer 1/ });
      await second.getByLabel('Neurons').fill('3');
      await second.getByLabel('Neurons').press('Enter');
      await second.getByRole('combobox').selectOption('tanh');
      await page.getByRole('combobox', { name: 'Loss', exact: true }).selectOption('crossEntropy');
      await page.getByRole('combobox', { name: 'Optimizer' }).selectOption('adam');
      await press(page, 'update');
      const found = await numbers(page);
      expect(Object.keys(found)).toEqual(expect.arrayContaining(['layers.1.a[2]', 'layers.2.weight.m.next[1,2]']));
      const last = page.getByRole('group', { name: /Layer 2/ });
      await last.getByRole('combobox').selectOption('relu');
      await page.getByRole('alert').filter({ hasText: 'crossEntropy needs outputs between 0 and 1' }).waitFor();
      expect(await last.getByRole('combobox').inputValue()).toBe('sigmoid');
      expect(await numbers(page)).toEqual(found);
    });
  });

  test('numbers that are too large from the start are not blamed on the learning rate', async () => {
    await inStep({}, async (page) => {
      const input = page.getByRole('group', { name: 'sample 1' }).getByRole('textbox').first();
      await input.fill('1e308');
      await input.press('Enter');
      await page.getByText('Weights and biases', { exact: true }).click();
      const weight = page.locator('[aria-label="layers.0.weight"] input').first();
      await weight.fill('1e300');
      await weight.press('Enter');
      await press(page, 'forward');
      const sentence = page.getByRole('alert').filter({ hasText: 'net_h1 is no finite number in step 1.' });
      await sentence.filter({ hasText: 'take smaller numbers' }).waitFor();
      expect(await sentence.textContent()).not.toContain('learning rate');
    });
  });

  test('a learning rate that is far too large ends in a sentence that names the first number that is none', async () => {
    await inStep({}, async (page) => {
      await page
        .getByRole('group', { name: /Layer 1/ })
        .getByLabel('Activation')
        .selectOption('linear');
      await page
        .getByRole('group', { name: /Layer 0/ })
        .getByLabel('Activation')
        .selectOption('linear');
      await page.getByLabel('Learning rate η').fill('1000');
      await page.getByLabel('Learning rate η').press('Enter');
      await page.getByRole('button', { name: '100 steps' }).click();
      await page
        .getByRole('alert')
        .filter({
          hasText: /is no finite number in step \d\d?\..*The learning rate is too high: .*Use a smaller learning rate/s,
        })
        .waitFor();
    });
  });

  test('the closing figures are marked, and the cause is named', async () => {
    for (const [language, cause] of [
      ['en', 'computed with weights that this step had already updated'],
      ['zh', '用了这一步里已经更新过的权重'],
    ] as const) {
      await inStep({ language, state: { preset: 'closing', notation: 'mazur' } }, async (page) => {
        await page.locator('.closing button').click();
        await page.locator('.closing').getByText(cause).waitFor();
        const rows = await page.locator('.closing tbody tr').allTextContents();
        expect(rows[0]).toContain(golden.printedBySource['after.1.loss']);
        expect(rows[0]).toContain(golden.frozenBiases['after.1.loss']);
        for (const [id, value] of Object.entries(golden.frozenBiases).filter(([id]) => id.startsWith('after.10000')))
          expect(rows.join(' '), id).toContain(value);
      });
    }
  });

  test('every preset goes through a step, and everything in its drawing can be chosen', async () => {
    await inStep({ state: { notation: 'nielsen' } }, async (page) => {
      const choice = page.locator('select').filter({ has: page.locator('option[value=xor]') });
      for (const preset of ['xor', 'saturated', 'saturatedEntropy', 'vanishing', 'softmax', 'convolution']) {
        await choice.selectOption(preset);
        await press(page, 'update');
        const parts = page.locator('svg [data-id]');
        const ids = await parts.evaluateAll((all) => all.map((one) => one.getAttribute('data-id') ?? ''));
        expect(ids.length, preset).toBeGreaterThan(4);
        for (const id of ids.filter((_, i) => ids.length < 30 || i % 3 === 0)) {
          await page.locator(`svg [data-id="${id}"]`).dispatchEvent('click');
          expect(await marked(page, 'chosen'), `${id} of ${preset}`).toContain(id);
        }
      }
    });
  });

  test('another sample of a batch shows its numbers, and of what is chosen that sample', async () => {
    const xor = parseNetwork(readFileSync(new URL('../../examples/xor.json', import.meta.url), 'utf8'), 'xor.json');
    const inputs = [0, 1].flatMap((a) => [0, 1].map((b) => [a, b]));
    const { steps } = explain(xor, { inputs, targets: [[0], [1], [1], [0]] });
    await inStep({ state: { preset: 'xor', presses: 3, chosen: 'samples.0.layers.0.delta[1]' } }, async (page) => {
      for (const sample of [0, 3, 2]) {
        await page.getByRole('combobox', { name: 'Sample shown' }).selectOption(String(sample));
        const id = `samples.${sample}.layers.0.delta[1]`;
        expect(await marked(page, 'chosen')).toEqual([id]);
        const value = steps.find((step) => step.id === id)?.value ?? Number.NaN;
        expect(Number((await numbers(page))[id])).toBeCloseTo(value, 8);
      }
      expect(await numbers(page)).not.toHaveProperty('samples.0.layers.0.delta[1]');
    });
  });

  test('a link shows a second reader the same', async () => {
    await inStep({ state: { preset: 'xor', notation: 'ng' } }, async (page) => {
      for (const stage of [...stages, 'forward', 'backward'] as const) await press(page, stage);
      await page.locator('svg [data-id$="layers.0.delta[1]"]').dispatchEvent('click');
      await page.getByLabel('Learning rate η').fill('0.75');
      await page.getByLabel('Learning rate η').press('Enter');
      await press(page, 'backward');
      // The address follows a little later.
      await page.evaluate('new Promise((done) => setTimeout(done, 300))');
      const [address, found, weights] = [page.url(), await numbers(page), await parameters(page)];
      await inStep({ state: address.split('?')[1] }, async (other) => {
        expect(await numbers(other)).toEqual(found);
        expect(await parameters(other)).toEqual(weights);
        expect(await marked(other, 'chosen')).toEqual(await marked(page, 'chosen'));
      });
    });
  });

  test('another view and the way back leave the changes to be taken back', async () => {
    await inStep({}, async (page) => {
      const rate = page.getByLabel('Learning rate η');
      await rate.fill('0.75');
      await rate.press('Enter');
      await page.getByRole('link', { name: 'Check' }).click();
      await rate.waitFor({ state: 'detached' });
      await page.goBack();
      expect(await rate.inputValue()).toBe('0.75');
      await back(page);
      expect(await rate.inputValue()).toBe('0.5');
    });
  });

  test('what is chosen in the table is in view, with nothing of the editor behind it', async () => {
    await inStep({ state: { presses: 4 } }, async (page) => {
      const choice = page.locator('tr:has(td[data-id="layers.1.z[1]"]) button');
      await page.setViewportSize({ width: 1280, height: 720 });
      await choice.click();
      await page.locator('.equation').waitFor();
      await page.evaluate('scrollTo(0, document.documentElement.scrollHeight)');
      await page.getByLabel('L2 penalty').click({ timeout: 5000 });
      await page.setViewportSize({ width: 390, height: 800 });
      await choice.click();
      const top = () => page.locator('.derivation').evaluate((panel) => panel.getBoundingClientRect().top);
      await expect.poll(top).toBeLessThan(400);
      expect(await top()).toBeGreaterThan(-10);
    });
  });

  test.each([
    ['no JSON', '!!!'],
    ['something else', { preset: 'no such preset' }],
    [
      'a network that does not fit',
      {
        network: { input: [2], layers: [{ type: 'dense', units: -1 }] },
        inputs: [[1]],
        targets: [[1]],
        optimizer: { name: 'sgd', settings: {} },
        learningRate: 1,
      },
    ],
    [
      'a name that is markup',
      {
        network: { input: [2], layers: [{ type: '<img src=x onerror=alert(1)>' }] },
        inputs: [[1, 1]],
        targets: [[1]],
        optimizer: { name: 'sgd', settings: {} },
        learningRate: 1,
      },
    ],
  ])('a link with %s is answered by a sentence and the first example', async (_, state) => {
    await inStep({ state }, async (page) => {
      await page.getByRole('alert').filter({ hasText: 'The link to this page is damaged' }).waitFor();
      await press(page, 'loss');
      expect((await numbers(page)).loss).toBe('0.298371109');
    });
  });

  test('a part of the page that cannot be fetched is answered by a sentence, and the rest works', async () => {
    const { page, close } = await openStudio(browser, site, { view: 'step', state: { presses: 4 } });
    try {
      await page.route(/html-.*\.js$/, (route) => route.abort());
      await page.locator('tr:has(td[data-id="loss"]) button').click();
      await page.locator('.derivation [role=alert]').waitFor();
      await back(page);
      expect((await numbers(page)).loss).toBe('0.298371109');
    } finally {
      await close();
    }
  });

  test('values move along the lines where motion is wanted, and not where it is not', async () => {
    const moving = (page: Page) =>
      page.evaluate<number>(
        `[...document.querySelectorAll('svg .flow')]
          .filter((line) => line.getAnimations().some(({ playState }) => playState === 'running')).length`,
      );
    await inStep({ motion: true }, async (page) => {
      await press(page, 'forward');
      expect(await moving(page)).toBeGreaterThan(7);
    });
    await inStep({ motion: false }, async (page) => {
      await press(page, 'forward');
      expect(await moving(page)).toBe(0);
    });
  });

  test('nothing runs off a page of any width', async () => {
    const state = { preset: 'convolution', presses: 4, chosen: 'layers.0.weight.grad[0,0,0,0]' };
    await inStep({ state }, async (page) => {
      await page.locator('.equation math').first().waitFor();
      for (const width of [360, 390, 1280, 1920, 2560]) {
        await page.setViewportSize({ width, height: 900 });
        const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
        expect(await page.evaluate(overflow), `${width} pixels`).toBe(0);
      }
    });
  });
});
