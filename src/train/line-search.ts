// A step length that meets the strong Wolfe conditions (Nocedal & Wright, Numerical Optimization, algorithms 3.5 and 3.6).
import { dot } from './minimizer.ts';
import type { Objective, Point } from './objective.ts';

/** A step length tried along the line, with the point it leads to and the slope there. */
interface Trial {
  readonly length: number;
  readonly point: Point;
  readonly slope: number;
}

/** How much of the promised decrease to ask for (3.7a), and how much flatter the line must have become (3.7b). */
const [decrease, flatness] = [1e-4, 0.9];

/** How often to try before giving up. */
const mostTrials = 30;

/**
 * The point along `direction` where C(w + αp) ≤ C(w) + c₁ α ∇Cᵀp and |∇C(w + αp)ᵀp| ≤ c₂ |∇Cᵀp|; the lowest point
 * found where rounding leaves none, or undefined where nothing was lower than the start.
 * @param first the step length tried first
 */
export function wolfeSearch(
  objective: Objective,
  start: Point,
  direction: Float64Array,
  first: number,
): Point | undefined {
  const origin: Trial = { length: 0, point: start, slope: dot(start.gradient, direction) };
  let lowest = origin;
  const attempt = (length: number): Trial => {
    const weights = start.weights.map((w, i) => w + length * direction[i]);
    const point = objective.evaluate(weights);
    const trial = { length, point, slope: dot(point.gradient, direction) };
    if (finite(trial) && point.loss < lowest.point.loss) lowest = trial;
    return trial;
  };
  const tooHigh = (trial: Trial, low: Trial) =>
    !finite(trial) ||
    trial.point.loss > start.loss + decrease * trial.length * origin.slope ||
    trial.point.loss >= low.point.loss;
  const flat = ({ slope }: Trial) => Math.abs(slope) <= -flatness * origin.slope;

  let trials = 0;
  let [low, high]: [Trial, Trial | undefined] = [origin, undefined];
  for (let length = first; high === undefined && trials < mostTrials; trials++) {
    const trial = attempt(length);
    if (tooHigh(trial, low)) high = trial;
    else if (flat(trial)) return trial.point;
    else if (trial.slope >= 0) [low, high] = [trial, low];
    else [low, length] = [trial, 2 * length];
  }
  for (; high !== undefined && trials < mostTrials; trials++) {
    const trial = attempt(between(low, high));
    if (trial.length === low.length || trial.length === high.length) break;
    if (tooHigh(trial, low)) high = trial;
    else if (flat(trial)) return trial.point;
    else if (trial.slope * (high.length - low.length) >= 0) [low, high] = [trial, low];
    else low = trial;
  }
  return lowest === origin ? undefined : lowest.point;
}

const finite = ({ point, slope }: Trial) => Number.isFinite(point.loss) && Number.isFinite(slope);

/** The minimum of the cubic through both ends (3.59), kept off them; the middle where there is none. */
function between(low: Trial, high: Trial): number {
  const [a, b] = [low, high];
  const width = b.length - a.length;
  const d1 = a.slope + b.slope - (3 * (a.point.loss - b.point.loss)) / (a.length - b.length);
  const d2 = Math.sign(width) * Math.sqrt(d1 ** 2 - a.slope * b.slope);
  const length = b.length - (width * (b.slope + d2 - d1)) / (b.slope - a.slope + 2 * d2);
  const share = (length - a.length) / width;
  return share > 0.05 && share < 0.95 ? length : a.length + width / 2;
}
