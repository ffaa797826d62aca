// What a sheet is about, and programs carried out on it: the right one and those that make a mistake. Nothing here is marked.
import { ChainruleError } from '../errors.ts';
import { expand } from '../explain/expand.ts';
import { type Batch, samplesOf } from '../explain/gradients.ts';
import { elementsNamed, quantityName } from '../explain/quantities.ts';
import { runStep, type StepRun } from '../explain/step-run.ts';
import { sampleIndex } from '../kernels/index.ts';
import type { Samples } from '../memory/index.ts';
import { type Network, requireBatch } from '../network/index.ts';
import { sgd } from '../optimizers/index.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { type Call, compile, elementOf, type Program, slotOf } from '../plan/index.ts';
import { type Element, type Expression, rewrite } from '../symbolic/index.ts';

/** A network, a batch and how it is trained. */
export interface Exercise {
  readonly network: Network;
  readonly samples: Samples;
  /** How many samples the batch has. */
  readonly count: number;
  readonly learningRate: number;
  /** The right program of one step. */
  readonly program: Program;
}

/** The step that a student worked: which samples, and how the parameters are changed. */
export interface ExerciseOptions extends Batch {
  /** η; the optimizer's or the network's own unless given. */
  readonly learningRate?: number | undefined;
  /** Plain gradient descent unless given. */
  readonly optimizer?: Optimizer | undefined;
}

/** @throws ChainruleError where the batch does not fit the network */
export function exerciseOf(network: Network, { inputs, targets, learningRate, optimizer }: ExerciseOptions): Exercise {
  const samples = samplesOf(network, { inputs, targets });
  requireBatch(network, inputs.length, 'the batch', 'give more samples');
  const own = learningRate ?? optimizer?.learningRate ?? network.learningRate;
  const chosen = optimizer ?? sgd(own === undefined ? {} : { learningRate: own });
  const rate = own ?? chosen.learningRate;
  return { network, samples, count: inputs.length, learningRate: rate, program: compile(network, chosen) };
}

/** One number of an exercise: an element of a program's slot, some steps after the first. */
export interface Quantity {
  readonly after: number;
  readonly element: Element;
}

/** Its public name, which tells it from all others: `after.1.layers.0.z[0]`. */
export function nameOf({ after, element }: Quantity, count: number): string {
  return `${after > 0 ? `after.${after}.` : ''}${quantityName(element, count)}`;
}

/** The most steps that are carried out for one sheet. */
const mostSteps = 100_000;

/**
 * The number of steps in `after.N.`.
 * @throws ChainruleError `bad-option` where there are more than anyone waits for
 */
export function stepsIn(text: string, name: string): number {
  const steps = Number(text);
  if (steps <= mostSteps) return steps;
  throw new ChainruleError(
    'bad-option',
    `${name} is after ${text} steps; at most ${mostSteps.toLocaleString('en')} are carried out.`,
  );
}

/**
 * The quantities that a public name stands for.
 * @throws ChainruleError `unknown-name` or `bad-option` where there are none
 */
export function quantitiesNamed(program: Program, name: string, count: number): Quantity[] {
  const match = /^after\.(\d+)\.(.+)$/.exec(name.trim());
  const after = match === null ? 0 : stepsIn(match[1], name);
  return elementsNamed(program, match?.[2] ?? name, count).map((element) => ({ after, element }));
}

/** What a quantity is made of. */
export type Definition =
  | { readonly kind: 'given' } // a datum of the exercise
  | { readonly kind: 'same'; readonly as: Quantity } // a parameter: what the step before made of it
  | { readonly kind: 'formula'; readonly expression: Expression; readonly call: Call };

const rightRuns = new WeakMap<Exercise, Run>();

/** The right program carried out on an exercise. */
export function rightRun(exercise: Exercise): Run {
  const known = rightRuns.get(exercise) ?? new Run(exercise, exercise.program);
  rightRuns.set(exercise, known);
  return known;
}

/** A program carried out on an exercise, one step after another as far as someone asks. */
export class Run {
  readonly program: Program;
  readonly exercise: Exercise;
  private readonly calls: ReadonlyMap<string, Call>;
  private readonly formulas: Formulas;
  private readonly carriedFrom: ReadonlyMap<string, string>;
  private readonly steps = new Map<number, StepRun>();

  constructor(exercise: Exercise, program: Program = exercise.program) {
    this.exercise = exercise;
    this.program = program;
    this.formulas = formulas(exercise);
    this.calls = new Map(program.calls.map((call) => [call.output, call]));
    this.carriedFrom = new Map(program.carries.map(({ from, to }) => [to, from]));
  }

  /** The value that the program gives. */
  value({ after, element }: Quantity): number {
    // What is given is the same in all programs, and no reason to run this one.
    const isGiven = after === 0 && this !== rightRun(this.exercise) && !this.calls.has(element.slot);
    return (isGiven ? rightRun(this.exercise) : this).step(after).value(element);
  }

  /** All values of a slot in the first step, row-major. */
  values(slot: string): Float64Array {
    return this.step(0).values(slot);
  }

  /** How the program makes a quantity from others. */
  definition({ after, element }: Quantity): Definition {
    const slot = slotOf(this.program, element.slot).name;
    const call = this.calls.get(slot);
    if (call !== undefined) {
      return { kind: 'formula', expression: this.formulas.of(this.program, call, element), call };
    }
    const from = this.carriedFrom.get(slot);
    if (after === 0 || from === undefined) return { kind: 'given' };
    return { kind: 'same', as: { after: after - 1, element: { ...element, slot: from } } };
  }

  /** The shorter form of what a call computes, where loss and activation match. */
  simplified(call: Call, element: Element): Expression | undefined {
    const shorter = this.program.simplifications.find(({ output }) => output === call.output);
    return shorter && this.formulas.of(this.program, shorter, element);
  }

  /** The step that comes after so many. */
  private step(after: number): StepRun {
    const known = this.steps.get(after);
    if (known !== undefined) return known;
    const { samples, learningRate } = this.exercise;
    const run = runStep({ program: this.program, data: samples, learningRate: () => learningRate, step: after + 1 });
    this.steps.set(after, run);
    return run;
  }
}

/** The formulas of an exercise's quantities. Programs that make a mistake share most calls with the right one, and so these. */
class Formulas {
  private readonly count: number;
  private readonly ofCalls = new Map<Call, Map<string, Expression>>();
  private readonly elements = new Map<string, Element>();

  constructor(count: number) {
    this.count = count;
  }

  /** What an element is, over elements that are the same object wherever they are read. */
  of(program: Program, call: Call, element: Element): Expression {
    const known = this.ofCalls.get(call) ?? new Map<string, Expression>();
    this.ofCalls.set(call, known);
    const key = quantityName(element, 2);
    const found = known.get(key) ?? this.shared(expand(concrete(program, call, element), this.count));
    known.set(key, found);
    return found;
  }

  private shared(expression: Expression): Expression {
    return rewrite(expression, {
      element: (element) => {
        const key = quantityName(element, 2);
        const one = this.elements.get(key) ?? element;
        this.elements.set(key, one);
        return one;
      },
    });
  }
}

const formulasOf = new WeakMap<Exercise, Formulas>();

function formulas(exercise: Exercise): Formulas {
  const known = formulasOf.get(exercise) ?? new Formulas(exercise.count);
  formulasOf.set(exercise, known);
  return known;
}

/** The element's symbolic form, for its own sample. */
function concrete(program: Program, call: Call, { index, sample }: Element): Expression {
  const form = elementOf(program, call, index);
  return sample === null ? form : rewrite(form, { index: (i) => (i === sampleIndex ? sample : i) });
}
