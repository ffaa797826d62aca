// The Check view as readers use it: what it marks, explains, makes, saves and prints, and what it says to what it cannot read.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runIn, temporaryFolder } from '../cli/run.ts';
import { describeInBrowser, launch } from './chromium.ts';
import { policies, type Site } from './server.ts';
import { type OpenStudio, openStudio, type Reader, serveStudio } from './studio.ts';

const examples = fileURLToPath(new URL('../../examples/', import.meta.url));
const closingFigures = readFileSync(join(examples, 'closing-figures.csv'), 'utf8');
const notations = ['nielsen', 'mazur', 'ng', 'indexed', 'residual', 'xigua'];

/** δ of the hidden layer without the activation's derivative, by canonical names. */
const forgotten = `# network: example:mazur
quantity,value
layers.1.delta[0],0.138499
layers.1.delta[1],-0.038098
layers.0.delta[0],0.036350
layers.0.delta[1],0.041370
`;

interface JsonReport {
  readonly items: readonly { readonly quantity: string; readonly written: string; readonly verdict: string }[];
  readonly diagnoses: readonly { readonly misconception: string; readonly explanation: string }[];
}

describeInBrowser('the Check view', () => {
  const folder = temporaryFolder();
  let browser: Browser;
  let site: Site;
  let open: OpenStudio[] = [];

  beforeAll(async () => {
    [browser, site] = await Promise.all([launch(), serveStudio()]);
  });
  afterAll(async () => {
    await browser?.close();
    site?.close();
  });

  /** The view, with nothing to complain of until then. */
  async function view(reader: Reader = {}, place = site): Promise<Page> {
    const one = await openStudio(browser, place, { view: 'check', ...reader });
    open.push(one);
    return one.page;
  }

  async function closeAll(): Promise<readonly string[]> {
    const complaints = open.flatMap((one) => one.complaints);
    await Promise.all(open.map((one) => one.close()));
    open = [];
    return complaints;
  }

  const text = (page: Page): Locator => page.locator('textarea');
  const marked = async (page: Page): Promise<void> => {
    await page.locator('.points').waitFor();
    await page.locator('button.main:enabled').waitFor();
  };
  async function markText(page: Page, sheet: string): Promise<void> {
    await text(page).fill(sheet);
    await text(page).press('Control+Enter');
    await marked(page);
  }
  const sentence = async (page: Page): Promise<string> => (await page.getByRole('alert').first().textContent()) ?? '';
  const saved = async (page: Page, act: () => Promise<void>): Promise<{ name: string; content: string }> => {
    const [download] = await Promise.all([page.waitForEvent('download'), act()]);
    return { name: download.suggestedFilename(), content: readFileSync(await download.path(), 'utf8') };
  };

  it.each(['en', 'zh'] as const)('marks a pasted sheet as the command line does, in %s', async (language) => {
    const page = await view({ language });
    for (const sheet of [closingFigures, forgotten]) {
      await markText(page, sheet);
      const { out } = await runIn(folder, ['check', '-', '--json', '--lang', language], sheet);
      const report: JsonReport = JSON.parse(out);
      const rows = await page.locator('tbody tr').evaluateAll((all) =>
        all.map((row) => ({
          quantity: row.querySelector('button')?.firstChild?.textContent?.trim(),
          written: row.querySelector('.given')?.textContent,
          verdict: row.classList[0],
        })),
      );
      expect(rows).toEqual(report.items.map(({ quantity, written, verdict }) => ({ quantity, written, verdict })));
      expect(await page.locator('article h4').allTextContents()).toEqual(
        report.diagnoses.map(({ misconception }) => misconception),
      );
      expect(await page.locator('article > p').allTextContents()).toEqual(
        report.diagnoses.map(({ explanation }) => explanation),
      );
    }
    expect(await closeAll()).toEqual([]);
  });

  it('shows the rule beside what the sheet has, in every notation', async () => {
    const page = await view();
    await markText(page, forgotten);
    for (const notation of notations) {
      await page.getByLabel('Notation').selectOption(notation);
      await page.locator('button.main:enabled').waitFor();
      const formulas = page.locator('article dd');
      const [right, wrong] = [await formulas.nth(0).innerText(), await formulas.nth(1).innerText()];
      // The derivative of the sigmoid is what the mistake leaves out.
      expect(right.length, notation).toBeGreaterThan(wrong.length);
      expect(await formulas.locator('math').count()).toBe(4);
    }
    expect(await closeAll()).toEqual([]);
  });

  it('rings wrong numbers in the network, and works out what is chosen there', async () => {
    const page = await view();
    await markText(page, forgotten);
    const wrong = await page
      .locator('svg .item.wrong')
      .evaluateAll((all) => all.map((one) => one.getAttribute('data-id')));
    expect(wrong).toEqual(['layers.0.delta[0]', 'layers.0.delta[1]']);
    await page.locator('svg [data-id="layers.0.delta[1]"]').click();
    const detail = page.getByRole('region', { name: 'Quantity layers.0.delta[1]' });
    await detail.locator('math').first().waitFor();
    expect(await detail.innerText()).toContain('0.00995425471');
    expect(await detail.locator('math').last().textContent()).toContain('0.009954255');
    expect(await page.locator('tr[class~="chosen"] button').innerText()).toContain('layers.0.delta[1]');
    await page.getByRole('button', { name: 'Close' }).click();
    expect(await detail.count()).toBe(0);
    expect(await closeAll()).toEqual([]);
  });

  it('is filled in as a form, with the keyboard alone, and marked there', async () => {
    const page = await view();
    await text(page).fill('# network: example:mazur\n# by Ada\nnet_h1 = 0.3775\nzebra = 3\n');
    await page.getByRole('button', { name: 'As a form' }).press('Enter');
    const blank = page.getByRole('textbox', { name: 'out_h1' });
    await blank.waitFor();
    expect(await page.getByRole('textbox', { name: 'net_h1' }).inputValue()).toBe('0.3775');
    await blank.focus();
    await page.keyboard.type('0.593269992');
    await page.keyboard.press('Tab');
    await page.keyboard.type('0.7');
    // A line that is no quantity of this network stays on the sheet, and is named when it is marked.
    await page.keyboard.press('Control+Enter');
    expect(await sentence(page)).toMatch(/zebra/);
    await page.getByRole('button', { name: 'As text' }).press('Enter');
    const written = await text(page).inputValue();
    // What is filled in joins the entries; all else stands as it was typed.
    expect(written).toBe(
      '# network: example:mazur\n# by Ada\nnet_h1 = 0.3775\nzebra = 3\nlayers.0.a[0] = 0.593269992\nlayers.0.a[1] = 0.7\n',
    );
    await markText(page, written.replace(/zebra.*\n/, ''));
    expect(await page.locator('.points').innerText()).toBe('2 of 3 points');
    expect(await closeAll()).toEqual([]);
  });

  it('lays out an empty sheet of a chosen network, and leaves as text what it cannot read', async () => {
    const page = await view();
    await page.getByLabel('Network').first().selectOption('mazur');
    await page.getByRole('button', { name: 'As a form' }).click();
    await page.getByRole('textbox', { name: 'net_h1' }).fill('0.3775');
    await page.getByRole('button', { name: 'Mark it' }).click();
    await marked(page);
    expect(await page.locator('.points').innerText()).toBe('1 of 1 points');
    await page.getByRole('button', { name: 'As text' }).click();
    await text(page).fill('I have 3 apples');
    await page.getByRole('button', { name: 'As a form' }).click();
    expect(await sentence(page)).toMatch(/is no entry/);
    expect(await text(page).inputValue()).toBe('I have 3 apples');
    expect(await text(page).isEditable()).toBe(true);
    expect(await closeAll()).toEqual([]);
  });

  it('has Mark it in view, however long the sheet', async () => {
    const page = await view({ height: 720 });
    const button = page.getByRole('button', { name: 'Mark it' });
    const isInView = async () => {
      const { y = 0, height = 0 } = (await button.boundingBox()) ?? {};
      return y >= 0 && y + height <= 720;
    };
    expect(await isInView()).toBe(true);
    await page.getByLabel('Network').first().selectOption('mazur');
    await page.getByRole('button', { name: 'As a form' }).click();
    await page.getByRole('textbox', { name: 'net_h1' }).waitFor();
    await page.getByRole('textbox').last().scrollIntoViewIfNeeded();
    expect(await isInView()).toBe(true);
    await closeAll();
  });

  it('makes the sheets and keys of the command line, and gives a key full marks', async () => {
    const page = await view();
    await page.getByRole('button', { name: 'Make a worksheet' }).click();
    await page.locator('article').waitFor();
    for (const [format, ending] of [
      ['csv', 'csv'],
      ['html', 'html'],
      ['md', 'md'],
      ['latex', 'tex'],
      ['json', 'json'],
    ]) {
      await page.getByLabel('Save as').selectOption(format);
      const { name, content } = await saved(page, () =>
        page.getByRole('button', { name: 'Save the worksheet' }).click(),
      );
      const { out } = await runIn(folder, ['worksheet', 'example:mazur', '--format', format, '--seed', '1']);
      expect(name).toBe(`worksheet-1.${ending}`);
      expect(content.trimEnd()).toBe(out.trimEnd());
    }
    await page.getByLabel('With the answers').check();
    await page.getByLabel('Save as').selectOption('csv');
    const key = await saved(page, () => page.getByRole('button', { name: 'Save the key' }).click());
    expect(key.name).toBe('key-1.csv');
    await page.getByRole('button', { name: 'Mark a worksheet' }).click();
    await markText(page, key.content);
    expect(await page.locator('.wrong, .follows').count()).toBe(0);
    const report = await saved(page, () => page.getByRole('button', { name: 'Marks as a page' }).click());
    expect(report).toMatchObject({ name: 'marked.html', content: expect.stringContaining('<table') });
    expect(await closeAll()).toEqual([]);
  });

  it('makes a random one in the page’s language, of what is asked, to fill in at once', async () => {
    const page = await view({ language: 'zh' });
    await page.getByRole('button', { name: '出一份练习' }).click();
    await page.locator('.options select').first().selectOption('random');
    await page.getByLabel('各层神经元数').fill('3, 2, 1');
    await page.getByLabel('各层神经元数').press('Enter');
    for (const part of ['前向传播', '损失', '梯度', '更新']) await page.getByLabel(part, { exact: true }).uncheck();
    await expect.poll(() => page.locator('article ul.blanks li').count()).toBe(3);
    await page.getByRole('button', { name: '在这里作答' }).click();
    await expect.poll(() => page.locator('fieldset input:not([type])').count()).toBeGreaterThanOrEqual(3);
    expect(await closeAll()).toEqual([]);
  });

  it('says which numbers it makes no sheet of', async () => {
    const page = await view();
    await page.getByRole('button', { name: 'Make a worksheet' }).click();
    for (const [label, typed, kept] of [
      ['Seed', '-1', '1'],
      ['Samples in the batch', '1.5', '1'],
      ['Decimals of the answers', '', '5'],
    ]) {
      const field = page.getByLabel(label);
      await field.fill(typed);
      await field.press('Enter');
      expect(await field.getAttribute('aria-invalid')).toBe('true');
      expect(await field.inputValue()).toBe(kept);
    }
    expect(await closeAll()).toEqual([]);
  });

  it('prints the sheet, and nothing around it, in black on white from a dark page too', async () => {
    const page = await view({ theme: 'dark' });
    await page.getByRole('button', { name: 'Make a worksheet' }).click();
    await page.locator('article').waitFor();
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('article h3').isVisible()).toBe(true);
    expect(await page.evaluate("getComputedStyle(document.querySelector('article')).backgroundColor")).toBe(
      'rgb(255, 255, 255)',
    );
    for (const hidden of ['nav', '.options', 'h1', 'button.main', 'select >> nth=0']) {
      expect(await page.locator(hidden).first().isVisible(), hidden).toBe(false);
    }
    expect(await closeAll()).toEqual([]);
  });

  it('gives a second reader what a link says: sheet, network, notation, and the marks', async () => {
    const page = await view();
    await markText(page, forgotten);
    await page.getByLabel('Notation').selectOption('residual');
    await page.locator('button.main:enabled').waitFor();
    const shown = await page.locator('article dd').first().innerText();
    await expect.poll(() => page.url()).toMatch(/#check\?\w{100}/);
    await page.waitForTimeout(400);
    const second = await view({ state: page.url().split('?')[1] });
    await marked(second);
    expect(await text(second).inputValue()).toBe(forgotten);
    await expect.poll(() => second.locator('article dd').first().innerText()).toBe(shown);
    expect(await closeAll()).toEqual([]);
  });

  it('says so where the address has nonsense, and works', async () => {
    const packed = (text: string) => Buffer.from(text).toString('base64url');
    const nonsense = {
      'no base64': '%%%',
      'no JSON': packed('{"part":'),
      'the state of another view': packed('{"optimizer":{"name":"adam"}}'),
      'more neurons than anyone works by hand': packed('{"part":"make","make":{"widths":[2,9000000]}}'),
    };
    const page = await view();
    for (const [what, state] of Object.entries(nonsense)) {
      // As a reader who puts another link into the address bar of the open page.
      await page.evaluate(`location.assign(${JSON.stringify(`#check?${state}`)})`);
      await expect
        .poll(() => sentence(page), { message: what })
        .toMatch(/^The address names no worksheet that can be read here/);
      await markText(page, forgotten);
      expect(await page.locator('.points').innerText()).toBe('2 of 4 points');
      expect(await page.getByRole('alert').count()).toBe(0);
    }
    expect(await closeAll()).toEqual([]);
  });

  it('answers what is no sheet in one sentence', async () => {
    const page = await view();
    const sheets: readonly (readonly [what: string, sheet: string, expected: RegExp])[] = [
      ['nothing', '# network: example:mazur\n', /nothing in it is an entry/],
      ['prose with numbers', 'I have 3 apples', /is no entry/],
      ['no network', 'net_h1 = 0.3775\n', /does not say which network/],
      [
        'a network that is elsewhere',
        '# network: ../secret.json\nnet_h1 = 1\n',
        /\.\.\/secret\.json, which is not in this page/,
      ],
      ['a quantity that there is not', '# network: example:mazur\nnet_h9 = 1\n', /net_h9/],
      ['a value that is no number', '# network: example:mazur\nnet_h1 = NaN\n', /NaN/],
      [
        'a network that is none',
        '# network: {"input":[2],"layers":[{"type":"dense","units":-3}]}\nlayers.0.z = 1\n',
        /units/,
      ],
      ['endless training', '# network: example:mazur\nafter.99999999.loss = 1\n', /100,000/],
    ];
    for (const [what, sheet, expected] of sheets) {
      await text(page).fill(sheet);
      await page.getByRole('button', { name: 'Mark it' }).click();
      await page.locator('button.main:enabled').waitFor();
      expect(await sentence(page), what).toMatch(expected);
      expect(await page.getByRole('alert').count()).toBe(1);
    }
    expect(await closeAll()).toEqual([]);
  });

  it('says errors of the library in Chinese', async () => {
    const page = await view({ language: 'zh' });
    await text(page).fill('# network: example:mazur\n');
    await page.getByRole('button', { name: '批改', exact: true }).click();
    expect(await sentence(page)).not.toMatch(/[a-z]{3} [a-z]{2}/i);
    expect(await closeAll()).toEqual([]);
  });

  it('shows what a sheet says as text, whatever it is', async () => {
    const page = await view();
    const evil = '<img src=x onerror="document.title=1"><script>document.title=1</script>';
    await markText(page, `# name: ${evil}\n${forgotten}`);
    expect(await page.locator('.result').innerText()).toContain(evil);
    expect(await page.locator('main img, main script').count()).toBe(0);
    const { content } = await saved(page, () => page.getByRole('button', { name: 'Marks as a page' }).click());
    expect(content).not.toContain('<img');
    expect(await closeAll()).toEqual([]);
  });

  it('takes sheets and networks as files, and refuses too large ones before reading them', async () => {
    const page = await view();
    const sheet = join(folder, 'sheet.csv');
    writeFileSync(sheet, forgotten.replace('example:mazur', 'mine.json'));
    const [sheets, networks] = [page.locator('input[type=file]').nth(0), page.locator('input[type=file]').nth(1)];
    await sheets.setInputFiles(sheet);
    expect(await sentence(page)).toMatch(/mine\.json, which is not in this page/);
    await networks.setInputFiles(join(examples, 'mazur.json'));
    await page.getByRole('button', { name: 'Mark it' }).click();
    await marked(page);
    expect(await page.getByLabel('Network').first().locator('option:checked').innerText()).toContain('mazur.json');

    // 100 MB that nobody has to make or send: the page asks a file's size first.
    await page.evaluate(`(() => {
      const input = document.querySelector('input[type=file]');
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(100 * 2 ** 20)], 'huge.csv'));
      input.files = transfer.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    })()`);
    expect(await sentence(page)).toBe(
      'huge.csv has 100 MB, more than the 4 MB that are read here; choose a smaller file.',
    );
    writeFileSync(join(folder, 'binary.csv'), Buffer.from([0xff, 0xfe, 0x00, 0x41]));
    await sheets.setInputFiles(join(folder, 'binary.csv'));
    await expect.poll(() => sentence(page)).toMatch(/^binary\.csv is no text in UTF-8/);
    writeFileSync(join(folder, 'broken.safetensors'), Buffer.alloc(64, 7));
    await networks.setInputFiles(join(folder, 'broken.safetensors'));
    await expect.poll(() => sentence(page)).toMatch(/^broken\.safetensors/);
    expect(await closeAll()).toEqual([]);
  });

  it('takes what is dropped on it', async () => {
    const page = await view();
    const transfer = await page.evaluateHandle(`(() => {
      const data = new DataTransfer();
      data.items.add(new File([${JSON.stringify(forgotten)}], '练习 1.csv', { type: 'text/csv' }));
      return data;
    })()`);
    await page.dispatchEvent('section.sheet', 'dragover', { dataTransfer: transfer });
    expect(await page.locator('section.sheet.dropping').count()).toBe(1);
    await page.dispatchEvent('section.sheet', 'drop', { dataTransfer: transfer });
    await marked(page);
    expect(await page.locator('section.sheet.dropping').count()).toBe(0);
    expect(await text(page).inputValue()).toBe(forgotten);
    expect(await closeAll()).toEqual([]);
  });

  it('marks in the page itself where it may have no threads, and says so', async () => {
    const strict = await serveStudio({ policy: policies.withoutWorkers });
    const page = await view({}, strict);
    await markText(page, forgotten);
    expect(await page.locator('.points').innerText()).toBe('2 of 4 points');
    expect(await page.locator('.note').innerText()).toMatch(/no threads/);
    await closeAll();
    strict.close();
  });

  it('keeps its sheet while another view is open', async () => {
    const page = await view();
    await markText(page, forgotten);
    await page.getByRole('link', { name: 'Step' }).click();
    await page.getByRole('link', { name: 'Check' }).click();
    expect(await text(page).inputValue()).toBe(forgotten);
    expect(await page.locator('.points').innerText()).toBe('2 of 4 points');
    // The way back leads to what was typed last, though there was no time to write it into the address.
    await page.waitForTimeout(400);
    await text(page).fill(closingFigures);
    await page.getByRole('link', { name: 'Step' }).click();
    await page.goBack();
    await page.waitForTimeout(400);
    expect(await text(page).inputValue()).toBe(closingFigures);
    await closeAll();
  });
});
