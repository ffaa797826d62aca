// Which quantities a derivation is of: all, or those that a reader names, and what they read.
import { ChainruleError } from '../errors.ts';
import { sameShape } from '../memory/index.ts';
import { callOf, type Program, slotOf } from '../plan/index.ts';
import { type Element, type Expression, elementsOf, evaluate, mapParts, type Values } from '../symbolic/index.ts';
import type { Afterwards, Step } from './derivation.ts';
import { abbreviated } from './long-sums.ts';
import { errorSlots } from './program-reading.ts';
import { elementsNamed, quantityName } from './quantities.ts';
import type { StepMaker } from './step-maker.ts';
import type { StepRun } from './step-run.ts';

/** The most quantities that are derived unless all are asked for. */
const mostSteps = 20_000;

const isAfter = (name: string): boolean => /^after\.\d+\./.test(name.trim());

/** What a quantity after the step is called during it. */
function currentName(name: string, step: number): string {
  const [, number, current] = /^after\.(\d+)\.(.+)$/.exec(name.trim()) ?? [];
  if (Number(number) === step) return current;
  throw new ChainruleError(
    'bad-option',
    `${name} is known after step ${number}, and this is step ${step}; ask for step ${number}.`,
  );
}

/** The named ones of the quantities after the step: the loss and the outputs. */
export function namedAfter(
  names: readonly string[],
  run: StepRun,
  classWeights: readonly number[] | undefined,
): Afterwards[] {
  const wanted = names.map((name) => name.trim()).filter(isAfter);
  if (wanted.length === 0) return [];
  const after = run.after(classWeights);
  return wanted.flatMap((name) => {
    const found = after.filter(({ id }) => id === name || id.startsWith(`${name}[`));
    if (found.length > 0) return found;
    const there =
      after.length === 0
        ? 'this step updates nothing'
        : `there are ${after
            .slice(0, 4)
            .map(({ id }) => id)
            .join(', ')}${after.length > 4 ? ', …' : ''}`;
    throw new ChainruleError(
      'unknown-name',
      `${name} is not known: after the step the loss and the outputs are; ${there}.`,
    );
  });
}

/** Every quantity that is computed, or none where there are too many. */
export function allQuantities(program: Program, samples: number, full: boolean): Element[] {
  const hidden = errorSlots(program);
  const slots = program.calls.map(({ output }) => output).filter((output) => !hidden.has(output));
  const total = slots.reduce((sum, name) => sum + elementCount(program, name, samples), 0);
  return full || total <= mostSteps ? slots.flatMap((name) => elementsNamed(program, name, samples)) : [];
}

function elementCount(program: Program, name: string, samples: number): number {
  const { shape, perSample } = slotOf(program, name);
  return shape.reduce((product, axis) => product * axis, perSample ? samples : 1);
}

/**
 * The quantities that names stand for; of a parameter, which is given, those that this step makes of it.
 * @throws ChainruleError where there is no such quantity, it is not computed, or they are too many
 */
export function namedQuantities(
  program: Program,
  names: readonly string[],
  { samples, step, full }: { readonly samples: number; readonly step: number; readonly full: boolean },
): Element[] {
  const elements = names
    .map((name) => (isAfter(name) ? currentName(name, step) : name))
    .flatMap((name) => elementsNamed(program, name, samples))
    .flatMap((element) => computed(program, element, samples));
  if (full || elements.length <= mostSteps) return elements;
  throw new ChainruleError(
    'bad-option',
    `${names.join(', ')} ${names.length === 1 ? 'stands' : 'stand'} for ${elements.length.toLocaleString('en')} quantities, more than can be read; name some of them, or ask for all (full).`,
  );
}

/** A quantity that a call writes; of a parameter or state all that the step makes of it: gradient, moments, next value. */
function computed(program: Program, element: Element, samples: number): Element[] {
  if (callOf(program, element.slot) !== undefined) return [element];
  const { role, shape } = slotOf(program, element.slot);
  const made = program.calls
    .map(({ output }) => output)
    .filter((output) => output.startsWith(`${element.slot}.`) && sameShape(slotOf(program, output).shape, shape));
  if (role !== 'input' && made.length > 0) return made.map((slot) => ({ ...element, slot }));
  throw new ChainruleError(
    'bad-option',
    `${quantityName(element, samples)} is given, not computed; name a quantity that is made of it, such as layers.0.z or loss.`,
  );
}

/**
 * The steps together with those that they read, in the order of computing; of a long sum those that its largest terms read,
 * which are what is shown of it.
 */
export function withRead(
  program: Program,
  steps: readonly Step[],
  maker: StepMaker,
  { full, ...values }: Values & { readonly full: boolean },
): Step[] {
  const found = new Map<string, Step>();
  for (const step of steps) {
    for (const used of elementsOf(shownPart(step.expression, values, full))) {
      const read = maker.stepOf(used);
      if (read !== undefined) found.set(read.id, read);
    }
  }
  for (const step of steps) found.set(step.id, step);
  const order = new Map(program.calls.map(({ output }, position) => [output, position]));
  const place = ({ element }: Step) => order.get(element.slot) ?? 0;
  return [...found.values()].sort((a, b) => place(a) - place(b));
}

/** An expression with its long sums as they are shown, without the rest of their terms. */
function shownPart(expression: Expression, values: Values, full: boolean): Expression {
  const part = (e: Expression) => shownPart(e, values, full);
  if (expression.kind !== 'add') return mapParts(expression, part);
  const { terms } = abbreviated(expression.terms, (term) => evaluate(term, values), full);
  return { ...expression, terms: terms.map(part) };
}
