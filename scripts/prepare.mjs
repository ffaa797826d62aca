// Makes a clone ready to run: installs what is missing, builds what is stale, and says nothing when all is in place.
import { existsSync, statSync } from 'node:fs';
import { build, isBuilt } from './build.mjs';
import { at, isMain, readJson, run, runNode } from './tools.mjs';

const lockFile = at('package-lock.json');
const installedFile = at('node_modules/.package-lock.json');

/** Brings node_modules in line with package-lock.json. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  const command = existsSync(lockFile) ? 'ci' : 'install';
  say(`Installing the dependencies (npm ${command}) …`);
  // NODE_ENV=production would leave out the compiler; install scripts are not needed by any dependency.
  const { status } = await npm([command, '--ignore-scripts', '--include=dev', '--loglevel=error']);
  if (status !== 0) throw new Error(`npm ${command} failed; its message above says why`);
}

/** Builds if the sources have changed since the last complete build. */
export async function ensureBuilt() {
  if (isBuilt()) return;
  say('Building …');
  await build();
}

/** Compares package-lock.json with the record npm keeps of what it installed. */
function isInstalled() {
  if (!existsSync(installedFile)) return false;
  if (!existsSync(lockFile)) return true;
  const installed = readJson(installedFile).packages;
  const newer = statSync(installedFile).mtimeMs >= statSync(lockFile).mtimeMs;
  return Object.entries(readJson(lockFile).packages)
    .filter(([path]) => path.includes('node_modules/'))
    .every(([path, { version, optional, devOptional }]) => {
      // An optional package may be absent for good, being for another system.
      if (installed[path] === undefined) return newer && (optional || devOptional) === true;
      return installed[path].version === version && existsSync(at(path));
    });
}

/** npm as the script that is running us, if it is; a file that Node can start needs no shell. */
function npm(args) {
  const script = process.env.npm_execpath;
  if (script?.endsWith('npm-cli.js')) return runNode([script, ...args], { stdout: 2 });
  return run('npm', args, { stdout: 2, shell: process.platform === 'win32' });
}

function say(sentence) {
  process.stderr.write(`${sentence}\n`);
}

if (isMain(import.meta.url)) {
  try {
    await ensureInstalled();
    await ensureBuilt();
  } catch (error) {
    say(`chainrule could not be made ready: ${error.message}.`);
    process.exitCode = 1;
  }
}
