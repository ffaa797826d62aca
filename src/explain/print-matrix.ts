// Matrix formulas as text or LaTeX: over symbols, or over the matrices with their numbers. In a batch samples are columns.
import type { Program, Slot } from '../plan/index.ts';
import { type MatrixExpression, matrixParts } from '../symbolic/index.ts';
import type { Derivation } from './derivation.ts';
import { beside, chained, enclosed, type Formula, flat, listed, whole, within } from './formula.ts';
import { latexWidth } from './latex-width.ts';
import { latexMatrix, matrixShapes, tallBracket, textMatrix } from './matrix-layout.ts';
import { formatGiven, formatNumber } from './numbers.ts';
import { isGiven } from './program-reading.ts';
import { slopes } from './slopes.ts';
import type { SymbolWriter } from './symbols.ts';

/** How matrices are written. */
export interface MatrixWriting {
  readonly format: 'text' | 'latex';
  readonly content: 'names' | 'numbers';
  readonly decimals: number;
}

const widestBracket = 60;

/** Writes a matrix formula. */
export function printMatrix(
  expression: MatrixExpression,
  derivation: Derivation,
  symbols: SymbolWriter,
  writing: MatrixWriting,
): Formula {
  return new MatrixPrinter(derivation, symbols, writing).print(expression, Binding.Sum);
}

/** The slots of a formula, each once; a name that is no slot is a word of the formula's own. */
export function slotsOf(expression: MatrixExpression, program: Program): Slot[] {
  const found = new Map<string, Slot>();
  const visit = (e: MatrixExpression): void => {
    if (e.kind === 'slot') {
      const slot = program.slots.get(program.aliases.get(e.slot) ?? e.slot);
      if (slot !== undefined) found.set(slot.name, slot);
    } else for (const part of matrixParts(e)) visit(part);
  };
  visit(expression);
  return [...found.values()];
}

/** What surrounds a formula: the more tightly it binds, the more needs brackets. */
enum Binding {
  Sum = 1,
  Product = 2,
  Tight = 3,
}

const names: Readonly<Record<string, { readonly text: string; readonly latex: string }>> = {
  sigmoid: { text: 'σ', latex: '\\sigma' },
};

class MatrixPrinter {
  private readonly derivation: Derivation;
  private readonly symbols: SymbolWriter;
  private readonly writing: MatrixWriting;
  private readonly latex: boolean;

  constructor(derivation: Derivation, symbols: SymbolWriter, writing: MatrixWriting) {
    this.derivation = derivation;
    this.symbols = symbols;
    this.writing = writing;
    this.latex = writing.format === 'latex';
  }

  print(expression: MatrixExpression, around: Binding): Formula {
    switch (expression.kind) {
      case 'slot':
        return this.slot(expression.slot, around);
      case 'scalar':
        return whole(formatGiven(expression.value, this.writing));
      case 'sum':
        return this.joined(expression.terms, ' + ', Binding.Sum, around);
      case 'difference':
        return this.difference(expression.from, expression.take, around);
      case 'product':
        return this.joined(expression.factors, this.latex ? ' \\, ' : ' · ', Binding.Product, around);
      case 'hadamard':
        return this.hadamard(expression.factors, around);
      case 'quotient':
        return this.quotient(expression.above, expression.below, around);
      case 'negate':
        return this.negated(expression.of, around);
      case 'transpose':
        return this.raised(expression.of, this.latex ? '^{T}' : 'ᵀ');
      case 'power':
        return this.power(expression.base, expression.exponent);
      case 'apply':
        return this.apply(expression.name, expression.of);
      case 'mean':
        return this.mean(expression.of, around);
    }
  }

  private get program(): Program {
    return this.derivation.program;
  }

  private slot(name: string, around: Binding): Formula {
    const slot = this.program.slots.get(this.program.aliases.get(name) ?? name);
    if (slot === undefined) return whole(this.latex ? `\\text{${name}}` : name);
    if (this.writing.content === 'numbers') return this.numbers(slot);
    const symbol = this.symbols.matrix(slot.name);
    const text = symbol[this.writing.format];
    // A fraction of LaTeX's needs none.
    const isLoose = symbol.compound && !this.latex && around === Binding.Tight;
    return isLoose ? this.bracket(whole(text)) : whole(text);
  }

  private numbers(slot: Slot): Formula {
    return this.matrices(slot, this.derivation.values(slot.name), isGiven(this.program, slot.name));
  }

  /** Numbers laid out as a slot is: a matrix, or several where it has more than two axes. */
  private matrices(slot: Slot, values: ArrayLike<number>, given = false): Formula {
    const { count, rows, columns } = matrixShapes(slot, this.derivation.samples);
    const show = (value: number) => (given ? formatGiven : formatNumber)(value, this.writing);
    if (rows === 1 && columns === 1 && count === 1) return whole(show(values[0]));
    // A batch's vectors lie one after the other, and stand side by side as columns.
    const turned = slot.perSample && slot.shape.length === 1;
    const matrices = Array.from({ length: count }, (_, n) =>
      Array.from({ length: rows }, (_, r) =>
        Array.from({ length: columns }, (_, c) => show(values[turned ? c * rows + r : (n * rows + r) * columns + c])),
      ),
    );
    const written = matrices.map((cells) => (this.latex ? latexMatrix(cells) : textMatrix(cells)));
    if (count === 1) return whole(written[0]);
    return this.bracket(listed(written.map(whole), ', '));
  }

  private bracket(formula: Formula, name = ''): Formula {
    const text = flat(formula);
    if (!this.latex) {
      const rows = text.split('\n').length;
      return enclosed(beside(name, tallBracket('(', rows)), within(formula), tallBracket(')', rows));
    }
    if (!/\\frac|\\begin/.test(text)) return enclosed(`${name}(`, within(formula), ')');
    // Brackets of their content's height cannot be broken between.
    if (latexWidth(text) <= widestBracket) return whole(`${name}\\left(${text}\\right)`);
    return enclosed(`${name}\\biggl(`, within(formula), '\\biggr)');
  }

  private joined(parts: readonly MatrixExpression[], sign: string, own: Binding, around: Binding): Formula {
    const formula = chained(
      parts.map((part, i) => {
        const isBare = sign === ' \\, ' && (this.isNumber(parts[i - 1]) || this.isNumber(part));
        return enclosed(i === 0 ? '' : isBare ? ' \\cdot ' : sign, this.print(part, own), '');
      }),
    );
    return own < around ? this.bracket(formula) : formula;
  }

  /** Whether a factor is set as a number: two of them side by side would read as one. */
  private isNumber(part: MatrixExpression | undefined): boolean {
    if (part?.kind === 'scalar') return true;
    return (
      part?.kind === 'slot' &&
      this.writing.content === 'numbers' &&
      this.program.slots.get(part.slot)?.shape.length === 0
    );
  }

  private difference(from: MatrixExpression, take: MatrixExpression, around: Binding): Formula {
    const isSum = take.kind === 'sum' || take.kind === 'difference';
    const taken = enclosed(this.latex ? ' - ' : ' − ', this.print(take, isSum ? Binding.Product : Binding.Sum), '');
    const formula = chained([this.print(from, Binding.Sum), taken]);
    return around > Binding.Sum ? this.bracket(formula) : formula;
  }

  private negated(of: MatrixExpression, around: Binding): Formula {
    const formula = enclosed(this.latex ? '-' : '−', this.print(of, Binding.Product), '');
    return around > Binding.Sum ? this.bracket(formula) : formula;
  }

  /** Products beside ⊙ get brackets: which comes first is not agreed on. */
  private hadamard(factors: readonly MatrixExpression[], around: Binding): Formula {
    const sign = this.latex ? ' \\odot ' : ' ⊙ ';
    const formula = chained(
      factors.map((factor, i) => enclosed(i === 0 ? '' : sign, this.print(factor, Binding.Tight), '')),
    );
    return around > Binding.Sum ? this.bracket(formula) : formula;
  }

  private quotient(above: MatrixExpression, below: MatrixExpression, around: Binding): Formula {
    if (this.latex)
      return whole(`\\frac{${flat(this.print(above, Binding.Sum))}}{${flat(this.print(below, Binding.Sum))}}`);
    const divisor = enclosed(' / ', this.print(below, Binding.Tight), '');
    const formula = chained([this.print(above, Binding.Product), divisor]);
    return around === Binding.Tight ? this.bracket(formula) : formula;
  }

  private raised(of: MatrixExpression, mark: string): Formula {
    const inner = this.print(of, Binding.Tight);
    const text = flat(inner);
    // A superscript of its own, or a matrix, must not run into the mark.
    const bare =
      of.kind === 'apply' ||
      /^(\p{L}|[\d.]+)$/u.test(text) ||
      (!this.latex && text.includes('\n')) ||
      /^\\begin|^[([]|^\\left/.test(text);
    return enclosed('', bare ? inner : this.bracket(inner), mark);
  }

  private power(base: MatrixExpression, exponent: MatrixExpression): Formula {
    const raised = flat(this.print(exponent, Binding.Tight));
    if (this.latex) return this.raised(base, `^{${raised}}`);
    return this.raised(base, raised === '2' ? '²' : `^${raised}`);
  }

  private apply(name: string, of: readonly MatrixExpression[]): Formula {
    if (name === 'Σ') return enclosed(this.latex ? '\\sum ' : 'Σ ', this.print(of[0], Binding.Tight), '');
    const inner = listed(
      of.map((part) => this.print(part, Binding.Sum)),
      ', ',
    );
    const factor = this.factor(name, of);
    if (factor !== undefined) return factor;
    if (name === 'sqrt')
      return this.latex
        ? whole(`\\sqrt{${flat(inner)}}`)
        : enclosed('√', /[ \n]/.test(flat(inner)) ? this.bracket(inner) : inner, '');
    if (name === 'abs') return this.latex ? whole(`\\left|${flat(inner)}\\right|`) : enclosed('|', inner, '|');
    const [, base, primes] = /^(.*?)(′*)$/.exec(name) ?? [name, name, ''];
    const known = names[base];
    if (!this.latex) return this.bracket(inner, `${known?.text ?? base}${primes}`);
    return this.bracket(inner, `${known?.latex ?? `\\mathrm{${base}}`}${"'".repeat(primes.length)}`);
  }

  /** What the chain rule knows by another name: the loss's derivative by the activations, and over numbers f′(z). */
  private factor(name: string, of: readonly MatrixExpression[]): Formula | undefined {
    const [first, ...others] = of;
    if (!name.endsWith('′') || first.kind !== 'slot') return undefined;
    const slot = this.program.slots.get(others.length === 0 ? first.slot : `${first.slot}.grad`);
    if (slot === undefined) return undefined;
    if (others.length > 0) return this.slot(slot.name, Binding.Tight);
    const values = this.writing.content === 'numbers' ? slopes(this.derivation, slot) : undefined;
    return values && this.matrices(slot, values);
  }

  /** Over a batch's columns a product with a transpose sums over the samples by itself. */
  private mean(of: MatrixExpression, around: Binding): Formula {
    const { samples } = this.derivation;
    if (samples === 1) return this.print(of, around);
    const sums = of.kind === 'product' && of.factors.some(({ kind }) => kind === 'transpose');
    const sum = this.latex ? `\\sum_{s=1}^{${samples}} ` : 'Σₛ ';
    const part = this.latex ? `\\frac{1}{${samples}} ` : `1/${samples} · `;
    const formula = enclosed(`${part}${sums ? '' : sum}`, this.print(of, Binding.Product), '');
    return around === Binding.Tight ? this.bracket(formula) : formula;
  }
}
