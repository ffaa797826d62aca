// Samples bound to a plan: copied once into the engine's memory in the form that the tape gathers batches from.
// Bytes stay bytes; inputs that are mostly zero are held as the list of the others.
import { blankLike, copyRow, isLabels, type Labels, type Rows, type Samples } from '../../memory/index.ts';
import type { Engine } from './engine.ts';
import { byRows, float, type Instruction } from './instruction.ts';
import { type InnerOrder, type Layout, padded, toInner } from './layout.ts';
import type { SparseLists } from './lists.ts';
import * as op from './opcodes.ts';

/** Inputs of which at most this share is not zero are held as lists: where lists and dense products cost the same, with a margin. */
export const sparseDensity = 0.4;

/** Fewer inputs than this are not worth a list, and more than 16 bits count cannot have one. */
const [leastSparse, mostSparse] = [64, 65536];

/** Bytes of fewer inputs than this are held as float32. */
const leastBytes = 16;

/** The slot that samples' own weights go to. */
export const ownWeight = 'sampleWeight.own';

/** Data in memory. */
export interface Binding {
  readonly data: Samples;
  /** Fetches a batch into `input` and `target`. */
  readonly gather: readonly Instruction[];
  /** Set where inputs are gathered as lists. */
  readonly sparse: SparseLists | undefined;
  /** Where whole rows of float32 inputs lie, and targets (rows or labels), for tiny networks. */
  readonly inputs: number | undefined;
  readonly targets: number | undefined;
  release(): void;
}

/** Whether rows of so many inputs are worth a list. */
export const canBeLists = (width: number): boolean => width >= leastSparse && width <= mostSparse;

/** Copies samples into memory. */
export function bind(engine: Engine, data: Samples, layout: Layout, allowSparse: boolean): Binding {
  const allocated: { address: number; bytes: number }[] = [];
  const reserve = (bytes: number) => {
    const address = engine.allocate(bytes);
    allocated.push({ address, bytes });
    return address;
  };
  const release = () => {
    for (const { address, bytes } of allocated.splice(0)) engine.release(address, bytes);
  };
  try {
    const memory = { engine, layout, reserve };
    const inputs = layout.has('input') ? bindInputs(memory, data.inputs, allowSparse) : undefined;
    const targets = layout.has('target') ? bindTargets(memory, data.targets) : undefined;
    const weights = layout.has(ownWeight) ? { gather: bindWeights(memory, data) } : undefined;
    const gather = [inputs, targets, weights].flatMap((bound) => (bound === undefined ? [] : [bound.gather]));
    return { data, gather, sparse: inputs?.sparse, inputs: inputs?.floats, targets: targets?.address, release };
  } catch (error) {
    release();
    throw error;
  }
}

interface Memory {
  readonly engine: Engine;
  readonly layout: Layout;
  reserve(bytes: number): number;
}

interface BoundInputs {
  readonly gather: Instruction;
  readonly sparse?: SparseLists;
  readonly floats?: number;
}

const gathering = (slot: string, ...words: readonly number[]): Instruction => ({
  words,
  partition: byRows,
  reads: [],
  writes: [slot],
});

/** Rows of images with their channels last; others as they are. */
function inInnerOrder(rows: Rows, order: InnerOrder): Rows {
  if (order.pixels === 1) return rows;
  const { count, width, values } = rows;
  const ordered = blankLike(values, count * width);
  for (let i = 0; i < count; i++) toInner(values, i * width, order, ordered, i * width);
  return { ...rows, values: ordered };
}

function bindInputs(memory: Memory, given: Rows, allowSparse: boolean): BoundInputs {
  const rows = inInnerOrder(given, memory.layout.rows('input').order);
  if (allowSparse && canBeLists(rows.width) && (rows.density ?? 0) <= sparseDensity) {
    const starts = countEntries(rows);
    const density = rows.density ?? starts[rows.count] / (rows.count * rows.width);
    if (density <= sparseDensity) return bindLists(memory, rows, starts, density);
  }
  const { address, distance } = memory.layout.rows('input');
  if (rows.values instanceof Uint8Array && rows.width >= leastBytes) {
    const bytes = memory.reserve(rows.count * rows.width + 4);
    memory.engine.bytes(bytes, rows.count * rows.width).set(rows.values.subarray(0, rows.count * rows.width));
    return { gather: gathering('input', op.gatherBytes, bytes, rows.width, float(rows.scale), address, distance) };
  }
  const floats = copyFloats(memory, rows);
  return { gather: gathering('input', op.gatherFloats, floats, padded(rows.width) * 4, address, distance), floats };
}

function bindTargets(memory: Memory, given: Rows | Labels): { gather: Instruction; address: number } {
  const { address: out, distance, order } = memory.layout.rows('target');
  const targets = isLabels(given) ? labelsInInnerOrder(given, order) : inInnerOrder(given, order);
  if (isLabels(targets)) {
    const address = memory.reserve(targets.count * 4);
    memory.engine.words(address, targets.count).set(targets.labels.subarray(0, targets.count));
    return {
      gather: gathering('target', op.gatherLabels, address, padded(targets.classes), out, distance),
      address,
    };
  }
  const address = copyFloats(memory, targets);
  return { gather: gathering('target', op.gatherFloats, address, padded(targets.width) * 4, out, distance), address };
}

function bindWeights(memory: Memory, { inputs, weights }: Samples): Instruction {
  const { address: out, distance } = memory.layout.rows(ownWeight);
  const values = weights ?? new Float32Array(inputs.count).fill(1);
  const address = copyFloats(memory, { count: inputs.count, width: 1, values, scale: 1 });
  return gathering(ownWeight, op.gatherFloats, address, padded(1) * 4, out, distance);
}

/** The class of an image's pixel in a channel is where that number lies. */
function labelsInInnerOrder(targets: Labels, { channels, pixels }: InnerOrder): Labels {
  if (pixels === 1) return targets;
  const place = (index: number) => (index % pixels) * channels + Math.floor(index / pixels);
  return { ...targets, labels: targets.labels.map(place) };
}

/** Rows as float32, each padded to whole vectors. */
function copyFloats({ engine, reserve }: Memory, rows: Rows): number {
  const width = padded(rows.width);
  const address = reserve(rows.count * width * 4);
  const out = engine.floats(address, rows.count * width);
  for (let i = 0; i < rows.count; i++) copyRow(rows, i, out, i * width);
  return address;
}

/** Where each row's entries begin, if only what is not zero is one; the last is their number. */
function countEntries({ count, width, values }: Rows): Uint32Array {
  const starts = new Uint32Array(count + 1);
  let entries = 0;
  for (let row = 0; row < count; row++) {
    const stop = (row + 1) * width;
    for (let i = row * width; i < stop; i++) if (values[i] !== 0) entries++;
    starts[row + 1] = entries;
  }
  return starts;
}

/** What is not zero: 16-bit indices, and values as bytes with a table or as float32. */
function bindLists(memory: Memory, rows: Rows, starts: Uint32Array, density: number): BoundInputs {
  const { engine, layout, reserve } = memory;
  const entries = starts[rows.count];
  const startsAt = reserve(starts.byteLength);
  engine.words(startsAt, starts.length).set(starts);
  const indicesAt = reserve(entries * 2);
  const areBytes = rows.values instanceof Uint8Array;
  const valuesAt = reserve(entries * (areBytes ? 1 : 4));
  const tableAt = areBytes ? reserve(256 * 4) : 0;
  // Views are taken once nothing more is reserved: growing replaces the buffer.
  const indices = engine.shorts(indicesAt, entries);
  if (areBytes) {
    fillLists(rows, indices, engine.bytes(valuesAt, entries), 1);
    const table = engine.floats(tableAt, 256);
    for (let byte = 0; byte < 256; byte++) table[byte] = byte * rows.scale;
  } else fillLists(rows, indices, engine.floats(valuesAt, entries), rows.scale);

  const longest = starts.reduce((most, start, row) => (row === 0 ? 0 : Math.max(most, start - starts[row - 1])), 0);
  const distance = Math.ceil((longest * 8) / 16) * 16;
  const address = reserve(layout.capacity * distance);
  const stops = reserve(layout.capacity * 4);
  return {
    gather: gathering('input', op.gatherSparse, startsAt, indicesAt, valuesAt, tableAt, address, distance, stops),
    sparse: { address, distance, stops, density },
  };
}

function fillLists(
  { count, width, values }: Rows,
  indices: Uint16Array,
  out: Uint8Array | Float32Array,
  scale: number,
) {
  let entry = 0;
  for (let row = 0; row < count; row++) {
    const start = row * width;
    for (let k = 0; k < width; k++) {
      const value = values[start + k];
      if (value === 0) continue;
      indices[entry] = k;
      out[entry++] = value * scale;
    }
  }
}
