// The contract of methods that see all data at once and use second-order information; the loop around them is fit's.
import type { Attributes } from '../kernels/index.ts';
import type { Objective, Point } from './objective.ts';

/** A full-batch method: where an optimizer's epoch is many steps, its epoch is one iteration. */
export interface FullBatchOptimizer {
  readonly name: string;
  /** Its settings, as data. */
  readonly settings: Attributes;
  /**
   * Begins a minimisation at the objective's own weights.
   * @throws ChainruleError where the network is too large for it, or of a kind it cannot take
   */
  minimize(objective: Objective): Minimizer;
}

/** One minimisation in progress. */
export interface Minimizer {
  /** Where it stands. */
  readonly point: Point;
  /** Carries out one iteration; false where nothing further can be gained, and the point stays. */
  iterate(): boolean;
}

/** Whether an optimizer is a full-batch one. */
export function isFullBatch(optimizer: object): optimizer is FullBatchOptimizer {
  return 'minimize' in optimizer;
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
