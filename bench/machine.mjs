// What the numbers were measured on: processor, cores, memory, Node, and which chainrule.
import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';
import { at, readJson } from '../scripts/tools.mjs';

/** @returns {Record<string, string | number>} */
export function machine() {
  return {
    date: new Date().toISOString().slice(0, 10),
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.version,
    v8: process.versions.v8,
    chainrule: `${readJson(at('package.json')).version}${commit()}`,
    // Above 0.5 at the start, something else was running.
    loadAtStart: Number(loadavg()[0].toFixed(2)),
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
