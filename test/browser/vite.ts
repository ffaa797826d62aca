// A project as a user of Vite has it, with the packed library among its modules. No test: what those of built pages share.
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const pages = join(root, 'test/browser/pages');

/** Builds one of the pages in a folder; gives the folder of what is built. */
export async function buildWithVite(folder: string, page: string): Promise<string> {
  const installed = join(folder, 'node_modules/chainrule');
  mkdirSync(installed, { recursive: true });
  cpSync(join(root, 'package.json'), join(installed, 'package.json'));
  cpSync(join(root, 'dist'), join(installed, 'dist'), { recursive: true });
  for (const name of readdirSync(pages)) cpSync(join(pages, name), join(folder, name));
  const outDir = join(folder, 'built');
  const input = join(folder, page);
  await build({ root: folder, configFile: false, logLevel: 'warn', build: { outDir, rolldownOptions: { input } } });
  return outDir;
}
