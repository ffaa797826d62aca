// What code computes: results of another are no results of this one.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { version } from '../version.ts';

/** The version of the package and a digest of the library's and the experiments' built code: `0.1.0 (1a2b3c4d)`. */
export const codeVersion = (): string => `${version()} (${digestOf(['chainrule', '#experiments'])})`;

/** A digest of the library's built code: a training that was begun goes on when only the words of a lesson have changed. */
export const libraryDigest = (): string => digestOf(['chainrule']);

function digestOf(packages: readonly string[]): string {
  const hash = createHash('sha256');
  for (const name of packages) {
    const folder = dirname(fileURLToPath(import.meta.resolve(name)));
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'));
    for (const file of files.sort()) hash.update(readFileSync(join(folder, file)));
  }
  return hash.digest('hex').slice(0, 8);
}
