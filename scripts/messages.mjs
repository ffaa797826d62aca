// The sentences that people read, found in the sources: what errors say, what commands tell and what help explains.
// usage: node scripts/messages.mjs lists them with their places
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { at, filesUnder, isMain } from './tools.mjs';

/** Which arguments of what is called are sentences. */
const spoken = new Map(
  Object.entries({
    ChainruleError: [1],
    UsageError: [0],
    say: [0],
    sayChoice: [0, 1],
    warn: [0],
    description: [0],
    argument: [1],
    option: [1],
    addHelpText: [1],
    optionsGroup: [0],
    helpGroup: [0],
    fail: [1, 2],
  }),
);

/**
 * Every sentence, its places for values numbered: `{1} is out of range`.
 * @returns {{ file: string, line: number, text: string }[]}
 */
export function messages() {
  const files = ['src', 'cli/src'].flatMap((folder) =>
    filesUnder(at(folder))
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map((file) => `${folder}/${file}`),
  );
  return files.flatMap(messagesOf);
}

/** @param {string} file */
function messagesOf(file) {
  const source = ts.createSourceFile(file, readFileSync(at(file), 'utf8'), ts.ScriptTarget.Latest, true);
  const found = [];
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      for (const position of spoken.get(calledName(node)) ?? []) {
        const argument = node.arguments?.[position];
        for (const text of argument === undefined ? [] : sentencesOf(argument)) {
          const { line } = source.getLineAndCharacterOfPosition(argument.getStart());
          if (/[a-z]{2}/.test(text.replace(/\{\d+\}/g, ''))) found.push({ file, line: line + 1, text });
        }
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** @param {ts.CallExpression | ts.NewExpression} node */
function calledName({ expression }) {
  if (ts.isPropertyAccessExpression(expression)) return expression.name.text;
  return ts.isIdentifier(expression) ? expression.text : '';
}

/** The texts an expression may come to, as far as it is written out: both branches of a choice. @param {ts.Expression} node @returns {string[]} */
function sentencesOf(node) {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isParenthesizedExpression(node)) return sentencesOf(node.expression);
  if (ts.isConditionalExpression(node)) return [...sentencesOf(node.whenTrue), ...sentencesOf(node.whenFalse)];
  if (!ts.isTemplateExpression(node)) return [];
  const parts = node.templateSpans.map(({ literal }, i) => `{${i + 1}}${literal.text}`);
  return [node.head.text + parts.join('')];
}

if (isMain(import.meta.url))
  for (const { file, line, text } of messages()) process.stdout.write(`${file}:${line}\t${JSON.stringify(text)}\n`);
