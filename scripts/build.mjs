// `npm run build`: the WASM kernels, both packages' JavaScript and types, the JSON Schema, and the data sets and examples that
// ship with the command line.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { at, filesUnder, isMain, runNode, tool } from './tools.mjs';
import { binaryFile, buildWasm } from './wasm.mjs';

const schemaFile = at('schema/network.schema.json');
const notationSchemaFile = at('schema/notation.schema.json');
const stampFile = at('node_modules/.cache/chainrule/built');

/** Builds everything. Throws an `Error` whose message says which part failed; compilers print their own findings. */
export async function build() {
  const sources = fingerprint();
  rmSync(stampFile, { force: true });
  await buildWasm();
  await bundle();
  await compile('.');
  await compileExperiments();
  await compile('cli');
  await writeSchemas();
  copyShipped();
  await buildStudio();
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, sources);
}

/** Whether the last complete build was made from the present sources. */
export function isBuilt() {
  const outputs = [
    at('dist/index.js'),
    at('cli/dist/main.js'),
    binaryFile,
    schemaFile,
    notationSchemaFile,
    at('cli/datasets'),
    at('cli/examples'),
    at('cli/experiments'),
    at('cli/studio/index.html'),
    stampFile,
  ];
  return outputs.every((output) => existsSync(output)) && readFileSync(stampFile, 'utf8') === fingerprint();
}

/** A digest of all that a build reads: contents, because times of change do not survive a checkout or tell of a removed file. */
function fingerprint() {
  const folders = [
    'wasm',
    'src',
    'cli/src',
    'datasets',
    'examples',
    'experiments',
    'studio/src',
    'studio/public',
  ].flatMap((folder) =>
    filesUnder(at(folder))
      .map((file) => `${folder}/${file}`)
      .filter((file) => !/^experiments\/results\/[^/]+\//.test(file)),
  );
  const settings = [
    'tsconfig.base.json',
    'tsconfig.json',
    'package.json',
    'cli/tsconfig.json',
    'cli/package.json',
    'studio/package.json',
    'studio/index.html',
    'studio/vite.config.ts',
    'studio/mnist-sample.ts',
    'studio/svelte.config.js',
    'scripts/build.mjs',
    'scripts/wasm.mjs',
  ];
  const hash = createHash('sha256');
  for (const file of [...folders, ...settings]) {
    if (!file.endsWith('.test.ts') && at(file) !== binaryFile)
      hash
        .update(`${file}\0`)
        .update(readFileSync(at(file)))
        .update('\0');
  }
  return hash.digest('hex');
}

/** The studio's pages, beside the command line, which serves them. */
async function buildStudio() {
  const { build } = await import('vite');
  await build({ root: at('studio'), configFile: at('studio/vite.config.ts'), logLevel: 'warn' });
}

async function compile(folder) {
  removeOrphans(folder);
  // The compiler's findings go to standard error: the output of a command that was built first stays clean.
  const { status } = await runNode([...tool('typescript', 'tsc'), '-p', at(folder, 'tsconfig.json')], { stdout: 2 });
  if (status !== 0) throw new Error(`the TypeScript sources of ${at(folder, 'src')} do not compile`);
}

/**
 * What every training needs goes into one file: as some twenty small ones it took half as long again to import. What only some
 * need, and load when they do (src/train/techniques.ts), stays apart.
 */
const core =
  /[\\/]src[\\/](?!data[\\/](augment|noise|smooth)|train[\\/](techniques|class-weights))(errors|options|memory|symbolic|kernels|activations|losses|initializers|optimizers|layers|network|plan|backends|data|train)|[\\/]node_modules[\\/]zod[\\/]/;

/**
 * The library's JavaScript, one file an entry with what they share beside them: a tree of 160 small modules, and zod with all its
 * languages, took four times as long to import.
 */
async function bundle() {
  const { rolldown } = await import('rolldown');
  const { parseAst } = await import('rolldown/parseAst');
  const { exports } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
  const entries = Object.values(exports).filter((file) => file.startsWith('./dist/'));
  const input = Object.fromEntries(
    entries.map((file) => file.slice('./dist/'.length, -'.js'.length)).map((name) => [name, at('src', `${name}.ts`)]),
  );
  const workers = { worker: at('src/backends/wasm/worker.ts'), 'worker/fit-worker': at('src/worker/fit-worker.ts') };
  const built = await rolldown({
    input: { ...input, ...workers },
    external: [/^node:/, /^temml$/],
    platform: 'neutral',
    resolve: { mainFields: ['module', 'main'], conditionNames: ['import'] },
    plugins: [{ name: 'mark-pure', renderChunk: (code) => markPure(code, parseAst(code)) }],
    logLevel: 'warn',
  });
  const { output } = await built.write({
    dir: at('dist'),
    format: 'esm',
    chunkFileNames: 'shared-[name]-[hash].js',
    // Code alone, so that words do not change what names it: chunks, and the version of experiments' results.
    comments: { legal: true, annotation: true, jsdoc: false },
    codeSplitting: { groups: [{ name: 'core', test: core, minShareCount: 2 }] },
  });
  const written = new Set(output.map(({ fileName }) => fileName));
  for (const file of filesUnder(at('dist'))) if (file.endsWith('.js') && !written.has(file)) rmSync(at('dist', file));
}

/**
 * The code with every call that makes a constant of a module marked as free of side effects, as package.json says of all modules:
 * bundlers take that at its word for whole files only, and here many modules share one.
 */
function markPure(code, program) {
  const calls = new Set();
  const visit = (node) => {
    if (Array.isArray(node)) for (const part of node) visit(part);
    else if (typeof node?.type === 'string' && !/Function|Class/.test(node.type)) {
      if (node.type === 'CallExpression' || node.type === 'NewExpression') calls.add(node.start);
      for (const part of Object.values(node)) if (typeof part === 'object') visit(part);
    }
  };
  for (const { type, declarations, declaration } of program.body) {
    if (type === 'VariableDeclaration') visit(declarations);
    if (type === 'ExportNamedDeclaration') visit(declaration?.declarations);
  }
  const starts = [0, ...[...calls].sort((a, b) => a - b), code.length];
  return starts
    .slice(1)
    .map((end, i) => code.slice(starts[i], end))
    .join('/* @__PURE__ */ ');
}

/** What runs keep in folders of that folder is theirs alone. */
const isResult = (file) => /^[^/]+\.json$/.test(file);

/** The experiments go into the command line's package, with the results that are kept of them. */
async function compileExperiments() {
  const output = at('cli/experiments');
  for (const file of filesUnder(output).filter((name) => /\.(js|d\.ts)$/.test(name))) {
    if (!existsSync(at('experiments', file.replace(/(\.d\.ts|\.js)$/, '.ts')))) rmSync(join(output, file));
  }
  const { status } = await runNode([...tool('typescript', 'tsc'), '-p', at('experiments/tsconfig.json')], {
    stdout: 2,
  });
  if (status !== 0) throw new Error('the TypeScript sources of experiments do not compile');
  rmSync(join(output, 'results'), { recursive: true, force: true });
  for (const file of filesUnder(at('experiments/results')).filter(isResult)) {
    cpSync(at('experiments/results', file), join(output, 'results', file));
  }
}

/** Removes output whose source is gone. The rest stays until it is overwritten, so that a running command finds its files. */
function removeOrphans(folder) {
  for (const file of filesUnder(at(folder, 'dist'))) {
    if (folder === '.' && file.endsWith('.js')) continue; // the bundle's, which it tidies itself
    const source = file.replace(/(\.d\.ts|\.js)$/, '.ts');
    if (!existsSync(at(folder, 'src', source)) || source.endsWith('.test.ts')) rmSync(at(folder, 'dist', file));
  }
}

async function writeSchemas() {
  const [formats, explain] = await Promise.all(
    ['formats', 'explain'].map((room) => import(pathToFileURL(at(`dist/${room}/index.js`)).href)),
  );
  mkdirSync(dirname(schemaFile), { recursive: true });
  for (const [file, schema] of [
    [schemaFile, formats.networkJsonSchema()],
    [notationSchemaFile, explain.notationJsonSchema()],
  ]) {
    writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`);
  }
}

/** The command line ships the data sets and the example networks; they are kept once, at the root. */
function copyShipped() {
  for (const folder of ['datasets', 'examples']) rmSync(at('cli', folder), { recursive: true, force: true });
  cpSync(at('datasets'), at('cli/datasets'), { recursive: true });
  mkdirSync(at('cli/examples'));
  for (const file of filesUnder(at('examples')).filter((name) => /^[^/]+\.json$/.test(name))) {
    cpSync(at('examples', file), at('cli/examples', file));
  }
}

if (isMain(import.meta.url)) {
  try {
    await build();
  } catch (error) {
    process.stderr.write(`The build failed: ${error.message}.\n`);
    process.exitCode = 1;
  }
}
