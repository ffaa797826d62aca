// How peers are started and looked for: as Node modules of this folder, or as scripts of Debian's Python.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { at } from '../../scripts/tools.mjs';

const execute = promisify(execFile);
const python = '/usr/bin/python3';

/** The command of a peer written in JavaScript. @param {string} file in bench/peers */
export const nodeCommand = (file) => (/** @type {string} */ taskFile) => [
  process.execPath,
  at('bench/peer-process.mjs'),
  at('bench/peers', file),
  taskFile,
];

/** The command of a peer written in Python. @param {string} file in bench/peers */
export const pythonCommand = (file) => (/** @type {string} */ taskFile) => [python, at('bench/peers', file), taskFile];

/** Installed with bench/'s own packages, which the runner has seen to. @returns {Promise<undefined>} */
export const neverMissing = async () => undefined;

/** Whether Debian's Python has a module. @param {string} module @param {string} debianPackage */
export const missingPython = (module, debianPackage) => async () => {
  try {
    await execute(python, ['-c', `import ${module}`]);
    return undefined;
  } catch {
    return `not found: ${python} has no module ${module} (Debian: ${debianPackage})`;
  }
};
