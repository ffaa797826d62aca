// The contract of an initializer: how a layer's parameters begin.
import type { Random } from '../memory/index.ts';

/** What an initializer is told about a parameter. */
export interface ParameterPlace {
  /** How many numbers it has. */
  readonly size: number;
  /** Inputs that meet in one weighted sum. */
  readonly fanIn: number;
  /** Outputs that one input reaches. */
  readonly fanOut: number;
}

/** Fills weights, and biases where they do not begin at 0; numbers come from the given sequence. */
export interface Initializer {
  readonly name: string;
  /** The first values of weights. */
  weights(place: ParameterPlace, random: Random): Float64Array;
  /** The first values of biases; without it they are 0. */
  biases?(place: ParameterPlace, random: Random): Float64Array;
}

/** Independent normal numbers with the given standard deviation. */
export function normal(size: number, deviation: number, random: Random): Float64Array {
  const values = new Float64Array(size);
  for (let i = 0; i < size; i++) values[i] = deviation * random.normal(i);
  return values;
}

/** Independent uniform numbers from −bound to bound. */
export function uniform(size: number, bound: number, random: Random): Float64Array {
  const values = new Float64Array(size);
  for (let i = 0; i < size; i++) values[i] = bound * (2 * random.uniform(i) - 1);
  return values;
}
