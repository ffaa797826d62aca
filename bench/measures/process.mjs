// Runs a measure's function in a process of its own; child.mjs is the program.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { at } from '../../scripts/tools.mjs';

const execute = promisify(execFile);
const program = at('bench/measures/child.mjs');

/** @param {string} url `import.meta.url` of a module that exports `child` @param {unknown} argument plain data, for `child` */
export async function inProcess(url, argument) {
  const { stdout } = await execute(process.execPath, [program, url, JSON.stringify(argument)], { timeout: 1_200_000 });
  return JSON.parse(stdout.trim().split('\n').at(-1));
}
