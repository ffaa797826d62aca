// Instructions of a tape as the lowering handles them: their words, what they touch, and how their work is shared out.
import type { Call } from '../../plan/index.ts';

/** One instruction. Slots are named by the slot in whose place they lie. */
export interface Instruction {
  /** Its number and its operands, without the length. */
  readonly words: readonly number[];
  /** How threads share it out: two with the same partition give each thread the same part of a slot. */
  readonly partition: string;
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** Multiplications it takes for each sample, about. */
  readonly work?: number;
  /** Bytes of its own that each thread needs while it runs. */
  readonly scratch?: number;
  /** The call that is run by its reference instead, from JavaScript. */
  readonly host?: Call;
  /** What JavaScript does instead for a batch of so many samples: a product that is handed out. */
  readonly outside?: (samples: number) => void;
}

/** Threads take samples: the first its first rows, and so on. */
export const byRows = 'rows';

/** The main thread does it alone. */
export const alone = 'alone';

/** Not on the tape at all, but between two stretches of it. */
export const outside = 'outside';

/** Threads take equal stretches of a slot of so many bytes. */
export const flat = (bytes: number): string => `stretches of ${bytes}`;

const converter = new DataView(new ArrayBuffer(8));

/** A number as the word a float32 operand is read from. */
export function float(value: number): number {
  converter.setFloat32(0, value, true);
  return converter.getUint32(0, true);
}

/** A number as the two words a float64 operand is read from. */
export function double(value: number): [number, number] {
  converter.setFloat64(0, value, true);
  return [converter.getUint32(0, true), converter.getUint32(4, true)];
}

/** What is done with a block of a gradient or of slots: a code of opcodes.ts, addresses (0: the gradient's block), numbers. */
export interface BlockRecord {
  readonly code: number;
  readonly x: number;
  readonly y?: number;
  readonly z?: number;
  readonly out: number;
  /** The learning rate's address. */
  readonly rate?: number;
  readonly numbers?: readonly number[];
}

/** Records as words: their count, then each. */
export function recordWords(records: readonly BlockRecord[]): number[] {
  const words = records.flatMap(({ code, x, y = 0, z = 0, out, rate = 0, numbers = [] }) => [
    ...[code, x, y, z, out, rate],
    ...[0, 1, 2, 3].flatMap((i) => double(numbers[i] ?? 0)),
  ]);
  return [records.length, ...words];
}

/** Whether one of two instructions writes what the other touches. */
export function conflict(a: Instruction, b: Instruction): boolean {
  const touches = (x: Instruction, y: Instruction) =>
    x.writes.some((slot) => y.writes.includes(slot) || y.reads.includes(slot));
  return touches(a, b) || b.writes.some((slot) => a.reads.includes(slot));
}
