// The command line in Chinese: every sentence of the sources has its translation, and what commands print is Chinese throughout.
import { describe, expect, it } from 'vitest';
import { translator } from '../../cli/src/languages/translate.ts';
import { foreign } from '../../cli/src/languages/zh/foreign.ts';
import { zh } from '../../cli/src/languages/zh/index.ts';

interface Message {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

const { messages, texts }: { messages: () => Message[]; texts: () => Set<string> } = await import(
  new URL('../../scripts/messages.mjs', import.meta.url).href
);

const translate = translator(zh);
const placeholder = /\{([@#]?)(\w+)\}/g;
const numbered = /\{(#?)(\d+)\}/g;

/** A text with something in each of its places: numbers, which may stand for anything. */
const sample = (text: string) => text.replace(numbered, (_, __, n) => String(1000 + Number(n)));

const samplesIn = (text: string) => [...text.matchAll(numbered)].map(([one]) => sample(one));

/** What is no prose: quotations, code in braces or brackets, commands, flags, names of files and quantities. */
const withoutCode = (text: string) =>
  text
    .replace(/"[^"]*"|'[^']*'|\{[^}]*\}|\[[^\]]*\]|\S+=\S+/g, '·')
    .replace(/(?:npx )?(?:chainrule|npm|apt) [a-z][^，。；（）：]*/g, '·')
    .replace(/--?[a-z][\w-]*(?:[= ][\w.:,/-]+)?/g, '·');

/** English words in a row, as a sentence that was forgotten would have them. */
const english = (text: string, count: number) =>
  new RegExp(`(?<![\\w./:-])(?:[a-z]+ +){${count - 1}}[a-z]+(?![\\w./:-])`).exec(withoutCode(text))?.[0];

/** Sentences that are the same in every language. */
const same = new Set(['{1}: {2}', '{1} {2}']);

describe('the Chinese catalogue', () => {
  it('has every sentence of the sources, with all its values', () => {
    const missing = messages().flatMap(({ file, line, text }) => {
      const english_ = sample(text);
      const chinese = translate(english_);
      const lost = samplesIn(text).filter((one) => !chinese.includes(one));
      const left = english(chinese, 2);
      if (same.has(text) || (chinese !== english_ && lost.length === 0 && left === undefined)) return [];
      const why = chinese === english_ ? 'is not translated' : left ? `leaves “${left}”` : `loses ${lost.join(' ')}`;
      return [`${file}:${line}\t${JSON.stringify(text)} ${why}${chinese === english_ ? '' : `: ${chinese}`}`];
    });
    expect([...new Set(missing)].join('\n')).toBe('');
  });

  it('keeps the same places on both sides', () => {
    const places = (text: string) => [...text.matchAll(placeholder)].map(([one]) => one).sort();
    const different = Object.entries(zh).filter(([from, to]) => `${places(from)}` !== `${places(to)}`);
    expect(different).toEqual([]);
  });

  it('has nothing that the sources no longer say', () => {
    const said = [...texts()].map(sample);
    const unused = Object.keys(zh).filter((key) => !Object.hasOwn(foreign, key) && !said.some(fits(key)));
    expect(unused).toEqual([]);
  });
});

/** Whether a text, or a line of it, could be this entry's. */
function fits(key: string): (text: string) => boolean {
  const literals = key.replace(placeholder, '\0').split('\0');
  const pattern = literals.map((literal) => literal.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('.*');
  const anchor = literals.reduce((longest, literal) => (literal.length > longest.length ? literal : longest), '');
  const whole = new RegExp(`^\\s*${pattern}\\s*$`, 's');
  return (text) =>
    text.includes(anchor) &&
    (whole.test(text) || (text.includes('\n') && text.split('\n').some((one) => whole.test(one))));
}
