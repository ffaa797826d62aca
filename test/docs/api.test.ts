// docs/api is what the docstrings of the public API say now, and every type that the API names is in it.
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

const pagesIn = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(join(folder, name)).isFile())
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );

it('docs/api is up to date (npm run docs:api writes it)', { timeout: 300_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chainrule-api-'));
  try {
    // Any warning, such as a type without a page, ends it with an error.
    await promisify(execFile)(process.execPath, [join(root, 'node_modules/typedoc/bin/typedoc'), '--out', folder], {
      cwd: root,
    });
    expect(pagesIn(join(root, 'docs/api'))).toEqual(pagesIn(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
