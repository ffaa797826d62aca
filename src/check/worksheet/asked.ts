// What a sheet asks for: the quantities of each step, under the names and symbols that they have in its notation.
import type { Derivation } from '../../explain/derivation.ts';
import { explain } from '../../explain/explain.ts';
import type { Batch } from '../../explain/gradients.ts';
import type { MathSymbol } from '../../explain/notations/notation.ts';
import { Rendering } from '../../explain/render.ts';
import type { Network } from '../../network/index.ts';
import type { Optimizer } from '../../optimizers/optimizer.ts';
import { type Call, callOf, type Program, slotOf } from '../../plan/index.ts';
import { type Exercise, type Quantity, quantitiesNamed } from '../exercise.ts';
import type { Part, SheetChoices } from './options.ts';

/** A step to be worked: a network, its samples, and how it is trained. */
export interface Task {
  readonly network: Network;
  readonly batch: Batch;
  readonly optimizer: Optimizer;
  readonly learningRate: number;
}

/** A quantity to fill in. */
export interface AskedQuantity {
  /** Its canonical name. */
  readonly name: string;
  readonly symbol: MathSymbol;
  readonly part: Part;
  /** The step it belongs to, counted from 1. */
  readonly step: number;
  /** Its value as the notation means it: a δ with its minus pulled out has the other sign. */
  readonly value: number;
}

/** What stands before the name of a step's quantity. */
const prefixOf = (step: number) => (step === 1 ? '' : `after.${step - 1}.`);

/** The quantities of these parts of each step, in the order of working. */
export function quantitiesOf({ program, count }: Exercise, steps: number, parts: readonly Part[]): Quantity[] {
  const slots = program.calls.filter((call) => isAsked(program, call, parts)).map(({ output }) => output);
  return Array.from({ length: steps }, (_, i) =>
    slots.flatMap((slot) => quantitiesNamed(program, prefixOf(i + 1) + slot, count)),
  ).flat();
}

/** The derivations of a task's steps, the first one first. */
export const derivationsOf = ({ network, batch, optimizer, learningRate }: Task, steps: number): Derivation[] =>
  Array.from({ length: steps }, (_, i) =>
    explain(network, { ...batch, optimizer, learningRate, steps: i + 1, full: true }),
  );

/** The same quantities as a notation has them. */
export function askedQuantities(
  derivations: readonly Derivation[],
  { notation, ask }: Pick<SheetChoices, 'notation' | 'ask'>,
): AskedQuantity[] {
  return derivations.flatMap((derivation) => {
    const { program, step } = derivation;
    const text = new Rendering(derivation, { notation }, 'text');
    const latex = new Rendering(derivation, { notation }, 'latex');
    return text.derivation.steps.flatMap(({ id, element, value }): AskedQuantity[] => {
      const call = callOf(program, element.slot);
      const part = call && partOf(program, call);
      if (part === undefined || !ask.includes(part)) return [];
      const symbol = { text: text.symbol(element), latex: latex.symbol(element) };
      const name = prefixOf(step) + id;
      return [{ name, symbol, part, step, value }];
    });
  });
}

const isAsked = (program: Program, call: Call, parts: readonly Part[]): boolean => {
  const part = partOf(program, call);
  return part !== undefined && parts.includes(part);
};

/** Which part of the work a call does; undefined for what is only on the way to a quantity. */
function partOf(program: Program, { output, origin: { phase } }: Call): Part | undefined {
  switch (phase) {
    case 'forward':
      return slotOf(program, output).role === 'index' ? undefined : 'forward';
    case 'loss':
      return partsOfLoss.some((name) => program.aliases.get(name) === output || name === output) ? 'loss' : undefined;
    case 'backward':
      if (/^layers\.\d+\.delta$/.test(output)) return 'delta';
      return /^layers\.\d+\.[^.]+\.grad$/.test(output) && !/\.a\.grad$/.test(output) ? 'gradients' : undefined;
    case 'update':
      return /\.(clipped|squares)$|^gradient\./.test(output) ? undefined : 'updates';
  }
}

const partsOfLoss = ['loss.terms', 'loss.data', 'loss.penalty', 'loss'];
