// The comparison: every peer validated on a workload, then timed in rounds, one process at a time. What a process does is its peer's business.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { writeData } from './data.mjs';
import { peers } from './peers/index.mjs';
import { summary } from './statistics.mjs';
import { judge } from './validate.mjs';

const execute = promisify(execFile);
const processLimit = 300_000;

/**
 * One peer's variant on one workload.
 * @typedef {object} Entrant
 * @property {import('./peers/index.mjs').Peer} peer
 * @property {import('./peers/index.mjs').Variant} variant
 * @property {import('./peers/index.mjs').Difference} difference
 */

/** A peer whose step takes longer is timed in one round only. */
const slowStep = 5;

/** Every variant of the peers, and why it cannot be run here, if so. */
export async function findRows(chosen, print) {
  const all = chosen.flatMap((peer) => peer.variants.map((variant) => ({ peer, variant })));
  const rows = await Promise.all(
    all.map(async ({ peer, variant }) => ({ peer, variant, missing: await peer.missing(variant) })),
  );
  for (const { variant, missing } of rows) if (missing !== undefined) print(`${variant.title}: ${missing}`);
  return rows;
}

/** Runs all peers that were found on one workload; gives each variant's result. */
export async function compare(workload, rows, { rounds, warmup, seconds }, print) {
  print(`${workload.id}: ${workload.title}`);
  const folder = mkdtempSync(join(tmpdir(), 'chainrule-bench-'));
  try {
    const runner = new Runner(folder, workload, { warmup, seconds });
    const found = rows.filter(({ missing }) => missing === undefined);
    return await runner.timeAll(await runner.validateAll(entrantsOf(found, workload.id), print), rounds, print);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns {Entrant[]} */
function entrantsOf(rows, id) {
  return rows
    .filter(({ peer, variant }) => Object.hasOwn(peer.workloads, id) && (variant.only?.includes(id) ?? true))
    .map(({ peer, variant }) => ({ peer, variant, difference: peer.workloads[id] }));
}

/** One workload's data on disk, and the processes run on it. */
class Runner {
  /** The reference's results by what they differ in from the workload. @type {Map<string, Promise<string>>} */
  #references = new Map();

  constructor(folder, workload, times) {
    this.folder = folder;
    this.workload = workload;
    this.times = times;
    writeData(folder, workload);
  }

  /** Validates entrants one after another; gives those that ran, with their verdicts. */
  async validateAll(entrants, print) {
    const verdicts = [];
    for (const entrant of entrants) {
      const verdict = await this.#validate(entrant).catch((error) => ({ passed: false, error: error.message }));
      const said = verdict.error ?? `error ${verdict.relativeError.toExponential(1)} of ${verdict.tolerance} allowed`;
      print(`  ${verdict.passed ? '✓' : '✗'} ${entrant.variant.title}: ${said}`);
      verdicts.push({ ...entrant, verdict });
    }
    return verdicts;
  }

  async #validate({ peer, variant, difference }) {
    const output = join(this.folder, `${variant.name}.out.f32`);
    const { build } = await this.#run(peer, variant, { ...difference, mode: 'validate', output });
    return { build, ...judge(output, await this.#reference(difference), { ...this.workload, ...difference }) };
  }

  /** What chainrule's float64 reference comes to for a workload with a peer's differences. */
  #reference({ batch, loss, activations, validationSteps }) {
    const difference = { batch, loss, activations, validationSteps };
    const key = JSON.stringify(difference);
    const known = this.#references.get(key);
    if (known !== undefined) return known;
    const output = join(this.folder, `reference-${this.#references.size}.f32`);
    const peer = peers.find(({ name }) => name === 'chainrule');
    const variant = peer.variants.find(({ name }) => name === 'chainrule-reference');
    const run = this.#run(peer, variant, { ...difference, mode: 'validate', output }).then(() => output);
    this.#references.set(key, run);
    return run;
  }

  /** Times those that were validated, alternately; gives every entrant's result by its name. */
  async timeAll(entrants, rounds, print) {
    const times = new Map(entrants.map(({ variant }) => [variant.name, []]));
    const valid = entrants.filter(({ verdict }) => verdict.passed);
    for (let round = 0; round < rounds; round++) {
      print(`  round ${round + 1} of ${rounds}`);
      // Each round begins with another peer, so that no one always runs on a machine the same one has warmed.
      for (let i = 0; i < valid.length; i++) {
        const { peer, variant, difference } = valid[(i + round) % valid.length];
        const found = times.get(variant.name);
        if (found[0] > slowStep) continue;
        const { secondsPerStep } = await this.#run(peer, variant, { ...difference, mode: 'time' });
        // A peer with smaller batches takes several of its steps for one of the workload's.
        found.push((secondsPerStep * this.workload.batch) / (difference.batch ?? this.workload.batch));
      }
    }
    return Object.fromEntries(
      entrants.map(({ variant, difference, verdict }) => [
        variant.name,
        { note: difference.note, validation: verdict, ...summary(times.get(variant.name)) },
      ]),
    );
  }

  async #run(peer, variant, changes) {
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    const task = { ...this.workload, ...this.times, variant: variant.name, threads: variant.threads, ...given };
    const file = join(this.folder, 'task.json');
    writeFileSync(file, JSON.stringify(task));
    const [program, ...args] = peer.command(file, task);
    const threads = String(variant.threads);
    const env = { ...process.env, OMP_NUM_THREADS: threads, OPENBLAS_NUM_THREADS: threads };
    try {
      const { stdout } = await execute(program, args, { env, timeout: processLimit, maxBuffer: 2 ** 24 });
      return JSON.parse(stdout.trim().split('\n').at(-1));
    } catch (error) {
      const lines = String(error.stderr ?? '')
        .trim()
        .split('\n');
      const said = lines.findLast((line) => /error/i.test(line)) ?? lines.at(-1);
      throw new Error(error.killed ? `took more than ${processLimit / 1000} s` : said || error.message, {
        cause: error,
      });
    }
  }
}
