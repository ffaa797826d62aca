// Where a plan's slots lie in the engine's memory, and the way from the public order of their numbers to the inner one and back.
// Inside, samples' rows and lists are padded with zeros to whole vectors, and matrices lie as [in, out] in panels of 32 outputs.
import type { Place, Plan } from '../../plan/index.ts';
import type { Engine } from './engine.ts';

/** Outputs in a panel of a matrix. */
const panel = 32;

/** A count rounded up to whole vectors of four. */
export const padded = (count: number): number => Math.ceil(count / 4) * 4;

/** A slot with a row for each sample: `width` numbers, the rows `distance` bytes apart. */
interface RowsSlot {
  readonly kind: 'rows';
  readonly address: number;
  readonly width: number;
  readonly distance: number;
}

/** A matrix of shape [outputs, inputs]. */
interface MatrixSlot {
  readonly kind: 'matrix';
  readonly address: number;
  readonly outputs: number;
  readonly inputs: number;
  readonly bytes: number;
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
  private readonly rootOf: (slot: string) => string;
  private readonly places = new Map<string, SlotPlace>();
  private blank = { address: 0, bytes: 0 };
  private readonly allocated: { readonly address: number; readonly bytes: number }[] = [];

  /** @param rootOf the slot in whose place a slot lies, itself if it has its own */
  constructor(engine: Engine, plan: Plan, capacity: number, slots: Iterable<string>, rootOf: (slot: string) => string) {
    this.engine = engine;
    this.capacity = capacity;
    this.rootOf = rootOf;
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
    if (place.kind === 'rows') {
      const out = new Float32Array(samples * place.width);
      for (let s = 0; s < samples; s++) {
        out.set(this.engine.floats(place.address + s * place.distance, place.width), s * place.width);
      }
      return out;
    }
    const { outputs, inputs } = place;
    const out = new Float32Array(outputs * inputs);
    const inner = this.engine.floats(place.address, place.bytes / 4);
    eachOutput(place, (j, start, distance) => {
      for (let k = 0; k < inputs; k++) out[j * inputs + k] = inner[start + k * distance];
    });
    return out;
  }

  /** Sets a slot from its public order. */
  write(slot: string, values: ArrayLike<number>): void {
    const place = this.at(slot);
    if (place.kind === 'list') this.engine.floats(place.address, place.count).set(values);
    else if (place.kind === 'rows') {
      for (let s = 0; s * place.width < values.length; s++) {
        const row = this.engine.floats(place.address + s * place.distance, place.width);
        for (let k = 0; k < place.width; k++) row[k] = values[s * place.width + k];
      }
    } else {
      const { inputs } = place;
      const inner = this.engine.floats(place.address, place.bytes / 4);
      eachOutput(place, (j, start, distance) => {
        for (let k = 0; k < inputs; k++) inner[start + k * distance] = values[j * inputs + k];
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
      return { kind: 'rows', address: this.reserve(distance * this.capacity), width: size, distance };
    }
    if (shape.length === 2) {
      const [outputs, inputs] = shape;
      const bytes = padded(outputs) * padded(inputs) * 4;
      return { kind: 'matrix', address: this.reserve(bytes), outputs, inputs, bytes };
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

/** Calls `visit` for each output with where its numbers begin and how far apart they are, as counts of numbers. */
function eachOutput(
  { outputs, inputs }: MatrixSlot,
  visit: (output: number, start: number, distance: number) => void,
): void {
  const [rows, columns] = [padded(inputs), padded(outputs)];
  for (let j = 0; j < outputs; j++) {
    const first = j - (j % panel);
    visit(j, first * rows + (j % panel), Math.min(panel, columns - first));
  }
}
