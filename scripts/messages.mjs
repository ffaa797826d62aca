// The sentences that people read, found in the sources: what errors say, what commands tell and what help explains.
// usage: node scripts/messages.mjs lists them with their places
import ts from 'typescript';
import { isMain } from './tools.mjs';
import { calledName, number, plain, sourceFiles, sourceOf, visitCalls, wordings } from './wordings.mjs';

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
        for (const text of wordings(argument))
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
        for (const text of wordings(node)) found.add(numbered(text));
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

/** The names of columns written out in a table's call. @param {ts.CallExpression | ts.NewExpression} call @param {string} file */
function headersIn(call, file) {
  const found = [];
  const source = call.getSourceFile();
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (ts.isPropertyAssignment(node) && node.name.getText() === 'name') {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      for (const text of wordings(node.initializer))
        if (isWords(text)) found.push({ file, line: line + 1, text: numbered(text) });
    }
    ts.forEachChild(node, visit);
  };
  for (const argument of call.arguments ?? []) visit(argument);
  return found;
}

/** @param {string} text */
function numbered(text) {
  let last = 0;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they mark the places.
  return text.replace(/[\0\u0001]/g, (mark) => `{${mark === number ? '#' : ''}${++last}}`);
}

if (isMain(import.meta.url))
  for (const { file, line, text } of messages()) process.stdout.write(`${file}:${line}\t${JSON.stringify(text)}\n`);
