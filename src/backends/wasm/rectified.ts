// Which slots are made lists of what is not zero, batch by batch: those behind a ReLU, where a large dense product reads them.
// Lists and dense rows add up the same products in the same order, so this is a choice of speed alone.
import * as kernels from '../../kernels/index.ts';
import { type Call, callOf, type Plan } from '../../plan/index.ts';
import { byRows, type Instruction } from './instruction.ts';
import { activationCodes, backwardCodes } from './kernels.ts';
import { type Layout, padded } from './layout.ts';
import type { SparseLists } from './lists.ts';
import * as op from './opcodes.ts';

/** What a ReLU leaves of its inputs, about: for sharing out work only. */
const density = 0.5;

/** A product of fewer inputs or outputs than this is not worth a list. */
const [leastInputs, leastOutputs] = [64, 32];

/** The slot whose lists a call can take in place of rows; undefined where its product is none of those or too small. */
export function listedSlot({ kernel, inputs }: Call, layout: Layout): string | undefined {
  if (kernel === kernels.affine || kernel === kernels.weightedSum) {
    const { inputs: rows, outputs } = layout.matrix(inputs.weight);
    return rows >= leastInputs && outputs >= leastOutputs ? inputs.x : undefined;
  }
  if (kernel === kernels.weightGradient) {
    const [rows, outputs] = [inputs.x, inputs.delta].map((slot) => layout.rows(slot).width);
    return rows >= leastInputs && outputs >= leastOutputs ? inputs.x : undefined;
  }
  if (kernel !== kernels.backpropagate) return undefined;
  const { inputs: rows, outputs } = layout.matrix(inputs.weight);
  return outputs >= leastInputs && rows >= leastOutputs ? inputs.delta : undefined;
}

/** Whether a slot is zero wherever a ReLU is. */
export function isRectified(plan: Plan, slot: string): boolean {
  const call = callOf(plan, slot);
  if (call === undefined) return false;
  if (activationCodes.get(call.kernel) === op.relu || backwardCodes.get(call.kernel) === op.relu) return true;
  const passes =
    call.kernel === kernels.reshape || call.kernel === kernels.identity || call.kernel === kernels.hadamard;
  return passes && isRectified(plan, call.inputs.x);
}

/** Numbers of a row that wasm/kernels/rectified.ts goes through together. */
const block = 256;

/** Lists in memory for a slot. */
export class RowLists {
  readonly lists: SparseLists;
  private readonly slot: string;
  private readonly layout: Layout;

  constructor(slot: string, layout: Layout) {
    this.slot = slot;
    this.layout = layout;
    // A line more than the longest list, so that lists do not share a few sets of the cache; one entry is written too many.
    const { width } = layout.rows(slot);
    const distance = Math.ceil((width * 8 + 8) / 64) * 64 + 64;
    const address = layout.reserve(distance * layout.capacity);
    const [stops, cuts] = [1, Math.ceil(padded(width) / block)].map((count) =>
      layout.reserve(layout.capacity * count * 4),
    );
    this.lists = { address, distance, stops, cuts, density, name: `lists of ${slot}` };
  }

  /** Makes the lists of a batch; `root` is the slot in whose place the rows lie. */
  listing(root: string): Instruction {
    const { address: rows, distance: apart, width } = this.layout.rows(this.slot);
    const { address, distance, stops, cuts = 0, name } = this.lists;
    const words = [op.listRows, rows, apart, padded(width), address, distance, stops, cuts];
    return { words, partition: byRows, reads: [root], writes: name === undefined ? [] : [name] };
  }
}
