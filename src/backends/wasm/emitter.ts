// What turns a call into an instruction: the types that the lists of emitters share, and how a slot's rows become operands.
import type { Call } from '../../plan/index.ts';
import type { Layout } from './layout.ts';

/** An instruction's words and work; what it touches is the call's own slots. */
export interface Emitted {
  readonly words: readonly number[];
  readonly partition: string;
  readonly work?: number;
  readonly scratch?: number;
}

/** Makes the instruction of a call. */
export type Emit = (call: Call, layout: Layout) => Emitted;

/** Where a slot's rows begin, and bytes from one to the next. */
export function rowsOf(layout: Layout, slot: string): [number, number] {
  const { address, distance } = layout.rows(slot);
  return [address, distance];
}
