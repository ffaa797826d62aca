// Looking on while steps run: what a backend computes stays what it is, but chosen steps are told of, one by one.
import type { Samples } from '../memory/index.ts';
import type { Backend, Executable, StepsResult } from './backend.ts';

/** A step as an onlooker sees it. */
export interface SeenStep {
  /** Counted from 1 through all epochs. */
  readonly step: number;
  /** What its samples were taken from, and which of them. */
  readonly data: Samples;
  readonly rows: Uint32Array;
}

/** Who looks on at one executable. */
export interface Onlooker {
  /** The first and the last step to be told of; runs of others stay whole, many steps a call. */
  readonly from: number;
  readonly to: number;
  readonly before?: (step: SeenStep) => void;
  readonly after?: (step: SeenStep) => void;
  /** A parameter, state or setting was set. */
  readonly written?: (slot: string, values: ArrayLike<number>) => void;
}

/**
 * A backend whose executables are looked at.
 * @param watch who looks on at an executable; undefined where nobody does
 */
export function onlookingBackend(
  inner: Backend,
  watch: (executable: Executable, capacity: number) => Onlooker | undefined,
): Backend {
  return {
    name: inner.name,
    dtype: inner.dtype,
    get limitation() {
      return inner.limitation;
    },
    ...(inner.threads !== undefined && { threads: inner.threads }),
    ...(inner.dispose && { dispose: () => inner.dispose?.() }),
    prepare(plan, capacity) {
      const executable = inner.prepare(plan, capacity);
      const onlooker = watch(executable, capacity);
      return onlooker === undefined ? executable : lookedAt(executable, onlooker);
    },
  };
}

function lookedAt(inner: Executable, onlooker: Onlooker): Executable {
  return {
    plan: inner.plan,
    dtype: inner.dtype,
    fallbacks: inner.fallbacks,
    get threads() {
      return inner.threads;
    },
    read: (slot) => inner.read(slot),
    write(slot, values) {
      inner.write(slot, values);
      onlooker.written?.(slot, values);
    },
    run: (data, rows) => inner.run(data, rows),
    runSteps: (data, order, batch, firstStep, sum = 0) =>
      inParts(order, batch, firstStep, sum, onlooker, (rows, step, lossSum, seen) => {
        if (seen) onlooker.before?.({ step, data, rows });
        const result = inner.runSteps(data, rows, batch, step, lossSum);
        if (seen) onlooker.after?.({ step, data, rows });
        return result;
      }),
    extras: () => inner.extras?.() ?? {},
    writeExtras: (tensors) => inner.writeExtras?.(tensors),
    checkpoint: () => inner.checkpoint(),
    dispose: () => inner.dispose(),
  };
}

/** As many steps at once as nobody looks at, else one by one. */
function inParts(
  order: Uint32Array,
  batch: number,
  firstStep: number,
  sum: number,
  { from, to }: Onlooker,
  run: (rows: Uint32Array, step: number, lossSum: number, seen: boolean) => StepsResult,
): StepsResult {
  let [steps, lossSum, samples] = [0, sum, 0];
  while (samples < order.length) {
    const step = firstStep + steps;
    const seen = step >= from && step <= to;
    const unseen = step < from ? from - step : Number.POSITIVE_INFINITY;
    const part = run(order.subarray(samples, samples + (seen ? 1 : unseen) * batch), step, lossSum, seen);
    steps += part.steps;
    lossSum = part.lossSum;
    samples += part.samples;
    if (part.diverged) return { steps, lossSum, samples, diverged: true };
  }
  return { steps, lossSum, samples, diverged: false };
}
