// What a text in the sources may come to, as far as it is written out. Which texts are sentences is messages.mjs's business.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { at, filesUnder } from './tools.mjs';

/** Where a value stands in a text, and where a count does. */
const value = '\0';
export const number = '\u0001';

/** So many wordings of one sentence are followed: what stands beyond them is a value. */
const mostWordings = 48;

/** The sources of the library and the command line, those apart that hand sentences on or translate them. */
export function sourceFiles() {
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
export function sourceOf(file) {
  const known = sources.get(file);
  if (known !== undefined) return known;
  const source = ts.createSourceFile(file, readFileSync(at(file), 'utf8'), ts.ScriptTarget.Latest, true);
  sources.set(file, source);
  return source;
}

/** @param {ts.Node} node @param {(call: ts.CallExpression | ts.NewExpression) => void} see */
export function visitCalls(node, see) {
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) see(node);
  ts.forEachChild(node, (child) => visitCalls(child, see));
}

/** @param {ts.CallExpression | ts.NewExpression} node */
export function calledName({ expression }) {
  if (ts.isPropertyAccessExpression(expression)) return expression.name.text;
  return ts.isIdentifier(expression) ? expression.text : '';
}

/** All wordings of a text; of one that has too many, its template and the parts by themselves. @param {ts.Node} node */
export function wordings(node) {
  loose.clear();
  return new Set([...textsOf(node), ...loose]);
}

/** A template with nothing filled in. @param {ts.TemplateExpression} node */
export const plain = (node) => node.head.text + node.templateSpans.map(({ literal }) => value + literal.text).join('');

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
  return texts.length === 0 ? [value] : [...new Set(texts.map(nameless))];
}

/** A single word is a name, which stays as it is; a flag is known to be one. @param {string} text */
function nameless(text) {
  if (text === '' || text.includes(' ')) return text;
  return text.startsWith('--') ? `--${value}` : value;
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
