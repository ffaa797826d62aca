// What derivations ask of a program beside its slots and calls. Pure functions; nothing is run here.
import { type Call, type Program, slotOf } from '../plan/index.ts';

/** ∂C/∂a is a factor of δ and not a quantity of its own, where an activation stands between the two. */
export function errorSlots(program: Program): ReadonlySet<string> {
  return new Set([...program.slots.keys()].filter((name) => name.endsWith('.a.grad') || name === 'input.grad'));
}

/** The shorter call that may stand in place of a backward one, where loss and activation match. */
export function simplificationOf(program: Program, { output, origin }: Call): Call | undefined {
  if (origin.phase !== 'backward') return undefined;
  return program.simplifications.find((call) => call.output === output);
}

/** Whether a call makes a parameter's gradient from δ. */
export const isGradient = ({ origin }: Call): boolean => origin.rule === 'BP3' || origin.rule === 'BP4';

/** The slot of the δ that a call's layer has. */
export const deltaOf = (program: Program, { origin }: Call): string =>
  slotOf(program, `layers.${origin.layer}.delta`).name;

/** Whether a quantity is given to the step, and not computed in it: an input, a parameter, a state from before. */
export const isGiven = (program: Program, slot: string): boolean =>
  ['input', 'parameter', 'state'].includes(slotOf(program, slot).role);
