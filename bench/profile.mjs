// `npm run profile`: where the time of a training step or a prediction goes, instruction by instruction, on one thread of the wasm backend.
// usage: npm run profile -- [W3 W4 W7-W3-1 …] [--rounds N]
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ensureBuilt } from '../scripts/prepare.mjs';
import { at } from '../scripts/tools.mjs';
import { initialParameters, samplesFor } from './data.mjs';
import { datasetOf, library, networkOf, prediction } from './peers/chainrule.mjs';
import { workloads } from './workloads.mjs';

/** A run of steps takes about so many milliseconds: long beside the clock's grain, short beside a machine's slow spells. */
const stretch = 20;

/** Instructions that take less than this share are added up in one line. */
const least = 0.01;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { rounds: { type: 'string' } } });
const trained = workloads.filter(({ kind }) => kind === 'train');
const chosen = positionals.length === 0 ? trained : workloads.filter(({ id }) => positionals.includes(id));
const rounds = Number(values.rounds ?? 15);
if (chosen.length < positionals.length || !Number.isInteger(rounds) || rounds < 1) {
  const ids = workloads.map(({ id }) => id).join(', ');
  throw new Error(`unknown workload or number of rounds; workloads are ${ids}, and rounds a positive integer`);
}
await ensureBuilt();
for (const workload of chosen) await profile(workload);

/** @param {import('./workloads.mjs').Workload} workload */
async function profile(workload) {
  const { executable, steps: take, stop } = await (workload.kind === 'train' ? openTraining : openPrediction)(workload);
  const { batch, kind } = workload;
  const run = (/** @type {number} */ steps) => {
    const start = processorTime();
    take(steps);
    return (processorTime() - start) / steps;
  };
  const calibrated = Array.from({ length: 5 }, () => run(Math.ceil(500 / batch)));
  const steps = Math.max(1, Math.round(stretch / Math.min(...calibrated)));
  const tape = kind === 'train' && batch === 1 ? undefined : executable.tape;
  const parts = tape === undefined ? [] : instructionsOf(tape);
  // The tape's first k instructions for every k; what one adds is its time. Least times: nothing makes a step faster than it is.
  const times = Array.from({ length: parts.length + 1 }, () => Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round++) {
    for (let k = 0; k < times.length; k++) {
      const restore = k < parts.length ? cut(executable.tape.words, parts[k].at) : () => {};
      times[k] = Math.min(times[k], run(steps));
      restore();
    }
  }
  const lines = parts.map(({ title }, k) => ({ title, time: Math.max(0, times[k + 1] - times[k]) }));
  if (lines.length === 0) lines.push({ title: 'one kernel for the whole step of a tiny network', time: times[0] });
  if (kind !== 'train') lines.unshift({ title: 'the call: numbers in and out, no instruction', time: times[0] });
  print(workload, lines);
  await stop();
}

/** Milliseconds of this process's own, which others on the machine take nothing from. */
function processorTime() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** A backend on one thread, and the executables it makes. */
async function catchingBackend() {
  const { wasmBackend } = await library();
  const backend = wasmBackend({ threads: 1 });
  const made = [];
  const catching = {
    ...backend,
    prepare(plan, capacity) {
      const executable = backend.prepare(plan, capacity);
      made.push(executable);
      return executable;
    },
  };
  return { backend: catching, made };
}

function taskOf(workload) {
  return { ...workload, ...samplesFor(workload), parameters: initialParameters(workload) };
}

/** A training in progress. */
async function openTraining(workload) {
  const lib = await library();
  const { backend, made } = await catchingBackend();
  const task = taskOf(workload);
  const dataset = datasetOf(task);
  const { batch, count } = workload;
  const { name, learningRate } = workload.optimizer;
  const epochs = lib.fitEpochs(await networkOf(task), dataset, {
    ...{ backend, batch, shuffle: false, epochs: 2 },
    optimizer: lib[name]({ learningRate }),
  });
  await epochs.next();
  const executable = made.find(({ plan }) => plan.carries.length > 0);
  let [next, step] = [0, 1];
  const steps = (/** @type {number} */ steps) => {
    const order = Uint32Array.from({ length: steps * batch }, (_, i) => (next + i) % count);
    next = (next + steps * batch) % count;
    executable.runSteps(dataset.samples, order, batch, step);
    step += steps;
  };
  return { executable, steps, stop: () => epochs.return() };
}

/** A network kept ready to predict, as `predictor` keeps it. */
async function openPrediction(workload) {
  const { backend, made } = await catchingBackend();
  const task = taskOf(workload);
  const { step } = await prediction(task, await networkOf(task), backend);
  step();
  const steps = (/** @type {number} */ steps) => {
    for (let i = 0; i < steps; i++) step();
  };
  return { executable: made.at(-1), steps, stop: () => undefined };
}

/** Where each instruction begins, and what it is: its name in opcodes.ts and what it writes. */
function instructionsOf({ words, writes }) {
  const source = readFileSync(at('src/backends/wasm/opcodes.ts'), 'utf8').split('// Terms of the sums')[0];
  const names = new Map(
    [...source.matchAll(/^export const (\w+) = (\d+);$/gm)].map(([, name, code]) => [Number(code), name]),
  );
  const parts = [];
  let written = 0;
  for (let position = 0; names.get(words[position]) !== 'end'; position += words[position + 1]) {
    const name = names.get(words[position]);
    // Of a weight's update the weight itself, not the states that go with it.
    const [slot = ''] = name === 'barrier' ? [] : writes[written++].toSorted((a, b) => a.length - b.length);
    parts.push({ at: position, title: `${name} ${slot.replace(/\.next$/, '')}`.trim() });
  }
  return parts;
}

/** Ends a tape at an instruction; gives the way back. */
function cut(words, position) {
  const word = words[position];
  words[position] = 0;
  return () => {
    words[position] = word;
  };
}

/** @param {import('./workloads.mjs').Workload} workload @param {{ title: string, time: number }[]} lines */
function print({ id, title }, lines) {
  const total = lines.reduce((sum, { time }) => sum + time, 0);
  const large = lines.filter(({ time }) => time >= least * total).sort((a, b) => b.time - a.time);
  const rest = total - large.reduce((sum, { time }) => sum + time, 0);
  const row = (/** @type {string} */ name, /** @type {number} */ time) =>
    `| ${name} | ${(1000 * time).toFixed(time < 0.1 ? 2 : 0)} | ${((100 * time) / total).toFixed(1)} |`;
  const rows = [...large.map((line) => row(line.title, line.time)), row('all others', rest), row('the step', total)];
  process.stdout.write(`${id} ${title}\n\n| instruction | µs | % |\n|---|---|---|\n${rows.join('\n')}\n\n`);
}
