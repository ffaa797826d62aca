// Editing a canonical program: calls replaced, others put beside them, and everything kept in an order that can run.
import type { Activation } from '../activations/activation.ts';
import { linear } from '../activations/linear.ts';
import {
  adamCorrection,
  adamUpdate,
  backpropagate,
  biasGradient,
  type Kernel,
  momentumVelocity,
  nesterovUpdate,
  sgdUpdate,
  weightGradient,
} from '../kernels/index.ts';
import { type Call, callOf, type Program, type Slot, slotOf } from '../plan/index.ts';
import type { Mutant } from './misconceptions/misconception.ts';

/** What becomes of a call: the calls in its place, one of which writes its output, or undefined where it stays. */
export type Edit = (call: Call) => Call | readonly Call[] | undefined;

/** The program with its calls edited, as the one mutant; none where no call is edited, or the edited ones need each other. */
export function mutants(program: Program, edit: Edit, variant?: string): readonly Mutant[] {
  const edits = program.calls.map((call) => [call, edit(call)] as const);
  const replaced = edits.flatMap(([call, by]) => (by === undefined ? [] : [call.output]));
  if (replaced.length === 0) return [];
  const calls = inOrder(edits.flatMap(([call, by]) => by ?? call));
  if (calls === undefined) return [];
  const mutant: Program = {
    ...program,
    calls,
    slots: withNewSlots(program, calls),
    simplifications: program.simplifications.filter((call) => stillHolds(program, call, replaced)),
  };
  return [{ program: mutant, ...(variant !== undefined && { variant }) }];
}

/** The mutants of several ways to make the mistake, numbered from 0: `k=0`, `k=1` … */
export function variants(program: Program, letter: string, count: number, edit: (k: number) => Edit): Mutant[] {
  return Array.from({ length: count }, (_, k) => mutants(program, edit(k), `${letter}=${k}`)).flat();
}

/** A simplification goes around what the canonical call reads; it holds no more where that has been edited. */
function stillHolds(program: Program, shorter: Call, replaced: readonly string[]): boolean {
  const read = Object.values(shorter.inputs);
  const canonical = Object.values(callOf(program, shorter.output)?.inputs ?? {});
  return (
    !replaced.includes(shorter.output) && !canonical.some((slot) => replaced.includes(slot) && !read.includes(slot))
  );
}

/** The slots, and one for each call that writes something new. */
function withNewSlots(program: Program, calls: readonly Call[]): Program['slots'] {
  const slots = new Map(program.slots);
  for (const { kernel, inputs, output, attributes, origin } of calls) {
    if (slots.has(output)) continue;
    const shapes = Object.fromEntries(
      Object.entries(inputs).map(([port, name]): [string, Slot] => [port, slots.get(name) ?? slotOf(program, name)]),
    );
    const role = origin.phase === 'forward' ? 'activation' : 'gradient';
    slots.set(output, { name: output, shape: kernel.shape(shapes, attributes), perSample: kernel.perSample, role });
  }
  return slots;
}

/** The calls with each behind those whose outputs it reads, otherwise as they were; undefined where they go in circles. */
function inOrder(calls: readonly Call[]): Call[] | undefined {
  const writers = new Map(calls.map((call) => [call.output, call]));
  const state = new Map<Call, 'open' | 'done'>();
  const ordered: Call[] = [];
  const place = (call: Call): boolean => {
    if (state.has(call)) return state.get(call) === 'done';
    state.set(call, 'open');
    for (const slot of Object.values(call.inputs)) {
      const writer = writers.get(slot);
      if (writer !== undefined && !place(writer)) return false;
    }
    state.set(call, 'done');
    ordered.push(call);
    return true;
  };
  return calls.every(place) ? ordered : undefined;
}

/** The activation whose derivative makes a layer's δ in this call; null for other calls and where the derivative is 1. */
export function activationOf({ network }: Program, { kernel, origin: { layer, phase } }: Call): Activation | null {
  const activation = phase === 'backward' && layer !== null ? network.layers[layer].activation : null;
  return activation?.backward === kernel && activation !== linear ? activation : null;
}

/** Whether a call makes the δ of a hidden layer. */
export const isHiddenDelta = (program: Program, call: Call): boolean =>
  activationOf(program, call) !== null && call.origin.layer !== program.network.layers.length - 1;

/** Whether a call makes the output layer's δ by the chain rule; where loss and activation match, people write a − y at once. */
export const isOutputDelta = (program: Program, call: Call): boolean =>
  activationOf(program, call) !== null &&
  call.origin.layer === program.network.layers.length - 1 &&
  !isSimplified(program, call);

/** Whether loss and activation match, so that what this call computes has a shorter form. */
export const isSimplified = (program: Program, { output }: Call): boolean =>
  program.simplifications.some((shorter) => shorter.output === output);

/** Whether a call makes ∂C/∂a of the outputs. */
export const isLossGradient = ({ network }: Program, { kernel, origin }: Call): boolean =>
  origin.phase === 'backward' && kernel === network.loss.gradient;

/** Whether a call hands an error back through weights of any kind to a layer that is there. */
export const handsBack = ({ inputs, output, origin }: Call): boolean =>
  origin.rule === 'BP2' && 'weight' in inputs && output !== 'input.grad';

/** Whether it does so through a dense layer's weights. */
export const isBackpropagation = ({ kernel, output }: Call): boolean =>
  kernel === backpropagate && output !== 'input.grad';

/** Whether a call makes the gradient of a dense layer's weights, and of its biases. */
export const isWeightGradient = ({ kernel }: Call): boolean => kernel === weightGradient;
export const isBiasGradient = ({ kernel }: Call): boolean => kernel === biasGradient;

/** Whether a call makes a parameter's gradient, a mean over the batch, from δ. */
export const isGradient = ({ origin: { rule } }: Call): boolean => rule === 'BP3' || rule === 'BP4';

const steps: readonly Kernel[] = [sgdUpdate, momentumVelocity, nesterovUpdate, adamUpdate];

/** Whether a call goes against the gradient, η times as far. */
export const isStep = ({ kernel }: Call): boolean => steps.includes(kernel);

/** Whether a call corrects one of Adam's moments, in an optimizer that corrects both in this way. */
export const isAdamCorrection = ({ calls }: Program, { kernel }: Call): boolean =>
  kernel === adamCorrection &&
  calls.every((call) => !call.output.endsWith('.m.corrected') || call.kernel === adamCorrection);

/** The weights whose gradient a call makes. */
export const weightOf = ({ origin }: Call): string => `layers.${origin.layer}.weight`;

/** The sides of the weights that a call reads: [out, in]. */
export const sidesOf = (program: Program, { inputs: { weight } }: Call): readonly number[] =>
  slotOf(program, weight).shape;

/** The largest size of the calls that are meant; 0 where there are none. */
export const largest = (program: Program, meant: (call: Call) => boolean, size: (call: Call) => number): number =>
  Math.max(0, ...program.calls.filter(meant).map(size));
