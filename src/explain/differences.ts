// Central differences: of any function of one number, and of a batch's loss by one of the network's parameters.
import { type Executable, referenceBackend } from '../backends/index.ts';
import type { Samples } from '../memory/index.ts';
import { type Network, parameterSpecs } from '../network/index.ts';
import { compile, lower } from '../plan/index.ts';

/** The step that differences are taken at unless something is nearer than that. */
const stepAt = (x: number) => 1e-3 * Math.max(1, Math.abs(x));

/** f′(x) from values of f alone, as {@link centralDifferences}. */
function centralDifference(f: (x: number) => number, x: number): number {
  return centralDifferences((at) => [f(at)], x)[0];
}

/**
 * The derivatives of several functions of one number, from their values alone:
 * (f(x + h) − f(x − h)) / 2h at h, h/2 and h/4, its h² and h⁴ errors cancelled (Richardson).
 * @param most the largest step, where x must not go further
 */
export function centralDifferences(f: (x: number) => ArrayLike<number>, x: number, most = stepAt(x)): number[] {
  const slopes = (h: number) => {
    const [up, down] = [x + h, x - h];
    const [above, below] = [f(up), f(down)];
    return Array.from(above, (value, i) => (value - below[i]) / (up - down));
  };
  const h = Math.min(most, stepAt(x));
  const [coarse, middle, fine] = [slopes(h), slopes(h / 2), slopes(h / 4)];
  return coarse.map((slope, i) => {
    const [first, second] = [(4 * middle[i] - slope) / 3, (4 * fine[i] - middle[i]) / 3];
    return (16 * second - first) / 15;
  });
}

/** |analytic − numeric| / max(|analytic|, |numeric|, 10⁻³ of the greatest): 0 where both are the same. */
export function relativeError(analytic: number, numeric: number, greatest: number): number {
  const difference = Math.abs(analytic - numeric);
  return difference === 0 ? 0 : difference / Math.max(Math.abs(analytic), Math.abs(numeric), 1e-3 * greatest);
}

/** The largest size among numbers; 0 of none. */
export const greatestOf = (values: Float64Array): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** Where a loss is differenced. */
export interface LossPlace {
  readonly net: Network;
  readonly samples: Samples;
  /** The number of the step, which draws dropout's masks. */
  readonly step: number;
  readonly classWeights?: readonly number[] | undefined;
}

/** A batch's loss as a function of the network's parameters. */
export class LossDifferences {
  private readonly place: LossPlace;
  private readonly loss: Executable;
  private readonly rows: Uint32Array;
  private readonly weights: ReadonlySet<string>;

  constructor(place: LossPlace) {
    const { net, samples, step, classWeights } = place;
    this.place = place;
    this.rows = Uint32Array.from({ length: samples.inputs.count }, (_, s) => s);
    // The loss is taken in its safe form: differences of a clamped one would mean nothing.
    // An L1 penalty is differenced by itself: weights that it has shrunk lie nearer its kink than any useful step.
    const program = compile({ ...net, l1: 0 }, undefined, {
      classWeights,
      sampleWeights: samples.weights !== undefined,
    });
    const names = Object.keys(net.parameters);
    this.loss = referenceBackend().prepare(lower(program, { keep: ['loss', ...names] }), this.rows.length);
    for (const name of names) this.loss.write(name, net.parameters[name].data);
    this.loss.runSteps(samples, this.rows, this.rows.length, step);
    const specs = Object.entries(parameterSpecs(net.input, net.layers));
    this.weights = new Set(specs.filter(([, { kind }]) => kind === 'weight').map(([name]) => name));
  }

  /** ∂C/∂(a number of a parameter), by its place in the parameter. */
  by(parameter: string, place: number): number {
    const { net, samples } = this.place;
    const { data } = net.parameters[parameter];
    const values = Float64Array.from(data);
    const cost = (value: number): number => {
      values[place] = value;
      this.loss.write(parameter, values);
      this.loss.run(samples, this.rows);
      return this.loss.read('loss')[0];
    };
    const slope = centralDifference(cost, data[place]);
    this.loss.write(parameter, data);
    return slope + (this.weights.has(parameter) ? net.l1 * slopeOfSize(data[place]) : 0);
  }
}

/** The central difference of |w|, its step too short to cross the kink at 0. */
export function slopeOfSize(w: number): number {
  const h = Math.abs(w) / 2;
  return h === 0 ? 0 : (Math.abs(w + h) - Math.abs(w - h)) / (2 * h);
}
