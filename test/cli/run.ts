// Runs the built command line as a child process, in a folder of its own. No test: what the tests of the command line share.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

export const entry = fileURLToPath(new URL('../../cli/bin/chainrule.js', import.meta.url));

/** What a run printed, and its exit status. */
export interface Run {
  readonly out: string;
  readonly err: string;
  readonly status: number | null;
}

/** A temporary folder that is removed when the file's tests are over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'chainrule-cli-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** `chainrule ARGUMENTS` in the folder, with standard input closed or given. */
export function runIn(folder: string, args: readonly string[], input = '', env: NodeJS.ProcessEnv = {}): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [entry, ...args], {
      cwd: folder,
      env: { ...process.env, LANG: 'C', ...env },
    });
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      err += text;
    });
    child.on('error', reject).on('close', (status) => resolve({ out, err, status }));
    child.stdin.on('error', () => {}).end(input);
  });
}

/** The same, with the most memory that it had in use, in bytes. */
export async function runMeasured(folder: string, args: readonly string[]): Promise<Run & { readonly peak: number }> {
  const place = mkdtempSync(join(tmpdir(), 'chainrule-peak-'));
  const env = {
    NODE_OPTIONS: `--import=${new URL('peak.mjs', import.meta.url).href}`,
    PEAK_FILE: join(place, 'peak'),
  };
  try {
    const run = await runIn(folder, args, '', env);
    return { ...run, peak: Number(readFileSync(env.PEAK_FILE, 'utf8')) };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** Writes rows as a CSV file, cells quoted where they need it. */
export function writeCsv(path: string, rows: readonly (readonly (string | number)[])[]): void {
  const cell = (value: string | number) => {
    const text = String(value);
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  writeFileSync(path, rows.map((row) => `${row.map(cell).join(',')}\n`).join(''));
}

/** Rows of two inputs and a text class that depends on them. */
export function twoClasses(count = 60): (string | number)[][] {
  const rows = Array.from({ length: count }, (_, i) => {
    const [a, b] = [(i * 7) % 11, (i * 5) % 13];
    return [a, b, a > 5 ? 'high' : 'low'];
  });
  return [['a', 'b', 'y'], ...rows];
}
