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
  // Chunks loaded on demand count, and files beside them, such as WASM.
  const parts = output.map((part) => Buffer.from(part.type === 'chunk' ? part.code : part.source));
  const total = (lengths) => lengths.reduce((sum, length) => sum + length, 0);
  return {
    minified: total(parts.map((part) => part.length)),
    gzip: total(parts.map((part) => gzipSync(part, { level: 9 }).length)),
  };
}
