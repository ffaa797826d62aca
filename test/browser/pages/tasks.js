// What a page does when it is told to: the same for a plain page and for a bundled one, which differ in where the library comes from.
import { digits, digitsProblem, summary, xor } from './exercises.js';

/** The tasks by name, each giving plain data. */
export const tasks = ({ chainrule, worker }) => ({
  isolated: () => globalThis.crossOriginIsolated,
  xor: () => xor(chainrule),
  refusal: () => xor(chainrule).then(String, ({ message }) => message),
  refusalOfWorker: async () => {
    const { net, data } = digitsProblem(chainrule, await readDigits());
    return worker.fitInWorker(net, data).then(String, ({ message }) => message);
  },
  digits: async (threads) => digits(chainrule, await readDigits(), threads),
  inWorker: async (threads) => {
    const { net, data } = digitsProblem(chainrule, await readDigits());
    const backend = chainrule.wasmBackend({ threads });
    const options = { epochs: 4, batch: 128, optimizer: chainrule.adam({ learningRate: 0.03 }), seed: 5, backend };
    return summary(await worker.fitInWorker(net, data, options));
  },
  workersOfWorker: async (threads) => {
    const { net, data } = digitsProblem(chainrule, await readDigits());
    const options = { batch: 128, backend: chainrule.wasmBackend({ threads }) };
    // They take part when they are there: a training that is long enough has them.
    for (let epochs = 8; ; epochs *= 2) {
      const { execution } = await worker.fitInWorker(net, data, { ...options, epochs });
      if (execution.threads === threads) return threads;
    }
  },
  frames: async (wanted) => framesWhileTraining({ chainrule, worker }, await readDigits(), wanted),
});

const readDigits = async () => (await fetch('/datasets/digits.csv.gz')).text();

/** Trains without an end until so many frames were drawn meanwhile and progress was reported, then calls it off. */
async function framesWhileTraining({ chainrule, worker }, csv, wanted) {
  const { net, data } = digitsProblem(chainrule, csv);
  const abort = new AbortController();
  let [frames, reports, training] = [0, 0, true];
  const onProgress = () => {
    reports++;
  };
  const frame = () => {
    if (reports > 0) frames++;
    if (frames >= wanted) abort.abort();
    if (training) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  const { ending, steps } = await worker.fitInWorker(net, data, { epochs: 1e9, onProgress, signal: abort.signal });
  training = false;
  return { ending, frames, trained: steps > 0 };
}
