// A browser for tests: Debian's Chromium, or the one that CHROMIUM names. Where there is none tests are skipped, but never in CI.
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { describe } from 'vitest';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = process.env.CHROMIUM ?? places.find((place) => existsSync(place));

/** Tests in a browser: skipped where there is none, unless the machine is one that must have it. */
export function describeInBrowser(name: string, tests: () => void): void {
  if (executablePath !== undefined || process.env.CI) describe(name, tests);
  else describe.skip(`${name} (no Chromium at ${places.join(', ')}; CHROMIUM may name another)`, tests);
}

/** @throws Error where there is no Chromium */
export function launch(): Promise<Browser> {
  if (executablePath === undefined) throw new Error(`there is no Chromium at ${places.join(', ')}`);
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
  return chromium.launch({ executablePath, headless: true, args });
}

/** What a page came to, with everything that went wrong on the way. */
export interface Outcome {
  readonly value: unknown;
  /** Errors of the console, exceptions, and what the policy forbade. */
  readonly complaints: readonly string[];
}

/** Opens a page, and calls the function that it leaves as `globalThis.run`. */
export async function runPage(browser: Browser, url: string, ...operands: readonly unknown[]): Promise<Outcome> {
  const page = await browser.newPage();
  const complaints = listen(page);
  // Not every breach of the policy reaches the console.
  const told = "addEventListener('securitypolicyviolation', (e) => console.error('breach of ' + e.violatedDirective))";
  await page.addInitScript({ content: told });
  try {
    await page.goto(url);
    await page.waitForFunction(() => 'run' in globalThis);
    const value: unknown = await page.evaluate((operands) => {
      const run: unknown = Reflect.get(globalThis, 'run');
      if (typeof run !== 'function') throw new Error('the page has no function run');
      return run(...operands);
    }, operands);
    // What the policy forbade is told in a task of its own.
    await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))');
    return { value, complaints };
  } catch (error) {
    throw new Error(`the page failed: ${[String(error), ...complaints].join('\n')}`, { cause: error });
  } finally {
    await page.close();
  }
}

/** Errors and warnings of the page and its workers, as they come: a breach of the policy is one. */
export function listen(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
  page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`));
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
  });
  return complaints;
}
