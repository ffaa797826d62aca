// The goals of speed, size and memory, each judged from one run's results: met, not met, or not measured and why.

import { workloads as declared, forwardOperations } from './workloads.mjs';

/** @typedef {{ name: string, goal: string, found: string, verdict: 'met' | 'not met' | 'not measured' }} Judged */

const scripts = ['tfjs-wasm', 'tfjs-cpu', 'brain.js', 'convnetjs', 'synaptic', 'ml-fnn'];
const torch = ['pytorch', 'pytorch-2'];
const onnxRuntime = ['onnxruntime-web', 'onnxruntime-web-2'];

/** Goals of the form: `own` is at least `least` times as fast as the fastest of `others`. */
const speedGoals = [
  { workload: 'W1', own: 'chainrule-wasm', others: ['fann'], least: 1, than: 'FANN' },
  { workload: 'W3', own: 'chainrule-wasm', others: torch, least: 8, than: 'PyTorch' },
  { workload: 'W3', own: 'chainrule-wasm', others: ['numpy'], least: 2, than: 'NumPy with OpenBLAS' },
  { workload: 'W3', own: 'chainrule-wasm', others: scripts, least: 60, than: 'any JavaScript peer' },
  { workload: 'W4', own: 'chainrule-wasm-2', others: torch, least: 1.3, than: 'PyTorch' },
  { workload: 'W4', own: 'chainrule-wasm-2', others: ['tfjs-wasm', 'tfjs-cpu'], least: 20, than: 'TensorFlow.js' },
  { workload: 'W4', own: 'chainrule-blas', others: torch, least: 2, than: 'PyTorch' },
  { workload: 'W4', own: 'chainrule-wasm-2', others: ['chainrule-wasm'], least: 1.7, than: 'one thread' },
  { workload: 'W5', own: 'chainrule-wasm-2', others: torch, least: 3, than: 'PyTorch' },
  { workload: 'W5', own: 'chainrule-wasm', others: torch, least: 1.7, than: 'PyTorch' },
  { workload: 'W5', own: 'chainrule-wasm-2', others: scripts, least: 50, than: 'any JavaScript peer' },
  { workload: 'W6', own: 'chainrule-wasm-2', others: torch, least: 3, than: 'PyTorch' },
  { workload: 'W6', own: 'chainrule-wasm', others: torch, least: 1.5, than: 'PyTorch' },
  { workload: 'W6', own: 'chainrule-wasm-2', others: scripts, least: 100, than: 'any JavaScript peer' },
  { workload: 'W6', own: 'chainrule-wasm-2', others: ['chainrule-wasm'], least: 1.7, than: 'one thread' },
  { workload: 'W7-W3-256', own: 'chainrule-wasm-2', others: onnxRuntime, least: 1, than: 'onnxruntime-web' },
  { workload: 'W7-W4-256', own: 'chainrule-wasm-2', others: onnxRuntime, least: 1, than: 'onnxruntime-web' },
  { workload: 'W7-W6-256', own: 'chainrule-wasm-2', others: onnxRuntime, least: 1, than: 'onnxruntime-web' },
];

/** Goals of the form: a number of one measure is at most `most`. */
const limits = [
  { name: 'memory, 60,000 digits', most: 200, unit: 'MB', value: ({ memory }) => memory?.peakResidentMB },
  {
    name: 'size of network, dense, fit',
    most: 60,
    unit: 'kB gzip',
    value: ({ size }) => (size?.['network, dense, fit']?.gzip ?? Number.NaN) / 1000,
  },
  { name: 'import to first prediction', most: 30, unit: 'ms', value: ({ start }) => start?.prediction?.median },
  { name: 'import to first training step', most: 50, unit: 'ms', value: ({ start }) => start?.training?.median },
];

/** @returns {Judged[]} */
export function goalsOf(results) {
  return [
    ...speedGoals.map((goal) => judgeSpeed(goal, results.workloads)),
    ...['W7-W3-1', 'W7-W4-1'].map((id) => judgeLatency(id, results)),
    ...['batch', 'width', 'depth'].map((quantity) => judgeGrowth(quantity, results.measures)),
    ...limits.map((limit) => judgeLimit(limit, results.measures)),
  ];
}

function judgeSpeed({ workload, own, others, least, than }, workloads) {
  const name = `${workload}, ${own}`;
  const goal = `≥ ${least}× ${than}`;
  const rows = workloads[workload] ?? {};
  const mine = rows[own]?.median;
  const fastest = Math.min(...others.map((other) => rows[other]?.median ?? Number.POSITIVE_INFINITY));
  if (mine === undefined) return { name, goal, found: `${own} was not timed`, verdict: 'not measured' };
  if (!Number.isFinite(fastest)) return { name, goal, found: `${than} was not timed`, verdict: 'not measured' };
  const ratio = fastest / mine;
  return { name, goal, found: `${ratio.toPrecision(3)}×`, verdict: ratio >= least ? 'met' : 'not met' };
}

/** One sample's latency beyond what its multiplications and additions take at the machine's SIMD128 peak. */
function judgeLatency(id, { workloads, measures }) {
  const name = `${id}, chainrule-wasm`;
  const goal = '≤ 10 µs over the arithmetic';
  const row = workloads[id]?.['chainrule-wasm'];
  const peak = measures.gemm?.simd128Peak;
  if (row?.median === undefined) return { name, goal, found: 'chainrule-wasm was not timed', verdict: 'not measured' };
  if (peak === undefined) return { name, goal, found: 'the SIMD128 peak was not measured', verdict: 'not measured' };
  const { sizes } = declared.find((workload) => workload.id === id);
  const over = 1e6 * row.median - forwardOperations(sizes) / (peak * 1e3);
  return { name, goal, found: `${over.toFixed(1)} µs`, verdict: over <= 10 ? 'met' : 'not met' };
}

/** Cost linear in the arithmetic: from the base setting to the greatest, the rate of operations does not fall by more than a fifth. */
function judgeGrowth(quantity, { growth }) {
  const name = `cost of a step by ${quantity}`;
  const points = growth?.series?.[quantity] ?? [];
  const base = points.find(({ value }) => value === growth.base[quantity]);
  const last = points.at(-1);
  const goal = 'linear: ≥ 0.8 of the base rate at the greatest';
  if (base === undefined || last === base) return { name, goal, found: '–', verdict: 'not measured' };
  const kept = last.gflops / base.gflops;
  const found = `${kept.toFixed(2)} from ${base.value} to ${last.value}`;
  return { name, goal, found, verdict: kept >= 0.8 ? 'met' : 'not met' };
}

function judgeLimit({ name, most, unit, value }, measures) {
  const found = value(measures);
  const goal = `≤ ${most} ${unit}`;
  if (!Number.isFinite(found)) return { name, goal, found: '–', verdict: 'not measured' };
  return { name, goal, found: `${found.toPrecision(3)} ${unit}`, verdict: found <= most ? 'met' : 'not met' };
}
