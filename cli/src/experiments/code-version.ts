// What code computes: results of another are no results of this one.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { version } from '../version.ts';

/** The version of the package and a digest of the library's and the experiments' built code: `0.1.0 (1a2b3c4d)`. */
export function codeVersion(): string {
  const hash = createHash('sha256');
  for (const name of ['chainrule', '#experiments']) {
    const folder = dirname(fileURLToPath(import.meta.resolve(name)));
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'));
    for (const file of files.sort()) hash.update(readFileSync(join(folder, file)));
  }
  return `${version()} (${hash.digest('hex').slice(0, 8)})`;
}
