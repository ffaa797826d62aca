// One memory with the compiled kernels in it, what is allocated there, and the workers that share it. Knows no plan.
import { ChainruleError } from '../../errors.ts';
import { alphabet, binary } from './binary.ts';
import { bytesOf } from './text.ts';
import { canShare, canSleep, imports, processors, startWorkers } from './threads.ts';

const pageBytes = 65536;

/** Every address is a multiple of this: a line of the cache. */
const alignment = 64;

// Control words, as in wasm/threads.ts and wasm/barrier.ts.
const [announcedWord, jobWord, endingWord, presentWord] = [0, 1, 2, 3];
const [controlBytes, jobBytes] = [64, 128];

/** Looks at the barrier before going to sleep there: some tens of microseconds. */
const spins = 20_000;

/** What a run of the tape is told; addresses in bytes, 0 for what there is not. */
export interface Job {
  readonly tape: number;
  /** The rows of the data to go through, as 32-bit numbers. */
  readonly order: number;
  readonly count: number;
  readonly batch: number;
  readonly threads: number;
  readonly lossSlot: number;
  readonly stepSlot: number;
  readonly scratch: number;
  readonly scratchBytes: number;
  /** The description of a tiny network, to be run instead of the tape. */
  readonly tiny: number;
  readonly firstStep: number;
  /** What the sum of losses begins at. */
  readonly lossSum: number;
}

/** What came of it. */
export interface JobResult {
  readonly steps: number;
  readonly samples: number;
  readonly lossSum: number;
  readonly diverged: boolean;
}

/** A memory and what runs in it. */
export class Engine {
  /** Why there is one thread only, if that was not asked for. */
  readonly limitation: string | undefined;
  private readonly memory: WebAssembly.Memory;
  private readonly module: WebAssembly.Module;
  private readonly runTape: (job: number) => void;
  private readonly control: number;
  private readonly job: number;
  private readonly most: number;
  private free: { address: number; bytes: number }[] = [];
  private top = alignment;
  private workers: { terminate(): void } | undefined;
  private sequence = 0;
  private ended = false;
  /** Views made once for all runs, and made anew where the memory grows. */
  private views: { readonly control: Int32Array; readonly words: Uint32Array; readonly doubles: Float64Array };
  private readonly processors = processors();
  private readonly mainSleeps = canSleep();

  constructor(threads: number) {
    const { memory, bytes, shared } = createMemory();
    this.memory = memory;
    this.module = compileModule(bytes);
    const { run } = new WebAssembly.Instance(this.module, imports(memory)).exports;
    this.runTape = run;
    this.control = this.allocate(controlBytes);
    this.job = this.allocate(jobBytes);
    this.views = this.makeViews();
    this.most = shared ? threads : 1;
    if (!shared && threads > 1) this.limitation = 'memory cannot be shared with threads here';
  }

  /** The most threads a job can have. */
  get threads(): number {
    return this.most;
  }

  /** Bytes that begin as 0. */
  allocate(size: number): number {
    const bytes = Math.max(1, Math.ceil(size / alignment)) * alignment;
    const index = this.free.findIndex((stretch) => stretch.bytes >= bytes);
    if (index < 0) return this.extend(bytes);
    const { address, bytes: found } = this.free[index];
    this.free.splice(index, 1, ...(found > bytes ? [{ address: address + bytes, bytes: found - bytes }] : []));
    this.bytes(address, bytes).fill(0);
    return address;
  }

  /** Takes back what {@link allocate} gave. */
  release(address: number, size: number): void {
    const bytes = Math.max(1, Math.ceil(size / alignment)) * alignment;
    const stretches = [...this.free, { address, bytes }].sort((a, b) => a.address - b.address);
    this.free = [];
    for (const stretch of stretches) {
      const before = this.free.at(-1);
      if (before !== undefined && before.address + before.bytes === stretch.address) before.bytes += stretch.bytes;
      else this.free.push(stretch);
    }
  }

  bytes(address: number, count: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, address, count);
  }

  shorts(address: number, count: number): Uint16Array {
    return new Uint16Array(this.memory.buffer, address, count);
  }

  words(address: number, count: number): Uint32Array {
    return new Uint32Array(this.memory.buffer, address, count);
  }

  floats(address: number, count: number): Float32Array {
    return new Float32Array(this.memory.buffer, address, count);
  }

  doubles(address: number, count: number): Float64Array {
    return new Float64Array(this.memory.buffer, address, count);
  }

  /** Starts the workers that jobs of so many threads need; they take part as soon as they are there. */
  prepareThreads(threads: number): void {
    if (this.ended || this.workers !== undefined || Math.min(threads, this.most) < 2) return;
    this.workers = startWorkers(this.most - 1, { module: this.module, memory: this.memory, control: this.control });
  }

  /** Runs a job on as many of its threads as are there, and gives their number with the result. */
  run(job: Job): JobResult & { readonly threads: number } {
    const { control, words, doubles } = this.views;
    const present = this.workers === undefined ? 0 : Atomics.load(control, presentWord);
    const threads = Math.min(job.threads, this.most, 1 + present);
    this.writeJob(job, threads);
    if (threads > 1) {
      this.sequence = (this.sequence + 1) & 0x7fffff;
      Atomics.store(control, jobWord, this.job);
      Atomics.store(control, announcedWord, this.sequence * 256 + threads);
      Atomics.notify(control, announcedWord);
    }
    this.runTape(this.job);
    return { steps: words[16], samples: words[17], lossSum: doubles[7], diverged: words[18] !== 0, threads };
  }

  /** Ends the workers. Later jobs run on one thread. */
  dispose(): void {
    this.ended = true;
    const { control } = this.views;
    Atomics.store(control, endingWord, 1);
    Atomics.store(control, announcedWord, -1);
    if (this.workers !== undefined) Atomics.notify(control, announcedWord);
    this.workers?.terminate();
    this.workers = undefined;
  }

  /** The job as wasm/tape.ts reads it. */
  private writeJob(job: Job, threads: number): void {
    const { words, doubles } = this.views;
    const mainSpins = threads > this.processors ? 0 : spins;
    words[0] = job.tape;
    words[1] = job.order;
    words[2] = job.count;
    words[3] = job.batch;
    words[4] = threads;
    words[5] = job.lossSlot;
    words[6] = job.stepSlot;
    words[7] = job.scratch;
    words[8] = job.scratchBytes;
    words[9] = this.control;
    words[10] = mainSpins;
    words[11] = job.tiny;
    doubles[6] = job.firstStep;
    doubles[7] = job.lossSum;
    // What comes of it: steps, samples, whether it diverged, and at which step to stop.
    words[16] = 0;
    words[17] = 0;
    words[18] = 0;
    words[19] = 0;
    // All ones stand for: never sleep.
    words[20] = this.mainSleeps ? mainSpins : 0xffffffff;
  }

  private makeViews() {
    const control = new Int32Array(this.memory.buffer, this.control, controlBytes / 4);
    return { control, words: this.words(this.job, jobBytes / 4), doubles: this.doubles(this.job, jobBytes / 8) };
  }

  private extend(bytes: number): number {
    const address = this.top;
    const missing = address + bytes - this.memory.buffer.byteLength;
    if (missing > 0) {
      try {
        this.memory.grow(Math.ceil(missing / pageBytes));
        this.views = this.makeViews();
      } catch (error) {
        const mebibytes = Math.ceil(bytes / 2 ** 20);
        throw new ChainruleError(
          'bad-option',
          `the wasm backend has no room for ${mebibytes} MiB more; use a smaller batch or less data at a time.`,
          { cause: error },
        );
      }
    }
    this.top += bytes;
    return address;
  }
}

/** The compiled kernels, unless the page's policy forbids to compile any. */
function compileModule(bytes: Uint8Array): WebAssembly.Module {
  try {
    return new WebAssembly.Module(bytes);
  } catch (error) {
    throw new ChainruleError(
      'unsupported',
      "WebAssembly cannot be compiled here; add 'wasm-unsafe-eval' to script-src in the page's policy, or use the reference backend.",
      { cause: error },
    );
  }
}

/** A memory as large as can be had, shared if that can be, with the binary that fits it. */
function createMemory(): { memory: WebAssembly.Memory; bytes: Uint8Array; shared: boolean } {
  const bytes = bytesOf(binary, alphabet);
  for (const shared of canShare() ? [true, false] : [false]) {
    if (!shared) unshare(bytes);
    // The binary allows any size up to its own maximum; some machines reserve the whole of it at once.
    for (const maximum of [65536, 32768, 16384, 4096]) {
      try {
        return { memory: new WebAssembly.Memory({ initial: 16, maximum, shared }), bytes, shared };
      } catch {
        // The next smaller one.
      }
    }
  }
  throw new ChainruleError('unsupported', 'no WebAssembly memory can be had here; use the reference backend.');
}

/** Turns the import of a shared memory into that of an unshared one: the limits' flags lose one bit. */
function unshare(bytes: Uint8Array): void {
  // env . memory, kind 2 (memory), flags 3 (shared, with a maximum)
  const pattern = [3, ...text('env'), 6, ...text('memory'), 2, 3];
  const start = bytes.findIndex((_, i) => pattern.every((byte, j) => bytes[i + j] === byte));
  if (start < 0) throw new Error('the binary does not import a shared memory');
  bytes[start + pattern.length - 1] = 1;
}

const text = (word: string): number[] => Array.from(word, (character) => character.charCodeAt(0));
