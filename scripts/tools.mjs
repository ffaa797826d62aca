// What the scripts share: paths, child processes, a list of files. Only Node's own modules, since it runs before anything is installed.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's folder; every child process runs in it. */
export const root = resolve(import.meta.dirname, '..');

/** An absolute path from one relative to the repository. */
export const at = (...parts) => join(root, ...parts);

/** Whether the module with this URL is the script that Node was started with. */
export const isMain = (url) =>
  process.argv[1] !== undefined && realpathSync(process.argv[1]) === realpathSync(fileURLToPath(url));

export const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** Arguments for Node that start a package's command, without the shell wrappers that differ between systems. */
export function tool(name, command = name.split('/').at(-1)) {
  const folder = at('node_modules', name);
  if (!existsSync(folder)) throw new Error(`${name} is not installed; run "npm ci --ignore-scripts" first`);
  const { bin } = readJson(join(folder, 'package.json'));
  return [join(folder, typeof bin === 'string' ? bin : bin[command])];
}

/** Runs Node with `args` and gives its exit status; with `capture`, what it printed comes back instead of being shown. */
export const runNode = (args, options) => run(process.execPath, args, options);

export function run(command, args, { capture = false, stdout = 'inherit', shell = false } = {}) {
  return new Promise((done) => {
    const stdio = capture ? ['ignore', 'pipe', 'pipe'] : ['ignore', stdout, 'inherit'];
    const child = spawn(command, args, { cwd: root, stdio, shell });
    const printed = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => printed.push(chunk));
    const finish = (status) => done({ status, output: Buffer.concat(printed).toString() });
    child.on('error', (error) => {
      printed.push(Buffer.from(`${command} could not be started: ${error.message}\n`));
      finish(127);
    });
    child.on('close', (status) => finish(status ?? 1));
  });
}

/** All files below a folder, sorted, as paths from it with forward slashes; none if there is no such folder. */
export function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(resolve(folder).length + 1))
    .map((path) => path.replaceAll(sep, '/'))
    .sort();
}
