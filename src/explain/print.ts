// Expressions as text or LaTeX, over symbols or over numbers.
import { callOf } from '../plan/index.ts';
import { type Element, type Expression, evaluate, holds } from '../symbolic/index.ts';
import type { Derivation } from './derivation.ts';
import type { MathSymbol } from './notations/notation.ts';
import { formatGiven, formatNumber } from './numbers.ts';
import type { SymbolWriter } from './symbols.ts';

/** What stands for an element and for a factor of the chain rule. */
export type Content =
  | 'names' // ∂out/∂net
  | 'bodies' // out (1 − out)
  | 'numbers'; // 0.186815602

/** How something is written. */
export interface Writing {
  readonly format: 'text' | 'latex';
  readonly content: Content;
  readonly decimals: number;
}

/** Sums of more terms than this show the largest ones and what the rest comes to. */
const mostTerms = 12;
const shownTerms = 4;

/** What holds where a condition does not. */
const opposite = { '>': '≤', '≥': '<', '=': '≠' } as const;

/** How tightly an expression binds: what is looser than its surroundings gets brackets. */
enum Binding {
  Sum = 1,
  Product = 2,
  Power = 3,
  Atom = 4,
}

interface Piece {
  readonly text: string;
  readonly binding: Binding;
}

/** Writes an expression whose sums are written out. */
export function print(expression: Expression, derivation: Derivation, symbols: SymbolWriter, writing: Writing): string {
  return new Printer(derivation, symbols, writing).print(expression).text;
}

class Printer {
  private readonly derivation: Derivation;
  private readonly symbols: SymbolWriter;
  private readonly writing: Writing;

  constructor(derivation: Derivation, symbols: SymbolWriter, writing: Writing) {
    this.derivation = derivation;
    this.symbols = symbols;
    this.writing = writing;
  }

  print(expression: Expression): Piece {
    switch (expression.kind) {
      case 'number':
        return this.given(expression.value);
      case 'samples':
        return this.given(this.derivation.samples);
      case 'element':
        return this.element(expression);
      case 'derivative':
        if (this.numeric) return this.computed(this.value(expression));
        if (this.writing.content === 'bodies') return this.print(expression.body);
        return this.symbol(this.symbols.partial(expression.of, expression.by));
      case 'add':
        return this.sum(expression.terms);
      case 'multiply':
        return this.product(expression.factors);
      case 'negate':
        return { text: `−${this.within(expression.of, Binding.Product)}`, binding: Binding.Sum };
      case 'divide':
        return this.quotient(expression.above, expression.below);
      case 'power':
        return this.power(expression.base, expression.exponent);
      case 'call':
        return this.call(expression.name, expression.of);
      case 'cases':
        return this.cases(expression);
      case 'argmax':
        return this.argmax(expression);
      case 'draw':
        return this.numeric ? this.computed(this.value(expression)) : { text: 'u', binding: Binding.Atom };
      case 'kronecker':
        return this.given(expression.left === expression.right ? 1 : 0);
      case 'sum':
        throw new Error('a sum must be written out before it is printed');
    }
  }

  private get numeric(): boolean {
    return this.writing.content === 'numbers';
  }

  private get latex(): boolean {
    return this.writing.format === 'latex';
  }

  private value(expression: Expression): number {
    return evaluate(expression, { element: this.derivation.value, samples: this.derivation.samples });
  }

  private symbol(symbol: MathSymbol): Piece {
    const compound = this.latex ? Binding.Power : Binding.Product;
    return { text: symbol[this.writing.format], binding: symbol.compound ? compound : Binding.Atom };
  }

  /** A constant, or the value of something that was given and not computed. */
  private given(value: number): Piece {
    if (value === Math.PI) return { text: this.latex ? '\\pi' : 'π', binding: Binding.Atom };
    return { text: formatGiven(value, this.writing), binding: value < 0 ? Binding.Sum : Binding.Atom };
  }

  private computed(value: number): Piece {
    return { text: formatNumber(value, this.writing), binding: value < 0 ? Binding.Sum : Binding.Atom };
  }

  private element(element: Element): Piece {
    if (!this.numeric) return this.symbol(this.symbols.of(element));
    const value = this.derivation.value(element);
    return callOf(this.derivation.program, element.slot) === undefined ? this.given(value) : this.computed(value);
  }

  private within(expression: Expression, binding: Binding): string {
    const piece = this.print(expression);
    return piece.binding < binding ? this.bracket(piece.text) : piece.text;
  }

  private bracket(text: string): string {
    return this.latex ? `\\left(${text}\\right)` : `(${text})`;
  }

  private sum(terms: readonly Expression[]): Piece {
    if (terms.length > mostTerms) return this.longSum(terms);
    const pieces = terms.map((term, i) => {
      const [sign, of]: [string, Expression] = term.kind === 'negate' ? ['−', term.of] : ['+', term];
      const body = sign === '−' ? this.within(of, Binding.Product) : this.term(of);
      if (i === 0) return sign === '−' ? `−${body}` : body;
      return ` ${sign} ${body}`;
    });
    return { text: this.signs(pieces.join('')), binding: terms.length > 1 ? Binding.Sum : Binding.Product };
  }

  /** A term of a sum: only a negative number needs brackets there. */
  private term(term: Expression): string {
    const piece = this.print(term);
    return piece.text.startsWith('−') || piece.text.startsWith('-') ? this.bracket(piece.text) : piece.text;
  }

  private longSum(terms: readonly Expression[]): Piece {
    const ranked = terms
      .map((term) => ({ term, value: this.value(term) }))
      .sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
    const shown = ranked.slice(0, shownTerms).map(({ term }) => this.term(term));
    const rest = ranked.slice(shownTerms).reduce((total, { value }) => total + value, 0);
    const remainder = this.numeric ? this.term({ kind: 'number', value: rest }) : this.latex ? '\\cdots' : '⋯';
    const count = terms.length - shownTerms;
    const note = this.latex ? `\\;[${count}]` : ` [${count}]`;
    return { text: `${shown.join(' + ')} + ${remainder}${note}`, binding: Binding.Sum };
  }

  private product(factors: readonly Expression[]): Piece {
    const shown = factors.filter((factor) => !(factor.kind === 'number' && factor.value === 1) || factors.length === 1);
    const dot = this.latex ? ' \\cdot ' : ' · ';
    return { text: shown.map((factor) => this.within(factor, Binding.Product)).join(dot), binding: Binding.Product };
  }

  private quotient(above: Expression, below: Expression): Piece {
    if (this.latex)
      return { text: `\\frac{${this.print(above).text}}{${this.print(below).text}}`, binding: Binding.Atom };
    return {
      text: `${this.within(above, Binding.Product)} / ${this.within(below, Binding.Power)}`,
      binding: Binding.Product,
    };
  }

  private power(base: Expression, exponent: Expression): Piece {
    const raised = this.print(exponent).text;
    const foot = this.within(base, Binding.Atom);
    if (this.latex) return { text: `{${foot}}^{${raised}}`, binding: Binding.Power };
    return {
      text: raised === '2' ? `${foot}²` : `${foot}^${this.within(exponent, Binding.Atom)}`,
      binding: Binding.Power,
    };
  }

  private call(name: string, of: Expression): Piece {
    const inner = this.print(of).text;
    if (this.latex) {
      const written: Record<string, string> = {
        exp: `e^{${inner}}`,
        abs: `\\left|${inner}\\right|`,
        sqrt: `\\sqrt{${inner}}`,
        ln: `\\ln\\left(${inner}\\right)`,
        tanh: `\\tanh\\left(${inner}\\right)`,
      };
      return { text: written[name] ?? `\\operatorname{${name}}\\left(${inner}\\right)`, binding: Binding.Atom };
    }
    if (name === 'exp')
      return { text: `e^${this.print(of).binding === Binding.Atom ? inner : `(${inner})`}`, binding: Binding.Power };
    if (name === 'abs') return { text: `|${inner}|`, binding: Binding.Atom };
    if (name === 'sqrt') return { text: `√${this.within(of, Binding.Atom)}`, binding: Binding.Atom };
    return { text: `${name}(${inner})`, binding: Binding.Atom };
  }

  /** The position of the largest: each candidate behind its position. */
  private argmax({ terms, positions }: Extract<Expression, { kind: 'argmax' }>): Piece {
    const candidates = terms.map((term, i) => `${positions[i]}: ${this.print(term).text}`).join(', ');
    const text = this.latex ? `\\operatorname{argmax}\\left(${candidates}\\right)` : `argmax(${candidates})`;
    return { text: this.signs(text), binding: Binding.Atom };
  }

  /** Over numbers the case that applies; over symbols all of them, with their conditions. */
  private cases(expression: Extract<Expression, { kind: 'cases' }>): Piece {
    if (this.numeric)
      return this.print(holds(expression, (e) => this.value(e)) ? expression.ifTrue : expression.ifFalse);
    const rows = this.caseRows(expression);
    if (this.latex) {
      const text = rows.map(([value, condition]) => `${value} & ${condition}`).join(' \\\\ ');
      return { text: `\\begin{cases} ${text} \\end{cases}`, binding: Binding.Atom };
    }
    return { text: `{${rows.map((row) => row.join(' : ')).join('; ')}}`, binding: Binding.Atom };
  }

  /**
   * Values with their conditions, to be read from the first on: a case within the other case is a row of its own.
   * @param earlier what the rows before it have set the same left side equal to
   */
  private caseRows(expression: Extract<Expression, { kind: 'cases' }>, earlier: readonly string[] = []): string[][] {
    const written = { '>': '>', '≥': '\\ge', '=': '=', '≤': '\\le', '<': '<', '≠': '\\ne' };
    const { left, relation, right, ifTrue, ifFalse } = expression;
    const condition = (sign: keyof typeof written, right: string) =>
      [this.print(left).text, this.latex ? written[sign] : sign, right].join(' ');
    const compared = this.print(right).text;
    const excluded = relation === '=' ? [...earlier, compared] : [compared];
    const others =
      ifFalse.kind === 'cases'
        ? this.caseRows(ifFalse, excluded)
        : [[this.print(ifFalse).text, condition(opposite[relation], excluded.join(', '))]];
    return [[this.print(ifTrue).text, condition(relation, compared)], ...others];
  }

  private signs(text: string): string {
    return this.latex ? text.replaceAll('−', '-') : text;
  }
}
