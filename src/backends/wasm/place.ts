// A batch's rows copied into a plan's input slots, as numbers, for runs on data that are not held in the engine's memory.
import { copyRow, copyTarget, type Rows, type Samples, targetWidth } from '../../memory/index.ts';
import { ownWeight, sparseDensity } from './data.ts';
import type { Engine } from './engine.ts';
import { type Layout, toInner } from './layout.ts';

/** How many rows of a batch, and which of their numbers, tell whether it is mostly zero. */
const [looks, everyFifth] = [4, 5];

/** Copies rows of the data into the slots `input`, `target` and the samples' own weights, as far as the plan has them. */
export function placeBatch(engine: Engine, layout: Layout, data: Samples, rows: Uint32Array): void {
  const { inputs, targets, weights } = data;
  if (layout.has('input') && !placeAtOnce(engine, layout, inputs, rows)) {
    fill(engine, layout, 'input', rows, (row, out, offset) => copyRow(inputs, row, out, offset));
  }
  if (layout.has('target') && targetWidth(targets) > 0) {
    fill(engine, layout, 'target', rows, (row, out, offset) => copyTarget(targets, row, out, offset));
  }
  if (layout.has(ownWeight)) {
    fill(engine, layout, ownWeight, rows, (row, out, offset) => {
      out[offset] = weights?.[row] ?? 1;
    });
  }
}

/** Numbers that lie as they will lie are copied without looking at each; false where they do not. */
function placeAtOnce(engine: Engine, layout: Layout, { width, values, scale }: Rows, rows: Uint32Array): boolean {
  const { address, distance, order } = layout.rows('input');
  if (scale !== 1 || order.pixels !== 1 || distance !== width * 4 || !areConsecutive(rows)) return false;
  const count = rows.length * width;
  const first = rows[0] * width;
  const all = first === 0 && values.length === count ? values : values.subarray(first, first + count);
  engine.floats(address, count).set(all);
  return true;
}

function areConsecutive(rows: Uint32Array): boolean {
  for (let i = 1; i < rows.length; i++) if (rows[i] !== rows[0] + i) return false;
  return rows.length > 0;
}

function fill(
  engine: Engine,
  layout: Layout,
  slot: string,
  rows: Uint32Array,
  copy: (row: number, out: Float32Array, offset: number) => void,
): void {
  const { address, distance, width, order } = layout.rows(slot);
  const out = engine.floats(address, (distance / 4) * rows.length);
  const row = new Float32Array(order.pixels > 1 ? width : 0);
  for (let i = 0; i < rows.length; i++) {
    const offset = (i * distance) / 4;
    if (order.pixels === 1) copy(rows[i], out, offset);
    else {
      copy(rows[i], row, 0);
      toInner(row, 0, order, out, offset);
    }
  }
}

/** Whether a batch's inputs are few enough to go by lists of what is not zero, as some of its rows tell: a choice of speed alone. */
export function isMostlyZero({ width, values }: Rows, rows: Uint32Array): boolean {
  const looked = Math.min(rows.length, looks);
  let [found, seen] = [0, 0];
  for (let look = 0; look < looked; look++) {
    const start = rows[Math.floor((look * rows.length) / looked)] * width;
    for (let i = start; i < start + width; i += everyFifth) {
      if (values[i] !== 0) found++;
      seen++;
    }
  }
  return found <= sparseDensity * seen;
}
