// Where workers come from: Node's worker threads or a browser's. The one place in the library that asks which of the two it is.
// Node's modules are asked for by name at run time and never imported, so a browser and its bundler meet none of them.

/** What a worker needs to take part. */
export interface WorkerStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly control: number;
}

const nodeSource = `
const { workerData: { module, memory, control } } = require('node:worker_threads');
const words = new Int32Array(memory.buffer);
const sleep = (address, expected) => void Atomics.wait(words, address / 4, expected);
new WebAssembly.Instance(module, { env: { memory, sleep } }).exports.serve(control);`;

/** What the binary imports: the memory, and how to sleep at an address of it (which lies in the memory's first part). */
export function imports(memory: WebAssembly.Memory) {
  const words = new Int32Array(memory.buffer);
  const sleep = (address: number, expected: number) => {
    Atomics.wait(words, address / 4, expected);
  };
  return { env: { memory, sleep } };
}

/** Starts workers that keep no process alive; those that cannot be started are simply not there. */
export function startWorkers(count: number, start: WorkerStart): { terminate(): void } {
  const create = nodeWorker(start) ?? browserWorker(start);
  const workers: { terminate(): unknown }[] = [];
  for (let i = 0; i < count && create !== undefined; i++) {
    try {
      workers.push(create());
    } catch {
      // Where workers are forbidden or too many, the threads there are do all.
      break;
    }
  }
  return {
    terminate: () => {
      for (const worker of workers) void worker.terminate();
    },
  };
}

/** How many threads can run at once. */
export function processors(): number {
  const os = node()?.getBuiltinModule('node:os');
  if (os !== undefined) return os.availableParallelism();
  const navigator: unknown = Reflect.get(globalThis, 'navigator');
  const count: unknown = typeof navigator === 'object' && navigator && Reflect.get(navigator, 'hardwareConcurrency');
  return typeof count === 'number' && count >= 1 ? count : 1;
}

/** Whether memory can be shared with workers. Browsers make shared memory even for pages that must not send it to any. */
export function canShare(): boolean {
  return Reflect.get(globalThis, 'crossOriginIsolated') !== false;
}

/** Whether this thread may sleep at a barrier: a page's own may not. */
export function canSleep(): boolean {
  return !('document' in globalThis);
}

/** Node, if that is where we are and it is recent enough to be asked for its modules. */
function node() {
  return typeof process === 'object' && typeof process.getBuiltinModule === 'function' ? process : undefined;
}

function nodeWorker(start: WorkerStart): (() => { terminate(): unknown }) | undefined {
  const threads = node()?.getBuiltinModule('node:worker_threads');
  if (threads === undefined) return undefined;
  return () => {
    const worker = new threads.Worker(nodeSource, { eval: true, workerData: start, execArgv: [], env: {} });
    worker.unref();
    worker.on('error', () => undefined);
    return worker;
  };
}

/** A browser's `Worker`, of which this is all that is used. */
type BrowserWorker = new (
  url: URL,
  options: { type: 'module' },
) => { postMessage(message: unknown): void; terminate(): void };

const isWorker = (value: unknown): value is BrowserWorker => typeof value === 'function';

function browserWorker(start: WorkerStart): (() => { terminate(): unknown }) | undefined {
  const Worker: unknown = Reflect.get(globalThis, 'Worker');
  if (!isWorker(Worker)) return undefined;
  return () => {
    const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
    try {
      worker.postMessage(start);
    } catch (error) {
      worker.terminate();
      throw error;
    }
    return worker;
  };
}
