// The sentences that people read, found in the sources: what errors say, what commands tell and what help explains.
// usage: node scripts/messages.mjs lists them with their places
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { at, filesUnder, isMain } from './tools.mjs';

/** Which arguments of what is called are sentences. */
const spoken = new Map(
  Object.entries({
    ChainruleError: [1],
    UsageError: [0],
    print: [0],
    say: [0],
    sayChoice: [0, 1],
    spoken: [0],
    warn: [0],
    description: [0],
    argument: [1],
    option: [1],
    addHelpText: [1],
    optionsGroup: [0],
    helpGroup: [0],
    fail: [0, 1, 2],
    heading: [0],
    right: [0],
    countingBar: [0],
  }),
);

/** Where a value stands in a text, and where a count does. */
const value = '\0';
const number = '\u0001';

/** So many wordings of one sentence are followed: what stands beyond them is a value. */
const mostWordings = 48;

/**
 * Every sentence in all its wordings, the places for values numbered: `{1} is out of range`. Counts are written `{#1}`.
 * @returns {{ file: string, line: number, text: string }[]}
 */
export function messages() {
  return sourceFiles().flatMap((file) => {
    const source = sourceOf(file);
    const found = [];
    visitCalls(source, (node) => {
      for (const position of sentencePlaces(node, file)) {
        const argument = node.arguments?.[position];
        if (argument === undefined) continue;
        const { line } = source.getLineAndCharacterOfPosition(argument.getStart());
        loose.clear();
        for (const text of new Set([...textsOf(argument), ...loose]))
          if (isWords(text)) found.push({ file, line: line + 1, text: numbered(text) });
      }
      if (file.startsWith('cli/') && calledName(node) === 'table') found.push(...headersIn(node, file));
    });
    return found;
  });
}

/** Every text in the sources, sentence, part of one or name, its places for values numbered. @returns {Set<string>} */
export function texts() {
  const found = new Set();
  for (const file of sourceFiles()) {
    /** @param {ts.Node} node */
    const visit = (node) => {
      if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) {
        if (ts.isTemplateExpression(node)) found.add(numbered(plain(node)));
        for (const text of textsOf(node)) found.add(numbered(text));
      }
      if (ts.isObjectLiteralElementLike(node) && node.name && ts.isIdentifier(node.name)) found.add(node.name.text);
      ts.forEachChild(node, visit);
    };
    visit(sourceOf(file));
  }
  for (const { text } of messages()) found.add(text);
  return found;
}

/** Which arguments of a call are sentences; the library speaks through errors and notices alone. @param {ts.CallExpression | ts.NewExpression} node @param {string} file @returns {number[]} */
function sentencePlaces(node, file) {
  const name = isNotice(node) ? 'say' : calledName(node);
  return file.startsWith('cli/') || name === 'ChainruleError' || isNotice(node) ? (spoken.get(name) ?? []) : [];
}

/** Notices are gathered before they are said. @param {ts.CallExpression | ts.NewExpression} node */
const isNotice = ({ expression }) =>
  ts.isPropertyAccessExpression(expression) && expression.getText() === 'notices.push';

const isWords = (text) => /[a-z]{2}/.test(text);

function sourceFiles() {
  return ['src', 'cli/src'].flatMap((folder) =>
    filesUnder(at(folder))
      .filter(
        (file) =>
          file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith('languages/') && file !== 'output.ts',
      )
      .map((file) => `${folder}/${file}`),
  );
}

/** @type {Map<string, ts.SourceFile>} */
const sources = new Map();

/** @param {string} file */
function sourceOf(file) {
  const known = sources.get(file);
  if (known !== undefined) return known;
  const source = ts.createSourceFile(file, readFileSync(at(file), 'utf8'), ts.ScriptTarget.Latest, true);
  sources.set(file, source);
  return source;
}

/** @param {ts.Node} node @param {(call: ts.CallExpression | ts.NewExpression) => void} see */
function visitCalls(node, see) {
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) see(node);
  ts.forEachChild(node, (child) => visitCalls(child, see));
}

/** The names of columns written out in a table's call. @param {ts.CallExpression | ts.NewExpression} call @param {string} file */
function headersIn(call, file) {
  const found = [];
  const source = call.getSourceFile();
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (ts.isPropertyAssignment(node) && node.name.getText() === 'name') {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      for (const text of textsOf(node.initializer))
        if (isWords(text)) found.push({ file, line: line + 1, text: numbered(text) });
    }
    ts.forEachChild(node, visit);
  };
  for (const argument of call.arguments ?? []) visit(argument);
  return found;
}

/** @param {ts.CallExpression | ts.NewExpression} node */
function calledName({ expression }) {
  if (ts.isPropertyAccessExpression(expression)) return expression.name.text;
  return ts.isIdentifier(expression) ? expression.text : '';
}

/** @param {string} text */
function numbered(text) {
  let last = 0;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they mark the places.
  return text.replace(/[\0\u0001]/g, (mark) => `{${mark === number ? '#' : ''}${++last}}`);
}

/** A template with nothing filled in. @param {ts.TemplateExpression} node */
const plain = (node) => node.head.text + node.templateSpans.map(({ literal }) => value + literal.text).join('');

/**
 * The texts an expression may come to, as far as it is written out: both branches of a choice, constants, what functions return.
 * @param {ts.Node | undefined} node @param {number} depth @returns {string[]}
 */
function textsOf(node, depth = 0) {
  if (node === undefined || depth > 5) return [value];
  const inner = (part) => textsOf(part, depth + 1);
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node))
    return inner(node.expression);
  if (ts.isConditionalExpression(node)) return [...inner(node.whenTrue), ...inner(node.whenFalse)];
  if (ts.isTemplateExpression(node)) {
    const parts = node.templateSpans.flatMap(({ expression, literal }) => [inner(expression), [literal.text]]);
    return product([[node.head.text], ...parts]) ?? apart(plain(node), parts);
  }
  if (ts.isBinaryExpression(node)) return ofOperator(node, inner);
  if (ts.isIdentifier(node)) return declared(node, depth);
  if (ts.isElementAccessExpression(node) || ts.isPropertyAccessExpression(node)) return inRecord(node, depth);
  return ts.isCallExpression(node) ? called(node, depth) : [value];
}

/** Both sides of `??` and `||`, what `&&` may come to, or the sum of texts. @param {ts.BinaryExpression} node @param {(part: ts.Node) => string[]} inner @returns {string[]} */
function ofOperator(node, inner) {
  const { kind } = node.operatorToken;
  if (kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken) {
    const [left, right] = [inner(node.left), inner(node.right)];
    return right.length === 1 && right[0] === '' ? left : [...left, ...right];
  }
  if (kind === ts.SyntaxKind.AmpersandAmpersandToken) return ['', ...inner(node.right)];
  if (kind !== ts.SyntaxKind.PlusToken) return [value];
  const sides = [inner(node.left), inner(node.right)];
  return sides.flat().every((text) => text === value) ? [value] : (product(sides) ?? [value]);
}

/** A sentence with too many wordings: its template, and the parts by themselves. @param {string} template @param {string[][]} parts */
function apart(template, parts) {
  for (const part of parts) if (part.length > 1) for (const text of part) if (text !== value) loose.add(text);
  return [template];
}

/** Parts of the sentence at hand that are translated by themselves. */
const loose = new Set();

/** Each combination of the parts' texts; undefined where they are too many. @param {string[][]} parts */
function product(parts) {
  let found = [''];
  for (const part of parts) {
    found = found.flatMap((before) => [...new Set(part)].map((text) => before + text));
    if (found.length > mostWordings) return undefined;
  }
  return found;
}

/** @param {ts.CallExpression} node @param {number} depth @returns {string[]} */
function called(node, depth) {
  const name = calledName(node);
  if (name === 'spoken') return [value];
  if (name === 'didYouMean') return ['', ` (did you mean "${value}"?)`];
  if (name === 'counted') return counted(textsOf(node.arguments[1], depth + 1));
  if (name === 'get' && ts.isPropertyAccessExpression(node.expression)) return inMap(node.expression.expression, depth);
  if (!ts.isIdentifier(node.expression)) return [value];
  const made = declarationOf(node.expression);
  const results = made === undefined ? [] : returned(made);
  return results.length === 0 ? [value] : results.flatMap((one) => textsOf(one, depth + 1));
}

/** The texts of a map that is written out. @param {ts.Expression} map @param {number} depth @returns {string[]} */
function inMap(map, depth) {
  const made = ts.isIdentifier(map) ? declarationOf(map) : undefined;
  const [entries] =
    (made &&
      ts.isVariableDeclaration(made) &&
      made.initializer &&
      ts.isNewExpression(made.initializer) &&
      made.initializer.arguments) ||
    [];
  if (entries === undefined || !ts.isArrayLiteralExpression(entries)) return [value];
  return entries.elements.flatMap((one) =>
    ts.isArrayLiteralExpression(one) ? textsOf(one.elements[1], depth + 1) : [],
  );
}

/** As the command line counts: `1 row`, `2 rows`. @param {string[]} nouns */
const counted = (nouns) =>
  nouns.flatMap((noun) =>
    noun === value ? [value] : [`${number} ${noun}`, `${number} ${noun}${noun.endsWith('s') ? 'es' : 's'}`],
  );

/** What a function gives back. @param {ts.Node} made @returns {ts.Expression[]} */
function returned(made) {
  const body = ts.isVariableDeclaration(made) ? made.initializer : made;
  if (body === undefined || !ts.isFunctionLike(body)) return [];
  if (ts.isArrowFunction(body) && !ts.isBlock(body.body)) return [body.body];
  const found = [];
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (ts.isReturnStatement(node) && node.expression) found.push(node.expression);
    if (!ts.isFunctionLike(node)) ts.forEachChild(node, visit);
  };
  if (body.body !== undefined) ts.forEachChild(body.body, visit);
  return found;
}

/** @param {ts.Identifier} node @param {number} depth @returns {string[]} */
function declared(node, depth) {
  const found = declarationOf(node);
  if (found !== undefined && ts.isParameter(found)) return given(found, depth);
  if (found === undefined || !ts.isVariableDeclaration(found) || found.initializer === undefined) return [value];
  return ts.isIdentifier(found.name) ? textsOf(found.initializer, depth + 1) : [value];
}

/** What a function's parameter is called with. @param {ts.ParameterDeclaration} parameter @param {number} depth @returns {string[]} */
function given(parameter, depth) {
  const made = parameter.parent;
  const name = ts.isFunctionDeclaration(made)
    ? made.name
    : ts.isVariableDeclaration(made.parent)
      ? made.parent.name
      : made.name;
  if (name === undefined || !ts.isIdentifier(name) || !ts.isIdentifier(parameter.name)) return [value];
  const position = made.parameters.indexOf(parameter);
  const own = ts.isFunctionDeclaration(made) ? made : made.parent;
  const calls = (callsByName().get(name.text) ?? []).filter(
    ({ expression }) => ts.isIdentifier(expression) && declarationOf(expression) === own,
  );
  const texts = calls.flatMap((call) => textsOf(call.arguments?.[position], depth + 1));
  // A single word is a name, and stays as it is.
  return texts.length === 0
    ? [value]
    : [...new Set(texts.map((text) => (text === '' || text.includes(' ') ? text : value)))];
}

/** @type {Map<string, (ts.CallExpression | ts.NewExpression)[]> | undefined} */
let calls;

function callsByName() {
  if (calls !== undefined) return calls;
  const found = new Map();
  for (const file of sourceFiles())
    visitCalls(sourceOf(file), (call) => found.set(calledName(call), [...(found.get(calledName(call)) ?? []), call]));
  calls = found;
  return found;
}

/** The texts of a record that is written out. @param {ts.ElementAccessExpression | ts.PropertyAccessExpression} node @param {number} depth */
function inRecord(node, depth) {
  if (!ts.isIdentifier(node.expression)) return [value];
  const found = declarationOf(node.expression);
  let record = found && ts.isVariableDeclaration(found) ? found.initializer : undefined;
  while (record && (ts.isAsExpression(record) || ts.isSatisfiesExpression(record))) record = record.expression;
  if (record === undefined || !ts.isObjectLiteralExpression(record)) return [value];
  const wanted = ts.isPropertyAccessExpression(node) ? node.name.text : undefined;
  const entries = record.properties.filter(
    (one) => ts.isPropertyAssignment(one) && (wanted === undefined || one.name.getText().replace(/'/g, '') === wanted),
  );
  return entries.length === 0 ? [value] : entries.flatMap((one) => textsOf(one.initializer, depth + 1));
}

/** Where a name comes from: a parameter, or a constant or function of this file or of one that it imports. @param {ts.Identifier} node @returns {ts.Node | undefined} */
function declarationOf(node) {
  for (let scope = node.parent; scope !== undefined; scope = scope.parent) {
    const parameter =
      ts.isFunctionLike(scope) && scope.parameters.find(({ name }) => namesIn(name).includes(node.text));
    if (parameter) return parameter;
    const statements = ts.isBlock(scope) || ts.isSourceFile(scope) || ts.isCaseClause(scope) ? scope.statements : [];
    for (const statement of statements) {
      const found = declaredBy(statement, node.text);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** @param {ts.Statement} statement @param {string} name @returns {ts.Node | undefined} */
function declaredBy(statement, name) {
  if (ts.isFunctionDeclaration(statement) && statement.name?.text === name) return statement;
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.find((one) => namesIn(one.name).includes(name));
  return ts.isImportDeclaration(statement) ? imported(statement, name) : undefined;
}

/** @param {ts.ImportDeclaration} statement @param {string} name @returns {ts.Node | undefined} */
function imported(statement, name) {
  const bindings = statement.importClause?.namedBindings;
  const binding =
    bindings && ts.isNamedImports(bindings) ? bindings.elements.find((one) => one.name.text === name) : undefined;
  if (binding === undefined || !ts.isStringLiteral(statement.moduleSpecifier)) return undefined;
  const file = join(dirname(statement.getSourceFile().fileName), statement.moduleSpecifier.text);
  if (!file.endsWith('.ts') || !existsSync(at(file))) return undefined;
  const original = (binding.propertyName ?? binding.name).text;
  for (const other of sourceOf(file).statements) {
    const found = ts.isImportDeclaration(other) ? undefined : declaredBy(other, original);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The names that a binding declares. @param {ts.BindingName} name @returns {string[]} */
function namesIn(name) {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((one) => (ts.isBindingElement(one) ? namesIn(one.name) : []));
}

if (isMain(import.meta.url))
  for (const { file, line, text } of messages()) process.stdout.write(`${file}:${line}\t${JSON.stringify(text)}\n`);
