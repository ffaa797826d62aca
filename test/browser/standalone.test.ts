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
    const columns = [
      { kind: 'number', name: 'day', offset: 19_000, scale: 300, fill: 19_700, date: true },
      { kind: 'number', name: 'size', offset: 1, scale: 1, fill: 1, order: ['s', 'm', 'l'] },
      { kind: 'category', name: '颜色', levels: ['red', null], unseen: [] },
    ] as const;
    const target = { kind: 'numbers', columns: [{ name: 'price', offset: 40, scale: 7 }] } as const;
    const table = { kind: 'table', inputs: columns, target } as const;
    const regression = network([dense(4, 'tanh'), dense(1)], { input: 4, seed: 1 });
    writeFileSync(join(folder, 'table.js'), standaloneModule({ network: regression, preprocessing: table }));
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

  const images = [0, 1, 2].map((row) => Array.from({ length: 16 }, (_, i) => ((i * 7 + row * 5) % 11) / 11));
  const cells = [
    { day: '2024-02-29', size: 'l', 颜色: 'red' },
    { day: null, size: 's', 颜色: null },
  ];

  test.each([
    ['model', 'images', images],
    ['table', 'rows of a table', cells],
  ])('%s.js predicts %s as in Node, without a complaint of the policy', async (name, _, rows) => {
    writeFileSync(join(folder, `${name}.mjs`), `export * from './${name}.js';`);
    const { predict }: { predict(row: unknown): unknown } = await import(
      pathToFileURL(join(folder, `${name}.mjs`)).href
    );
    const { value, complaints } = await runPage(browser, `${site.url}/standalone.html`, name, rows);
    expect(complaints).toEqual([]);
    // Browsers' exponentials may differ from Node's in the last digit.
    const rounded = (answers: unknown) =>
      JSON.stringify(answers, (_, one) => (typeof one === 'number' ? Number(one.toPrecision(12)) : one));
    expect(rounded(value)).toBe(rounded(rows.map((row) => predict(row))));
    expect(new Set(rows.map((row) => JSON.stringify(predict(row)))).size).toBe(rows.length);
  });
});
