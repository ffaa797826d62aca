// Symbols as templates with placeholders, `w_{{j}{k}}^{({l})}`: checked once, filled in for each place. Knows no file.
import { ChainruleError, didYouMean } from '../../errors.ts';
import type { MathSymbol } from './notation.ts';
import { superscript } from './writing.ts';

/** A symbol's templates. */
export interface SymbolTemplate {
  readonly latex: string;
  readonly text: string;
}

/** What the placeholders stand for; empty where an index is left out. */
export type Fillings = Readonly<Record<string, MathSymbol>>;

// In LaTeX a group right behind a command is the command's own, \text{net}; in text nothing but placeholders is in braces.
const latexGroup = /(\\[A-Za-z]+)?\{([A-Za-z]+\d?)\}/g;
const textGroup = /\{([_^]?)([^{}]*)\}/g;

/**
 * Checks that a template names only placeholders that mean something there.
 * @param place the template's place in its file: `symbols.weight`
 */
export function requirePlaceholders({ latex, text }: SymbolTemplate, allowed: readonly string[], place: string): void {
  for (const [, command, name] of latex.matchAll(latexGroup)) {
    if (command === undefined)
      requireKnown(name, allowed, `${place}.latex`, '; literal words go behind a command, \\mathit{word}');
  }
  for (const [, , name] of text.matchAll(textGroup)) requireKnown(name, allowed, `${place}.text`, '');
  const stray = /[{}]/.exec(text.replaceAll(textGroup, ''));
  if (stray !== null) {
    throw new ChainruleError(
      'bad-file',
      `${place}.text is "${text}", which has a "${stray[0]}" without its other half; braces in text enclose placeholders only.`,
    );
  }
}

function requireKnown(name: string, allowed: readonly string[], place: string, advice: string): void {
  if (allowed.includes(name)) return;
  const known = allowed.length === 0 ? 'it takes none' : `expected ${allowed.map((one) => `{${one}}`).join(', ')}`;
  throw new ChainruleError(
    'bad-file',
    `${place} has the unknown placeholder {${name}}${didYouMean(name, allowed)}; ${known}${advice}.`,
  );
}

/** Whether a template has one of these placeholders. */
export const mentions = ({ latex, text }: SymbolTemplate, names: readonly string[]): boolean =>
  names.some((name) => latex.includes(`{${name}}`) || new RegExp(`\\{[_^]?${name}\\}`).test(text));

/** The last of these placeholders in a template's LaTeX. */
export const lastOf = ({ latex }: SymbolTemplate, names: readonly string[]): string | undefined =>
  [...latex.matchAll(latexGroup)].map(([, , name]) => name).findLast((name) => names.includes(name));

/** A template filled in. In text `{_j}` is set low, `{^l}` high. What an index left out leaves behind goes with it. */
export function filled({ latex, text }: SymbolTemplate, fillings: Fillings): MathSymbol {
  return {
    latex: latex
      .replaceAll(latexGroup, (group, command, name) =>
        command === undefined && name in fillings ? `{${fillings[name].latex}}` : group,
      )
      .replaceAll(/\(\{\}\)|\[\{\}\]/g, '')
      .replaceAll(/[_^]\{(?:\{\}|[()[\],;\s])*\}/g, ''),
    text: text
      .replaceAll(textGroup, (group, size, name) => (name in fillings ? sized(fillings[name].text, size) : group))
      .replaceAll(/\(\)|\[\]|⁽⁾/g, '')
      .replace(/[_,;]+$/, ''),
  };
}

function sized(text: string, size: string): string {
  if (size === '') return text;
  return text.replaceAll(/\d/g, (digit) => (size === '^' ? superscript(Number(digit)) : '₀₁₂₃₄₅₆₇₈₉'[Number(digit)]));
}
