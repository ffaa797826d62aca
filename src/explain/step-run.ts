// One optimisation step carried out in float64 on the reference backend, every slot of its program kept.
import { type Executable, referenceBackend } from '../backends/index.ts';
import { ChainruleError, didYouMean } from '../errors.ts';
import { offsetOf, type Samples, sizeOf } from '../memory/index.ts';
import { compile, lower, type Program, slotOf } from '../plan/index.ts';
import type { Element } from '../symbolic/index.ts';
import type { Afterwards, Derivation } from './derivation.ts';
import { allIndices, quantityName } from './quantities.ts';

/** η of a step, which may depend on the losses of those before it. */
export type Rate = (step: number, losses: readonly number[]) => number;

/** What to run. */
export interface StepSettings {
  readonly program: Program;
  readonly data: Samples;
  readonly learningRate: number | Rate;
  /** The number of the step, counted from 1. */
  readonly step: number;
  /** Optimizer states to begin the step from; without them the steps before it are carried out first. */
  readonly state?: Readonly<Record<string, ArrayLike<number>>> | undefined;
  /** Whether the loss's simplifications apply; true unless given. */
  readonly simplify?: boolean;
}

/** A step that has been carried out. */
export interface StepRun extends Pick<Derivation, 'value' | 'values'> {
  /** The loss and the outputs of the updated network; empty where nothing is updated. */
  after(classWeights: readonly number[] | undefined): Afterwards[];
}

/** Carries out a step, and the ones before it where no state is given to begin from. */
export function runStep(settings: StepSettings): StepRun {
  const { program, data, step, state, learningRate } = settings;
  const count = data.inputs.count;
  const rows = Uint32Array.from({ length: count }, (_, s) => s);
  const start = prepare(settings, { carry: true, keep: ['loss'] });
  if (state !== undefined) writeState(start, program, state);
  const losses: number[] = [];
  const rate: Rate = typeof learningRate === 'number' ? () => learningRate : learningRate;
  const takeStep = (executable: Executable, n: number): void => {
    if (program.slots.has('learningRate')) executable.write('learningRate', [rate(n, losses)]);
    executable.runSteps(data, rows, count, n);
  };
  for (let n = 1; n < step && state === undefined; n++) {
    takeStep(start, n);
    losses.push(start.read('loss')[0]);
  }
  // Everything observed and nothing carried over: each slot keeps the value it was given.
  const now = prepare(settings, { carry: false, keep: [...program.slots.keys()] });
  for (const { to } of program.carries) now.write(to, start.read(to));
  takeStep(now, step);

  const slots = new Map([...program.slots.keys()].map((name) => [name, Float64Array.from(now.read(name))]));
  const values = (slot: string): Float64Array => {
    const found = slots.get(slotOf(program, slot).name);
    if (found === undefined) throw new Error(`slot ${slot} was not kept`);
    return found;
  };
  return {
    values: (slot) => values(slot).slice(),
    value({ slot, index, sample }) {
      const { shape } = slotOf(program, slot);
      const position = index.map(Number);
      const place =
        sample === null ? offsetOf(shape, position) : offsetOf([1, ...shape], [Number(sample), ...position]);
      const found = values(slot)[place];
      if (found === undefined) throw new Error(`no value for ${slot}[${index.join(',')}]`);
      return found;
    },
    after(classWeights) {
      if (program.carries.length === 0) return [];
      takeStep(start, step);
      return afterwards(start, settings, rows, classWeights);
    },
  };
}

function prepare(
  { program, data, simplify = true }: StepSettings,
  options: { readonly carry: boolean; readonly keep: readonly string[] },
): Executable {
  const { parameters } = program.network;
  const names = Object.keys(parameters);
  const plan = lower(program, { ...options, simplify, keep: [...options.keep, ...names] });
  const executable = referenceBackend().prepare(plan, data.inputs.count);
  for (const name of names) executable.write(name, parameters[name].data);
  return executable;
}

function writeState(executable: Executable, program: Program, state: NonNullable<StepSettings['state']>): void {
  const known = [...program.slots.values()].filter(({ role }) => role === 'state');
  for (const [name, values] of Object.entries(state)) {
    const slot = known.find((one) => one.name === name);
    if (slot === undefined) {
      const names = known.map((one) => one.name);
      const there = names.length === 0 ? 'the optimizer keeps none' : `there are ${names.slice(0, 8).join(', ')}`;
      throw new ChainruleError(
        'unknown-name',
        `state: the optimizer has no "${name}"${didYouMean(name, names)}; ${there}.`,
      );
    }
    if (values.length !== sizeOf(slot.shape)) {
      throw new ChainruleError(
        'bad-shape',
        `state: ${name} has ${values.length} numbers where ${sizeOf(slot.shape)} are expected.`,
      );
    }
    executable.write(name, values);
  }
}

/** The loss and the outputs once the step has been carried out, as a prediction of the network that it made. */
function afterwards(
  start: Executable,
  { program, data, step }: StepSettings,
  rows: Uint32Array,
  classWeights: readonly number[] | undefined,
): Afterwards[] {
  const weighting = { classWeights, sampleWeights: data.weights !== undefined };
  const prediction = compile(program.network, undefined, { mode: 'prediction', ...weighting });
  const next = referenceBackend().prepare(lower(prediction, { keep: ['loss', program.output] }), rows.length);
  for (const name of next.plan.places.keys()) {
    if (slotOf(program, name).role === 'parameter') next.write(name, start.read(name));
  }
  next.run(data, rows);
  const output = slotOf(program, program.output);
  const outputs = next.read(output.name);
  const loss: Element = { kind: 'element', slot: 'loss', index: [], sample: null };
  const elements = Array.from(rows, (s) =>
    allIndices(output.shape).map((index): Element => ({ kind: 'element', slot: program.output, index, sample: s })),
  );
  return [
    { id: `after.${step}.loss`, element: loss, value: next.read('loss')[0] },
    ...elements.flat().map((element, i) => ({
      id: `after.${step}.${quantityName(element, rows.length)}`,
      element,
      value: outputs[i],
    })),
  ];
}
