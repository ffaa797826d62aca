// Worked derivations as pages, opened from a file: nothing fetched, nothing complained of, nothing off a phone's screen.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeInBrowser, launch } from './chromium.ts';

const folder = join(import.meta.dirname, '../golden/explain');
const pages = readdirSync(folder).filter((name) => name.endsWith('.html'));

/** How far the page is wider than its window. */
const overflow = (page: Page) =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

/** Formulas that have to be scrolled and cannot be reached by keyboard. */
const unreachable = (page: Page) =>
  page.evaluate<string[]>(
    `[...document.querySelectorAll('.math')]
      .filter((box) => box.scrollWidth > box.clientWidth + 1 && box.tabIndex !== 0)
      .map((box) => box.textContent)`,
  );

describeInBrowser('a derivation as a page', () => {
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];
  const requests: string[] = [];
  beforeAll(async () => {
    browser = await launch();
    page = await browser.newPage();
    page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
    page.on('request', (request) => requests.push(request.url()));
  });
  afterAll(() => browser?.close());

  /** Opens a page, and forgets what the one before asked for. */
  async function open(name: string): Promise<string> {
    complaints.length = 0;
    requests.length = 0;
    const url = pathToFileURL(join(folder, name)).href;
    await page.goto(url);
    return url;
  }

  test('there are pages to open', () => expect(pages.length).toBeGreaterThan(0));

  test.each(pages)('%s fetches nothing, complains of nothing and does not overflow', async (name) => {
    const url = await open(name);
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await overflow(page)).toBe(0);
      }
      expect(await unreachable(page)).toEqual([]);
    }
    expect(complaints).toEqual([]);
    expect(requests).toEqual([url]);
  });

  test('sections close, and are printed all the same', async () => {
    await open(pages[0]);
    const formula = page.locator('.math').first();
    expect(await formula.isVisible()).toBe(true);
    await page.locator('main > details > summary').first().click();
    expect(await formula.isVisible()).toBe(false);
    await page.emulateMedia({ media: 'print' });
    expect(await formula.isVisible()).toBe(true);
  });
});
