// Expressions as formulas in text or LaTeX, over symbols or over numbers. What is computed stands elsewhere.
import { type Element, type Expression, evaluate, holds } from '../symbolic/index.ts';
import type { Derivation } from './derivation.ts';
import { chained, enclosed, type Formula, flat, listed, whole, within } from './formula.ts';
import type { Language } from './languages/language.ts';
import { latexWidth } from './latex-width.ts';
import { abbreviated } from './long-sums.ts';
import type { MathSymbol } from './notations/notation.ts';
import { formatGiven, formatNumber } from './numbers.ts';
import { isGiven } from './program-reading.ts';
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
  /** Whether long sums are written in full. */
  readonly full: boolean;
  /** Whose words stand for the rest of a long sum. */
  readonly language: Language;
}

/** A numerator wider than this is written as a bracket behind 1/denominator, where it can be broken. */
const widestNumerator = 36;

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
  readonly formula: Formula;
  readonly binding: Binding;
}

const atom = (text: string, binding = Binding.Atom): Piece => ({ formula: whole(text), binding });

/** Writes an expression whose sums are written out. */
export function print(
  expression: Expression,
  derivation: Derivation,
  symbols: SymbolWriter,
  writing: Writing,
): Formula {
  return new Printer(derivation, symbols, writing).print(expression).formula;
}

/** Whether a symbol has something raised already. */
const isRaised = (symbol: string): boolean => /[⁰¹²³⁴-⁹⁺⁽^]/u.test(symbol);

class Printer {
  private readonly derivation: Derivation;
  private readonly symbols: SymbolWriter;
  private readonly writing: Writing;
  private readonly latex: boolean;
  private readonly numeric: boolean;
  private readonly minus: string;

  constructor(derivation: Derivation, symbols: SymbolWriter, writing: Writing) {
    this.derivation = derivation;
    this.symbols = symbols;
    this.writing = writing;
    this.latex = writing.format === 'latex';
    this.numeric = writing.content === 'numbers';
    this.minus = this.latex ? '-' : '−';
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
        if (this.numeric && expression.body.kind !== 'element') return this.computed(this.value(expression));
        if (this.numeric || this.writing.content === 'bodies') return this.print(expression.body);
        return this.partial(expression);
      case 'add':
        return this.sum(expression.terms);
      case 'multiply':
        return this.product(expression.factors);
      case 'negate':
        return { formula: enclosed(this.minus, this.bound(expression.of, Binding.Product), ''), binding: Binding.Sum };
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
        return this.numeric ? this.computed(this.value(expression)) : atom('u');
      case 'kronecker':
        return this.given(expression.left === expression.right ? 1 : 0);
      case 'sum':
        throw new Error('a sum must be written out before it is printed');
    }
  }

  private value(expression: Expression): number {
    return evaluate(expression, { element: this.derivation.value, samples: this.derivation.samples });
  }

  private symbol(symbol: MathSymbol): Piece {
    const compound = this.latex ? Binding.Power : Binding.Product;
    return atom(symbol[this.writing.format], symbol.compound ? compound : Binding.Atom);
  }

  /** ∂of/∂by by name; a minus in front of it opens a product without brackets. */
  private partial({ of, by, negated }: Extract<Expression, { kind: 'derivative' }>): Piece {
    const piece = this.symbol(this.symbols.partial(of, by));
    return negated ? { formula: enclosed(this.minus, piece.formula, ''), binding: Binding.Product } : piece;
  }

  /** A constant, or the value of something that was given and not computed. */
  private given(value: number): Piece {
    if (value === Math.PI) return atom(this.latex ? '\\pi' : 'π');
    return atom(formatGiven(value, this.writing), value < 0 ? Binding.Sum : Binding.Atom);
  }

  private computed(value: number): Piece {
    return atom(formatNumber(value, this.writing), value < 0 ? Binding.Sum : Binding.Atom);
  }

  private element(element: Element): Piece {
    if (!this.numeric) return this.symbol(this.symbols.of(element));
    const value = this.derivation.value(element);
    return isGiven(this.derivation.program, element.slot) ? this.given(value) : this.computed(value);
  }

  /** An expression within something that binds so tightly. */
  private bound(expression: Expression, binding: Binding): Formula {
    const piece = this.print(expression);
    return piece.binding < binding ? this.bracket(piece.formula) : piece.formula;
  }

  private bracket(formula: Formula, name = ''): Formula {
    const tall = this.latex && /\\frac|\\begin/.test(flat(formula));
    return enclosed(`${name}${tall ? '\\biggl(' : '('}`, within(formula), tall ? '\\biggr)' : ')');
  }

  private sum(terms: readonly Expression[]): Piece {
    const { terms: shown, rest } = abbreviated(terms, (term) => this.value(term), this.writing.full);
    const parts = shown.map((term, i) => {
      const { sign, of } = this.signed(term);
      const formula = sign === '+' ? this.term(of, i) : this.bound(of, Binding.Product);
      if (i === 0) return sign === '+' ? formula : enclosed(sign, formula, '');
      return enclosed(` ${sign} `, formula, '');
    });
    if (rest !== undefined) parts.push(whole(` + ${this.remainder(rest.count, rest.total)}`));
    return { formula: chained(parts), binding: parts.length > 1 ? Binding.Sum : Binding.Product };
  }

  /** A term's sign and what stands behind it; named, a factor −∂E/∂a gives its minus to the whole term. */
  private signed(term: Expression): { readonly sign: string; readonly of: Expression } {
    if (term.kind === 'negate') return { sign: this.minus, of: term.of };
    const [first, ...others] = term.kind === 'multiply' ? term.factors : [term];
    if (this.writing.content !== 'names' || first.kind !== 'derivative' || !first.negated)
      return { sign: '+', of: term };
    const { negated: _, ...factor } = first;
    return { sign: this.minus, of: { kind: 'multiply', factors: [factor, ...others] } };
  }

  /** A term of a sum: only a negative number behind a sign needs brackets there. */
  private term(term: Expression, position: number): Formula {
    const { formula } = this.print(term);
    return position > 0 && formula[0].text.startsWith(this.minus) ? this.bracket(formula) : formula;
  }

  /** In words, so that nobody has to guess what a sign would mean. */
  private remainder(count: number, total: number): string {
    const { moreTerms, moreTermsThatSum } = this.writing.language;
    const words = this.numeric ? moreTermsThatSum(count) : moreTerms(count);
    const number = this.numeric ? flat(this.computed(total).formula) : '';
    // In braces a minus is the number's own.
    if (this.latex) return number === '' ? `\\text{${words}}` : `\\text{${words} }{${number}}`;
    return number === '' ? words : `${words} ${number}`;
  }

  private product(factors: readonly Expression[]): Piece {
    const shown = factors.filter((factor) => !(factor.kind === 'number' && factor.value === 1) || factors.length === 1);
    if (shown.length === 1) return this.print(shown[0]);
    const dot = this.latex ? ' \\cdot ' : ' · ';
    const parts = shown.map((factor, i) => {
      // a · (b / c): a reader need not know which of the two signs goes first.
      const shown = factor.kind === 'derivative' && this.writing.content === 'bodies' ? factor.body : factor;
      const isQuotient = i > 0 && !this.latex && !this.numeric && shown.kind === 'divide';
      return enclosed(i === 0 ? '' : dot, this.bound(factor, isQuotient ? Binding.Power : Binding.Product), '');
    });
    return { formula: chained(parts), binding: Binding.Product };
  }

  private quotient(above: Expression, below: Expression): Piece {
    if (!this.latex) {
      const divisor = enclosed(' / ', this.bound(below, Binding.Power), '');
      return { formula: chained([this.bound(above, Binding.Product), divisor]), binding: Binding.Product };
    }
    const { formula } = this.print(above);
    const divisor = flat(this.print(below).formula);
    if (formula.length === 1 || latexWidth(flat(formula)) <= widestNumerator)
      return atom(`\\frac{${flat(formula)}}{${divisor}}`);
    return { formula: [...whole(`\\frac{1}{${divisor}}`), ...this.bracket(formula)], binding: Binding.Product };
  }

  private power(base: Expression, exponent: Expression): Piece {
    const { formula, binding } = this.print(base);
    // a²₁² would be read as two exponents.
    const isLoose = binding < Binding.Atom || (base.kind === 'element' && isRaised(flat(formula)));
    const foot = isLoose ? this.bracket(formula) : formula;
    const raised = flat(this.print(exponent).formula);
    if (this.latex) return atom(`{${flat(foot)}}^{${raised}}`, Binding.Power);
    const written = raised === '2' ? '²' : `^${flat(this.bound(exponent, Binding.Atom))}`;
    return { formula: enclosed('', foot, written), binding: Binding.Power };
  }

  private call(name: string, of: Expression): Piece {
    const inner = this.print(of);
    const text = flat(inner.formula);
    const applied = (latexName: string) => ({
      formula: this.bracket(inner.formula, this.latex ? latexName : name),
      binding: Binding.Atom,
    });
    switch (name) {
      case 'exp':
        if (this.latex) return atom(`e^{${text}}`, Binding.Power);
        return {
          formula: enclosed('e^', isRaised(text) ? this.bracket(inner.formula) : this.bound(of, Binding.Atom), ''),
          binding: Binding.Power,
        };
      case 'abs':
        return this.latex ? atom(`\\left|${text}\\right|`) : atom(`|${text}|`);
      case 'sqrt':
        if (this.latex) return atom(`\\sqrt{${text}}`);
        return { formula: enclosed('√', this.bound(of, Binding.Atom), ''), binding: Binding.Atom };
      case 'ln':
      case 'tanh':
        return applied(`\\${name}`);
      default:
        return applied(`\\mathrm{${name}}`);
    }
  }

  /** The position of the largest: each candidate behind its position. */
  private argmax({ terms, positions }: Extract<Expression, { kind: 'argmax' }>): Piece {
    const candidates = terms.map((term, i) => enclosed(`${positions[i]}: `, this.print(term).formula, ''));
    const name = this.latex ? '\\mathrm{argmax}' : 'argmax';
    return { formula: this.bracket(listed(candidates, ', '), name), binding: Binding.Atom };
  }

  /** Over numbers the case that applies; over symbols all of them, with their conditions. */
  private cases(expression: Extract<Expression, { kind: 'cases' }>): Piece {
    if (this.numeric)
      return this.print(holds(expression, (e) => this.value(e)) ? expression.ifTrue : expression.ifFalse);
    const rows = this.caseRows(expression);
    if (this.latex) {
      const text = rows.map(([value, condition]) => `${value} & ${condition}`).join(' \\\\ ');
      return atom(`\\begin{cases} ${text} \\end{cases}`);
    }
    const parts = rows.map((row) => whole(row.join(' : ')));
    return { formula: enclosed('{', within(listed(parts, '; ')), '}'), binding: Binding.Atom };
  }

  /**
   * Values with their conditions, to be read from the first on: a case within the other case is a row of its own.
   * @param earlier what the rows before it have set the same left side equal to
   */
  private caseRows(expression: Extract<Expression, { kind: 'cases' }>, earlier: readonly string[] = []): string[][] {
    const written = { '>': '>', '≥': '\\ge', '=': '=', '≤': '\\le', '<': '<', '≠': '\\ne' };
    const { left, relation, right, ifTrue, ifFalse } = expression;
    const show = (e: Expression) => flat(this.print(e).formula);
    const condition = (sign: keyof typeof written, right: string) =>
      [show(left), this.latex ? written[sign] : sign, right].join(' ');
    const compared = show(right);
    const excluded = relation === '=' ? [...earlier, compared] : [compared];
    const others =
      ifFalse.kind === 'cases'
        ? this.caseRows(ifFalse, excluded)
        : [[show(ifFalse), condition(opposite[relation], excluded.join(', '))]];
    return [[show(ifTrue), condition(relation, compared)], ...others];
  }
}
