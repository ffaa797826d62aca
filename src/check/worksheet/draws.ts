// Random choices of an exercise, and numbers that can be worked with by hand.
import { random, streams } from '../../memory/index.ts';
import type { NumberFormat } from './options.ts';

/** Numbers drawn one after another, the same ones each time. */
export class Draws {
  private readonly source;
  private next = 0;

  /** Another sequence for each exercise of a seed, and each attempt at it. */
  constructor(seed: number, exercise: number, attempt: number) {
    this.source = random(seed, streams.worksheet, exercise * 1024 + attempt);
  }

  /** An integer from `least` to `most`. */
  integer(least: number, most: number): number {
    return least + Math.floor(this.source.uniform(this.next++) * (most - least + 1));
  }

  /** One of some. */
  one<T>(choices: readonly T[]): T {
    return choices[this.integer(0, choices.length - 1)];
  }

  /** A number above 0 and below 1 of few digits. */
  proper(format: NumberFormat): number {
    if (format !== 'fraction') return twentieths(this.integer(1, 19));
    const [above, below] = this.one(properFractions);
    return above / below;
  }

  /** A weight or bias: not 0, more often positive than not. */
  weight(format: NumberFormat): number {
    return this.integer(1, 5) <= 2 ? -this.proper(format) : this.proper(format);
  }
}

/** 0.05, 0.1 … as decimals have them, not as a product of floats comes out. */
const twentieths = (count: number) => Number((count / 20).toFixed(2));

/** Fractions in lowest terms whose denominators are easy to reckon with. */
const properFractions: readonly (readonly [above: number, below: number])[] = [2, 3, 4, 5, 8, 10].flatMap((below) =>
  Array.from({ length: below - 1 }, (_, i) => [i + 1, below] as const).filter(([above]) => divisor(above, below) === 1),
);

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
