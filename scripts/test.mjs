// `npm test`: the checks, then the tests, then one line with the counts of both.
// usage: npm test [-- ARGUMENTS FOR VITEST]
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { runChecks } from './check.mjs';
import { readJson, root, runNode, tool } from './tools.mjs';

const print = (line) => process.stdout.write(`${line}\n`);

/** Checks as outcomes: `{ name, status: 'passed' | 'failed' | 'skipped' }`. */
async function checkOutcomes() {
  try {
    return (await runChecks()).map(({ name, passed }) => ({ name, status: passed ? 'passed' : 'failed' }));
  } catch (error) {
    return [{ name: `checks: ${error.message}`, status: 'failed' }];
  }
}

async function testOutcomes(args) {
  const folder = mkdtempSync(join(tmpdir(), 'chainrule-test-'));
  const report = join(folder, 'report.json');
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const { status } = await runNode([...tool('vitest'), 'run', ...reporters, ...args]);
    const outcomes = existsSync(report) ? readJson(report).testResults.flatMap(fileOutcomes) : [];
    // Vitest also fails for what belongs to no test: an error after the last one, a filter that matches nothing.
    if (status !== 0 && !outcomes.some((outcome) => outcome.status === 'failed'))
      outcomes.push({ name: `vitest ended with exit status ${status}`, status: 'failed' });
    return outcomes;
  } catch (error) {
    return [{ name: `vitest could not be run: ${error.message}`, status: 'failed' }];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function fileOutcomes({ name, status, assertionResults }) {
  const file = relative(root, name);
  const outcomes = assertionResults.map((test) => ({
    name: `${file}: ${test.fullName}`,
    status: test.status === 'passed' || test.status === 'failed' ? test.status : 'skipped',
  }));
  // A file that could not be loaded, or whose hooks failed, has no failing test of its own.
  if (status === 'failed' && !outcomes.some((outcome) => outcome.status === 'failed'))
    outcomes.push({ name: file, status: 'failed' });
  return outcomes;
}

/** Prints the names of the outcomes with one status, as many as a screen holds. */
function list(title, outcomes, most = 30) {
  if (outcomes.length === 0) return;
  print(`\n${title} (${outcomes.length}):`);
  for (const { name } of outcomes.slice(0, most)) print(`  ${name}`);
  if (outcomes.length > most) print(`  … and ${outcomes.length - most} more`);
}

const outcomes = [...(await checkOutcomes()), ...(await testOutcomes(process.argv.slice(2)))];
const [passed, failed, skipped] = ['passed', 'failed', 'skipped'].map((status) =>
  outcomes.filter((outcome) => outcome.status === status),
);
list('Skipped', skipped);
list('Failed', failed);
print(`\n${passed.length} passed, ${failed.length} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`);
process.exitCode = failed.length === 0 ? 0 : 1;
