// Fails on an import that points upward, on an import cycle, on Node's modules outside src/node, and on imports
// that go around the public API. Tests are exempt: they may look at anything.
// usage: node scripts/check-layering.mjs [FOLDER OF THE REPOSITORY]
import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, posix } from 'node:path';
import ts from 'typescript';
import { filesUnder, isMain, readJson, root } from './tools.mjs';

// The floors of src/, lowest first (docs/architecture.md). A room is a folder of src/, or a file directly in it.
const floors = [
  ['errors.ts', 'options.ts', 'memory', 'symbolic'],
  ['kernels'],
  ['layers', 'activations', 'losses', 'initializers', 'optimizers'],
  ['network'],
  ['plan'],
  ['backends'],
  ['data', 'formats'],
  ['train'],
  ['explain', 'tune'],
  ['check', 'onnx', 'standalone', 'doctor'],
  ['index.ts', 'extend.ts'],
  ['node', 'worker'], // highest, so that what a browser loads cannot reach Node's modules, nor take a worker along
];

// Folders that use the library as its users do.
const guests = ['cli/src', 'examples', 'experiments', 'studio/src'];

// What a guest may take from beside the library: examples and data as people read them, and the Chinese of the library's errors.
const lent = { 'studio/src': ['examples/', 'datasets/', 'cli/src/languages/'] };

const floorOf = new Map(floors.flatMap((rooms, floor) => rooms.map((room) => [room, floor])));
const roomOf = (file) => file.split('/')[1];
const isRelative = (specifier) => specifier.startsWith('.');

/** Every violation in the repository at `folder`, one sentence each. */
export function checkLayering(folder) {
  const library = importsUnder(folder, 'src');
  const { name, exports } = readJson(join(folder, 'package.json'));
  const publicNames = new Set(Object.keys(exports).map((subpath) => posix.join(name, subpath)));
  return [
    ...unknownRooms(library),
    ...library.flatMap((entry) => libraryImport(entry, name) ?? []),
    ...cycles(library.map(({ file, target }) => [file, target])).map(
      (cycle) => `${cycle} is an import cycle; move what they share into a file that both import.`,
    ),
    ...cycles(neighbours(library)).map(
      (cycle) => `${cycle} is a cycle of folders on one floor; let the imports between them go one way.`,
    ),
    ...guests.flatMap((guest) =>
      importsUnder(folder, guest).flatMap((entry) => guestImport(entry, guest, name, publicNames) ?? []),
    ),
  ];
}

/** All imports (of values or types, static or dynamic) of the sources in one folder: `{ file, specifier, target }`. */
function importsUnder(folder, part) {
  return filesUnder(join(folder, part))
    .filter((file) => /\.([cm]?[jt]sx?|svelte)$/.test(file) && !/\.test\.[jt]s$/.test(file))
    .map((file) => `${part}/${file}`)
    .flatMap((file) => {
      const { importedFiles } = ts.preProcessFile(readFileSync(join(folder, file), 'utf8'), true, true);
      const imports = importedFiles.map(({ fileName: specifier }) => ({
        file,
        specifier,
        target: isRelative(specifier) ? posix.join(posix.dirname(file), specifier) : undefined,
      }));
      return [{ file }, ...imports]; // the first stands for the file itself, which may import nothing
    });
}

function unknownRooms(library) {
  const rooms = new Set(library.map(({ file }) => roomOf(file)).filter((room) => !floorOf.has(room)));
  return [...rooms].map(
    (room) => `src/${room} is on no floor; give it one in scripts/check-layering.mjs and docs/architecture.md.`,
  );
}

function libraryImport({ file, specifier, target }, name) {
  if (specifier === undefined) return undefined;
  if (target === undefined) {
    if (isBuiltin(specifier) && roomOf(file) !== 'node')
      return `${file} imports ${specifier}, which browsers lack; only src/node may use Node's modules.`;
    if (specifier === name || specifier.startsWith(`${name}/`))
      return `${file} imports ${specifier}, its own package; import the file that defines what it needs.`;
    return undefined;
  }
  if (!target.startsWith('src/'))
    return `${file} imports ${target}, which is outside src; the package ships src alone.`;
  const [from, to] = [floorOf.get(roomOf(file)), floorOf.get(roomOf(target))];
  if (to > from)
    return `${file} (floor ${from}) imports ${target} (floor ${to}); imports point downward: move the shared part down, or hand it in as an argument.`;
  return undefined;
}

function guestImport({ file, specifier, target }, guest, name, publicNames) {
  const own = [`${guest}/`, ...(lent[guest] ?? [])];
  if (target !== undefined && !own.some((folder) => target.startsWith(folder)))
    return `${file} imports ${target}, which is outside ${guest}; use the public API of ${name}.`;
  if (specifier?.startsWith(`${name}/`) && !publicNames.has(specifier))
    return `${file} imports ${specifier}, which package.json does not export; use one of ${[...publicNames].join(', ')}.`;
  return undefined;
}

/** Imports between different rooms of one floor, as pairs of rooms. */
function neighbours(library) {
  return library
    .filter(({ target }) => target?.startsWith('src/'))
    .map(({ file, target }) => [roomOf(file), roomOf(target)])
    .filter(([from, to]) => from !== to && floorOf.get(from) === floorOf.get(to));
}

/** Depth-first search over edges `[from, to]`; each edge back into the path being walked closes one cycle, given as `a → b → a`. */
function cycles(edges) {
  const next = new Map();
  for (const [from, to] of edges) {
    if (to !== undefined) next.set(from, (next.get(from) ?? new Set()).add(to));
  }
  const found = [];
  const finished = new Set();
  const visit = (node, path) => {
    if (path.includes(node)) found.push([...path.slice(path.indexOf(node)), node].join(' → '));
    else if (!finished.has(node)) {
      for (const target of next.get(node) ?? []) visit(target, [...path, node]);
      finished.add(node);
    }
  };
  for (const node of next.keys()) visit(node, []);
  return found;
}

if (isMain(import.meta.url)) {
  const folder = process.argv[2] ?? root;
  const violations = existsSync(join(folder, 'src'))
    ? checkLayering(folder)
    : [`${folder} has no src folder to check.`];
  for (const violation of violations) process.stdout.write(`${violation}\n`);
  process.exitCode = violations.length === 0 ? 0 : 1;
}
