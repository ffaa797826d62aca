// The contract of methods that see all data at once and use second-order information; the loop around them is fit-full-batch.ts's.
import type { Point } from './objective.ts';

/** One minimisation in progress. */
export interface Minimizer {
  /** Where it stands. */
  readonly point: Point;
  /** Carries out one iteration; false where nothing further can be gained, and the point stays. */
  iterate(): boolean;
}

/** Whether the loss and all of its gradient are finite numbers. */
export function isFinitePoint({ loss, gradient }: Point): boolean {
  return Number.isFinite(loss) && gradient.every(Number.isFinite);
}

/** ‖x‖∞ */
export function largest(x: Float64Array): number {
  let most = 0;
  for (const value of x) most = Math.max(most, Math.abs(value));
  return most;
}

/** Σ x_i y_i */
export function dot(x: Float64Array, y: Float64Array): number {
  let total = 0;
  for (let i = 0; i < x.length; i++) total += x[i] * y[i];
  return total;
}
