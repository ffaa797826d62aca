// What every view of the studio owes its readers: those who use a keyboard or a screen reader, a narrow or a wide page, a slow line,
// a strict host. What a view is about is tested beside these.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInBrowser, launch } from './chromium.ts';
import { policies, type Site } from './server.ts';
import { addressOf, type OpenStudio, openStudio, type Reader, serveStudio, studioFolder } from './studio.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const views = ['step', 'train', 'check'] as const;
const languages = ['en', 'zh'] as const;
const widths = [360, 390, 1280, 1920, 2560];

/** The first things that a reader does in each view. */
const use: Readonly<Record<(typeof views)[number], (page: Page) => Promise<void>>> = {
  step: async (page) => {
    for (const stage of ['forward', 'loss', 'backward', 'update'])
      await page.locator(`[data-stage="${stage}"]`).click();
  },
  train: async (page) => {
    const main = page.locator('.controls button.main:enabled');
    await main.click();
    await page.waitForTimeout(300);
    await main.click();
  },
  check: async (page) => {
    await page.locator('main select').first().selectOption('derivative');
    await page.locator('.points').waitFor();
    await page.locator('table button').first().click();
  },
};

/** A sheet with a mistake, to be marked at once. */
const markedSheet = {
  part: 'mark',
  sheet: {
    text: '# network: example:mazur\nδ_o1 = 0.138499\nδ_h1 = 0.036350\nδ_h2 = 0.041370\n',
    mode: 'form',
    marked: true,
  },
};

const isNonsense = (state: Reader['state']): boolean => typeof state === 'object' && state !== markedSheet;

interface AxeFinding {
  readonly id: string;
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
}

/** What axe finds wrong with a page: rule, element, and why. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found = await page.evaluate<AxeFinding[]>(
    'axe.run(document, { resultTypes: ["violations"] }).then((result) => result.violations)',
  );
  return found.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary = '' }) => `${id}: ${target.join(' ')}: ${failureSummary.replace(/\s+/g, ' ')}`,
    ),
  );
}

/** Leaves a function in the page that tells how an element looks, as far as focus may change it. */
const lookOf = `globalThis.lookOf = (element) => [element, ...element.querySelectorAll('*')].map((part) => {
  const { outline, boxShadow, stroke, strokeWidth, fill, opacity } = getComputedStyle(part);
  return [outline, boxShadow, stroke, strokeWidth, fill, opacity].join();
}).join()`;

/** How far a page can be moved sideways, and by what. */
const overflow = (page: Page): Promise<unknown> =>
  page.evaluate(`(() => {
    const { scrollWidth } = document.documentElement;
    if (scrollWidth <= innerWidth) return undefined;
    const wide = [...document.querySelectorAll('main *')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1);
    return scrollWidth - innerWidth + ' px by ' + wide.slice(0, 3).map((one) => one.tagName + '.' + one.getAttribute('class'));
  })()`);

/** Numbers every control that the keyboard should reach, notes how each looks, and says what they are. */
const numberControls = `(() => {
  const all = document.querySelectorAll('button, a[href], input, select, textarea, summary, [tabindex="0"]');
  const seen = [...all].filter((one) => one.checkVisibility() && one.tabIndex >= 0 && !one.matches(':disabled'));
  for (const [i, one] of seen.entries()) {
    one.dataset.reached = String(i);
    one.dataset.look = lookOf(one);
  }
  document.activeElement?.blur();
  return seen.map((one) => [one.tagName, one.textContent?.trim().slice(0, 30), one.getAttribute('aria-label') ?? ''].join(' '));
})()`;

/** The number of the control that has the focus, −1 for another element, and whether it looks otherwise than before. */
const focused = `(() => {
  const one = document.activeElement;
  return { number: Number(one?.dataset?.reached ?? -1), isShown: one !== null && lookOf(one) !== one.dataset?.look };
})()`;

describeInBrowser('the studio', () => {
  let browser: Browser;
  let site: Site;
  beforeAll(async () => {
    [browser, site] = await Promise.all([launch(), serveStudio()]);
  });
  afterAll(async () => {
    await browser?.close();
    site?.close();
  });

  /** A view drawn in full, with its state. */
  async function opened(reader: Reader, place = site): Promise<OpenStudio> {
    const one = await openStudio(browser, place, reader);
    if (reader.view === 'check' && reader.state !== undefined && !isNonsense(reader.state))
      await one.page.locator('.points').waitFor();
    // Charts and drawings are drawn in the frame after they are told to be.
    await one.page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done, 200)))');
    return one;
  }

  it.each(languages.flatMap((language) => (['light', 'dark'] as const).map((theme) => ({ language, theme }))))(
    'has no violation that axe finds, in $language and $theme',
    async (seen) => {
      const found: Record<string, readonly string[]> = {};
      for (const view of views) {
        const { page, close } = await opened({ ...seen, view });
        found[view] = await violations(page);
        await use[view](page);
        found[`${view}, used`] = await violations(page);
        await close();
      }
      const { page, close } = await opened({ ...seen, view: 'check', state: markedSheet });
      await page.locator('.parts button').nth(1).click();
      await page.locator('article').waitFor();
      found['check, making'] = await violations(page);
      await close();
      expect(found).toEqual(Object.fromEntries(Object.keys(found).map((name) => [name, []])));
    },
  );

  it.each(views)('the keyboard reaches every control of %s, and shows where it is', async (view) => {
    const { page, close } = await opened({ view, ...(view === 'check' && { state: markedSheet }) });
    await page.evaluate(lookOf);
    const reachable = await page.evaluate<string[]>(numberControls);
    const reached = new Set<number>();
    const unseen: string[] = [];
    for (let i = 0; i < reachable.length + 10; i++) {
      await page.keyboard.press('Tab');
      const at = await page.evaluate<{ readonly number: number; readonly isShown: boolean }>(focused);
      reached.add(at.number);
      if (at.number >= 0 && !at.isShown) unseen.push(reachable[at.number]);
    }
    expect(reachable.filter((_, i) => !reached.has(i))).toEqual([]);
    expect(unseen).toEqual([]);
    await close();
  });

  it('a whole run over the views has nothing to complain of, in either language and theme', async () => {
    const { page, complaints, close } = await opened({ motion: true });
    for (const [language, theme] of [
      ['zh', 'dark'],
      ['en', 'light'],
    ]) {
      for (const view of views) {
        await page.locator(`nav a[href="#${view}"]`).click();
        await page.locator('main h1, main h2').first().waitFor();
        await use[view](page);
      }
      await page.locator('header select').first().selectOption(language);
      await page.locator('header select').last().selectOption(theme);
    }
    await page.goBack();
    expect(complaints).toEqual([]);
    await close();
  });

  it.each(views)('a link to %s gives a second reader the same', async (view) => {
    const first = await opened({ view, ...(view === 'check' && { state: markedSheet }) });
    await expect.poll(() => first.page.url()).toMatch(/\?./);
    await first.page.waitForTimeout(500);
    const link = first.page.url();
    const second = await opened({ view, state: link.slice(link.indexOf('?') + 1) });
    const content = (page: Page) => page.locator('main').ariaSnapshot();
    expect(await content(second.page)).toBe(await content(first.page));
    expect([...first.complaints, ...second.complaints]).toEqual([]);
    await Promise.all([first.close(), second.close()]);
  });

  it.each(views)('nonsense in the address of %s is answered by one sentence, and the view works', async (view) => {
    const image = '<img src=x onerror=alert(1)>';
    const hostile = { preset: image, part: image, data: image, layers: image, learningRate: image };
    const { page, complaints, close } = await opened({ view, state: hostile });
    for (const packed of [undefined, '%%%', Buffer.from('[]').toString('base64url')]) {
      // As a reader who puts another link into the address bar of the open page.
      if (packed !== undefined) await page.evaluate(`location.assign(${JSON.stringify(`#${view}?${packed}`)})`);
      await page.locator('main [role="alert"]').first().waitFor();
      expect(await page.locator('main [role="alert"]').count()).toBe(1);
      expect(await page.locator('main button:enabled').count()).toBeGreaterThan(1);
    }
    expect(await page.locator('main img[src="x"]').count()).toBe(0);
    expect(complaints).toEqual([]);
    await close();
  });

  it('an address of a view that there is not opens the first', async () => {
    const { page, complaints, close } = await opened({});
    await page.goto(`${addressOf(site)}-nothing?%%%`);
    await page.locator('main h1, main h2').first().waitFor();
    expect(await page.locator('nav [aria-current="page"]').getAttribute('href')).toBe('#step');
    expect(complaints).toEqual([]);
    await close();
  });

  it.each(views)('%s fits widths from 360 to 2560, and what is wider moves within its own frame', async (view) => {
    const found: Record<string, unknown> = {};
    for (const language of languages) {
      const { page, close } = await opened({
        view,
        language,
        width: 360,
        ...(view === 'check' && { state: markedSheet }),
      });
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 });
        await page.waitForTimeout(150);
        found[`${language} ${width}`] = await overflow(page);
      }
      await close();
    }
    expect(found).toEqual(Object.fromEntries(Object.keys(found).map((name) => [name, undefined])));
  });

  it.each([
    ['WebAssembly', policies.withoutWasm],
    ['workers', policies.withoutWorkers],
  ])('works where there is no %s, and says what is lacking', async (_, policy) => {
    const strict = await serveStudio({ isolated: false, policy });
    for (const view of views) {
      const { page, close } = await opened({ view, ...(view === 'check' && { state: markedSheet }) }, strict);
      expect(await page.locator('main button:enabled').count()).toBeGreaterThan(1);
      if (view === 'train') await page.locator('main [role="alert"]').first().waitFor();
      await use[view](page);
      expect(await page.locator('main [role="alert"]').count()).toBe(view === 'train' ? 1 : 0);
      await close();
    }
    strict.close();
  });

  it('where a part of the page cannot be fetched it says so, and the other views work', async () => {
    const { page, close } = await opened({});
    await page.route('**/assets/Check-*.js', (route) => route.abort());
    await page.locator('nav a[href="#check"]').click();
    await page.locator('main [role="alert"]').waitFor();
    expect(await page.locator('main button').count()).toBe(1);
    await page.locator('nav a[href="#step"]').click();
    await use.step(page);
    await page.unroute('**/assets/Check-*.js');
    await page.goto(addressOf(site, { view: 'check' }));
    await page.reload();
    await use.check(page);
    await close();
  });

  it('honours what the system says of language, theme and movement', async () => {
    const { page, close } = await opened({ language: 'zh', theme: 'dark' });
    const root = 'document.documentElement';
    expect(await page.evaluate(`[${root}.lang, ${root}.dataset.theme]`)).toEqual(['zh-CN', 'dark']);
    const motion = 'getComputedStyle(document.documentElement).getPropertyValue("--motion")';
    expect(await page.evaluate(motion)).toMatch(/^0m?s$/);
    await close();
  });

  it.each(['Step', 'Train', 'Check'])('%s has at most 200 kB of script to load first, compressed', (view) => {
    const assets = join(studioFolder, 'assets');
    const html = readFileSync(join(studioFolder, 'index.html'), 'utf8');
    const needed = new Set<string>();
    const need = (name: string): void => {
      if (needed.has(name)) return;
      needed.add(name);
      const code = readFileSync(join(assets, name), 'utf8');
      // Imports that are there from the start; what is imported on demand has a bracket behind the word.
      for (const [, other] of code.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)) need(other);
    };
    for (const [, name] of html.matchAll(/assets\/([\w.-]+\.js)"/g)) need(name);
    const first = readdirSync(assets).find((name) => name.startsWith(`${view}-`) && name.endsWith('.js'));
    expect(first).toBeDefined();
    if (first !== undefined) need(first);
    const sizes = Object.fromEntries(
      [...needed].map((name) => [name, gzipSync(readFileSync(join(assets, name))).length]),
    );
    const total = Object.values(sizes).reduce((sum, size) => sum + size, 0);
    expect(total, JSON.stringify(sizes)).toBeLessThanOrEqual(200_000);
    // More than the frame alone: what the view shows is among it.
    expect(needed.size).toBeGreaterThan(2);
  });
});
