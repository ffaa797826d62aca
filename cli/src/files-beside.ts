// Where the files lie that ship with the command line: inside its package, or in the clone it was built in.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The path of a shipped file, `datasets/iris.csv` or `examples/mazur.json`; undefined where it is in neither place. */
export function shippedFile(path: string): string | undefined {
  const places = ['../', '../../'].map((up) => fileURLToPath(new URL(up + path, import.meta.url)));
  return places.find((place) => existsSync(place));
}
