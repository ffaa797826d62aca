// Pictures of the studio's views for the documentation: `node scripts/studio-pictures.mjs` after `npm run build`. They are no test:
// somebody has to look at them.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import sharp from 'sharp';
import { at } from './tools.mjs';

const folder = at('docs/studio');
const sizes = [
  { width: 390, height: 844 },
  { width: 1280, height: 900 },
  { width: 1920, height: 1080 },
];
const languages = { en: 'en-GB', zh: 'zh-CN' };
const themes = ['light', 'dark'];
/** All pictures together, in bytes: they lie in the repository. */
const most = 3 * 2 ** 20;

/** What is done in each view before its picture is taken. */
const views = {
  step: async (page) => {
    for (const stage of ['forward', 'loss', 'backward']) await page.locator(`[data-stage="${stage}"]`).click();
    await page.locator('svg [data-id="layers.0.delta[0]"]').click();
    await page.locator('.derivation math').first().waitFor();
  },
  train: async (page) => {
    const main = page.locator('.controls button.main:enabled');
    await main.click();
    await page.waitForTimeout(8000);
    await main.click();
  },
  check: async (page) => {
    await page.locator('main select').first().selectOption('derivative');
    await page.locator('article button').click();
    await page.locator('.picture section math').first().waitFor();
    // On a narrow page the marks stand below the sheet.
    if (page.viewportSize().width < 1000) await page.locator('.result').scrollIntoViewIfNeeded();
  },
};

/** The studio as the command line serves it: its address, and how it ends. */
async function serve() {
  const child = spawn(process.execPath, [at('cli/bin/chainrule.js'), 'studio', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise((resolve, reject) => {
    child.stdout.setEncoding('utf8').once('data', (text) => resolve(text.trim()));
    child.once('close', (status) => reject(new Error(`chainrule studio ended with ${status}`)));
  });
  return { url, end: () => child.kill() };
}

async function pictures() {
  const { url, end } = await serve();
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  try {
    for (const [view, prepare] of Object.entries(views)) {
      for (const [language, locale] of Object.entries(languages)) {
        for (const colorScheme of themes) await ofView({ browser, url, view, prepare, language, locale, colorScheme });
      }
    }
  } finally {
    await browser.close();
    end();
  }
}

/** One view in one language and theme, prepared once for each width: drawings and charts fit themselves to it. */
async function ofView({ browser, url, view, prepare, language, locale, colorScheme }) {
  for (const viewport of sizes) {
    const context = await browser.newContext({ locale, colorScheme, viewport, reducedMotion: 'reduce' });
    const page = await context.newPage();
    await page.goto(`${url}#${view}`);
    await page.locator('main button:enabled').first().waitFor();
    await prepare(page);
    await page.mouse.move(0, 0);
    await page.waitForTimeout(500);
    const shot = await page.screenshot();
    await context.close();
    const picture = await sharp(shot).webp({ quality: 82, effort: 6 }).toBuffer();
    writeFileSync(`${folder}/${view}-${viewport.width}-${language}-${colorScheme}.webp`, picture);
  }
}

if (!existsSync(at('cli/studio/index.html'))) throw new Error('the studio is not built; run "npm run build" first');
await pictures();
const total = readdirSync(folder).reduce((sum, name) => sum + statSync(`${folder}/${name}`).size, 0);
process.stdout.write(`${readdirSync(folder).length} pictures, ${(total / 2 ** 20).toFixed(2)} MB\n`);
if (total > most) throw new Error(`the pictures have ${total} bytes together, more than ${most}`);
