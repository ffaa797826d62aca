// The process of one Node peer on one task: validates or times, and prints the result as one line of JSON.
// usage: node bench/peer-process.mjs PEER.mjs TASK.json
import { pathToFileURL } from 'node:url';
import { writeFloats } from './data.mjs';
import { readTask } from './task.mjs';

/**
 * What a Node peer's `open(task)` gives: `step` trains on the next batch or predicts it, `read` gives all parameters in the order
 * of the task's, or the outputs of the first 256 samples. A peer that runs many steps by itself has `after` and `time` instead.
 * @typedef {object} Session
 * @property {string} build the version, and what of the build bears on speed
 * @property {() => unknown} [step]
 * @property {() => Float32Array} [read]
 * @property {(steps: number) => Promise<Float32Array>} [after] the parameters after so many steps
 * @property {(warmup: number, seconds: number) => Promise<{ steps: number, seconds: number }>} [time]
 */

const [peerFile, taskFile] = process.argv.slice(2);
const { open } = await import(pathToFileURL(peerFile).href);
const task = readTask(taskFile);
/** @type {Session} */
const session = await open(task);

if (task.mode === 'validate') {
  writeFloats(task.output, await (session.after ?? afterSteps)(task.kind === 'train' ? task.validationSteps : 0));
  print({ build: session.build });
} else {
  const { steps, seconds } = await (session.time ?? timeSteps)(task.warmup, task.seconds);
  print({ build: session.build, steps, secondsPerStep: seconds / steps });
}

/** @param {number} steps */
async function afterSteps(steps) {
  for (let i = 0; i < steps; i++) session.step();
  return session.read();
}

/** @param {number} warmup @param {number} seconds */
async function timeSteps(warmup, seconds) {
  const { steps, elapsed } = repeat(session.step, 1, warmup);
  // Blocks of about a millisecond, so that looking at the clock costs nothing.
  const block = Math.max(1, Math.round((0.001 * steps) / elapsed));
  const timed = repeat(session.step, block, seconds);
  return { steps: timed.steps, seconds: timed.elapsed };
}

/** @param {() => unknown} step @param {number} block @param {number} seconds */
function repeat(step, block, seconds) {
  const start = performance.now();
  let [steps, elapsed] = [0, 0];
  while (elapsed < seconds) {
    for (let i = 0; i < block; i++) step();
    steps += block;
    elapsed = (performance.now() - start) / 1000;
  }
  return { steps, elapsed };
}

/** @param {object} result */
function print(result) {
  process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0));
}
