// The wasm backend: plans run in float32 by the kernels in wasm/, many steps a call, on several threads where that pays.
// The same seed gives the same bytes on any number of threads, in Node and in a browser.
import * as z from 'zod/mini';
import type { View } from '../../kernels/index.ts';
import { isLabels, type Samples, type Tensor } from '../../memory/index.ts';
import { parseWith } from '../../options.ts';
import { type Call, type Plan, slotOf } from '../../plan/index.ts';
import type { Backend, Executable, StepsResult } from '../backend.ts';
import { type Binding, bind } from './data.ts';
import { Engine, type JobResult } from './engine.ts';
import { Holdings } from './holdings.ts';
import { alone, byRows } from './instruction.ts';
import { Lowered } from './lower.ts';
import { isMostlyZero, placeBatch } from './place.ts';
import type { Multiply } from './products.ts';
import { partsOf, schedule, tapeWords } from './schedule.ts';
import { processors } from './threads.ts';
import { type Tiny, tinyOf } from './tiny.ts';

/** A step of fewer multiplications is over before a second thread has come to help: about 30 µs. */
const leastWork = 500_000;

/** More threads than this gain nothing on the networks this is for. */
const mostThreads = 64;

const threadCount = z.int().check(z.minimum(1), z.maximum(mostThreads));

/** Settings of {@link wasmBackend}. */
export interface WasmOptions {
  /** The most threads to use, 1 … 64; as many as there are processors unless given. Results do not depend on it. */
  readonly threads?: number;
}

/**
 * Runs plans in float32 by WebAssembly kernels.
 * Keep it for all that is run: plans share its memory and its threads.
 * @example
 * await fit(net, data, { backend: wasmBackend() });
 * @throws ChainruleError `bad-option` where `threads` is no integer from 1 to 64, `unsupported` where there is no WebAssembly
 */
export function wasmBackend(options: WasmOptions = {}): Backend {
  return wasmBackendNamed('wasm', options);
}

/** The same under another name; with `multiply`, large matrix products of dense layers are handed to it. */
export function wasmBackendNamed(name: string, options: WasmOptions, multiply?: Multiply): Backend {
  const threads = parseWith(threadCount, options.threads ?? Math.min(processors(), mostThreads), 'threads');
  let engine: Engine | undefined;
  return {
    name,
    dtype: 'F32',
    threads,
    get limitation() {
      return engine?.limitation;
    },
    prepare(plan, capacity) {
      engine ??= new Engine(threads);
      return new WasmExecutable(engine, plan, capacity, multiply);
    },
    dispose() {
      engine?.dispose();
    },
  };
}

/** A stretch of a tape and what is known of its work, or what JavaScript does between two of them. */
type TapePart = Stretch | { readonly host: Call } | { readonly outside: (samples: number) => void };

/** Instructions in memory, and the threads there are for a whole batch of them. */
interface Stretch {
  readonly address: number;
  readonly length: number;
  readonly threads: number;
  /** Multiplications for each sample, about. */
  readonly work: number;
  /** Whether threads share out nothing but the batch's rows. */
  readonly isByRows: boolean;
}

/** A tape in memory, and the bytes each thread needs for it. */
interface Tape {
  readonly parts: readonly TapePart[];
  readonly scratch: number;
  readonly scratchBytes: number;
  readonly tiny: number;
  /** Whether it holds weights as s V: see scaled.ts. */
  readonly isScaled: boolean;
  /** The slots that each instruction writes. */
  readonly writes: readonly (readonly string[])[];
}

const forgotten = new FinalizationRegistry<Holdings>((holdings) => holdings.release());

class WasmExecutable implements Executable {
  readonly plan: Plan;
  readonly dtype = 'F32';
  readonly fallbacks: readonly string[];
  private readonly engine: Engine;
  private readonly capacity: number;
  private readonly lowered: Lowered;
  private readonly holdings: Holdings;
  private readonly tiny: Tiny | undefined;
  private readonly lossSlot: number;
  private readonly stepSlot: number;
  /** The tapes for single batches: with their inputs as rows, and as lists of what is not zero. */
  private readonly single: { rows?: Tape; lists?: Tape } = {};
  private bound: Tape | undefined;
  private last: Tape | undefined;
  private used = 1;
  private samples = 0;

  constructor(engine: Engine, plan: Plan, capacity: number, multiply: Multiply | undefined) {
    this.engine = engine;
    this.plan = plan;
    this.capacity = capacity;
    this.lowered = new Lowered(engine, plan, capacity, multiply);
    this.holdings = new Holdings(engine, this.lowered, capacity);
    forgotten.register(this, this.holdings, this);
    const { layout } = this.lowered;
    const instructions = this.lowered.instructions();
    const hosts = instructions.flatMap(({ host }) => (host === undefined ? [] : [host.kernel.name]));
    this.fallbacks = [...new Set(hosts)];
    this.tiny = instructions.some(({ outside }) => outside !== undefined) ? undefined : tinyOf(plan, layout);
    const address = (slot: string) => (layout.has(slot) ? layout.fixed(slot).address : 0);
    this.lossSlot = plan.calls.some(({ output }) => output === 'loss') ? address('loss') : 0;
    this.stepSlot = address('step');
  }

  get threads(): number {
    return this.used;
  }

  read(slot: string): Float32Array {
    const name = this.nameOf(slot);
    return this.lowered.scaled.get(name)?.read() ?? this.lowered.layout.read(name, this.samples);
  }

  write(slot: string, values: ArrayLike<number>): void {
    const name = this.nameOf(slot);
    (this.lowered.scaled.get(name) ?? this.lowered.layout).write(name, values);
  }

  /** The tape in memory that ran last, where it is in one piece: bench/profile.mjs times it by cutting it short. */
  get tape(): { readonly words: Uint32Array; readonly writes: readonly (readonly string[])[] } | undefined {
    const part = this.last?.parts.length === 1 ? this.last.parts[0] : undefined;
    if (this.last === undefined || part === undefined || !('address' in part)) return undefined;
    return { words: this.engine.words(part.address, part.length), writes: this.last.writes };
  }

  extras(): Record<string, Tensor> {
    return Object.assign({}, ...[...this.lowered.scaled.values()].map((weight) => weight.extras()));
  }

  writeExtras(tensors: Readonly<Record<string, Tensor>>): void {
    for (const weight of this.lowered.scaled.values()) weight.writeExtras(tensors);
  }

  run(data: Samples, rows: Uint32Array): void {
    if (rows.length > this.capacity) throw tooMany(rows.length, this.capacity);
    this.samples = rows.length;
    const tape = this.singleTape(data, rows);
    this.begin(tape);
    placeBatch(this.engine, this.lowered.layout, data, rows);
    const step = this.stepSlot === 0 ? 1 : this.engine.floats(this.stepSlot, 1)[0];
    this.runOnce(tape, 0, rows.length, step);
  }

  runSteps(data: Samples, order: Uint32Array, batch: number, firstStep: number, sum = 0): StepsResult {
    if (Math.min(batch, order.length) > this.capacity) throw tooMany(batch, this.capacity);
    if (order.length === 0) return { steps: 0, lossSum: sum, samples: 0, diverged: false };
    const tape = this.bind(data);
    this.begin(tape);
    const address = this.holdings.placeOrder(order);
    this.samples = order.length % batch || Math.min(batch, order.length);
    const [part, ...others] = tape.parts;
    if (others.length > 0 || !('address' in part)) {
      return this.stepByStep(tape, address, order.length, batch, firstStep, sum);
    }
    const work = { order: address, count: order.length, batch, firstStep, lossSum: sum };
    const { steps, lossSum, samples, diverged, threads } = this.job(tape, part, work);
    this.used = threads;
    if (diverged) this.samples = Math.min(batch, order.length - samples);
    return { steps, lossSum, samples, diverged };
  }

  checkpoint(): () => void {
    const { layout } = this.lowered;
    const places = this.plan.carries.map(({ to }) => layout.fixed(to));
    const saved = places.map(({ address, bytes }) => this.engine.bytes(address, bytes).slice());
    const scales = [...this.lowered.scaled.values()].map((weight) => weight.checkpoint());
    return () => {
      for (const restore of scales) restore();
      for (const [i, { address, bytes }] of places.entries()) this.engine.bytes(address, bytes).set(saved[i]);
    };
  }

  dispose(): void {
    forgotten.unregister(this);
    this.holdings.release();
  }

  /** The tape for these data, which are copied into memory when they come first. */
  private bind(data: Samples): Tape {
    const { holdings, lowered, engine } = this;
    const held = holdings.binding?.data;
    const isHeld = held?.inputs === data.inputs && held.targets === data.targets && held.weights === data.weights;
    if (isHeld && this.bound) return this.bound;
    holdings.binding?.release();
    holdings.releaseTape('bound');
    holdings.binding = bind(engine, data, lowered.layout, lowered.sparseInput && this.fallbacks.length === 0);
    this.bound = this.assemble('bound', holdings.binding);
    return this.bound;
  }

  /** The tape for a batch that is placed in the input slots. */
  private singleTape({ inputs }: Samples, rows: Uint32Array): Tape {
    const { single, lowered } = this;
    if (lowered.canListInput && this.fallbacks.length === 0 && isMostlyZero(inputs, rows)) {
      single.lists ??= this.assemble('single', undefined, lowered.inputLists());
      return single.lists;
    }
    single.rows ??= this.assemble('single');
    return single.rows;
  }

  private assemble(tape: 'single' | 'bound', binding?: Binding, lists = binding?.sparse): Tape {
    const instructions = [...(binding?.gather ?? []), ...this.lowered.instructions(lists)];
    const ordered = this.fallbacks.length > 0 ? instructions : schedule(instructions);
    const parts = partsOf(ordered).map((part): TapePart => {
      if (!('instructions' in part)) return part;
      const words = tapeWords(part.instructions);
      const address = this.holdings.reserve(tape, words.length * 4);
      this.engine.words(address, words.length).set(words);
      const work = part.instructions.reduce((sum, { work = 0 }) => sum + work, 0);
      const isByRows = part.instructions.every(({ partition }) => partition === byRows || partition === alone);
      return { address, length: words.length, threads: this.threadsFor(work), work, isByRows };
    });
    const threads = Math.max(1, ...parts.map((part) => ('address' in part ? part.threads : 1)));
    const scratchBytes =
      Math.ceil(Math.max(64, this.tiny?.scratch ?? 0, ...ordered.map(({ scratch = 0 }) => scratch)) / 64) * 64;
    const scratch = this.holdings.reserve(tape, scratchBytes * threads);
    const writes = ordered.map((instruction) => instruction.writes);
    const isScaled = binding?.sparse !== undefined && this.lowered.scaled.size > 0;
    return { parts, scratch, scratchBytes, tiny: this.describeTiny(tape, binding), isScaled, writes };
  }

  /** Notes the tape that is to run, and makes weights what it takes them for: W, or s V. */
  private begin(tape: Tape): void {
    const { isScaled } = tape;
    this.last = tape;
    for (const weight of this.lowered.scaled.values()) {
      if (isScaled) weight.take();
      else weight.settle();
    }
  }

  /** One thread for small steps, all for others: a rule without measuring, so that a run can be repeated. */
  private threadsFor(work: number): number {
    if (this.fallbacks.length > 0 || work * this.capacity < leastWork) return 1;
    this.engine.prepareThreads(this.engine.threads);
    return this.engine.threads;
  }

  private describeTiny(tape: 'single' | 'bound', binding: Binding | undefined): number {
    if (this.tiny === undefined || binding?.inputs === undefined || binding.targets === undefined) return 0;
    const words = this.tiny.words(binding.inputs, binding.targets, isLabels(binding.data.targets));
    const address = this.holdings.reserve(tape, words.length * 4);
    this.engine.words(address, words.length).set(words);
    return address;
  }

  /** Runs every part of a tape on one batch. */
  private runOnce(tape: Tape, order: number, count: number, step: number): void {
    this.used = 1;
    for (const part of tape.parts) {
      if ('host' in part) this.runHost(part.host, count);
      else if ('outside' in part) part.outside(count);
      else {
        const { threads } = this.job(tape, part, { order, count, batch: count, firstStep: step, lossSum: 0 });
        this.used = Math.max(this.used, threads);
      }
    }
  }

  private stepByStep(
    tape: Tape,
    order: number,
    count: number,
    batch: number,
    firstStep: number,
    sum: number,
  ): StepsResult {
    let [lossSum, steps] = [sum, 0];
    for (let start = 0; start < count; start += batch) {
      const rows = Math.min(batch, count - start);
      this.samples = rows;
      if (this.stepSlot !== 0) this.engine.floats(this.stepSlot, 1)[0] = firstStep + steps;
      this.runOnce(tape, order + start * 4, rows, firstStep + steps);
      steps++;
      const loss = this.lossSlot === 0 ? 0 : this.engine.floats(this.lossSlot, 1)[0];
      if (!Number.isFinite(loss)) return { steps, lossSum, samples: start, diverged: true };
      lossSum += loss * rows;
    }
    return { steps, lossSum, samples: count, diverged: false };
  }

  private job(
    { scratch, scratchBytes, tiny }: Tape,
    { address, threads, work: each, isByRows }: Stretch,
    work: { order: number; count: number; batch: number; firstStep: number; lossSum: number },
  ): JobResult & { readonly threads: number } {
    const { lossSlot, stepSlot } = this;
    const { order, count, batch, firstStep, lossSum } = work;
    const isTiny = tiny !== 0 && batch === 1;
    const isSmall = each * batch < leastWork || (isByRows && batch === 1);
    // Written out: spreading one object into another takes longer here than a small network.
    return this.engine.run({
      tape: address,
      order,
      count,
      batch,
      threads: isTiny || isSmall ? 1 : threads,
      lossSlot,
      stepSlot,
      scratch,
      scratchBytes,
      tiny: isTiny ? tiny : 0,
      firstStep,
      lossSum,
    });
  }

  /** A kernel that the tape lacks: its reference, on copies of its slots in their public order. */
  private runHost(call: Call, samples: number): void {
    const { layout } = this.lowered;
    const view = (slot: string): View => {
      const { shape, perSample } = slotOf(this.plan.program, slot);
      return { data: layout.read(slot, samples), shape, perSample };
    };
    const inputs = Object.fromEntries(Object.entries(call.inputs).map(([port, slot]) => [port, view(slot)]));
    const out = layout.read(call.output, samples);
    call.kernel.run(out, inputs, call.attributes, samples);
    layout.write(call.output, out);
  }

  private nameOf(slot: string): string {
    const { name } = slotOf(this.plan.program, slot);
    if (!this.lowered.layout.has(name)) throw new Error(`slot ${slot} was not kept in this plan`);
    return name;
  }
}

const tooMany = (batch: number, capacity: number) => new Error(`a batch of ${batch} exceeds the capacity ${capacity}`);
