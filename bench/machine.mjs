// What the numbers were measured on: processor, cores, memory, Node; and when, of which chainrule, beside how much other work.
import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';
import { at, readJson } from '../scripts/tools.mjs';

/** @returns {Record<string, string | number>} */
export function machine() {
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.version,
    v8: process.versions.v8,
  };
}

/** @returns {{ date: string, chainrule: string, loadAtEnd: number }} */
export function conditions() {
  return {
    date: new Date().toISOString().slice(0, 10),
    chainrule: `${readJson(at('package.json')).version}${commit()}`,
    // The measurement's own share is about 1, or 2 where two threads ran: above that, something else was running.
    loadAtEnd: Number(loadavg()[0].toFixed(2)),
  };
}

function commit() {
  const git = (...args) =>
    execFileSync('git', ['-C', at('.'), ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    return `, commit ${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain') === '' ? '' : ' with changes'}`;
  } catch {
    return '';
  }
}
