// `npm run bench`: chainrule and its peers side by side on this machine; results to JSON, and once all are there to docs/performance.md.
// usage: npm run bench -- [--quick] [--only W3,W4,size] [--add] [--peers pytorch,fann] [--rounds N] [--out FILE]
// The JSON is written after each topic; --add keeps the file's other topics, so that a whole run can be done in parts.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt, ensureInstalled } from '../scripts/prepare.mjs';
import { at, run } from '../scripts/tools.mjs';
import { compare, findRows } from './compare.mjs';
import { goalsOf } from './goals.mjs';
import { conditions, machine } from './machine.mjs';
import { measures } from './measures/index.mjs';
import { openBackend } from './peers/chainrule.mjs';
import { peers } from './peers/index.mjs';
import { markdown, writeDocument } from './report.mjs';
import { workloads } from './workloads.mjs';

const print = (/** @type {string} */ line) => process.stderr.write(`${line}\n`);

function readOptions() {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      add: { type: 'boolean', default: false },
      peers: { type: 'string' },
      rounds: { type: 'string' },
      out: { type: 'string' },
    },
  });
  const { quick, only, add, peers: named, out = at('bench/results/latest.json') } = values;
  const topics = [...workloads.map(({ id }) => id), ...Object.keys(measures)];
  // W7 stands for all that begin with it.
  const wanted = topics.filter((topic) => chosen(only, topic) || chosen(only, topic.split('-')[0]));
  requireKnown('--only', only, [...topics, 'W7']);
  requireKnown(
    '--peers',
    named,
    peers.map(({ name }) => name),
  );
  const rounds = Number(values.rounds ?? (quick ? 1 : 7));
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--rounds is ${values.rounds}; give a positive integer`);
  return {
    quick,
    add,
    allPeers: named === undefined,
    topics,
    out: resolve(out),
    rounds,
    warmup: quick ? 0.2 : 0.5,
    seconds: quick ? 0.3 : 1.5,
    workloads: workloads.filter(({ id }) => wanted.includes(id)),
    measures: Object.keys(measures).filter((name) => wanted.includes(name)),
    // chainrule is what the others are compared with: it is always there.
    peers: peers.filter(({ name }) => name === 'chainrule' || chosen(named, name)),
  };
}

const chosen = (list, name) => list === undefined || list.split(',').includes(name);

function requireKnown(option, list, known) {
  const wrong = (list?.split(',') ?? []).find((name) => !known.includes(name));
  if (wrong !== undefined) throw new Error(`${option} names ${wrong}; it takes some of ${known.join(', ')}`);
}

/** Peers are installed on demand, and nowhere but in bench/. */
async function installPeers() {
  const installed = at('bench/node_modules/.package-lock.json');
  const stamp = at('bench/node_modules/.cache/lock');
  const lock = readFileSync(at('bench/package-lock.json'), 'utf8');
  if (existsSync(installed) && existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  print('Installing the peers: npm ci --ignore-scripts in bench/ (about 440 MB) …');
  const npm = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', at('bench')];
  const { status } = await run('npm', npm, { stdout: 2, shell: process.platform === 'win32' });
  if (status !== 0) throw new Error('the peers could not be installed');
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, lock);
}

/** The backends of chainrule that open here, fastest expected first: measures of chainrule alone use the first. */
async function chainruleBackends() {
  const names = ['wasm', 'reference'];
  const opened = await Promise.all(
    names.map((name) =>
      openBackend(name, 1).then(
        () => name,
        () => undefined,
      ),
    ),
  );
  return opened.filter((name) => name !== undefined);
}

/** A peer that fails validation is a line in the table; a backend of chainrule that does is a fault. */
const ownValid = (found) =>
  Object.values(found).every((rows) =>
    Object.entries(rows).every(([name, { validation }]) => !name.startsWith('chainrule-') || validation.passed),
  );

/** What the file holds already, where this run adds to it. */
function earlierResults({ add, out }) {
  if (!add || !existsSync(out)) return { workloads: {}, measures: {}, runs: {} };
  const { workloads: timed, measures: measured, runs } = JSON.parse(readFileSync(out, 'utf8'));
  return { workloads: timed, measures: measured, runs };
}

async function main() {
  const options = readOptions();
  await ensureInstalled();
  await ensureBuilt();
  await installPeers();
  const rows = await findRows(options.peers, print);
  const results = {
    machine: machine(),
    rows: rows.map(({ variant, missing }) => ({ name: variant.name, title: variant.title, missing })),
    ...earlierResults(options),
  };
  const { quick, rounds, allPeers } = options;
  const keep = (kind, topic, found) => {
    results[kind][topic] = found;
    results.runs[topic] = { quick, rounds, allPeers, ...conditions() };
    const report = { ...results, goals: goalsOf(results) };
    mkdirSync(dirname(options.out), { recursive: true });
    writeFileSync(options.out, `${JSON.stringify(report, null, 2)}\n`);
    return report;
  };
  let report;
  for (const workload of options.workloads)
    report = keep('workloads', workload.id, await compare(workload, rows, options, print));
  if (!ownValid(results.workloads)) process.exitCode = 1;
  const [backend] = await chainruleBackends();
  for (const name of options.measures) {
    print(`${name} …`);
    const found = await measures[name]({ backend, ...options }).catch((error) => ({ error: error.message }));
    if (found.error !== undefined) process.exitCode = 1;
    report = keep('measures', name, found);
  }
  process.stdout.write(`${markdown(report)}\n`);
  print(`Results are in ${options.out}.`);
  const whole = options.topics.every((topic) => report.runs[topic]?.allPeers && !report.runs[topic].quick);
  if (whole) writeDocument(report, print);
}

try {
  await main();
} catch (error) {
  print(`The benchmark could not run: ${error.message}.`);
  process.exitCode = 1;
}
