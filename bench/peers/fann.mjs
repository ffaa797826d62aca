// FANN, compiled from fann.c against the system's library.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { at } from '../../scripts/tools.mjs';

const execute = promisify(execFile);
const program = at('bench/node_modules/.cache/fann');

/** @type {import('./index.mjs').Peer} */
export const fann = {
  name: 'fann',
  variants: [{ name: 'fann', title: 'FANN (C)', threads: 1 }],
  workloads: { W1: {}, W3: {} },
  async missing() {
    mkdirSync(dirname(program), { recursive: true });
    const source = at('bench/peers/fann.c');
    const define = `-DFANN_VERSION="${await version()}"`;
    try {
      await execute('cc', ['-O3', '-march=native', define, source, '-o', program, '-lfloatfann', '-lm']);
      return undefined;
    } catch (error) {
      const [reason] = String(error.stderr ?? error.message).split('\n');
      return `not found: fann.c cannot be compiled against FANN (Debian: gcc libfann-dev): ${reason}`;
    }
  },
  command(taskFile, { mode, sizes, batch, optimizer, count, validationSteps, warmup, seconds, output }) {
    if (!existsSync(program)) throw new Error(`${program} was not compiled`);
    const time = [mode, dirname(taskFile), batch, optimizer.learningRate, count, validationSteps, warmup, seconds];
    return [program, ...[...time, output, ...sizes].map(String)];
  },
};

async function version() {
  try {
    return (await execute('pkg-config', ['--modversion', 'fann'])).stdout.trim();
  } catch {
    return 'version unknown';
  }
}
