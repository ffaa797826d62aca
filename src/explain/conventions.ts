// A derivation as a notation's conventions have it: sign of δ, threshold or bias, increments. Symbols are not its business.
import { sampleIndex } from '../kernels/index.ts';
import { sizeOf } from '../memory/index.ts';
import { type Call, elementOf, type Program, type Slot, slotOf } from '../plan/index.ts';
import {
  add,
  type Element,
  type Expression,
  elementsOf,
  evaluate,
  mapParts,
  negate,
  rewrite,
  subtract,
} from '../symbolic/index.ts';
import type { Derivation, Step } from './derivation.ts';
import { conventionalMatrices } from './matrix-conventions.ts';
import { Meanings } from './meanings.ts';
import { conventionsOf, type Notation } from './notations/notation.ts';
import { allIndices, quantityName } from './quantities.ts';
import { negated, tidied } from './signs.ts';

/**
 * The derivation rewritten for a notation. Names of quantities stay, and a quantity's value is what the notation means by it: where δ
 * is −∂C/∂z, `layers.1.delta[0]` has the other sign; where there are thresholds, `layers.1.bias[0]` has. What only the notation has
 * are quantities of its own: the sum without the threshold, `layers.1.sum[0]`, and the increment `layers.1.weight.step[0,0]`. Where
 * its matrices are the transposes of the program's, `values` and the slots' shapes are as the notation has them; an element's index
 * stays (into, from).
 */
export function conventional(derivation: Derivation, notation: Notation): Derivation {
  const meanings = new Meanings(derivation.program, conventionsOf(notation));
  const rewriter = new Rewriter(derivation, meanings);
  return {
    ...derivation,
    program: conventionalProgram(derivation.program, derivation.samples, meanings),
    steps: derivation.steps.flatMap((step) => rewriter.steps(step)),
    matrices: conventionalMatrices(derivation, meanings),
    ...(derivation.recorded && { recorded: { ...derivation.recorded, value: rewriter.recordedValue } }),
    value: rewriter.value,
    values: rewriter.values,
  };
}

/** The program with the notation's own quantities among its slots, and its matrices' shapes. */
function conventionalProgram(program: Program, samples: number, meanings: Meanings): Program {
  const slots = new Map<string, Slot>();
  for (const [name, slot] of program.slots) {
    const shown = meanings.isTransposed(name) ? transposedSlot(slot, samples) : slot;
    slots.set(name, shown);
    const increment = meanings.incrementOf(name)?.increment;
    if (increment !== undefined) slots.set(increment, { ...shown, name: increment });
    const sum = meanings.thresholdOf(name)?.sum;
    if (sum !== undefined) slots.set(sum, { ...shown, name: sum });
  }
  return { ...program, slots };
}

/** A matrix on its side; a batch with its samples as rows. */
const transposedSlot = (slot: Slot, samples: number): Slot =>
  slot.perSample
    ? { ...slot, perSample: false, shape: [samples, ...slot.shape] }
    : { ...slot, shape: [...slot.shape].reverse() };

/** A gradient of more quantities than these is not written out in an increment. */
const mostInIncrement = 8;

class Rewriter {
  private readonly derivation: Derivation;
  private readonly meanings: Meanings;
  private readonly calls: ReadonlyMap<string, Call>;
  private readonly gradients: ReadonlyMap<string, Step>;
  private readonly ownValues = new Map<string, Float64Array>();

  constructor(derivation: Derivation, meanings: Meanings) {
    this.derivation = derivation;
    this.meanings = meanings;
    this.calls = new Map(derivation.program.calls.map((call) => [call.output, call]));
    const gradients = derivation.steps.filter(({ rule }) => rule === 'BP3' || rule === 'BP4');
    this.gradients = new Map(gradients.map((step) => [step.id, step]));
  }

  /** A step as the notation has it, with what the notation puts before it. */
  steps(step: Step): Step[] {
    const written = this.meanings.changesSigns ? this.step(step) : step;
    return this.summed(written) ?? this.increment(written) ?? [written];
  }

  /** A quantity's value as the notation means it. */
  readonly value = (element: Element): number => {
    const source = this.meanings.sourceOf(element.slot);
    const value =
      source === element.slot ? this.derivation.value(element) : this.ownValue({ ...element, slot: source });
    return this.meanings.isNegated(element.slot) ? -value : value;
  };

  /** The value of a sum or an increment, from the formula that the weighted input or the parameter's next value has. */
  private ownValue(source: Element): number {
    const parts = this.parts(source);
    const whole = parts === undefined ? { ...source, slot: `${source.slot}.next` } : source;
    const values = { element: this.derivation.value, samples: this.derivation.samples };
    return evaluate(without(this.definition(whole), parts?.threshold ?? source), values);
  }

  /** What a recorded training got, as the notation means it. */
  readonly recordedValue = (element: Element): number | undefined => {
    const found = this.derivation.recorded?.value(element);
    return found !== undefined && this.meanings.isNegated(element.slot) ? -found : found;
  };

  /** All values of a slot, in the layout of the notation's matrices. */
  readonly values = (slot: string): Float64Array => {
    const { meanings, derivation } = this;
    const source = meanings.sourceOf(slot);
    const found = slotOf(derivation.program, source);
    const isSame = source === slot && !meanings.isNegated(slot);
    const values = isSame ? derivation.values(slot) : (this.ownValues.get(slot) ?? this.eachValue(slot, found));
    if (!isSame) this.ownValues.set(slot, values);
    const [rows, columns] = found.shape;
    if (found.perSample || !meanings.isTransposed(found.name)) return values;
    return Float64Array.from(values, (_, i) => values[(i % rows) * columns + Math.floor(i / rows)]);
  };

  private eachValue(slot: string, { shape, perSample }: Slot): Float64Array {
    const indices = allIndices(shape);
    const count = perSample ? this.derivation.samples : 1;
    return Float64Array.from({ length: count * sizeOf(shape) }, (_, i) => {
      const sample = perSample ? Math.floor(i / indices.length) : null;
      return this.value({ kind: 'element', slot, index: indices[i % indices.length], sample });
    });
  }

  private step(step: Step): Step {
    const { element } = step;
    const isNegated = this.meanings.isNegated(element.slot);
    const form = (expression: Expression): Expression => {
      const replaced = tidied(this.ends(rewrite(expression, { element: (used) => this.replacement(used) })));
      return isNegated ? negated(replaced) : replaced;
    };
    const { chain, simplified, unfolded, proof } = step;
    return {
      ...step,
      ...this.made(step, element, form(step.expression)),
      ...(chain && { chain: form(chain) }),
      ...(simplified && { simplified: form(simplified) }),
      ...(unfolded && { unfolded: unfolded.map(form) }),
      ...(proof && { proof: isNegated ? { ...proof, numeric: -proof.numeric } : proof }),
    };
  }

  /** A step of the same phase. */
  private made({ phase }: Step, element: Element, expression: Expression): Step {
    const { samples } = this.derivation;
    const uses = elementsOf(expression).map((used) => quantityName(used, samples));
    return { id: quantityName(element, samples), phase, element, expression, value: this.value(element), uses };
  }

  /** What the notation writes for a quantity of the program. */
  private replacement(element: Element): Expression {
    if (this.meanings.isNegated(element.slot)) return negate(element);
    const parts = this.parts(element);
    return parts === undefined ? element : subtract(parts.sum, parts.threshold);
  }

  /** The same factors of the chain rule, by a sum where they are by a weighted input: ∂b/∂α. */
  private ends(expression: Expression): Expression {
    const inner = mapParts(expression, (part) => this.ends(part));
    if (inner.kind !== 'derivative') return inner;
    const [of, by] = [inner.of, inner.by].map((end) => this.parts(end)?.sum ?? end);
    return { ...inner, of, by };
  }

  /** A weighted input's sum and threshold; the threshold is the same element as the bias. */
  private parts(element: Element): { readonly sum: Element; readonly threshold: Element } | undefined {
    const names = this.meanings.thresholdOf(element.slot);
    if (names === undefined) return undefined;
    const threshold: Element = { ...element, slot: names.bias, index: element.index.slice(0, 1), sample: null };
    return { sum: { ...element, slot: names.sum }, threshold };
  }

  /** The sum α before the weighted input α − γ. */
  private summed(input: Step): Step[] | undefined {
    const parts = this.parts(input.element);
    if (parts === undefined) return undefined;
    const { unfolded } = input;
    const sum = this.made(input, parts.sum, without(input.expression, parts.threshold));
    return [
      { ...sum, ...(unfolded && { unfolded: unfolded.map((form) => without(form, parts.threshold)) }) },
      this.made(input, input.element, subtract(parts.sum, parts.threshold)),
    ];
  }

  /** Δw before w⁺ = w + Δw. */
  private increment(next: Step): Step[] | undefined {
    const { element } = next;
    const names = this.meanings.incrementOf(element.slot);
    if (names === undefined) return undefined;
    const parameter: Element = { ...element, slot: names.parameter };
    const increment: Element = { ...element, slot: names.increment };
    const change = this.withGradient(without(next.expression, parameter));
    const unfolded = next.unfolded?.map((form) => without(form, parameter));
    return [
      { ...this.made(next, increment, change), ...(unfolded && { unfolded }) },
      this.made(next, element, add(parameter, increment)),
    ];
  }

  /** −η ∂E/∂w with a short gradient of one sample written out, so that it reads η g b. */
  private withGradient(change: Expression): Expression {
    if (this.derivation.samples > 1 || change.kind !== 'negate' || elementsOf(change).length !== 2) return change;
    return tidied(
      rewrite(change, {
        element: (used) => {
          const gradient = this.gradients.get(quantityName(used, this.derivation.samples));
          if (gradient === undefined) return used;
          const { expression } = this.meanings.changesSigns ? this.step(gradient) : gradient;
          return elementsOf(expression).length > mostInIncrement ? used : expression;
        },
      }),
    );
  }

  /** What the program computes an element from, over its own quantities. */
  private definition({ slot, index, sample }: Element): Expression {
    const call = this.calls.get(slot);
    if (call === undefined) throw new Error(`nothing computes ${slot}`);
    const form = elementOf(this.derivation.program, call, index);
    return sample === null ? form : rewrite(form, { index: (i) => (i === sampleIndex ? sample : i) });
  }
}

/** A sum without one of its terms; the term taken off where it is none of them. */
function without(expression: Expression, term: Element): Expression {
  const terms = expression.kind === 'add' ? expression.terms : [expression];
  const isTerm = (e: Expression): boolean =>
    (e.kind === 'element' && e.slot === term.slot) || (e.kind === 'negate' && isTerm(e.of));
  const others = terms.filter((e) => !isTerm(e));
  if (others.length === terms.length) return subtract(expression, term);
  return others.length === 1 ? others[0] : add(...others);
}
