// The size of what a page pays for: a module that uses some names of the library, bundled, minified and gzipped.
import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';
import { at } from '../../scripts/tools.mjs';

const imports = {
  'network, dense, fit': 'index.js',
  'network, dense, predict': 'index.js',
};

export async function bundleSize() {
  const sizes = {};
  for (const [names, file] of Object.entries(imports)) sizes[names] = await sizeOf(names, at('dist', file));
  return sizes;
}

async function sizeOf(names, library) {
  const entry = '\0entry';
  const bundle = await rolldown({
    input: entry,
    platform: 'browser',
    cwd: at('.'),
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === entry ? id : undefined),
        // Exported, so that nothing of what they need is dropped.
        load: (id) => (id === entry ? `export { ${names} } from ${JSON.stringify(library)};` : undefined),
      },
    ],
  });
  const { output } = await bundle.generate({ format: 'esm', minify: true });
  await bundle.close();
  const [atOnce, onDemand] = [true, false].map((first) =>
    output.filter((part) => isLoadedAtOnce(part, output) === first),
  );
  const bytes = (part) => Buffer.from(part.type === 'chunk' ? part.code : part.source);
  const total = (parts, measure) => parts.reduce((sum, part) => sum + measure(bytes(part)), 0);
  const gzip = (part) => gzipSync(part, { level: 9 }).length;
  return {
    minified: total(atOnce, (part) => part.length),
    gzip: total(atOnce, gzip),
    onDemandGzip: total(onDemand, gzip),
  };
}

/** Whether a page that loads the entry loads this too: what the entry imports does, what is imported when it is needed does not; a file beside them, such as WASM, does. */
function isLoadedAtOnce(part, output) {
  if (part.type !== 'chunk' || part.isEntry) return true;
  return output.some(
    (other) => other.type === 'chunk' && other.imports?.includes(part.fileName) && isLoadedAtOnce(other, output),
  );
}
