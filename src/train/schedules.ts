// How the learning rate changes as training goes on. A schedule only says what η is multiplied by; fit does it.
import * as z from 'zod/mini';
import { count, fraction, nonNegative, parseWith, positive, size, strict } from '../options.ts';
import type { Evaluation } from './evaluate.ts';

/** Where training stands when a schedule is asked. */
export interface SchedulePlace {
  /** The epoch about to begin or going on, counted from 1, and how many there would be. */
  readonly epoch: number;
  readonly epochs: number;
  /** The step about to be taken, counted from 1 through all epochs, and how many there would be. */
  readonly step: number;
  readonly steps: number;
  /** The epochs that are done. */
  readonly history: readonly { readonly loss: number; readonly validation: Evaluation | null }[];
}

/** A rule for the learning rate. */
export interface Schedule {
  readonly name: string;
  /** When it is asked; each step takes a little longer than each epoch. */
  readonly every: 'epoch' | 'step';
  /** What to multiply the optimizer's learning rate by, at least 0; null ends training. */
  factor(place: SchedulePlace): number | null;
}

const stepOptions = strict({ every: z._default(size, 10), factor: z._default(positive, 0.5) });

/** Times `factor` (0.5 unless given) after every `every` epochs (10 unless given). */
export function step(options: z.input<typeof stepOptions> = {}): Schedule {
  const { every, factor } = parseWith(stepOptions, options, 'step');
  return { name: 'step', every: 'epoch', factor: ({ epoch }) => factor ** Math.floor((epoch - 1) / every) };
}

const exponentialOptions = strict({ factor: z._default(positive, 0.95) });

/** Times `factor` (0.95 unless given) after every epoch. */
export function exponential(options: z.input<typeof exponentialOptions> = {}): Schedule {
  const { factor } = parseWith(exponentialOptions, options, 'exponential');
  return { name: 'exponential', every: 'epoch', factor: ({ epoch }) => factor ** (epoch - 1) };
}

const cosineOptions = strict({ least: z._default(fraction, 0) });

/** Down from 1 along half a cosine, which would reach `least` (0 unless given) after the last epoch. */
export function cosine(options: z.input<typeof cosineOptions> = {}): Schedule {
  const { least } = parseWith(cosineOptions, options, 'cosine');
  return { name: 'cosine', every: 'epoch', factor: ({ epoch, epochs }) => along(1, least, (epoch - 1) / epochs) };
}

const warmUpOptions = strict({ steps: z._default(size, 100) });

/** Up to 1 in `steps` equal steps (100 unless given), then as `after` says, or 1; the two are multiplied. */
export function warmUp(options: z.input<typeof warmUpOptions> = {}, after?: Schedule): Schedule {
  const { steps } = parseWith(warmUpOptions, options, 'warmUp');
  return {
    name: after === undefined ? 'warmUp' : `warmUp, ${after.name}`,
    every: 'step',
    factor(place) {
      const factor = after === undefined ? 1 : after.factor(place);
      return factor === null ? null : factor * Math.min(1, place.step / steps);
    },
  };
}

const oneCycleOptions = strict({
  rise: z._default(fraction, 0.3),
  start: z._default(positive, 1 / 25),
  end: z._default(nonNegative, 1 / 250_000),
});

/**
 * One cycle (Smith, 2018): up from `start` (1/25 unless given) to 1 during `rise` (0.3) of all steps, then down to `end`
 * (1/250,000), both along half a cosine. The optimizer's learning rate is the peak.
 */
export function oneCycle(options: z.input<typeof oneCycleOptions> = {}): Schedule {
  const { rise, start, end } = parseWith(oneCycleOptions, options, 'oneCycle');
  return {
    name: 'oneCycle',
    every: 'step',
    factor({ step, steps }) {
      const peak = rise * steps - 1;
      const done = step - 1;
      if (done <= peak) return along(start, 1, peak > 0 ? done / peak : 1);
      const length = steps - 1 - peak;
      return along(1, end, length > 0 ? (done - peak) / length : 1);
    },
  };
}

/** What plateaus are seen by: the validation part's, or where there is none the training's loss. */
const watch = z._default(z.enum(['loss', 'accuracy']), 'loss');

const plateauOptions = strict({
  patience: z._default(size, 10),
  factor: z._default(positive.check(z.lt(1)), 0.1),
  least: z._default(nonNegative, 0),
  watch,
});

/**
 * Times `factor` (0.1 unless given) after `patience` epochs (10) without improvement, but never below `least` (0).
 * What it watches is the `'loss'`, or the `'accuracy'` on validation data.
 */
export function reduceOnPlateau(options: z.input<typeof plateauOptions> = {}): Schedule {
  const { patience, factor, least, watch } = parseWith(plateauOptions, options, 'reduceOnPlateau');
  return {
    name: 'reduceOnPlateau',
    every: 'epoch',
    factor: ({ history }) => Math.max(least, factor ** plateaus(history, patience, watch)),
  };
}

const halvingOptions = strict({ patience: z._default(size, 10), halvings: z._default(count, 7), watch });

/**
 * Nielsen's schedule: halves η after `patience` epochs (10 unless given) without improvement, and ends training when it
 * would be 2^−`halvings` (1/128) of what it was. What it watches is the `'loss'`, or the `'accuracy'` on validation data.
 */
export function halving(options: z.input<typeof halvingOptions> = {}): Schedule {
  const { patience, halvings, watch } = parseWith(halvingOptions, options, 'halving');
  return {
    name: 'halving',
    every: 'epoch',
    factor({ history }) {
      const times = plateaus(history, patience, watch);
      return times < halvings ? 0.5 ** times : null;
    },
  };
}

/** From `from` at 0 to `to` at 1, along half a cosine. */
function along(from: number, to: number, share: number): number {
  return to + ((from - to) * (1 + Math.cos(Math.PI * share))) / 2;
}

/** How often the epochs so far have gone `patience` times without improvement, counting anew each time. */
function plateaus(history: SchedulePlace['history'], patience: number, watch: 'loss' | 'accuracy'): number {
  let best = Number.POSITIVE_INFINITY;
  let [without, times] = [0, 0];
  for (const epoch of history) {
    const value = cost(epoch, watch);
    without = value < best ? 0 : without + 1;
    best = Math.min(best, value);
    if (without === patience) [without, times] = [0, times + 1];
  }
  return times;
}

/** What should fall: the loss, or the share of wrong answers. */
function cost({ loss, validation }: SchedulePlace['history'][number], watch: 'loss' | 'accuracy'): number {
  if (watch === 'accuracy' && validation !== null && 'accuracy' in validation) return -validation.accuracy;
  return validation?.loss ?? loss;
}
