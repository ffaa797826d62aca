// The layering check against small repositories made for it: what it must let through and what it must refuse.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';

const script = new URL('../../scripts/check-layering.mjs', import.meta.url);
const { checkLayering }: { checkLayering: (folder: string) => string[] } = await import(script.href);
const folders: string[] = [];

/** A repository with these files, its manifest and an empty library entry. */
function repository(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'chainrule-layering-'));
  folders.push(folder);
  const manifest = JSON.stringify({ name: 'chainrule', exports: { '.': './dist/index.js', './csv': './dist/csv.js' } });
  for (const [path, text] of Object.entries({ 'package.json': manifest, 'src/index.ts': '', ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('the layering check accepts', () => {
  test('imports that point downward, within a folder, or one way between folders of a floor', () => {
    const folder = repository({
      'src/errors.ts': 'export const fail = 1;',
      'src/memory/shape.ts': "import { fail } from '../errors.ts';\nexport const shape = fail;",
      'src/activations/tanh.ts': "export { shape } from '../memory/shape.ts';",
      'src/layers/dense.ts': "import { shape } from '../activations/tanh.ts';\nexport const dense = shape;",
      'src/layers/index.ts': "export * from './dense.ts';",
      'src/node/files.ts': "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;",
      'cli/src/main.ts':
        "import { readFileSync } from 'node:fs';\nimport * as csv from 'chainrule/csv';\nimport './run.ts';",
      'cli/src/run.ts': "import * as chainrule from 'chainrule';",
    });
    expect(checkLayering(folder)).toEqual([]);
  });

  test('tests that look upward', () => {
    const text = "import { compile } from '../plan/compile.ts';\nimport 'node:fs';";
    expect(checkLayering(repository({ 'src/kernels/matmul.test.ts': text }))).toEqual([]);
  });
});

describe('the layering check refuses', () => {
  test.each([
    ['a value', "import { compile } from '../plan/compile.ts';"],
    ['a type', "import type { Program } from '../plan/compile.ts';"],
    ['a type in place', "export type P = import('../plan/compile.ts').Program;"],
    ['a re-export', "export * from '../plan/compile.ts';"],
    ['a dynamic import', "export const load = () => import('../plan/compile.ts');"],
  ])('an upward import of %s', (_, text) => {
    const found = checkLayering(repository({ 'src/kernels/matmul.ts': text, 'src/plan/compile.ts': '' }));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain('src/kernels/matmul.ts (floor 1) imports src/plan/compile.ts (floor 4)');
  });

  test('a cycle of files, even of types alone', () => {
    const found = checkLayering(
      repository({
        'src/plan/a.ts': "import './b.ts';",
        'src/plan/b.ts': "export type { C } from './c.ts';",
        'src/plan/c.ts': "import type { A } from './a.ts';\nexport type C = A;",
      }),
    );
    expect(found).toHaveLength(1);
    expect(found[0]).toContain('src/plan/a.ts → src/plan/b.ts → src/plan/c.ts → src/plan/a.ts');
  });

  test('folders of one floor that import each other, though no file is in a cycle', () => {
    const found = checkLayering(
      repository({
        'src/layers/a.ts': "import '../losses/a.ts';",
        'src/losses/b.ts': "import '../layers/b.ts';",
      }),
    );
    expect(found).toHaveLength(1);
    expect(found[0]).toContain('layers → losses → layers');
  });

  test.each([
    ['a folder without a floor', 'src/misc/a.ts', '', 'src/misc is on no floor'],
    ["Node's modules in what browsers load", 'src/data/a.ts', "import 'node:fs';", 'imports node:fs'],
    ['src/node in what browsers load', 'src/index.ts', "export * from './node/index.ts';", 'imports src/node/index.ts'],
    ['the package importing itself', 'src/data/a.ts', "import 'chainrule/csv';", 'its own package'],
    ['the library reaching outside src', 'src/data/a.ts', "import '../../test/a.ts';", 'outside src'],
    ['the command line reaching into src', 'cli/src/a.ts', "import '../../src/index.ts';", 'outside cli/src'],
    ['a subpath that is not public', 'cli/src/a.ts', "import 'chainrule/plan';", 'package.json does not export'],
    ['an example reaching into src', 'examples/a.ts', "import '../src/index.ts';", 'outside examples'],
  ])('%s', (_, path, text, sentence) => {
    const found = checkLayering(repository({ [path]: text }));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(sentence);
  });
});

test('as a command, the layering check prints what it found and fails; otherwise it is silent and succeeds', () => {
  const run = (folder: string) => spawnSync(process.execPath, [fileURLToPath(script), folder], { encoding: 'utf8' });
  const good = run(repository({ 'src/memory/a.ts': '' }));
  expect([good.status, good.stdout, good.stderr]).toEqual([0, '', '']);
  const bad = run(repository({ 'src/memory/a.ts': "import '../train/a.ts';", 'src/plan/a.ts': "import './a.ts';" }));
  expect(bad.status).toBe(1);
  expect(bad.stdout.trim().split('\n')).toHaveLength(2);
});
