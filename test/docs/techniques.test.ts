// The table of techniques: its derivations run, and both languages have the same rows. Its links are links.test.ts's.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const cli = join(root, 'cli/bin/chainrule.js');

/** The cells of each row but the heading's. */
function rowsOf(document: string): string[][] {
  const lines = readFileSync(join(root, 'docs', document), 'utf8').split('\n');
  const rows = lines.filter((line) => line.startsWith('| ')).map((line) => line.slice(2, -2).split(' | '));
  return rows.slice(1);
}

const rows = rowsOf('techniques.md');

it('has the same experiments, derivations and pages in both languages', () => {
  const facts = (document: string) => rowsOf(document).map((row) => row.slice(1));
  const chinese = facts('techniques.zh-CN.md').map((row) =>
    row.map((cell) => cell.replaceAll('.zh-CN', '').replaceAll('、', ', ')),
  );
  expect(chinese).toEqual(facts('techniques.md'));
});

describe('the derivation of', () => {
  it.each(rows.map(([technique, , derivation]) => [technique, derivation]))('%s', (_, derivation) => {
    const script = `"${process.execPath}" "${cli}" explain ${derivation.replaceAll('`', '')}`;
    const { status, stdout, stderr } = spawnSync('bash', ['-c', script], { cwd: root, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('=');
  });
});
