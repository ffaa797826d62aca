// Every command the documents show is run, in order, and must print the lines they show (… stands for lines left out);
// every TypeScript example is run too.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { afterAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const cli = join(root, 'cli/bin/chainrule.js');
const documents = [
  'README.md',
  'README.zh-CN.md',
  ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`),
].filter((name) => name.endsWith('.md'));

interface Shown {
  readonly command: string;
  readonly lines: readonly string[];
}

/** The `$ command` lines of a document's console blocks with the output shown under each. */
function commandsOf(text: string): Shown[] {
  const blocks = [...text.matchAll(/```console\n([\s\S]*?)```/g)].map(([, body]) => body);
  return blocks.flatMap((block) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((part) => {
        const [command, ...lines] = part.split('\n');
        return {
          command,
          lines: lines.map((line) => line.trimEnd()).filter((line) => line !== '' && line.trim() !== '…'),
        };
      }),
  );
}

describe.each(documents)('%s', (name) => {
  const folder = mkdtempSync(join(tmpdir(), 'chainrule-docs-'));
  cpSync(join(root, 'examples'), join(folder, 'examples'), { recursive: true });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const shown = commandsOf(readFileSync(join(root, name), 'utf8'));
  if (shown.length === 0) it.skip('shows no commands');

  for (const { command, lines } of shown) {
    it(`$ ${command}`, () => {
      const script = command.replaceAll(/\bnpx chainrule\b/g, `"${process.execPath}" "${cli}"`);
      const { stdout, stderr, status } = spawnSync('bash', ['-c', script], {
        cwd: folder,
        encoding: 'utf8',
        env: { ...process.env, LANG: 'en_US.UTF-8' },
      });
      const printed = `${stderr}\n${stdout}`.split('\n').map((line) => line.trimEnd());
      const missing = lines.filter((line) => !printed.includes(line));
      expect({ missing, status }).toEqual({ missing: [], status: 0 });
    });
  }

  const examples = [...readFileSync(join(root, name), 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)].map(
    ([, code]) => code,
  );
  for (const [i, code] of examples.entries()) {
    it(`TypeScript example ${i + 1}`, () => {
      const { outputText } = transpileModule(code, {
        compilerOptions: { module: ModuleKind.ESNext, target: ScriptTarget.ES2022 },
      });
      const cache = join(root, 'node_modules/.cache/chainrule');
      mkdirSync(cache, { recursive: true });
      const file = join(cache, `${name.replaceAll('/', '-')}-${i}.mjs`);
      writeFileSync(file, outputText);
      const { status, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    });
  }
});
