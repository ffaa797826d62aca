// Gradients that are used up as they are formed: a weight's or bias's gradient, its penalty and the optimizer's calls become one
// instruction that goes block by block, so that the gradient never leaves the nearest cache.
import * as kernels from '../../kernels/index.ts';
import { numeric } from '../../kernels/index.ts';
import type { Call, Plan } from '../../plan/index.ts';
import type { BlockRecord } from './instruction.ts';
import type { Layout } from './layout.ts';
import * as op from './opcodes.ts';

/** A gradient with what is done to it at once. */
export interface GradientGroup {
  /** The weightGradient or biasGradient call. */
  readonly gradient: Call;
  readonly penalty: Call | undefined;
  /** The optimizer's calls, if they could be taken in; one of sgd, momentum, adam. */
  readonly updates: readonly Call[];
  /** The slot the finished gradient is kept in; undefined where nobody else reads it. */
  readonly stored: string | undefined;
}

/** What a group is made from: who reads a slot, and whether a call's output lies where its old value lay. */
export interface GroupContext {
  readonly plan: Plan;
  readers(slot: string): readonly Call[];
  inPlace(call: Call): boolean;
}

/** The group of a gradient call. */
export function gradientGroup(gradient: Call, context: GroupContext): GradientGroup {
  const { plan, readers } = context;
  const [first, ...others] = readers(gradient.output);
  const penalized =
    first?.kernel === kernels.penalizedGradient && others.length === 0 && !plan.kept.has(gradient.output);
  const penalty = penalized ? first : undefined;
  const finished = penalty?.output ?? gradient.output;
  const updates = optimizerCalls(finished, context);
  const taken = readers(finished).every((call) => updates.includes(call));
  return { gradient, penalty, updates, stored: taken && !plan.kept.has(finished) ? undefined : finished };
}

/** The calls from a gradient to the next parameter, where they are one of the known chains and all of it in place. */
function optimizerCalls(gradient: string, context: GroupContext): Call[] {
  const chain = readerOf(gradient, kernels.sgdUpdate, context);
  if (chain !== undefined) return complete([chain], [chain], context);
  const velocity = readerOf(gradient, kernels.momentumVelocity, context);
  if (velocity !== undefined) {
    const update = readerOf(velocity.output, kernels.momentumUpdate, context);
    return complete([velocity, update], [velocity, update], context);
  }
  return adamCalls(gradient, context);
}

function adamCalls(gradient: string, context: GroupContext): Call[] {
  const first = readerOf(gradient, kernels.adamFirstMoment, context);
  const second = readerOf(gradient, kernels.adamSecondMoment, context);
  const mean = first && readerOf(first.output, kernels.adamCorrection, context);
  const square = second && readerOf(second.output, kernels.adamCorrection, context);
  const update = mean && readerOf(mean.output, kernels.adamUpdate, context);
  const same = (a: Call | undefined, b: Call | undefined) => a?.attributes.beta === b?.attributes.beta;
  if (update === undefined || update.inputs.mean !== mean?.output || update.inputs.square !== square?.output) return [];
  if (!same(first, mean) || !same(second, square)) return [];
  return complete([first, second, mean, square, update], [first, second, update], context);
}

/** The one call that reads a slot with this kernel. */
function readerOf(slot: string, kernel: Call['kernel'], { readers }: GroupContext): Call | undefined {
  const found = readers(slot).filter((call) => call.kernel === kernel);
  return found.length === 1 ? found[0] : undefined;
}

/** The chain, if it has all its calls, those that must be in place are, and nobody else looks at what is between them. */
function complete(
  calls: readonly (Call | undefined)[],
  inPlace: readonly (Call | undefined)[],
  { plan, readers, ...context }: GroupContext,
): Call[] {
  const chain = calls.filter((call) => call !== undefined);
  const fits =
    chain.length === calls.length &&
    inPlace.every((call) => call !== undefined && context.inPlace(call)) &&
    chain.every(({ output }) => !plan.kept.has(output) && readers(output).every((call) => chain.includes(call)));
  return fits ? chain : [];
}

/** What is done with each block of a group's gradient. */
export function groupRecords({ penalty, updates }: GradientGroup, layout: Layout): BlockRecord[] {
  const address = (slot: string) => layout.fixed(slot).address;
  const records: BlockRecord[] = [];
  if (penalty !== undefined) {
    const numbers = [numeric(penalty.attributes, 'l2'), numeric(penalty.attributes, 'l1')];
    records.push({ code: op.penalize, x: 0, y: address(penalty.inputs.weight), out: 0, numbers });
  }
  if (updates.length === 1) {
    const { parameter, rate } = updates[0].inputs;
    records.push({ code: op.sgd, x: address(parameter), out: address(parameter), rate: address(rate) });
  } else if (updates.length === 2) {
    const [{ inputs, attributes }, { inputs: update }] = updates;
    const numbers = [numeric(attributes, 'momentum')];
    const out = address(update.parameter);
    records.push({ code: op.momentum, x: address(inputs.velocity), out, rate: address(inputs.rate), numbers });
  } else if (updates.length === 5) {
    const [first, second, , , { inputs, attributes }] = updates;
    const betas = [first, second].map((call) => numeric(call.attributes, 'beta'));
    records.push({
      code: op.adam,
      x: address(first.inputs.moment),
      y: address(second.inputs.moment),
      out: address(inputs.parameter),
      rate: address(inputs.rate),
      numbers: [...betas, numeric(attributes, 'epsilon')],
    });
  }
  return records;
}

/** The slots that a group reads and writes beside the gradient's own inputs. */
export function groupSlots({ penalty, updates, stored }: GradientGroup): { reads: string[]; writes: string[] } {
  const inner = new Set([...updates, ...(penalty ? [penalty] : [])].map(({ output }) => output));
  const all = [...updates, ...(penalty ? [penalty] : [])].flatMap(({ inputs }) => Object.values(inputs));
  return {
    reads: all.filter((slot) => !inner.has(slot)),
    writes: [...updates.map(({ output }) => output), ...(stored === undefined ? [] : [stored])],
  };
}
