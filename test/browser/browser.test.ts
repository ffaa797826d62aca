// The packed library in a real browser, under a strict policy: the same bytes as in Node, on plain pages and on those that Vite
// builds, with one thread and with several, on the page's thread and off it.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeInBrowser, launch, runPage } from './chromium.ts';
import { policies, type Site, serveFolders } from './server.ts';
import { buildWithVite, pages, root } from './vite.ts';

const shared = { dist: join(root, 'dist'), datasets: join(root, 'datasets') };

/** What `exercises.js` makes of a training. */
interface Summary {
  readonly sha256: string;
  readonly loss: number;
  readonly execution: { readonly backend: string; readonly threads: number; readonly fallbacks: readonly string[] };
  readonly limitation?: string | null;
}

interface Expected {
  readonly xor: Summary;
  readonly digits: Summary;
}

/** The same exercises, from the same files, in Node. */
async function inNode(): Promise<Expected> {
  const library: object = await import(pathToFileURL(join(root, 'dist/index.js')).href);
  const exercises: { xor(library: object): Promise<Summary>; digits(...operands: unknown[]): Promise<Summary> } =
    await import(pathToFileURL(join(pages, 'exercises.js')).href);
  const csv = gunzipSync(readFileSync(join(root, 'datasets/digits.csv.gz'))).toString();
  return { xor: await exercises.xor(library), digits: await exercises.digits(library, csv, 1) };
}

describeInBrowser('in Chromium', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chainrule-browser-'));
  let browser: Browser;
  let expected: Expected;
  let built: string;

  beforeAll(async () => {
    [browser, expected, built] = await Promise.all([launch(), inNode(), buildWithVite(folder, 'bundled.html')]);
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('what is compared has learned something', () => {
    expect(expected.xor.loss).toBeLessThan(0.1);
    expect(expected.digits.loss).toBeLessThan(1);
  });

  describe.each(['a plain page', 'a page built by Vite'])('%s', (kind) => {
    describe.each([false, true])('isolated: %s', (isolated) => {
      let site: Site;
      const run = (task: string, ...operands: readonly unknown[]) =>
        runPage(browser, `${site.url}/${kind === 'a plain page' ? 'plain' : 'bundled'}.html`, task, ...operands);

      beforeAll(async () => {
        site = await serveFolders({ ...shared, '': kind === 'a plain page' ? pages : built }, { isolated });
      });
      afterAll(() => site?.close());

      test('is what it is said to be', async () => {
        expect(await run('isolated')).toEqual({ value: isolated, complaints: [] });
      });

      test('learns exclusive or to the same bytes as Node', async () => {
        expect(await run('xor')).toEqual({ value: expected.xor, complaints: [] });
      });

      test('learns digits to the same bytes as Node on one thread', async () => {
        expect(await run('digits', 1)).toEqual({ value: expected.digits, complaints: [] });
      });

      test('learns digits to the same bytes when asked for three threads, which isolation allows', async () => {
        const { value, complaints } = await run('digits', 3);
        const execution = { ...expected.digits.execution, threads: isolated ? 3 : 1 };
        const limitation = isolated ? null : expect.stringContaining('cannot be shared');
        expect(value).toEqual({ ...expected.digits, execution, limitation });
        expect(complaints).toEqual([]);
      });

      test('learns digits in a worker to the same bytes', async () => {
        const { value, complaints } = await run('inWorker', 1);
        const { limitation: _, ...wanted } = expected.digits;
        expect(value).toEqual(wanted);
        expect(complaints).toEqual([]);
      });

      test('learns digits in a worker that has workers of its own to the same bytes', async () => {
        const { value, complaints } = await run('inWorker', 3);
        expect(value).toMatchObject({ sha256: expected.digits.sha256, loss: expected.digits.loss });
        expect(complaints).toEqual([]);
      });

      if (isolated) {
        test('trains in a worker on all threads asked for', async () => {
          expect(await run('workersOfWorker', 3)).toEqual({ value: 3, complaints: [] });
        });
      }

      test('goes on drawing frames while a worker trains, and calls it off', async () => {
        const { value, complaints } = await run('frames', 10);
        expect(value).toEqual({ ending: 'aborted', frames: expect.toSatisfy((n: number) => n >= 10), trained: true });
        expect(complaints).toEqual([]);
      });
    });
  });

  test.each([
    ['WebAssembly', policies.withoutWasm, 'refusal', /^WebAssembly cannot be compiled here; add /, 'script-src'],
    [
      'workers',
      policies.withoutWorkers,
      'refusalOfWorker',
      /^the training's worker failed to load; serve /,
      'worker-src',
    ],
  ])(
    'a policy that forbids %s is met with a sentence on how to allow it',
    async (_, policy, task, sentence, breach) => {
      const site = await serveFolders({ ...shared, '': pages }, { isolated: false, policy });
      try {
        const { value, complaints } = await runPage(browser, `${site.url}/plain.html`, task);
        expect(value).toMatch(sentence);
        // Those of the other tests would be seen too.
        expect(complaints).toContainEqual(expect.stringContaining(`breach of ${breach}`));
      } finally {
        site.close();
      }
    },
  );
});
