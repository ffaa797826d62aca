// `npm run check:latex`: compiles every LaTeX document under test/golden/explain, English with pdflatex and Chinese with xelatex.
// Not part of `npm test`, which needs no TeX. Fails on an error, and on a formula that runs off the page.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { at, filesUnder, run } from './tools.mjs';

const folder = at('test/golden/explain');
/** TeX lets a line stand out by less than a digit's width, which nobody sees. */
const tolerance = 5;

const documents = filesUnder(folder).filter((file) => file.endsWith('.tex'));
const engineOf = (file) => (readFileSync(join(folder, file), 'utf8').startsWith('% xelatex') ? 'xelatex' : 'pdflatex');

const missing = [];
for (const engine of new Set(documents.map(engineOf))) {
  const { status } = await run(engine, ['--version'], { capture: true });
  if (status !== 0) missing.push(engine);
}
if (missing.length > 0) {
  process.stderr.write(
    `${missing.join(' and ')} cannot be started; install TeX, on Debian with: apt-get install --no-install-recommends texlive-latex-recommended texlive-xetex texlive-lang-chinese\n`,
  );
  process.exit(2);
}

const output = mkdtempSync(join(tmpdir(), 'chainrule-latex-'));
let failed = 0;
try {
  for (const file of documents) {
    const complaints = await compile(file);
    if (complaints.length > 0) failed++;
    process.stdout.write(`${file}: ${complaints.length === 0 ? 'compiles' : complaints.join('; ')}\n`);
  }
} finally {
  rmSync(output, { recursive: true, force: true });
}
process.stdout.write(`${documents.length - failed} of ${documents.length} documents compile.\n`);
process.exitCode = failed === 0 ? 0 : 1;

/** What TeX complains of: errors, signs that its fonts lack, lines that stand out. */
async function compile(file) {
  const options = ['-interaction=nonstopmode', '-halt-on-error', `-output-directory=${output}`];
  await run(engineOf(file), [...options, join(folder, file)], { capture: true });
  const log = readFileSync(join(output, file.replace(/\.tex$/, '.log')), 'utf8');
  return log.split('\n').filter((line) => {
    const [, excess] = /^Overfull \\hbox \(([\d.]+)pt too wide\)/.exec(line) ?? [];
    return line.startsWith('! ') || line.startsWith('Missing character') || Number(excess) > tolerance;
  });
}
