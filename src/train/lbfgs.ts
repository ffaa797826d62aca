// Limited-memory BFGS (Liu & Nocedal, 1989; Nocedal & Wright, algorithm 7.5): curvature from the last few steps.
import * as z from 'zod/mini';
import { nonNegative, parseWith, size, strict } from '../options.ts';
import { fullBatch } from './fit-full-batch.ts';
import { wolfeSearch } from './line-search.ts';
import { dot, largest, type Minimizer } from './minimizer.ts';
import type { Objective, Point } from './objective.ts';
import type { FullBatchOptimizer } from './training.ts';

const schema = strict({ memory: z._default(size, 10), tolerance: z._default(nonNegative, 1e-8) });

/**
 * L-BFGS over the whole data set, an iteration an epoch: it remembers `memory` steps (10 unless given) and ends where no
 * number of the gradient is over `tolerance` (1e-8) or no step gains anything.
 * @example await fit(net, data, { optimizer: lbfgs(), epochs: 200 })
 */
export function lbfgs(options: z.input<typeof schema> = {}): FullBatchOptimizer {
  const { memory, tolerance } = parseWith(schema, options, 'lbfgs');
  return fullBatch({
    name: 'lbfgs',
    settings: { memory, tolerance },
    minimize: (objective) => new Lbfgs(objective, memory, tolerance),
  });
}

/** One step: s = w⁺ − w, y = ∇C⁺ − ∇C, ρ = 1 / yᵀs */
interface Pair {
  readonly s: Float64Array;
  readonly y: Float64Array;
  readonly rho: number;
}

class Lbfgs implements Minimizer {
  point: Point;
  private readonly objective: Objective;
  private readonly memory: number;
  private readonly tolerance: number;
  private pairs: readonly Pair[] = [];

  constructor(objective: Objective, memory: number, tolerance: number) {
    this.objective = objective;
    this.memory = memory;
    this.tolerance = tolerance;
    this.point = objective.evaluate(objective.start());
  }

  iterate(): boolean {
    if (largest(this.point.gradient) <= this.tolerance) return false;
    const next = this.search();
    if (next !== undefined) return this.step(next);
    if (this.pairs.length === 0) return false;
    // The remembered curvature misleads: once more along the gradient alone.
    this.pairs = [];
    const again = this.search();
    return again !== undefined && this.step(again);
  }

  private search(): Point | undefined {
    const direction = this.direction();
    // Without curvature the first step's length is 1, however steep it is.
    const first = this.pairs.length > 0 ? 1 : Math.min(1, 1 / Math.sqrt(dot(direction, direction)));
    return wolfeSearch(this.objective, this.point, direction, first);
  }

  private step(next: Point): true {
    const { weights, gradient } = this.point;
    const s = next.weights.map((w, i) => w - weights[i]);
    const y = next.gradient.map((g, i) => g - gradient[i]);
    const curvature = dot(y, s);
    const usable = curvature > Number.EPSILON * Math.sqrt(dot(y, y) * dot(s, s));
    if (usable) this.pairs = [...this.pairs, { s, y, rho: 1 / curvature }].slice(-this.memory);
    this.point = next;
    return true;
  }

  /** p = −H ∇C by the two loops of algorithm 7.4, which never write H down. */
  private direction(): Float64Array {
    const q = this.point.gradient.map((g) => -g);
    const shares = this.pairs.toReversed().map(({ s, y, rho }) => {
      const share = rho * dot(s, q);
      for (let i = 0; i < q.length; i++) q[i] -= share * y[i];
      return share;
    });
    const newest = this.pairs.at(-1);
    // H₀ = (sᵀy / yᵀy) I
    if (newest !== undefined) {
      const scale = 1 / (newest.rho * dot(newest.y, newest.y));
      for (let i = 0; i < q.length; i++) q[i] *= scale;
    }
    for (const [n, { s, y, rho }] of this.pairs.entries()) {
      const change = shares[this.pairs.length - 1 - n] - rho * dot(y, q);
      for (let i = 0; i < q.length; i++) q[i] += change * s[i];
    }
    return q;
  }
}
