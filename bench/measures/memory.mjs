// Peak resident memory of a process that reads 60,000 digits from their IDX files and trains W3's network on them for one epoch.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { at } from '../../scripts/tools.mjs';
import { readDigits } from '../data.mjs';
import { library, openBackend } from '../peers/chainrule.mjs';
import { inProcess } from './process.mjs';

const count = 60_000;

export async function memory({ backend }) {
  const folder = mkdtempSync(join(tmpdir(), 'chainrule-digits-'));
  try {
    const digits = readDigits();
    const [pixels, labels] = [digits.pixels, digits.labels].map((values) =>
      repeated(values, values.length / digits.count),
    );
    writeFileSync(join(folder, 'train-images-idx3-ubyte'), Buffer.concat([header(0x803, count, 28, 28), pixels]));
    writeFileSync(join(folder, 'train-labels-idx1-ubyte'), Buffer.concat([header(0x801, count), labels]));
    const bytes = await inProcess(import.meta.url, { folder, backend });
    const source = digits.count === count ? digits.source : `${digits.source}, repeated`;
    return { backend, samples: count, source, peakResidentMB: bytes / 1e6 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** `count` rows, from the first on again where there are fewer. @param {Uint8Array} values @param {number} width */
function repeated(values, width) {
  const all = new Uint8Array(count * width);
  for (let start = 0; start < all.length; start += values.length)
    all.set(values.subarray(0, all.length - start), start);
  return all;
}

/** Numbers as big-endian 32-bit integers. @param {...number} numbers */
function header(...numbers) {
  const bytes = Buffer.alloc(4 * numbers.length);
  for (const [i, number] of numbers.entries()) bytes.writeUInt32BE(number, 4 * i);
  return bytes;
}

export async function child({ folder, backend: name }) {
  const { network, dense, fit, datasetFromIdx } = await library();
  const { readIdx } = await import(pathToFileURL(at('dist/node/index.js')).href);
  const { images, labels } = await readIdx(join(folder, 'train-images-idx3-ubyte'));
  const layers = [dense(30, 'sigmoid'), dense(10, 'sigmoid')];
  const backend = await openBackend(name, 1);
  // The dataset's images are [1, 28, 28]; as a list of 784 they fit a dense layer.
  await fit(
    network(layers, { input: 784, seed: 1 }),
    { ...datasetFromIdx(images, labels), inputShape: [784] },
    { backend, epochs: 1 },
  );
  return peakResident();
}

/**
 * The most bytes this program has had resident. Not what Linux calls maxRSS: that begins at what the process had resident that
 * started this one, and the bench itself is larger than what it measures.
 */
function peakResident() {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024;
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
  return Number(kilobytes) * 1024;
}
