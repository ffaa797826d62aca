// What code computes: results of another are no results of this one. The words of a lesson are no such code.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Experiment, experiments } from '#experiments';
import { version } from '../version.ts';

/** The version of the package, and a digest of the library, of what lessons share and of what this one runs: `0.1.0 (1a2b3c4d)`. */
export const codeVersion = ({ code }: Experiment): string =>
  `${version()} (${digest([libraryDigest(), sharedDigest(), code])})`;

/** A digest of the library's built code. */
export const libraryDigest = once(() => digest(builtFiles('chainrule')));

const sharedDigest = once(() => {
  const lessons = new Set(['index', ...experiments.map(({ id }) => id)]);
  return digest(builtFiles('#experiments', (file) => !lessons.has(basename(file, '.js'))));
});

function builtFiles(name: string, wanted: (file: string) => boolean = () => true): Buffer[] {
  const folder = dirname(fileURLToPath(import.meta.resolve(name)));
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'));
  return files
    .filter(wanted)
    .sort()
    .map((file) => readFileSync(join(folder, file)));
}

function digest(parts: readonly (string | Buffer)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex').slice(0, 8);
}

function once(make: () => string): () => string {
  let made: string | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
