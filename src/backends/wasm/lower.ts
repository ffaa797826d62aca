// A plan made ready for the tape: which slots share a place, which calls become one instruction, and the instructions themselves.
// The second lowering: src/plan chose the calls and what is read afterwards, this one chooses what suits the kernels in wasm/.
import * as kernels from '../../kernels/index.ts';
import { type Call, type Plan, slotOf } from '../../plan/index.ts';
import type { Engine } from './engine.ts';
import { type GradientGroup, gradientGroup, groupRecords, groupSlots } from './gradients.ts';
import { alone, type Instruction, recordWords } from './instruction.ts';
import { emit, flat, inPlacePort, instructionOf, samePort, usedInputs } from './kernels.ts';
import { Layout, padded } from './layout.ts';
import * as op from './opcodes.ts';

/** Where the lists of a batch's non-zero inputs are. */
export interface SparseLists {
  /** Where sample 0's list begins, bytes from one list to the next, and where the ends are. */
  readonly address: number;
  readonly distance: number;
  readonly stops: number;
  /** The share of inputs that are not zero. */
  readonly density: number;
}

/** A plan's slots in memory and its calls grouped. */
export class Lowered {
  readonly plan: Plan;
  readonly layout: Layout;
  /** Whether every reader of the input can take it as lists. */
  readonly sparseInput: boolean;
  private readonly places: Places;
  private readonly groups = new Map<Call, GradientGroup>();
  /** The calls whose turn comes with the group that ends with them: an update waits until the old value has been read. */
  private readonly turns = new Map<Call, GradientGroup>();
  private readonly taken = new Set<Call>();

  constructor(engine: Engine, plan: Plan, capacity: number) {
    this.plan = plan;
    this.places = new Places(plan);
    for (const call of plan.calls) {
      if (!gradientKernels.has(call.kernel)) continue;
      const group = gradientGroup(call, { plan, readers: this.places.readers, inPlace: this.places.inPlace });
      this.groups.set(call, group);
      this.turns.set(group.updates.at(-1) ?? group.penalty ?? call, group);
      for (const other of [group.penalty, ...group.updates]) if (other !== undefined) this.taken.add(other);
    }
    this.layout = new Layout(engine, plan, capacity, this.storedSlots(), this.places.rootOf);
    const inputReaders = plan.calls.filter((call) => usedInputs(call).some((slot) => this.isInput(slot)));
    this.sparseInput =
      !plan.kept.has('input') &&
      inputReaders.every((call) => sparseKernels.has(call.kernel)) &&
      ![...plan.kept].some((slot) => this.isInput(slot));
  }

  /** The program as instructions in the calls' order; with `sparse`, the input is taken as lists. */
  instructions(sparse?: SparseLists): Instruction[] {
    const list = this.plan.calls.flatMap((call) => {
      const instruction = this.instruction(call, sparse);
      return instruction === undefined ? [] : [instruction];
    });
    return [...list, ...this.copies()];
  }

  private instruction(call: Call, sparse: SparseLists | undefined): Instruction | undefined {
    const { layout, places } = this;
    const group = this.turns.get(call);
    if (group !== undefined) return this.gradient(group, sparse);
    if (this.taken.has(call) || this.groups.has(call) || places.isAlias(call)) return undefined;
    if (sparse !== undefined && 'x' in call.inputs && this.isInput(call.inputs.x)) {
      return this.sparseAffine(call, sparse);
    }
    const emitted = emit(call, layout);
    if (emitted !== undefined) return instructionOf(call, emitted, places.rootOf);
    const slots = { reads: Object.values(call.inputs).map(places.rootOf), writes: [places.rootOf(call.output)] };
    return { words: [], partition: alone, ...slots, host: call };
  }

  private gradient(group: GradientGroup, sparse: SparseLists | undefined): Instruction {
    const { gradient, stored } = group;
    const { layout } = this;
    const { rootOf } = this.places;
    const delta = layout.rows(gradient.inputs.delta);
    const outputs = padded(delta.width);
    const out = stored === undefined ? 0 : layout.fixed(stored).address;
    const records = groupRecords(group, layout);
    const tail = [outputs, out, ...recordWords(records)];
    const { reads, writes } = groupSlots(group);
    const slots = {
      reads: [...Object.values(gradient.inputs), ...reads].map(rootOf),
      writes: writes.map(rootOf),
    };
    if (gradient.kernel === kernels.biasGradient) {
      const words = [op.biasGradient, delta.address, delta.distance, ...tail];
      return { ...slots, words, partition: flat(outputs * 4), scratch: outputs * 4 };
    }
    const x = layout.rows(gradient.inputs.x);
    const inputs = padded(x.width);
    const place = [delta.address, delta.distance];
    const work = inputs * outputs;
    const packed = layout.capacity * 128;
    if (sparse !== undefined && this.isInput(gradient.inputs.x)) {
      const lists = [sparse.address, sparse.distance, sparse.stops, inputs];
      const partition = `inputs of ${inputs}`;
      if (out === 0 && records.length === 1 && records[0].code === op.sgd) {
        const { out: weight, rate = 0 } = records[0];
        const words = [op.weightStepSparse, ...lists, weight, outputs, ...place, rate];
        return { ...slots, words, partition: `panels of ${outputs}`, work: work * sparse.density };
      }
      const words = [op.weightGradientSparse, ...lists, ...place, ...tail];
      const scratch = 1024 + packed + (inputs + 4) * 4 + layout.capacity * sparse.distance;
      return { ...slots, words, partition, work: work * sparse.density, scratch };
    }
    const words = [op.weightGradient, x.address, x.distance, inputs, ...place, ...tail];
    return { ...slots, words, partition: `inputs of ${inputs}`, work, scratch: 896 + packed };
  }

  private sparseAffine(call: Call, { address, distance, stops, density }: SparseLists): Instruction {
    const emitted = emit(call, this.layout);
    if (emitted === undefined) throw new Error(`${call.kernel.name} has no instruction`);
    // The operands of the dense one, with lists in place of the rows of x.
    const [, , , ...rest] = emitted.words;
    const words = [op.affineSparse, address, distance, stops, ...rest];
    return { ...instructionOf(call, emitted, this.places.rootOf), words, work: (emitted.work ?? 0) * density };
  }

  /** What could not be written in place goes there when the step ends. */
  private copies(): Instruction[] {
    return this.plan.carries
      .filter(({ from, to }) => this.layout.has(from) && this.places.rootOf(from) !== this.places.rootOf(to))
      .map(({ from, to }) => {
        const [source, target] = [this.layout.fixed(from), this.layout.fixed(to)];
        const record = { code: op.copy, x: source.address, out: target.address };
        const words = [op.update, target.bytes, ...recordWords([record])];
        const slots = { reads: [this.places.rootOf(from)], writes: [this.places.rootOf(to)] };
        return { words, partition: flat(target.bytes), ...slots };
      });
  }

  private isInput(slot: string): boolean {
    return this.places.rootOf(slot) === 'input';
  }

  /** The slots that need a place: all but gradients and means that are used up as they are formed. */
  private *storedSlots(): Iterable<string> {
    const unstored = new Set<string>();
    for (const { gradient, penalty, updates, stored } of this.groups.values()) {
      for (const call of [gradient, penalty, ...updates]) if (call !== undefined) unstored.add(call.output);
      if (stored !== undefined) unstored.delete(stored);
    }
    for (const slot of this.plan.places.keys()) if (!unstored.has(slot) || this.places.isCarried(slot)) yield slot;
  }
}

const gradientKernels: ReadonlySet<Call['kernel']> = new Set<Call['kernel']>([
  kernels.weightGradient,
  kernels.biasGradient,
]);

const sparseKernels: ReadonlySet<Call['kernel']> = new Set<Call['kernel']>([
  kernels.affine,
  kernels.weightedSum,
  kernels.weightGradient,
  kernels.reshape,
]);

/** Which slots lie in one place: what a call only hands on, what it may write over, what a step makes the next of. */
class Places {
  private readonly plan: Plan;
  private readonly roots = new Map<string, string>();
  private readonly readersOf = new Map<string, Call[]>();
  private readonly handsOn = new Set<Call>();
  private readonly carriedTo: ReadonlyMap<string, string>;

  constructor(plan: Plan) {
    this.plan = plan;
    this.carriedTo = new Map(plan.carries.map(({ from, to }) => [from, to]));
    for (const call of plan.calls) {
      for (const slot of new Set(usedInputs(call))) this.readersOf.set(slot, [...this.readers(slot), call]);
    }
    for (const call of plan.calls) this.join(call);
  }

  readonly rootOf = (slot: string): string => this.roots.get(slot) ?? slot;

  readonly readers = (slot: string): readonly Call[] => this.readersOf.get(slot) ?? [];

  /** Whether a call makes the next value from the present one, over it. */
  readonly inPlace = (call: Call): boolean => {
    const to = this.carriedTo.get(call.output);
    return this.isCarried(call.output) && Object.values(call.inputs).some((slot) => slot === to);
  };

  isCarried(slot: string): boolean {
    const to = this.carriedTo.get(slot);
    return to !== undefined && this.rootOf(slot) === this.rootOf(to);
  }

  /** Whether a call does nothing, its output being its input. */
  isAlias(call: Call): boolean {
    return this.handsOn.has(call);
  }

  private join(call: Call): void {
    const same = samePort(call);
    const over = inPlacePort(call);
    const to = this.carriedTo.get(call.output);
    if (same !== undefined) {
      this.roots.set(call.output, this.rootOf(call.inputs[same]));
      this.handsOn.add(call);
    } else if (over !== undefined && this.isFree(call.inputs[over], call)) {
      this.roots.set(call.output, this.rootOf(call.inputs[over]));
    } else if (to !== undefined && !this.plan.kept.has(call.output) && this.isReplaceable(to, call)) {
      this.roots.set(call.output, to);
    }
  }

  /** Whether nobody but `call` needs what lies in the place of `slot`. */
  private isFree(slot: string, call: Call): boolean {
    const root = this.rootOf(slot);
    const sharing = [...this.plan.places.keys()].filter((other) => this.rootOf(other) === root);
    return sharing.every(
      (other) =>
        !this.plan.kept.has(other) &&
        ['activation', 'gradient'].includes(slotOf(this.plan.program, other).role) &&
        this.readers(other).every((reader) => reader === call || this.handsOn.has(reader)),
    );
  }

  /** Whether a call may write over the present value: it works element by element, and nobody reads that value after it. */
  private isReplaceable(to: string, call: Call): boolean {
    const { calls } = this.plan;
    const own = Object.entries(call.inputs).filter(([, slot]) => slot === to);
    const inPlace = own.every(([port]) => call.kernel.inPlace?.includes(port) ?? false);
    const index = calls.indexOf(call);
    return inPlace && this.readers(to).every((reader) => calls.indexOf(reader) <= index);
  }
}
