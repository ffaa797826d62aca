// Levenberg–Marquardt for least squares, damped as Madsen, Nielsen & Tingleff (2004) do, algorithm 3.16.
import * as z from 'zod/mini';
import { ChainruleError } from '../errors.ts';
import { nonNegative, parseWith, positive, strict } from '../options.ts';
import { solvePositiveDefinite } from './cholesky.ts';
import { fullBatch } from './fit-full-batch.ts';
import { Jacobian } from './jacobian.ts';
import { dot, isFinitePoint, largest, type Minimizer } from './minimizer.ts';
import type { Objective, Point } from './objective.ts';
import type { FullBatchOptimizer } from './training.ts';

const schema = strict({ damping: z._default(positive, 1e-3), tolerance: z._default(nonNegative, 1e-10) });

/**
 * Levenberg–Marquardt over the whole data set, an iteration an epoch, for `quadratic`, `meanSquared` and
 * `halfMeanSquared`, and networks of up to a few thousand weights. Its damping begins at `damping` (1e-3 unless given)
 * times the largest curvature; it ends where no number of the gradient is over `tolerance` (1e-10) or no step gains.
 * @example await fit(net, data, { optimizer: lm(), epochs: 100 })
 */
export function lm(options: z.input<typeof schema> = {}): FullBatchOptimizer {
  const { damping, tolerance } = parseWith(schema, options, 'lm');
  return fullBatch({
    name: 'lm',
    settings: { damping, tolerance },
    minimize: (objective) => new LevenbergMarquardt(objective, damping, tolerance),
  });
}

/** ∂²C_x/∂a² of one output, for the losses that are sums of squares; K outputs in all. */
const curvatures: Readonly<Record<string, (outputs: number) => number>> = {
  quadratic: () => 1,
  meanSquared: (outputs) => 2 / outputs,
  halfMeanSquared: (outputs) => 1 / outputs,
};

/** The most memory for the matrix and its factor, in MiB. */
const mostMemory = 512;

/** How often the damping may grow in one iteration. */
const mostRefusals = 40;

class LevenbergMarquardt implements Minimizer {
  point: Point;
  private readonly objective: Objective;
  private readonly jacobian: Jacobian;
  private readonly tolerance: number;
  private readonly startDamping: number;
  private damping: number | undefined;
  private growth = 2;

  constructor(objective: Objective, damping: number, tolerance: number) {
    requireLeastSquares(objective);
    requireMemory(objective.size);
    this.objective = objective;
    this.startDamping = damping;
    this.tolerance = tolerance;
    this.jacobian = new Jacobian(objective);
    this.point = objective.evaluate(objective.start());
  }

  iterate(): boolean {
    if (largest(this.point.gradient) <= this.tolerance) return false;
    const matrix = this.gaussNewton();
    this.damping ??= this.startDamping * (largestOnDiagonal(matrix, this.objective.size) || 1);
    for (let refusals = 0; refusals < mostRefusals; refusals++) {
      if (this.attempt(matrix, this.damping)) return true;
      this.damping *= this.growth;
      this.growth *= 2;
    }
    return false;
  }

  /** (H + μI) p = −∇C; moves there and relaxes the damping where C falls; false where it does not. */
  private attempt(matrix: Float64Array, damping: number): boolean {
    const { weights, gradient, loss } = this.point;
    const size = weights.length;
    const damped = Float64Array.from(matrix);
    for (let i = 0; i < size; i++) damped[i * size + i] += damping;
    const step = solvePositiveDefinite(
      damped,
      gradient.map((g) => -g),
    );
    if (step === undefined) return false;
    const next = this.objective.evaluate(weights.map((w, i) => w + step[i]));
    // The gain that the quadratic model promised: ½ pᵀ(μp − ∇C)
    const promised = (damping * dot(step, step) - dot(step, gradient)) / 2;
    const ratio = (loss - next.loss) / promised;
    if (!(ratio > 0) || !isFinitePoint(next)) return false;
    this.point = next;
    this.damping = damping * Math.max(1 / 3, 1 - (2 * ratio - 1) ** 3);
    this.growth = 2;
    return true;
  }

  /** The lower triangle of H = h/m JᵀJ + c I on penalised weights: the curvature without the outputs' own. */
  private gaussNewton(): Float64Array {
    const { size, network, samples, stretches } = this.objective;
    const outputs = this.jacobian.outputs;
    const matrix = new Float64Array(size * size);
    const scale = curvatures[network.loss.name](outputs) / samples.inputs.count;
    // Four rows at a time, because going through the matrix takes longer than the products.
    const rows = Array.from({ length: 4 }, () => new Float64Array(size));
    let held = 0;
    const addHeld = () => {
      addProducts(matrix, rows, scale);
      for (const row of rows) row.fill(0);
      held = 0;
    };
    this.jacobian.forEachRow(this.point.weights, (row) => {
      rows[held++].set(row);
      if (held === rows.length) addHeld();
    });
    if (held > 0) addHeld();
    for (const { offset, length, penalized } of stretches) {
      if (penalized) for (let i = offset; i < offset + length; i++) matrix[i * size + i] += network.l2;
    }
    return matrix;
  }
}

/** Adds scale · r rᵀ of four rows r to a lower triangle. */
function addProducts(matrix: Float64Array, [p, q, r, s]: readonly Float64Array[], scale: number): void {
  const size = p.length;
  for (let i = 0; i < size; i++) {
    const [pi, qi, ri, si] = [scale * p[i], scale * q[i], scale * r[i], scale * s[i]];
    const start = i * size;
    for (let j = 0; j <= i; j++) matrix[start + j] += pi * p[j] + qi * q[j] + ri * r[j] + si * s[j];
  }
}

function largestOnDiagonal(matrix: Float64Array, size: number): number {
  let most = 0;
  for (let i = 0; i < size; i++) most = Math.max(most, matrix[i * size + i]);
  return most;
}

function requireLeastSquares({ network: { loss, l1 }, weighted }: Objective): void {
  if (weighted) {
    throw new ChainruleError('unsupported', 'lm takes no weights of classes or samples; leave them out, or use lbfgs.');
  }
  if (!Object.hasOwn(curvatures, loss.name)) {
    throw new ChainruleError(
      'unsupported',
      `lm needs a loss that is a sum of squares (${Object.keys(curvatures).join(', ')}), not ${loss.name}; use one of them, or lbfgs.`,
    );
  }
  if (l1 > 0) {
    throw new ChainruleError(
      'unsupported',
      `lm needs a smooth penalty, not l1 = ${l1}; use l2, or an optimizer such as adam.`,
    );
  }
}

function requireMemory(size: number): void {
  const needed = Math.ceil((2 * 8 * size ** 2) / 2 ** 20);
  if (needed <= mostMemory) return;
  throw new ChainruleError(
    'unsupported',
    `lm would need ${needed.toLocaleString('en')} MiB for this network's ${size.toLocaleString('en')} weights, more than the ${mostMemory} MiB it takes; use lbfgs, or a smaller network.`,
  );
}
