// What each quantity has to be, given the numbers a student wrote before it: rounding and errors are carried forward.
import { ChainruleError } from '../errors.ts';
import { type Call, slotOf } from '../plan/index.ts';
import { type Element, type Expression, evaluate } from '../symbolic/index.ts';
import { type Definition, nameOf, type Quantity, type Run } from './exercise.ts';
import { distance, enclose, hull, type Interval, intersection, middle, point } from './intervals.ts';
import type { WrittenNumber } from './written-number.ts';

/** A student's number and what it is of. */
export interface Answer {
  readonly quantity: Quantity;
  readonly number: WrittenNumber;
  /** A value of the quantity as the student would write it, where their conventions differ from the house's. */
  readonly asWritten?: (value: number) => number;
}

/** Answers by the names of their quantities. */
export type Answers = ReadonlyMap<string, Answer>;

/** How a number stands to what it has to be. */
export type Closeness =
  | 'match' // what it has to be, rounded as it is written
  | 'near' // a slip of the last digit, or rounded too early
  | 'apart';

/** How the numbers of a sheet are counted with. */
export interface ReckoningOptions {
  /** What becomes of a number that does not fit: the student goes on with it, or it is passed over. */
  readonly misfits: 'carried' | 'ignored';
  /** How far a number that is not on the sheet may have been rounded by the way; not at all unless given. */
  readonly unitOf?: (value: number) => number;
}

/** Steps after this one are not followed formula by formula: their numbers are compared with the program's alone. */
export const mostSteps = 12;

/** The most quantities whose formulas are followed. */
const mostQuantities = 50_000;

/** Computes, from a program and a student's numbers, what each quantity has to be. */
export class Reckoning {
  readonly run: Run;
  private readonly answers: Answers;
  private readonly options: ReckoningOptions;
  private readonly ranges = new Map<string, Interval>();
  /** The same by the elements of formulas, which are met more often than named. */
  private readonly rangesAt = new Map<number, Map<Element, Interval>>();
  private readonly found = new Map<string, Closeness>();
  private readonly affected: ReadonlyMap<number, ReadonlySet<string>>;

  constructor(run: Run, answers: Answers, options: ReckoningOptions) {
    this.run = run;
    this.answers = answers;
    this.options = options;
    this.affected = affectedSlots(run, answers);
  }

  /** How the student's number of a quantity stands to what it has to be. */
  closeness(answer: Answer): Closeness {
    const name = nameOf(answer.quantity, this.run.exercise.count);
    const known = this.found.get(name);
    if (known !== undefined) return known;
    const closeness = closenessTo(this.expected(answer.quantity), answer.number);
    this.found.set(name, closeness);
    return closeness;
  }

  /** The range of what a quantity has to be by its formula, over the numbers the student goes on with. */
  expected(quantity: Quantity): Interval {
    if (!this.isAffected(quantity)) return point(this.run.value(quantity));
    const definition = this.run.definition(quantity);
    if (definition.kind === 'given') return point(this.run.value(quantity));
    if (definition.kind === 'same') return this.expected(definition.as);
    return this.enclosed(quantity, definition);
  }

  /** What the formula comes to over the middles of those ranges: the number the student should have written. */
  following(quantity: Quantity): number {
    const definition = this.run.definition(quantity);
    if (definition.kind === 'given' || !this.isAffected(quantity)) return this.run.value(quantity);
    if (definition.kind === 'same') return this.following(definition.as);
    return this.valueOf(definition.expression, quantity.after);
  }

  /** The value of a formula over the middles of the ranges of its quantities. */
  valueOf(expression: Expression, after: number): number {
    const element = (used: Element) => middle(this.held({ after, element: used }));
    return evaluate(expression, { element, samples: this.run.exercise.count });
  }

  /** The range of what the student goes on with as a quantity's value. */
  held(quantity: Quantity): Interval {
    const ranges = this.rangesAt.get(quantity.after) ?? new Map<Element, Interval>();
    this.rangesAt.set(quantity.after, ranges);
    const known = ranges.get(quantity.element);
    if (known !== undefined) return known;
    const range = this.heldByName(quantity);
    ranges.set(quantity.element, range);
    return range;
  }

  private heldByName(quantity: Quantity): Interval {
    const name = nameOf(quantity, this.run.exercise.count);
    const known = this.ranges.get(name);
    if (known !== undefined) return known;
    if (this.ranges.size > mostQuantities) {
      throw new ChainruleError(
        'unsupported',
        `the network has more than ${mostQuantities.toLocaleString('en')} quantities, too many to follow number by number; compare whole tensors with --gradients instead.`,
      );
    }
    const range = this.heldAnew(quantity, this.answers.get(name));
    this.ranges.set(name, range);
    return range;
  }

  private heldAnew(quantity: Quantity, answer: Answer | undefined): Interval {
    if (!this.isAffected(quantity) && answer === undefined) return point(this.run.value(quantity));
    const definition = this.run.definition(quantity);
    if (definition.kind === 'same' && quantity.after <= mostSteps) return this.held(definition.as);
    const expected = this.expected(quantity);
    if (answer === undefined) return this.roundedByTheWay(expected);
    const written = around(answer.number);
    const closeness = this.closeness(answer);
    if (closeness === 'apart') return this.options.misfits === 'carried' ? written : expected;
    // The student goes on with the number as written, or with the longer one in the calculator.
    const longer = closeness === 'near' ? expected : intersection(expected, written);
    return hull(longer ?? point(answer.number.value), point(answer.number.value));
  }

  private roundedByTheWay(range: Interval): Interval {
    const unit = this.options.unitOf?.(middle(range)) ?? 0;
    return unit === 0 ? range : { low: range.low - unit / 2, high: range.high + unit / 2 };
  }

  private enclosed(
    { after, element }: Quantity,
    { expression, call }: Extract<Definition, { kind: 'formula' }>,
  ): Interval {
    const ranges = {
      element: (used: Element) => this.held({ after, element: used }),
      samples: this.run.exercise.count,
    };
    const range = enclose(expression, ranges);
    const shorter = this.run.simplified(call, element);
    // Where loss and activation match, people take either way.
    const either = shorter === undefined ? range : hull(range, enclose(shorter, ranges));
    if (Number.isFinite(either.high - either.low)) return either;
    // A divisor that was rounded to 0 tells nothing: the shorter way, or what the middles come to, has to do.
    const finite = shorter && enclose(shorter, ranges);
    if (finite !== undefined && Number.isFinite(finite.high - finite.low)) return finite;
    return point(this.valueOf(expression, after));
  }

  private isAffected({ after, element }: Quantity): boolean {
    return after <= mostSteps && (this.affected.get(after)?.has(slotOf(this.run.program, element.slot).name) ?? false);
  }
}

/** All values that a written number can be the rounding of. */
function around({ value, unit, coarseUnit = unit }: WrittenNumber): Interval {
  return { low: value - coarseUnit / 2, high: value + coarseUnit / 2 };
}

/** How a number stands to a range: the arithmetic itself may be off by a little in the tenth digit. */
export function closenessTo(range: Interval, { value, unit, coarseUnit = 0 }: WrittenNumber): Closeness {
  const slack = 1e-10 * Math.max(Math.abs(range.low), Math.abs(range.high)) + 1e-14;
  const apart = distance(range, value);
  if (apart <= 0.5 * unit * (1 + 1e-6) + slack) return 'match';
  return apart <= Math.max(1.5 * unit, coarseUnit) + slack ? 'near' : 'apart';
}

/** In each step, the slots that answers can have changed: what was answered, and all that is computed from it. */
function affectedSlots({ program }: Run, answers: Answers): ReadonlyMap<number, ReadonlySet<string>> {
  const steps = [...answers.values()].map(({ quantity }) => quantity.after).filter((after) => after <= mostSteps);
  const affected = new Map<number, Set<string>>();
  for (let after = 0; after <= Math.max(-1, ...steps); after++) {
    const before = affected.get(after - 1) ?? new Set<string>();
    const own = new Set(program.carries.filter(({ from }) => before.has(from)).map(({ to }) => to));
    for (const { quantity } of answers.values()) {
      if (quantity.after === after) own.add(slotOf(program, quantity.element.slot).name);
    }
    for (const call of program.calls) if (reads(call, own)) own.add(call.output);
    affected.set(after, own);
  }
  return affected;
}

const reads = (call: Call, slots: ReadonlySet<string>) => Object.values(call.inputs).some((slot) => slots.has(slot));
