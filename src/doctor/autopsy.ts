// The NaN autopsy: which quantity left the finite numbers first, why, and how it had grown to it. It replays the training.
import { autoBackend, type Backend, referenceBackend } from '../backends/index.ts';
import { type FloatArray, indexOf } from '../memory/index.ts';
import type { Network } from '../network/index.ts';
import { sgd } from '../optimizers/index.ts';
import { type Call, type Phase, type Plan, slotOf } from '../plan/index.ts';
import type { Element } from '../symbolic/index.ts';
import {
  type EpochOrder,
  type FitOptions,
  type FitResult,
  fit,
  fittingDataset,
  placeOfStep,
  rowsOfStep,
  stepsPerEpoch,
  type TrainingData,
} from '../train/index.ts';
import { type Cause, causeOf, inputsOf, mainInput } from './cause.ts';
import { largest } from './reading.ts';
import { type RecordedStep, Recorder, type Recording, valueIn } from './recorder.ts';

/** A quantity and its value in a step. */
export interface Vital {
  /** The public name: `layers.1.weight.grad[0,3]`, `layers.0.z[2]`. */
  readonly quantity: string;
  readonly value: number;
  /** The row of the training data, counted from 0, where the quantity belongs to one sample. */
  readonly sample: number | null;
}

/** A quantity in the chain that led to the first one that is not finite. */
export interface Link extends Vital {
  readonly step: number;
}

/** How large things were in a step. */
export interface GrowthPoint {
  /** Counted from 1 through all epochs. */
  readonly step: number;
  readonly loss: number;
  /** The largest absolute value over all weights and biases, before the step. */
  readonly parameter: number;
  readonly gradient: number;
}

/** The first quantity that left the finite numbers. */
export interface FirstFailure extends Vital {
  readonly epoch: number;
  /** Counted from 1 in its epoch. */
  readonly stepInEpoch: number;
  /** Counted from 1 through all epochs. */
  readonly step: number;
  /** The numbered layer; null for the loss. */
  readonly layer: number | null;
  readonly phase: Phase | 'given';
  /** The operation that gave it. */
  readonly cause: Cause;
  /** What it was computed from, those that are not finite first, then by size. */
  readonly inputs: readonly Vital[];
  /** How many it was computed from. */
  readonly inputCount: number;
  /** How many of the slot's numbers are not finite, and how many it has. */
  readonly wrong: number;
  readonly of: number;
}

/** What an autopsy found. */
export interface Autopsy {
  readonly first: FirstFailure;
  /** From what it was computed from back through the steps, newest first. */
  readonly chain: readonly Link[];
  /** The last steps, oldest first. */
  readonly growth: readonly GrowthPoint[];
  /** By how much the largest parameter grew from step to step, on the geometric mean. */
  readonly growthPerStep: number;
  /** The greatest number of the precision it was trained in. */
  readonly greatest: number;
}

/** Steps that are replayed in full: growth by half a step already passes from 1 to 1e308 in 1,750, but ten show its rate. */
const window = 10;

/** How far to look back where the first of those steps is broken already: an optimizer's state may overflow unnoticed. */
const farWindow = 100;

/** Links of the chain, and how small a number must be to begin it. */
const mostLinks = 12;
const ordinary = 10;

/**
 * Replays a training that diverged and names the first quantity that was no finite number.
 * @param options those of the training: the same seed gives the same steps
 * @param divergedAt where `fit` says that it diverged
 * @returns undefined where the replay stays finite
 * @example
 * const { divergedAt } = await fit(net, data, options);
 * if (divergedAt) (await autopsy(net, data, options, divergedAt))?.first.quantity // 'layers.2.z[0]'
 */
export async function autopsy(
  net: Network,
  data: TrainingData,
  options: FitOptions,
  divergedAt: NonNullable<FitResult['divergedAt']>,
): Promise<Autopsy | undefined> {
  if (options.optimizer !== undefined && !('update' in options.optimizer)) return atStart(net, data, options);
  const { samples } = fittingDataset(net, data);
  const order = orderOf(net, samples.inputs.count, options);
  const perEpoch = stepsPerEpoch(order);
  const last = (divergedAt.epoch - 1) * perEpoch + divergedAt.step;
  const inner = options.backend ?? autoBackend();
  for (const length of [window, farWindow]) {
    const recording = await record(net, data, options, order, inner, Math.max(1, last - length + 1), last);
    const found = recording && firstFailure(recording);
    if (recording === undefined || found === undefined) return undefined;
    const beganFinite = found.place.step > recording.steps[0].step;
    if (beganFinite || length >= last || length === farWindow) return report(recording, found, order, inner);
  }
  return undefined;
}

/**
 * Methods that see all data at once refuse every step to where something is not finite, so that only the beginning can be:
 * it is gone through in float64 by steps of length 0, and told as the one step that it is.
 */
async function atStart(net: Network, data: TrainingData, { classWeights }: FitOptions): Promise<Autopsy | undefined> {
  const still: FitOptions = {
    optimizer: sgd(),
    schedule: { name: 'still', every: 'epoch', factor: () => 0 },
    epochs: 1,
    batch: 512,
    shuffle: false,
    backend: referenceBackend(),
    ...(classWeights && { classWeights }),
  };
  const { divergedAt } = await fit(net, data, still);
  const found = divergedAt && (await autopsy(net, data, still, divergedAt));
  if (found === undefined) return undefined;
  const growth = found.growth.slice(-1).map((point) => ({ ...point, step: 1 }));
  return {
    ...found,
    first: { ...found.first, step: 1, stepInEpoch: 1 },
    chain: found.chain.map((link) => ({ ...link, step: 1 })),
    growth,
    growthPerStep: 1,
  };
}

function orderOf(net: Network, count: number, options: FitOptions): EpochOrder {
  const { batch = 10, shuffle = true, dropLast = false, seed = net.seed } = options;
  return { count, batch, shuffle, dropLast, seed };
}

async function record(
  net: Network,
  data: TrainingData,
  options: FitOptions,
  order: EpochOrder,
  inner: Backend,
  from: number,
  to: number,
): Promise<Recording | undefined> {
  const recorder = new Recorder(inner, from, to);
  const { onProgress, onStep, signal, ...replayed } = options;
  await fit(net, data, { ...replayed, backend: recorder.backend });
  const { recording } = recorder;
  if (recording === undefined || recording.steps.length === 0) return undefined;
  // What a step was given cannot say its rows: samples that augmentation or noise changed have numbers of their own.
  return { ...recording, steps: recording.steps.map((one) => ({ ...one, rows: rowsOfStep(order, one.step) })) };
}

/** A number in a recording. */
interface Found {
  readonly place: RecordedStep;
  readonly slot: string;
  readonly offset: number;
  /** What wrote it; undefined for inputs, parameters and states. */
  readonly call: Call | undefined;
}

/** The first number that is not finite: by step, then what the step was given, then the program's order. */
function firstFailure({ plan, steps }: Recording): Found | undefined {
  const written = new Set(plan.calls.map(({ output }) => output));
  const given = [...plan.places.keys()].filter((name) => !written.has(name));
  for (const place of steps) {
    const look = (slot: string, call?: Call): Found | undefined => {
      const offset = firstWrong(place.values.get(slot));
      return offset < 0 ? undefined : { place, slot, offset, call };
    };
    for (const slot of given) {
      const found = look(slot);
      if (found !== undefined) return found;
    }
    for (const call of plan.calls) {
      const found = look(call.output, call);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function firstWrong(values: FloatArray | undefined): number {
  return values === undefined ? -1 : values.findIndex((value) => !Number.isFinite(value));
}

function report(recording: Recording, found: Found, order: EpochOrder, inner: Backend): Autopsy {
  const { plan, steps } = recording;
  const { place, slot, call } = found;
  const element = elementAt(plan, found);
  const value = valueIn(plan, place, element);
  const inputs = call === undefined ? [] : inputsOf(plan, call, element, place);
  const own = place.values.get(slot) ?? [];
  const named = (one: Element, at: RecordedStep): Vital => ({
    quantity: `${one.slot}${one.index.length > 0 ? `[${one.index.join(',')}]` : ''}`,
    value: valueIn(plan, at, one),
    sample: one.sample === null ? null : at.rows[Number(one.sample)],
  });
  const greatest = inner.dtype === 'F32' ? 3.4028234663852886e38 : Number.MAX_VALUE;
  const growth = steps.filter(({ step }) => step <= place.step).map((one) => growthOf(plan, one));
  return {
    first: {
      ...named(element, place),
      value,
      ...placeOfStep(order, place.step),
      step: place.step,
      layer: call === undefined ? layerOf(slot) : call.origin.layer,
      phase: call?.origin.phase ?? 'given',
      cause: call === undefined ? { kind: 'given' } : causeOf(plan, call, element, place, greatest),
      inputs: inputs.slice(0, 4).map((one) => named(one, place)),
      inputCount: inputs.length,
      wrong: Array.from(own).filter((one) => !Number.isFinite(one)).length,
      of: own.length,
    },
    chain: chainBehind(recording, element, place).map(({ element: one, place: at }) => ({
      ...named(one, at),
      step: at.step,
    })),
    growth: growth.slice(-window),
    growthPerStep: rateOf(growth.slice(-window).map(({ parameter }) => parameter)),
    greatest,
  };
}

function elementAt({ program }: Plan, { slot, offset }: Found): Element {
  const { shape, perSample } = slotOf(program, slot);
  const position = indexOf(perSample ? [Number.MAX_SAFE_INTEGER, ...shape] : shape, offset);
  return perSample
    ? { kind: 'element', slot, index: position.slice(1), sample: position[0] }
    : { kind: 'element', slot, index: position, sample: null };
}

function layerOf(slot: string): number | null {
  const match = /^layers\.(\d+)\./.exec(slot);
  return match === null ? null : Number(match[1]);
}

/** What mattered most of what each quantity was computed from, and so on, from the step back into those before it. */
function chainBehind({ plan, steps }: Recording, from: Element, at: RecordedStep) {
  const { program } = plan;
  const links: { element: Element; place: RecordedStep }[] = [];
  let [element, place] = [from, at];
  while (links.length < mostLinks) {
    const { slot } = element;
    const call = plan.calls.find(({ output }) => output === slot);
    if (call !== undefined) {
      const next = mainInput(plan, call, element, place);
      if (next === undefined) break;
      element = next;
    } else {
      // A parameter or state: what the step before made of it.
      const carry = program.carries.find(({ to }) => to === slot);
      const before = steps.find(({ step }) => step === place.step - 1);
      if (carry === undefined || before === undefined) break;
      [element, place] = [{ ...element, slot: carry.from }, before];
      // `x.next` of the step before is `x` of this one under another name: no link of its own.
      continue;
    }
    // A value handed on as it is (a = z) is no link of its own.
    const value = Math.abs(valueIn(plan, place, element));
    const before = links[links.length - 1];
    if (before !== undefined && Math.abs(valueIn(plan, before.place, before.element)) === value) continue;
    links.push({ element, place });
    if (value < ordinary) break;
  }
  return links;
}

function growthOf({ program }: Plan, { step, values }: RecordedStep): GrowthPoint {
  const most = (names: readonly string[]) =>
    names.reduce((size, name) => Math.max(size, largest(values.get(name) ?? [])), 0);
  const parameters = program.carries
    .map(({ to }) => to)
    .filter((name) => slotOf(program, name).role === 'parameter' && program.slots.has(`${name}.grad`));
  return {
    step,
    loss: values.get('loss')?.[0] ?? Number.NaN,
    parameter: most(parameters),
    gradient: most(parameters.map((name) => `${name}.grad`)),
  };
}

function rateOf(sizes: readonly number[]): number {
  const finite = sizes.filter((size) => size > 0 && Number.isFinite(size));
  if (finite.length < 2) return 1;
  return (finite[finite.length - 1] / finite[0]) ** (1 / (finite.length - 1));
}
