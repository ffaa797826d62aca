// The matrix steps of a derivation as a notation's conventions have them. Elements are not its business.
import { type Program, slotOf } from '../plan/index.ts';
import { type MatrixExpression, mapMatrix, matrix, matrixParts } from '../symbolic/index.ts';
import type { Derivation, MatrixStep } from './derivation.ts';
import type { Meanings } from './meanings.ts';

/** The matrix steps rewritten. */
export function conventionalMatrices({ matrices, program }: Derivation, meanings: Meanings): MatrixStep[] {
  const layout = new Layout(program, meanings);
  return matrices.flatMap((step) => {
    const { slot, simplified } = step;
    const written = {
      ...step,
      expression: layout.written(step.expression, slot),
      ...(simplified && { simplified: layout.written(simplified, slot) }),
    };
    // The sum before the weighted input, the increment before the parameter's next value.
    const parts = meanings.thresholdOf(slot);
    if (parts !== undefined) {
      const sum = { ...written, slot: parts.sum, expression: without(written.expression, parts.bias) };
      return [sum, { ...written, expression: layout.written(matrix.slot(slot), slot) }];
    }
    const change = meanings.incrementOf(slot);
    if (change === undefined) return [written];
    const { parameter, increment } = change;
    return [
      { ...written, slot: increment, expression: without(written.expression, parameter) },
      { ...written, expression: matrix.sum(parameter, increment) },
    ];
  });
}

/** A formula less one of its terms. */
function without(expression: MatrixExpression, term: string): MatrixExpression {
  if (expression.kind === 'sum') {
    const others = expression.terms.filter((e) => !isSlot(e, term));
    if (others.length < expression.terms.length) return others.length === 1 ? others[0] : matrix.sum(...others);
  }
  if (expression.kind === 'difference') {
    if (isSlot(expression.from, term)) return matrix.negate(expression.take);
    return matrix.difference(without(expression.from, term), expression.take);
  }
  return matrix.difference(expression, term);
}

const isSlot = (e: MatrixExpression, slot: string): boolean =>
  (e.kind === 'slot' && e.slot === slot) || ((e.kind === 'transpose' || e.kind === 'negate') && isSlot(e.of, slot));

class Layout {
  private readonly program: Program;
  private readonly meanings: Meanings;

  constructor(program: Program, meanings: Meanings) {
    this.program = program;
    this.meanings = meanings;
  }

  /** What a slot is, in the notation's quantities and the layout of its matrices. */
  written(expression: MatrixExpression, slot: string): MatrixExpression {
    const form = this.rewritten(expression);
    const signed = this.meanings.isNegated(slot) ? negated(form) : form;
    return this.meanings.isTransposed(slotOf(this.program, slot).name) ? this.transposed(signed) : signed;
  }

  private rewritten(expression: MatrixExpression): MatrixExpression {
    if (expression.kind === 'slot') return this.replacement(expression.slot);
    const written = tidied(mapMatrix(expression, (part) => this.rewritten(part)));
    // A sum of all elements does not ask how they lie.
    return written.kind === 'apply' && written.name === 'Σ' ? upright(written) : written;
  }

  /** What the notation writes for a slot of the program. */
  private replacement(slot: string): MatrixExpression {
    // A formula's words, such as the shape that something is brought to, stand as slots too.
    const name = this.program.aliases.get(slot) ?? slot;
    const parts = this.meanings.thresholdOf(name);
    const symbol = matrix.slot(parts?.sum ?? slot);
    const own = this.meanings.isTransposed(name) ? matrix.transpose(symbol) : symbol;
    if (this.meanings.isNegated(slot)) return matrix.negate(own);
    return parts === undefined ? own : matrix.difference(own, parts.bias);
  }

  /** The transpose, taken inward: (W b)ᵀ = bᵀ Wᵀ. */
  private transposed(e: MatrixExpression): MatrixExpression {
    switch (e.kind) {
      case 'transpose':
        return e.of;
      case 'product': {
        const scalars = e.factors.filter((factor) => this.isScalar(factor));
        const others = e.factors.filter((factor) => !this.isScalar(factor));
        return { ...e, factors: [...scalars, ...others.reverse().map((factor) => this.transposed(factor))] };
      }
      case 'slot':
        return this.isScalar(e) ? e : matrix.transpose(e);
      case 'power':
        return { ...e, base: this.transposed(e.base) };
      default:
        return mapMatrix(e, (part) => this.transposed(part));
    }
  }

  private isScalar(e: MatrixExpression): boolean {
    switch (e.kind) {
      case 'scalar':
        return true;
      case 'slot': {
        const slot = this.program.slots.get(e.slot);
        return slot !== undefined && slot.shape.length === 0;
      }
      case 'transpose':
      case 'mean':
        return false;
      default:
        return matrixParts(e).every((part) => this.isScalar(part));
    }
  }
}

/** The same without transposes of slots. */
const upright = (e: MatrixExpression): MatrixExpression =>
  e.kind === 'transpose' && e.of.kind === 'slot' ? e.of : mapMatrix(e, upright);

/** −e with the minus inside where something takes it. */
function negated(e: MatrixExpression): MatrixExpression {
  switch (e.kind) {
    case 'negate':
      return e.of;
    case 'difference':
      return matrix.difference(e.take, e.from);
    case 'sum':
      return e.terms.every(({ kind }) => kind === 'negate') ? { ...e, terms: e.terms.map(negated) } : matrix.negate(e);
    default:
      return matrix.negate(e);
  }
}

/** The same with its minus signs outside, and pairs of them gone. */
function tidied(e: MatrixExpression): MatrixExpression {
  switch (e.kind) {
    case 'negate':
      return e.of.kind === 'negate' ? e.of.of : e;
    case 'product':
    case 'hadamard': {
      const signs = e.factors.filter(({ kind }) => kind === 'negate').length;
      const bare = { ...e, factors: e.factors.map((factor) => (factor.kind === 'negate' ? factor.of : factor)) };
      return signs % 2 === 1 ? matrix.negate(bare) : bare;
    }
    case 'sum':
      return e.terms.length > 1 && e.terms.every(({ kind }) => kind === 'negate') ? matrix.negate(negated(e)) : e;
    case 'difference':
      return withSigns(e.from, e.take);
    case 'quotient':
      return e.above.kind === 'negate' ? matrix.negate({ ...e, above: e.above.of }) : e;
    case 'mean':
      return e.of.kind === 'negate' ? matrix.negate({ ...e, of: e.of.of }) : e;
    case 'transpose':
      if (e.of.kind === 'negate') return matrix.negate(tidied(matrix.transpose(e.of.of)));
      return e.of.kind === 'transpose' ? e.of.of : e;
    case 'power':
      return e.base.kind === 'negate' && isEven(e.exponent) ? { ...e, base: e.base.of } : e;
    case 'apply': {
      const [of] = e.of;
      if (e.of.length !== 1 || of.kind !== 'negate') return e;
      if (e.name === 'sign') return matrix.negate({ ...e, of: [of.of] });
      return e.name === 'abs' ? { ...e, of: [of.of] } : e;
    }
    default:
      return e;
  }
}

/** a − b, where either may bring a minus. */
function withSigns(from: MatrixExpression, take: MatrixExpression): MatrixExpression {
  if (take.kind !== 'negate')
    return from.kind === 'negate' ? matrix.negate(matrix.sum(from.of, take)) : matrix.difference(from, take);
  return from.kind === 'negate' ? matrix.negate(matrix.difference(from.of, take.of)) : matrix.sum(from, take.of);
}

const isEven = (e: MatrixExpression): boolean => e.kind === 'scalar' && e.value % 2 === 0;
