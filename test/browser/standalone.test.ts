// A model exported as a module, on a page whose policy allows scripts of its own origin and nothing else.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { batchNorm, conv2d, dense, flatten, maxPool2d, network } from 'chainrule';
import { standaloneModule } from 'chainrule/standalone';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeInBrowser, launch, runPage } from './chromium.ts';
import { type Site, serveFolders } from './server.ts';

const policy = "default-src 'none'; script-src 'self'";

describeInBrowser('a standalone module in Chromium', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chainrule-standalone-'));
  let browser: Browser;
  let site: Site;

  beforeAll(async () => {
    const layers = [
      conv2d(2, 3, 'gelu', { padding: 'same' }),
      batchNorm(),
      maxPool2d(2),
      flatten(),
      dense(3, 'softmax'),
    ];
    const net = network(layers, { input: [1, 4, 4], seed: 1 });
    const preprocessing = { kind: 'image', shape: [1, 4, 4], classes: ['a', '</script>', '"\'`'] } as const;
    writeFileSync(join(folder, 'model.js'), standaloneModule({ network: net, preprocessing }));
    const pages = fileURLToPath(new URL('pages', import.meta.url));
    [browser, site] = await Promise.all([
      launch(),
      serveFolders({ exported: folder, '': pages }, { isolated: false, policy }),
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    site?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('predicts what it predicts in Node, without a complaint of the policy', async () => {
    const rows = [0, 1, 2].map((row) => Array.from({ length: 16 }, (_, i) => ((i * 7 + row * 5) % 11) / 11));
    writeFileSync(join(folder, 'node.mjs'), `export * from './model.js';`);
    const { predict }: { predict(row: number[]): { label: string } } = await import(
      pathToFileURL(join(folder, 'node.mjs')).href
    );
    const { value, complaints } = await runPage(browser, `${site.url}/standalone.html`, rows);
    expect(complaints).toEqual([]);
    // Browsers' exponentials may differ from Node's in the last digit.
    const rounded = (answers: unknown) =>
      JSON.stringify(answers, (_, one) => (typeof one === 'number' ? Number(one.toPrecision(12)) : one));
    expect(rounded(value)).toBe(rounded(rows.map((row) => predict(row))));
  });
});
