// What a browser's worker runs: it waits in the shared memory for jobs, until told to end. Nothing imports it; threads.ts starts it.
import { imports, type WorkerStart } from './threads.ts';

const serve = ({ data }: { data: WorkerStart }): void => {
  const { module, memory, control } = data;
  new WebAssembly.Instance(module, imports(memory)).exports.serve(control);
};

Reflect.set(globalThis, 'onmessage', serve);
