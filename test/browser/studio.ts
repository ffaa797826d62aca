// The studio as it is built, opened in a browser as readers open it: for the end-to-end tests of its views.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { listen } from './chromium.ts';
import { type Site, type SiteOptions, serveFolders } from './server.ts';

/** Where `npm run build` puts the studio. */
export const studioFolder = fileURLToPath(new URL('../../cli/studio', import.meta.url));

/** What a reader has in front of them. */
export interface Reader {
  readonly view?: 'step' | 'train' | 'check';
  /** What the address says behind the view, as a link has it. */
  readonly state?: object | string;
  readonly language?: 'en' | 'zh';
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
  /** Readers see movements unless they ask their system for none; tests of numbers should not wait for them. */
  readonly motion?: boolean;
  readonly touch?: boolean;
}

/** An open page. */
export interface OpenStudio {
  readonly page: Page;
  /** Errors and warnings of the console, exceptions, breaches of the policy, and requests to other places, as they come. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

/** Serves the built studio, under the strict policy unless another is given. */
export function serveStudio({ isolated = true, policy }: Partial<SiteOptions> = {}): Promise<Site> {
  if (!existsSync(join(studioFolder, 'index.html')))
    throw new Error(`there is no ${studioFolder}; npm run build makes it`);
  return serveFolders({ '': studioFolder }, { isolated, ...(policy !== undefined && { policy }) });
}

/** The address of a view in a state. */
export function addressOf(site: Site, { view = 'step', state }: Pick<Reader, 'view' | 'state'> = {}): string {
  const packed = typeof state === 'object' ? Buffer.from(JSON.stringify(state)).toString('base64url') : state;
  return `${site.url}/index.html#${view}${packed === undefined ? '' : `?${packed}`}`;
}

/** Opens a view in a context of its own, as a reader who has never been here sees it; it has been loaded and drawn. */
export async function openStudio(browser: Browser, site: Site, reader: Reader = {}): Promise<OpenStudio> {
  const context = await browser.newContext(contextOf(reader));
  // Not every breach of the policy reaches the console.
  const told = "addEventListener('securitypolicyviolation', (e) => console.error('breach of ' + e.violatedDirective))";
  await context.addInitScript({ content: told });
  const page = await context.newPage();
  const complaints = listen(page);
  context.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${site.url}/`) && !/^(data|blob):/.test(url)) complaints.push(`a foreign request: ${url}`);
  });
  await page.goto(addressOf(site, reader));
  await page.locator('main h1, main h2, main [role="alert"]').first().waitFor({ state: 'attached' });
  return { page, complaints, close: () => context.close() };
}

function contextOf(reader: Reader): BrowserContextOptions {
  const { language = 'en', theme = 'light', width = 1280, height = 900, motion = false, touch = false } = reader;
  return {
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    colorScheme: theme,
    viewport: { width, height },
    reducedMotion: motion ? 'no-preference' : 'reduce',
    hasTouch: touch,
    acceptDownloads: true,
    // Scripts of a page are never run from a service worker here, and one would hide requests.
    serviceWorkers: 'block',
  };
}
