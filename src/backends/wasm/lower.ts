// A plan made ready for the tape: which slots share a place, which calls become one instruction, and the instructions themselves.
// The second lowering: src/plan chose the calls and what is read afterwards, this one chooses what suits the kernels in wasm/.
import * as kernels from '../../kernels/index.ts';
import { numeric } from '../../kernels/index.ts';
import type { Call, Plan } from '../../plan/index.ts';
import { channelGradient } from './channels.ts';
import { canBeLists } from './data.ts';
import type { Emitted } from './emitter.ts';
import type { Engine } from './engine.ts';
import { type GradientGroup, gradientGroup, groupRecords, groupSlots } from './gradients.ts';
import { convolution, convolutionWeightGradient } from './images.ts';
import { alone, double, flat, float, type Instruction, recordWords } from './instruction.ts';
import { activationCodes, emit, instructionOf, usedInputs } from './kernels.ts';
import { Layout, padded } from './layout.ts';
import { named, type SparseLists } from './lists.ts';
import * as op from './opcodes.ts';
import { Places } from './places.ts';
import { callsOf, PooledEmitter, unplaced } from './pooled.ts';
import { leastProduct, type Multiply, Products } from './products.ts';
import { isRectified, listedSlot, RowLists } from './rectified.ts';
import { canBeScaled, ScaledWeight } from './scaled.ts';

/** A plan's slots in memory and its calls grouped. */
export class Lowered {
  readonly plan: Plan;
  readonly layout: Layout;
  /** Whether every reader of the input can take it as lists. */
  readonly sparseInput: boolean;
  /** Whether rows placed in the input slot can be made lists, and nothing shows it. */
  readonly canListInput: boolean;
  /** Weights that the tape with sparse inputs holds as W = s V, by their slots. */
  readonly scaled: ReadonlyMap<string, ScaledWeight>;
  private readonly places: Places;
  private readonly products: Products | undefined;
  private readonly groups = new Map<Call, GradientGroup>();
  /** The calls whose turn comes with the group that ends with them: an update waits until the old value has been read. */
  private readonly turns = new Map<Call, GradientGroup>();
  private readonly taken = new Set<Call>();
  /** Slots that are made lists once they are written, and the calls that take them. */
  private readonly listed = new Map<string, RowLists>();
  private ownLists: RowLists | undefined;
  /** Convolutions done with their pooling, by each of their calls. */
  private readonly pooled: ReadonlyMap<Call, PooledEmitter>;

  /** @param multiply what large products are handed to */
  constructor(engine: Engine, plan: Plan, capacity: number, multiply?: Multiply) {
    this.plan = plan;
    this.places = new Places(plan);
    for (const call of plan.calls) {
      if (!gradientKernels.has(call.kernel)) continue;
      const group = gradientGroup(call, { plan, readers: this.places.readers, inPlace: this.places.inPlace });
      this.groups.set(call, group);
      this.turns.set(group.updates.at(-1) ?? group.penalty ?? call, group);
      for (const other of [group.penalty, ...group.updates]) if (other !== undefined) this.taken.add(other);
    }
    const least = multiply && leastProduct;
    this.layout = new Layout(engine, plan, capacity, this.storedSlots(), this.places.rootOf, least);
    this.products = multiply && new Products(engine, multiply, this.layout, this.places.rootOf);
    this.pooled = new Map(
      this.places.pooled.flatMap((group) => {
        const emitter = new PooledEmitter(group, this.layout);
        return callsOf(group).map((call): [Call, PooledEmitter] => [call, emitter]);
      }),
    );
    const inputReaders = plan.calls.filter((call) => usedInputs(call).some((slot) => this.isInput(slot)));
    this.sparseInput =
      !plan.kept.has('input') &&
      inputReaders.every((call) => this.places.isAlias(call) || this.takesLists(call)) &&
      ![...plan.kept].some((slot) => this.isInput(slot));
    this.scaled = this.sparseInput ? this.scaledWeights(engine) : new Map();
    // Updates by lists may add up in another order than those by rows: what is chosen batch by batch must be speed alone.
    this.canListInput =
      this.sparseInput &&
      plan.carries.length === 0 &&
      this.scaled.size === 0 &&
      this.layout.has('input') &&
      canBeLists(this.layout.rows('input').width);
    for (const call of plan.calls) {
      const slot = this.products?.takes(call) ? undefined : listedSlot(call, this.layout);
      if (slot === undefined || this.listed.has(slot) || !isRectified(plan, slot)) continue;
      this.listed.set(slot, new RowLists(slot, this.layout));
    }
  }

  /** Lists made of what is not zero in the rows placed in the input slot. */
  inputLists(): SparseLists {
    this.ownLists ??= new RowLists('input', this.layout);
    return this.ownLists.lists;
  }

  /** The program as instructions in the calls' order; with `sparse`, the input is taken as lists. */
  instructions(sparse?: SparseLists): Instruction[] {
    const own = sparse !== undefined && sparse === this.ownLists?.lists ? [this.ownLists.listing('input')] : [];
    const list = this.plan.calls.flatMap((call) => {
      const group = this.turns.get(call);
      if (this.products?.takes(group?.gradient ?? call)) {
        if (group !== undefined) return this.products.gradient(group);
        if (!this.groups.has(call)) return [this.products.product(call)];
      }
      const listing = this.listed.get(call.output)?.listing(this.places.rootOf(call.output));
      return [this.formed(call), this.instruction(call, sparse), listing].filter(
        (instruction) => instruction !== undefined,
      );
    });
    return [...own, ...list, ...this.copies()];
  }

  /** Whether a call's product is done here, and can be by lists of non-zero inputs. */
  private takesLists(call: Call): boolean {
    return sparseKernels.has(call.kernel) && !this.products?.takes(call);
  }

  private instruction(call: Call, sparse: SparseLists | undefined): Instruction | undefined {
    const { layout, places } = this;
    const group = this.turns.get(call);
    if (group !== undefined) return isApart(group.gradient) ? this.used(group) : this.gradient(group, sparse);
    if (this.taken.has(call) || this.groups.has(call) || places.isAlias(call)) return undefined;
    if (this.pooled.has(call)) return this.ofPooled(call, undefined);
    if (call.kernel === kernels.affine || call.kernel === kernels.weightedSum) {
      const lists = this.listsFor(call, call.inputs.x, sparse);
      if (lists !== undefined) return this.sparseAffine(call, lists);
    }
    if (call.kernel === kernels.backpropagate) {
      const lists = this.listsFor(call, call.inputs.delta, undefined);
      if (lists !== undefined) return this.sparseBackpropagate(call, lists);
    }
    if (sparse !== undefined && call.kernel === kernels.l2Penalty) {
      const scaled = this.scaled.get(call.inputs.weight);
      if (scaled !== undefined) return this.scaledPenalty(call, scaled);
    }
    if (places.isActivated(call)) return undefined;
    const emitted = this.activated(call) ?? emit(call, layout);
    if (emitted !== undefined) return instructionOf(call, emitted, places.rootOf);
    const slots = { reads: Object.values(call.inputs).map(places.rootOf), writes: [places.rootOf(call.output)] };
    return { words: [], partition: alone, ...slots, host: call };
  }

  /** A convolution that writes a over z. */
  private activated(call: Call): Emitted | undefined {
    const activation = this.places.activationOf(call);
    const code = activation && activationCodes.get(activation.kernel);
    return code === undefined ? undefined : convolution(call, this.layout, code);
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
    const taken = this.listsFor(gradient, gradient.inputs.x, sparse);
    if (taken !== undefined) {
      const { address, distance, stops, density } = taken;
      const lists = [address, distance, stops, inputs];
      const partition = `inputs of ${inputs}`;
      const scaled = this.scaledOf(group);
      if (scaled !== undefined) {
        const { inputs: update } = group.updates[0];
        const [weight, rate] = [layout.matrix(scaled.slot), layout.fixed(update.rate)].map(({ address }) => address);
        const penalty = double(numeric(group.penalty?.attributes ?? {}, 'l2'));
        const words = [op.weightStepScaled, ...lists, weight, outputs, ...place, rate, scaled.address, ...penalty];
        return { ...slots, words, partition: `panels of ${outputs}`, work: work * density };
      }
      if (out === 0 && records.length === 1 && records[0].code === op.sgd) {
        const { out: weight, rate = 0 } = records[0];
        const words = [op.weightStepSparse, ...lists, weight, outputs, ...place, rate];
        return { ...slots, words, partition: `panels of ${outputs}`, work: work * density };
      }
      const words = [op.weightGradientSparse, ...lists, ...place, ...tail];
      const scratch = 1024 + packed + (inputs + 4) * 4 + layout.capacity * distance;
      return { ...slots, reads: [...slots.reads, ...named(taken)], words, partition, work: work * density, scratch };
    }
    const words = [op.weightGradient, x.address, x.distance, inputs, ...place, ...tail];
    return { ...slots, words, partition: `inputs of ${inputs}`, work, scratch: 896 + packed };
  }

  /** A gradient that is formed as a whole when its call has its turn. */
  private formed(call: Call): Instruction | undefined {
    const group = this.groups.get(call);
    if (group === undefined || !isApart(call)) return undefined;
    const { address } = this.layout.fixed(placeOf(group));
    const { rootOf } = this.places;
    const instruction = this.ofPooled(call, address);
    if (instruction !== undefined) return { ...instruction, writes: [rootOf(placeOf(group))] };
    const emit = call.kernel === kernels.convolutionWeightGradient ? convolutionWeightGradient : channelGradient;
    const emitted = emit(call, this.layout, address);
    return { ...emitted, reads: Object.values(call.inputs).map(rootOf), writes: [rootOf(placeOf(group))] };
  }

  /** What is done with it when all who need the old parameters have had theirs. */
  private used(group: GradientGroup): Instruction | undefined {
    const { address, bytes } = this.layout.fixed(placeOf(group));
    const { rootOf } = this.places;
    // Where a record says "the gradient's block", the gradient has an address here.
    const records = groupRecords(group, this.layout).map((record) => {
      const { x, y, z, out } = record;
      return { ...record, x: x || address, y: y || address, z: z || address, out: out || address };
    });
    if (records.length === 0) return undefined;
    const { reads, writes } = groupSlots(group);
    return {
      words: [op.update, bytes, ...recordWords(records)],
      partition: flat(bytes),
      reads: [placeOf(group), ...reads].map(rootOf),
      writes: [placeOf(group), ...writes].map(rootOf),
    };
  }

  private ofPooled(call: Call, gradient: number | undefined): Instruction | undefined {
    const emitted = this.pooled.get(call)?.emit(call, gradient);
    if (emitted === undefined) return undefined;
    const { rootOf } = this.places;
    return { ...emitted, reads: emitted.reads.map(rootOf), writes: emitted.writes.map(rootOf) };
  }

  /** The lists that a call takes its input or δ from, if it does: the batch's sparse inputs, or what is behind a ReLU. */
  private listsFor(call: Call, slot: string, sparse: SparseLists | undefined): SparseLists | undefined {
    if (sparse !== undefined && this.isInput(slot)) return sparse;
    return listedSlot(call, this.layout) === slot ? this.listed.get(slot)?.lists : undefined;
  }

  private sparseAffine(call: Call, lists: SparseLists): Instruction {
    const { address, distance, stops, density } = lists;
    const emitted = emit(call, this.layout);
    if (emitted === undefined) throw new Error(`${call.kernel.name} has no instruction`);
    // The operands of the dense one, with lists in place of the rows of x.
    const [, , , ...rest] = emitted.words;
    const scaled = this.scaled.get(call.inputs.weight);
    const words =
      lists.cuts === undefined
        ? [
            scaled ? op.affineScaled : op.affineSparse,
            address,
            distance,
            stops,
            ...rest,
            ...(scaled ? [scaled.address] : []),
          ]
        : [op.affineRectified, address, distance, lists.cuts, ...rest];
    const instruction = instructionOf(call, emitted, this.places.rootOf);
    return {
      ...instruction,
      reads: [...instruction.reads, ...named(lists)],
      words,
      work: (emitted.work ?? 0) * density,
      scratch: 0,
    };
  }

  private sparseBackpropagate(call: Call, lists: SparseLists): Instruction {
    const { address, distance, cuts = 0, density } = lists;
    const emitted = emit(call, this.layout);
    if (emitted === undefined) throw new Error(`${call.kernel.name} has no instruction`);
    const [, , , outputs, ...rest] = emitted.words;
    const instruction = instructionOf(call, emitted, this.places.rootOf);
    return {
      ...instruction,
      reads: [...instruction.reads, ...named(lists)],
      words: [op.backpropagateRectified, address, distance, cuts, outputs, ...rest],
      work: (emitted.work ?? 0) * density,
      scratch: outputs * 128,
    };
  }

  private scaledWeights(engine: Engine): Map<string, ScaledWeight> {
    const groups = [...this.groups.values()].filter(
      (group) => this.isInput(group.gradient.inputs.x) && canBeScaled(group, this.plan, this.places.readers),
    );
    return new Map(
      groups.map(({ updates: [{ inputs }] }): [string, ScaledWeight] => [
        inputs.parameter,
        new ScaledWeight(inputs.parameter, engine, this.layout),
      ]),
    );
  }

  private scaledOf({ updates }: GradientGroup): ScaledWeight | undefined {
    return updates.length === 1 ? this.scaled.get(updates[0].inputs.parameter) : undefined;
  }

  /** c/2 Σ w² from the records of s and Σ v²: nobody goes through the weights. */
  private scaledPenalty(call: Call, { address, panels }: ScaledWeight): Instruction {
    const out = this.layout.fixed(call.output).address;
    const words = [op.scaledPenalty, address, panels, out, float(numeric(call.attributes, 'factor'))];
    return instructionOf(call, { words, partition: alone }, this.places.rootOf);
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
    const unstored = new Set(this.places.pooled.flatMap(unplaced));
    for (const group of this.groups.values()) {
      const { gradient, penalty, updates, stored } = group;
      for (const call of [gradient, penalty, ...updates]) if (call !== undefined) unstored.add(call.output);
      if (stored !== undefined || isApart(gradient)) unstored.delete(placeOf(group));
    }
    for (const slot of this.plan.places.keys()) if (!unstored.has(slot) || this.places.isCarried(slot)) yield slot;
  }
}

/** Gradients that are formed block by block with their updates, and those that are not. */
const blockwise: readonly Call['kernel'][] = [kernels.weightGradient, kernels.biasGradient];
const apart: ReadonlySet<Call['kernel']> = new Set<Call['kernel']>([
  kernels.convolutionWeightGradient,
  kernels.channelBiasGradient,
  kernels.channelWeightGradient,
]);
const gradientKernels: ReadonlySet<Call['kernel']> = new Set([...blockwise, ...apart]);

const isApart = ({ kernel }: Call): boolean => apart.has(kernel);

/** The slot whose place a group's gradient is formed in. */
const placeOf = ({ gradient, stored }: GradientGroup): string => stored ?? gradient.output;

const sparseKernels: ReadonlySet<Call['kernel']> = new Set<Call['kernel']>([
  kernels.affine,
  kernels.weightedSum,
  kernels.weightGradient,
]);
