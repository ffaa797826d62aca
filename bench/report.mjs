// Results as Markdown, and into the marked part of docs/performance.md.
// usage: node bench/report.mjs [RESULTS.json] writes the document anew from results that are there
import { readFileSync, writeFileSync } from 'node:fs';
import { at, isMain, readJson } from '../scripts/tools.mjs';
import { workloads } from './workloads.mjs';

const documentFile = at('docs/performance.md');
const [begin, end] = ['<!-- benchmark: begin (npm run bench writes what follows) -->', '<!-- benchmark: end -->'];

/** @param {object} results as run.mjs writes them */
export function markdown(results) {
  const parts = [
    machineSection(results.machine),
    ...workloads.filter(({ id }) => results.workloads[id]).map((workload) => workloadSection(workload, results)),
    absentSection(results.rows),
    ...Object.entries(results.measures).map(([name, measure]) => measureSection(name, measure)),
    runSection(results.runs),
    goalSection(results.goals),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** Replaces the part of docs/performance.md between the markers. */
export function writeDocument(results, print) {
  const text = readFileSync(documentFile, 'utf8');
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${documentFile} lacks the lines "${begin}" and "${end}"; put them back`);
  writeFileSync(documentFile, `${text.slice(0, from + begin.length)}\n\n${markdown(results)}\n\n${text.slice(to)}`);
  print(`The results are in ${documentFile} too.`);
}

const table = (head, rows) => {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
};

const machineSection = ({ processor, cores, memoryGiB, system, node, v8 }) =>
  `Measured on: ${processor}, ${cores} cores, ${memoryGiB} GiB, ${system}; Node ${node} (V8 ${v8}).`;

/** When each topic was measured, those alike together. */
function runSection(runs) {
  const alike = new Map();
  for (const [topic, { date, chainrule, rounds, quick, loadAtEnd }] of Object.entries(runs)) {
    const key = `${date}, chainrule ${chainrule}, ${rounds} rounds${quick ? ', **quick: its numbers mean nothing**' : ''}`;
    alike.set(key, [...(alike.get(key) ?? []), `${topic} (load ${loadAtEnd})`]);
  }
  const lines = [...alike].map(([key, topics]) => `- ${key}: ${topics.join(', ')}`);
  return `### When\n\n${lines.join('\n')}`;
}

function workloadSection({ id, title, kind, batch }, { rows, workloads: found }) {
  const results = found[id];
  const best = fastest(
    rows.filter(({ name }) => name.startsWith('chainrule-')),
    results,
  );
  const shown = rows
    .filter(({ name }) => results[name])
    .sort(
      (a, b) =>
        (results[a.name].median ?? Number.POSITIVE_INFINITY) - (results[b.name].median ?? Number.POSITIVE_INFINITY),
    );
  const head = [
    kind === 'train' ? 'time per step' : `time per ${batch === 1 ? 'sample' : 'batch'}`,
    'spread',
    'relative to chainrule',
    'error against the reference',
    'build',
  ];
  const cells = shown.map(({ name, title: row }) => [
    row,
    ...workloadCells(results[name], results[best?.name]?.median),
  ]);
  const notes = shown
    .filter(({ name }) => results[name].note)
    .map(({ name, title: row }) => `${row}: ${results[name].note}.`);
  return [`### ${id}: ${title}`, table(['', ...head], cells), notes.join(' ')]
    .filter((part) => part !== '')
    .join('\n\n');
}

const fastest = (rows, results) =>
  rows.filter(({ name }) => results[name]?.median).sort((a, b) => results[a.name].median - results[b.name].median)[0];

function workloadCells({ median, low, high, validation }, base) {
  const { build = '–', error, passed, relativeError, tolerance, compared } = validation;
  const checked = error
    ? `failed: ${error}`
    : `${relativeError.toExponential(1)} ${passed ? '≤' : '> '} ${tolerance} (${compared})`;
  if (median === undefined) return ['not timed', '–', '–', checked, build];
  const ratio = base === undefined ? '–' : `${(median / base).toPrecision(3)}×`;
  return [time(median), `${time(low)} – ${time(high)}`, ratio, checked, build];
}

/** @param {number} seconds */
function time(seconds) {
  if (seconds < 1e-3) return `${(seconds * 1e6).toPrecision(3)} µs`;
  return seconds < 1 ? `${(seconds * 1e3).toPrecision(3)} ms` : `${seconds.toPrecision(3)} s`;
}

function absentSection(rows) {
  const absent = rows.filter(({ missing }) => missing !== undefined);
  if (absent.length === 0) return '';
  return `Not run: ${absent.map(({ title, missing }) => `${title} (${missing})`).join('; ')}.`;
}

const sections = {
  gemm({ backend, simd128Peak, rates }) {
    const threads = Object.keys(rates[0].gflops);
    const head = [
      'samples × inputs × units',
      ...threads.map((count) => `GFLOP/s, ${count} thread${count === '1' ? '' : 's'}`),
      'of the peak, 1 thread',
    ];
    const rows = rates.map(({ shape, gflops }) => [
      shape.join(' × '),
      ...threads.map((count) => gflops[count].toPrecision(3)),
      `${Math.round((100 * gflops[1]) / simd128Peak)} %`,
    ]);
    return `### Matrix products (${backend})\n\nSIMD128 peak of one core, measured: ${simd128Peak.toPrecision(3)} GFLOP/s.\n\n${table(head, rows)}`;
  },
  growth({ backend, base, series }) {
    const rows = Object.entries(series).flatMap(([quantity, points]) =>
      points.map(({ value, stepsPerSecond, gflops }) => [
        quantity,
        value,
        stepsPerSecond.toPrecision(3),
        gflops.toPrecision(3),
      ]),
    );
    const head = ['varied', 'value', 'steps/s', 'GFLOP/s'];
    return `### How cost grows (${backend})\n\nDense ReLU layers, softmax, SGD; where not varied: batch ${base.batch}, width ${base.width}, ${base.depth} hidden layers, ${base.threads} thread.\n\n${table(head, rows)}`;
  },
  size(sizes) {
    const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
    const rows = Object.entries(sizes).map(([names, { minified, gzip, onDemandGzip }]) => [
      `\`import { ${names} }\``,
      kilobytes(minified),
      kilobytes(gzip),
      kilobytes(onDemandGzip),
    ]);
    return `### Size\n\n${table(['', 'minified', 'gzip', 'more on demand, gzip'], rows)}`;
  },
  start({ backend, prediction, training }) {
    const row = (name, { median, low, high }) => [
      name,
      `${median.toFixed(1)} ms`,
      `${low.toFixed(1)} – ${high.toFixed(1)} ms`,
    ];
    const rows = [row('first prediction', prediction), row('first training step', training)];
    return `### Start (${backend})\n\nFrom the import of the library, 784-30-10.\n\n${table(['', 'median', 'spread'], rows)}`;
  },
  memory: ({ backend, samples, source, peakResidentMB }) =>
    `### Memory (${backend})\n\nReading ${samples.toLocaleString('en')} digits (${source}) and training 784-30-10 on them: peak resident set ${peakResidentMB.toFixed(0)} MB.`,
};

const measureSection = (name, measure) =>
  measure.error === undefined ? sections[name](measure) : `### ${name}\n\nCould not be measured: ${measure.error}`;

const goalSection = (goals) =>
  `### Goals\n\n${table(
    ['', 'goal', 'found', ''],
    goals.map(({ name, goal, found, verdict }) => [name, goal, found, verdict]),
  )}`;

if (isMain(import.meta.url)) {
  const results = readJson(process.argv[2] ?? at('bench/results/latest.json'));
  writeDocument(results, (line) => process.stderr.write(`${line}\n`));
}
