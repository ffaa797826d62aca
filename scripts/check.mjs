// `npm run check`: everything that reads the code without running it. Tests are test.mjs's.
import { ensureBuilt, ensureInstalled } from './prepare.mjs';
import { at, isMain, runNode, tool } from './tools.mjs';

// A function, because the tools can be looked up only once they are installed.
const checks = () => [
  { name: 'format and lint', args: [...tool('@biomejs/biome'), 'ci', '--error-on-warnings', '--colors=off', '.'] },
  { name: 'types', args: [...tool('typescript', 'tsc'), '-p', 'tsconfig.test.json', '--noEmit'] },
  {
    name: 'types of the studio',
    args: [...tool('svelte-check'), '--tsconfig', at('studio/tsconfig.json'), '--fail-on-warnings'],
  },
  { name: 'layering', args: [at('scripts/check-layering.mjs')] },
  { name: 'unused exports', args: [...tool('knip'), '--no-progress'] },
];

/**
 * Installs, builds (the command line's types are those of the built library), then runs all checks at once.
 * Prints a line for each and the findings of those that fail; gives `{ name, passed }` for each.
 */
export async function runChecks() {
  await ensureInstalled();
  const built = await timed('build', async () => {
    try {
      await ensureBuilt();
      return { passed: true, output: '' };
    } catch (error) {
      return { passed: false, output: `${error.message}\n` };
    }
  });
  const others = checks().map(({ name, args }) =>
    timed(name, async () => {
      const { status, output } = await runNode(args, { capture: true });
      return { passed: status === 0, output };
    }),
  );
  return [built, ...(await Promise.all(others))];
}

async function timed(name, work) {
  const start = performance.now();
  const { passed, output } = await work();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  process.stdout.write(`${passed ? '✓' : '✗'} ${name} (${seconds} s)\n${passed ? '' : `${output}\n`}`);
  return { name, passed };
}

if (isMain(import.meta.url)) {
  try {
    const results = await runChecks();
    process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;
  } catch (error) {
    process.stderr.write(`The checks could not run: ${error.message}.\n`);
    process.exitCode = 1;
  }
}
