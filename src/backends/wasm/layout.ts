// Where a plan's slots lie in the engine's memory, and the way from the public order of their numbers to the inner one and back.
// Inside, samples' rows and lists are padded with zeros to whole vectors, matrices lie as [in, out] in panels of 32 outputs, images
// have their channels last, and so do the windows of convolutions' weights.
import { type FloatArray, type Shape, sizeOf } from '../../memory/index.ts';
import type { Place, Plan } from '../../plan/index.ts';
import type { Engine } from './engine.ts';

/** Outputs in a panel of a matrix. */
export const panel = 32;

/** A count rounded up to whole vectors of four. */
export const padded = (count: number): number => Math.ceil(count / 4) * 4;

/** A slot with a row for each sample: `width` numbers, the rows `distance` bytes apart. */
interface RowsSlot {
  readonly kind: 'rows';
  readonly address: number;
  readonly width: number;
  readonly distance: number;
  readonly order: InnerOrder;
}

/** How a row is ordered inside: pixel by pixel with all channels, where it is an image; a list is one pixel. */
export interface InnerOrder {
  readonly channels: number;
  readonly pixels: number;
}

/** The inner order of a sample of this shape. */
export function innerOrder(shape: Shape): InnerOrder {
  const size = sizeOf(shape);
  const isList = shape.length !== 3 || shape[0] === 1 || shape[0] === size;
  return isList ? { channels: size, pixels: 1 } : { channels: shape[0], pixels: size / shape[0] };
}

/** Numbers in the public order, from `values[from]` on, brought into the inner one from `out[to]` on, `distance` apart. */
export function toInner(
  values: ArrayLike<number>,
  from: number,
  { channels, pixels }: InnerOrder,
  out: FloatArray | Uint8Array,
  to = 0,
  distance = 1,
): void {
  for (let c = 0; c < channels; c++) {
    for (let p = 0; p < pixels; p++) out[to + (p * channels + c) * distance] = values[from + c * pixels + p];
  }
}

/** A matrix of shape [outputs, inputs], or the weights of a convolution, whose inputs are the windows' numbers. */
interface MatrixSlot {
  readonly kind: 'matrix';
  readonly address: number;
  readonly outputs: number;
  readonly inputs: number;
  readonly bytes: number;
  /** Whether it lies as one panel of all its outputs. */
  readonly whole: boolean;
  /** The order of the inputs of one output. */
  readonly order: InnerOrder;
}

/** Any other slot: its numbers in their public order. */
interface ListSlot {
  readonly kind: 'list';
  readonly address: number;
  readonly count: number;
  readonly bytes: number;
}

export type SlotPlace = RowsSlot | MatrixSlot | ListSlot;

/** Slots in memory. Several names may share a place: see lower.ts. */
export class Layout {
  readonly capacity: number;
  private readonly engine: Engine;
  private readonly plan: Plan;
  private readonly rootOf: (slot: string) => string;
  private readonly leastWhole: number;
  private readonly places = new Map<string, SlotPlace>();
  private blank = { address: 0, bytes: 0 };
  private readonly allocated: { readonly address: number; readonly bytes: number }[] = [];

  /**
   * @param rootOf the slot in whose place a slot lies, itself if it has its own
   * @param leastWhole multiplications of a batch from which a matrix is not cut into panels
   */
  constructor(
    engine: Engine,
    plan: Plan,
    capacity: number,
    slots: Iterable<string>,
    rootOf: (slot: string) => string,
    leastWhole = Number.POSITIVE_INFINITY,
  ) {
    this.engine = engine;
    this.plan = plan;
    this.capacity = capacity;
    this.rootOf = rootOf;
    this.leastWhole = leastWhole;
    for (const slot of slots) {
      const place = plan.places.get(slot);
      const root = rootOf(slot);
      if (place === undefined || this.places.has(root)) continue;
      this.places.set(root, this.place(place));
    }
  }

  /** Memory of the plan's own beside the slots. */
  reserve(bytes: number): number {
    const address = this.engine.allocate(bytes);
    this.allocated.push({ address, bytes });
    return address;
  }

  /** At least so many bytes that are and stay 0. */
  zeros(bytes: number): number {
    if (bytes > this.blank.bytes) this.blank = { address: this.reserve(bytes), bytes };
    return this.blank.address;
  }

  has(slot: string): boolean {
    return this.places.has(this.rootOf(slot));
  }

  /** The shape of a slot, of one sample where it is per sample. */
  shape(slot: string): Shape {
    const place = this.plan.places.get(slot);
    if (place === undefined) throw new Error(`slot ${slot} has no shape`);
    return place.shape;
  }

  at(slot: string): SlotPlace {
    const place = this.places.get(this.rootOf(slot));
    if (place === undefined) throw new Error(`slot ${slot} has no place in memory`);
    return place;
  }

  rows(slot: string): RowsSlot {
    const place = this.at(slot);
    if (place.kind !== 'rows') throw new Error(`slot ${slot} is not per sample`);
    return place;
  }

  matrix(slot: string): MatrixSlot {
    const place = this.at(slot);
    if (place.kind !== 'matrix') throw new Error(`slot ${slot} is no matrix`);
    return place;
  }

  /** Whether matrices of this shape lie as one panel. */
  isWhole(outputs: number, inputs: number): boolean {
    return outputs * inputs * this.capacity >= this.leastWhole;
  }

  /** A slot that is not per sample, as so many bytes. */
  fixed(slot: string): MatrixSlot | ListSlot {
    const place = this.at(slot);
    if (place.kind === 'rows') throw new Error(`slot ${slot} is per sample`);
    return place;
  }

  /** A slot's numbers in their public order; of the first `samples` samples, where it is per sample. */
  read(slot: string, samples: number): Float32Array {
    const place = this.at(slot);
    if (place.kind === 'list') return this.engine.floats(place.address, place.count).slice();
    if (place.kind === 'rows') return this.readRows(place, samples);
    const { outputs, inputs } = place;
    const out = new Float32Array(outputs * inputs);
    const inner = this.engine.floats(place.address, place.bytes / 4);
    eachOutput(place, (j, start, distance) => {
      toPublic(inner, start, distance, place.order, out, j * inputs);
    });
    return out;
  }

  private readRows({ address, distance, width, order }: RowsSlot, samples: number): Float32Array {
    const rows = this.engine.floats(address, (distance / 4) * samples);
    const out = new Float32Array(samples * width);
    for (let s = 0; s < samples; s++) toPublic(rows, (s * distance) / 4, 1, order, out, s * width);
    return out;
  }

  /** Sets a slot from its public order. */
  write(slot: string, values: ArrayLike<number>): void {
    const place = this.at(slot);
    if (place.kind === 'list') this.engine.floats(place.address, place.count).set(values);
    else if (place.kind === 'rows') {
      for (let s = 0; s * place.width < values.length; s++) {
        const row = this.engine.floats(place.address + s * place.distance, place.width);
        toInner(values, s * place.width, place.order, row);
      }
    } else {
      const { inputs } = place;
      const inner = this.engine.floats(place.address, place.bytes / 4);
      eachOutput(place, (j, start, distance) => {
        toInner(values, j * inputs, place.order, inner, start, distance);
      });
    }
  }

  /** Gives all memory back. */
  release(): void {
    for (const { address, bytes } of this.allocated.splice(0)) this.engine.release(address, bytes);
  }

  private place({ shape, size, perSample }: Place): SlotPlace {
    if (perSample) {
      const distance = rowDistance(size);
      // A vector may be read that begins at the last number.
      const address = this.reserve(distance * this.capacity + 16);
      return { kind: 'rows', address, width: size, distance, order: innerOrder(shape) };
    }
    if (shape.length === 2 || shape.length === 4) {
      const [outputs, ...rest] = shape;
      const inputs = sizeOf(rest);
      const bytes = padded(outputs) * padded(inputs) * 4;
      const whole = shape.length === 2 && this.isWhole(outputs, inputs);
      const address = this.reserve(bytes);
      return { kind: 'matrix', address, outputs, inputs, bytes, whole, order: innerOrder(rest) };
    }
    const bytes = padded(size) * 4;
    return { kind: 'list', address: this.reserve(bytes), count: size, bytes };
  }
}

/** Bytes from one row to the next. Rows a multiple of 512 bytes apart would share a few sets of the cache: those get a line more. */
function rowDistance(width: number): number {
  const bytes = padded(width) * 4;
  return bytes % 512 === 0 ? bytes + 64 : bytes;
}

/** The way back of {@link toInner}. */
function toPublic(
  values: Float32Array,
  from: number,
  distance: number,
  { channels, pixels }: InnerOrder,
  out: Float32Array,
  to: number,
): void {
  for (let c = 0; c < channels; c++) {
    for (let p = 0; p < pixels; p++) out[to + c * pixels + p] = values[from + (p * channels + c) * distance];
  }
}

/** Calls `visit` for each output with where its numbers begin and how far apart they are, as counts of numbers. */
function eachOutput(
  { outputs, inputs, whole }: MatrixSlot,
  visit: (output: number, start: number, distance: number) => void,
): void {
  const [rows, columns] = [padded(inputs), padded(outputs)];
  const most = whole ? columns : panel;
  for (let j = 0; j < outputs; j++) {
    const first = j - (j % most);
    visit(j, first * rows + (j % most), Math.min(most, columns - first));
  }
}
