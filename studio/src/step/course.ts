// The way through the steps: what each began with, how far the reader has come, and the way back, to the last bit. The numbers
// themselves are the library's.
import { type Network, type Parameters, parameterCount, withParameters } from 'chainrule';
import type { Finding } from 'chainrule/doctor';
import { type Derivation, explain } from 'chainrule/explain';
import { optimizerOf, type Setup } from './setup.ts';

/** The parts of a step, each a button. */
export const stages = ['forward', 'loss', 'backward', 'update'] as const;
export type Stage = (typeof stages)[number];

/** What a step begins with. */
export interface Start {
  readonly parameters: Parameters;
  readonly state: Readonly<Record<string, Float64Array>>;
}

/** Steps from a beginning, and how many of their parts have been opened. */
export interface Course {
  readonly setup: Setup;
  /** The number of the first step in its training. */
  readonly firstStep: number;
  /** Of each step that was begun; the first is the setup's own. */
  readonly starts: readonly Start[];
  readonly presses: number;
}

/** A course at its beginning. */
export function begin(setup: Setup, firstStep = 1, state: Start['state'] = {}): Course {
  return { setup, firstStep, starts: [{ parameters: setup.network.parameters, state }], presses: 0 };
}

/** Which step it is, counted from 0, and the last part of it that was opened. */
export function positionOf({ presses }: Pick<Course, 'presses'>): {
  readonly step: number;
  readonly stage: Stage | undefined;
} {
  if (presses === 0) return { step: 0, stage: undefined };
  return { step: Math.floor((presses - 1) / stages.length), stage: stages[(presses - 1) % stages.length] };
}

/** The part that the next press opens. */
export const nextStage = ({ presses }: Pick<Course, 'presses'>): Stage => stages[presses % stages.length];

/** The network as a step begins with it, the present one unless another is named. */
export function networkAt(course: Course, step = positionOf(course).step): Network {
  return withParameters(course.setup.network, course.starts[step].parameters);
}

/** Batches of more parameters times samples are not derived in full: their quantities are derived when they are asked for. */
const mostInFull = 1200;

/** What is derived beside the step itself. */
interface Asked {
  readonly of?: readonly string[];
  readonly depth?: number;
}

/** The present step, carried out by the library. */
export function derivationOf(course: Course, asked: Asked = {}): Derivation {
  const { setup, firstStep, starts } = course;
  const { step } = positionOf(course);
  const isLarge = parameterCount(setup.network) * setup.inputs.length > mostInFull;
  return explain(networkAt(course), {
    inputs: setup.inputs,
    targets: setup.targets,
    optimizer: optimizerOf(setup),
    learningRate: setup.learningRate,
    steps: firstStep + step,
    state: starts[step].state,
    ...(asked.of === undefined && isLarge && { of: ['loss'] }),
    ...asked,
  });
}

/**
 * So many parts further; where a step ends the next begins with what it made. A step that leaves the finite numbers is gone to its
 * end and no further: there is to be seen what happened.
 */
export function forth(course: Course, presses = 1): Course {
  const starts = [...course.starts];
  const last = course.presses + presses;
  for (let { step } = positionOf(course); step < positionOf({ presses: last }).step; step++) {
    const end = (step + 1) * stages.length;
    if (starts.length === step + 1)
      starts.push(startAfter(starts[step], derivationOf({ ...course, starts, presses: end }, { of: ['loss'] })));
    if (end > course.presses && areFinite(starts[step]) && !areFinite(starts[step + 1]))
      return { ...course, starts, presses: end };
  }
  return { ...course, starts, presses: last };
}

const areFinite = ({ parameters, state }: Start): boolean =>
  [...Object.values(parameters).map(({ data }) => data), ...Object.values(state)].every((data) =>
    data.every(Number.isFinite),
  );

/** The present step; where what it begins with is not finite, the last one of which it is. */
export function lastFiniteStep(course: Course): number {
  const { step } = positionOf(course);
  return Math.max(0, course.starts.slice(0, step + 1).findLastIndex(areFinite));
}

/** What the doctor says of a course whose present step leaves the finite numbers; what is no step's fault it does not name. */
export async function findingAt(course: Course): Promise<Finding | undefined> {
  const { diagnose } = await import('chainrule/doctor');
  const { network, inputs, targets } = course.setup;
  const divergedAt = { epoch: course.firstStep + positionOf(course).step, step: 1 };
  const result = { network: networkAt(course), history: [], ending: 'diverged', divergedAt } as const;
  const options = { optimizer: optimizerOf(course.setup), batch: inputs.length };
  return diagnose({ network, data: { inputs, targets }, options, result }).findings.find(
    ({ severity }) => severity === 'serious',
  );
}

/** One part back. */
export const back = (course: Course): Course => ({ ...course, presses: Math.max(0, course.presses - 1) });

/** What the step after this one begins with. */
function startAfter(start: Start, { program, values }: Derivation): Start {
  const parameters = { ...start.parameters };
  const state: Record<string, Float64Array> = {};
  for (const { from, to } of program.carries) {
    const data = values(from);
    const own = Object.hasOwn(parameters, to) ? parameters[to] : undefined;
    if (own === undefined) state[to] = data;
    else parameters[to] = { shape: own.shape, data };
  }
  return { parameters, state };
}
