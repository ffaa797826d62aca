// Axes of plots: where a value lies between two ends, and which values to write beside it. Both plots of `tune` use them.
import { rounded } from './numbers.ts';

/** An axis of numbers. */
export interface Axis {
  /** Where a value lies: 0 at the low end, 1 at the high end. */
  readonly place: (value: number) => number;
  readonly ticks: readonly { readonly value: number; readonly label: string }[];
}

/** Ends and kind of an axis. */
export interface AxisOptions {
  readonly low: number;
  readonly high: number;
  readonly log?: boolean;
  /** How a tick is written; as a number unless given. */
  readonly label?: (value: number) => string;
}

/** An axis with about five ticks at round values. */
export function axis({ low, high, log = false, label = plain }: AxisOptions): Axis {
  const scale = log ? Math.log10 : (value: number) => value;
  const [start, span] = [scale(low), scale(high) - scale(low) || 1];
  const values = log ? decades(low, high) : roundValues(low, high);
  return {
    place: (value) => (scale(value) - start) / span,
    ticks: values.map((value) => ({ value, label: label(value) })),
  };
}

/** Powers of ten, or where there are too few also their double and fivefold. */
function decades(low: number, high: number): number[] {
  const powers = (factors: readonly number[], step: number) => {
    const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
    const exponents = Array.from({ length: last - first + 1 }, (_, i) => first + i).filter((e) => e % step === 0);
    return exponents
      .flatMap((exponent) => factors.map((factor) => Number(`${factor}e${exponent}`)))
      .filter((value) => value >= low * 0.999 && value <= high * 1.001);
  };
  const whole = powers([1], 1);
  if (whole.length > 8) return powers([1], 2);
  return whole.length >= 2 ? whole : powers([1, 2, 5], 1);
}

function roundValues(low: number, high: number): number[] {
  const rough = (high - low) / 5 || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.75) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

const plain = (value: number): string =>
  Math.abs(value) < 1e-3 && value !== 0 ? value.toExponential() : rounded(value);
