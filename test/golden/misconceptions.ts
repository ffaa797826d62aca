// Reads fixtures/misconceptions.json.gz: steps worked out by NumPy, rightly and with each known mistake. No test itself.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { networkFrom } from '../../src/formats/index.ts';
import { type Network, type Optimizer, optimizers } from '../../src/index.ts';
import type { Nested } from '../../src/memory/index.ts';

/** Tensors by the names of their slots; a per-sample one has a row for each sample; `after.1.` before the second step's. */
export type Tensors = Readonly<Record<string, Nested>>;

/** A network, a batch, and what comes of it. */
export interface MisconceptionCase {
  readonly family: string;
  readonly network: Readonly<Record<string, unknown>>;
  readonly inputs: readonly Nested[];
  readonly targets: readonly Nested[];
  readonly learningRate: number;
  readonly optimizer: { readonly name: string; readonly settings: Readonly<Record<string, number>> };
  readonly steps: number;
  readonly right: Tensors;
  /** Every way to go wrong that there is on this network, and what comes out otherwise; without `values` where it is not recorded. */
  readonly wrong: readonly {
    readonly misconception: string;
    readonly variant?: string;
    readonly values?: Tensors;
  }[];
}

/** All cases, in the order of the file. */
export function misconceptionCases(): readonly MisconceptionCase[] {
  const file = new URL('fixtures/misconceptions.json.gz', import.meta.url);
  return JSON.parse(gunzipSync(readFileSync(file)).toString());
}

/** The case's network. */
export const networkOf = ({ network }: MisconceptionCase): Network => networkFrom(network, 'misconceptions.json');

/** The case's optimizer, its learning rate set. */
export function optimizerOf({ optimizer: { name, settings }, learningRate }: MisconceptionCase): Optimizer {
  const make = Object.entries(optimizers).find(([key]) => key === name)?.[1];
  if (make === undefined) throw new Error(`no optimizer ${name}`);
  return make({ ...settings, learningRate });
}

/** Numbers by their canonical names: `samples.1.layers.0.z[0]`, `after.1.loss`. */
export function named(tensors: Tensors, samples: number): Map<string, number> {
  const numbers = new Map<string, number>();
  const fill = (prefix: string, value: Nested, index: readonly number[]): void => {
    if (typeof value === 'number') numbers.set(prefix + (index.length > 0 ? `[${index.join(',')}]` : ''), value);
    else for (const [i, entry] of value.entries()) fill(prefix, entry, [...index, i]);
  };
  for (const [name, value] of Object.entries(tensors)) {
    const [, after = '', slot = name] = /^(after\.\d+\.)?(.*)$/.exec(name) ?? [];
    const perSample = /^(layers\.\d+\.(z|a|delta)|loss\.terms)$/.test(slot);
    if (!perSample || typeof value === 'number') fill(name, value, []);
    else for (const [s, row] of value.entries()) fill(after + (samples > 1 ? `samples.${s}.` : '') + slot, row, []);
  }
  return numbers;
}
