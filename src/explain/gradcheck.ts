// Backprop against central differences, in float64, on the canonical program with nothing simplified.
import { indexOf, type Samples } from '../memory/index.ts';
import { differentiableParameters, type Network, requireBatch } from '../network/index.ts';
import { compile } from '../plan/index.ts';
import { type ChainFactor, chainFactors } from './chain-check.ts';
import { distanceToKink, drawBatch } from './check-batch.ts';
import { greatestOf, LossDifferences, relativeError } from './differences.ts';
import { type Batch, samplesOf } from './gradients.ts';
import { runStep } from './step-run.ts';

/** One parameter's two values. */
export interface CheckedParameter {
  /** `layers.0.weight` */
  readonly parameter: string;
  readonly index: readonly number[];
  /** By backprop, and by central differences. */
  readonly analytic: number;
  readonly numeric: number;
  /** |analytic − numeric| / max(|analytic|, |numeric|, 10⁻³·‖g‖∞) */
  readonly error: number;
}

/** What a gradient check came to. */
export interface GradientCheck {
  readonly checked: number;
  /** The largest relative error and where it is. */
  readonly largest: CheckedParameter;
  /** The largest error a pass allows. */
  readonly tolerance: number;
  readonly passed: boolean;
  /** How far the batch is from the nearest kink of an activation or of the loss; infinite where none has kinks. */
  readonly distanceToKink: number;
  /** The factors that the gradient with the largest error is made of; where it was asked for. */
  readonly chain?: ChainCheck;
}

/** The factors of a parameter's gradient, each checked by itself. */
export interface ChainCheck {
  /** From the loss back to the parameter. */
  readonly factors: readonly ChainFactor[];
  /** The first of them that disagrees; null where all agree. */
  readonly first: ChainFactor | null;
}

/** Settings of {@link gradcheck}. */
export interface GradcheckOptions {
  /** The samples to check on; a random batch of 3, away from kinks, unless given. */
  readonly batch?: Batch;
  /** 1e-7 unless given. */
  readonly tolerance?: number;
  /** What a random batch is drawn from; the network's seed unless given. */
  readonly seed?: number;
  /** Whether to check the factors of the worst gradient's chain, too, each by itself; false unless given. */
  readonly chain?: boolean;
  /** Called as parameters are checked. */
  readonly onProgress?: (done: number, all: number) => void;
}

/**
 * Compares every parameter's gradient with (C(w + h) − C(w − h)) / 2h, extrapolated once (Richardson).
 * @example gradcheck(net).passed
 */
export function gradcheck(net: Network, options: GradcheckOptions = {}): GradientCheck {
  const batch = options.batch ?? drawBatch(net, options.seed ?? net.seed);
  const samples = samplesOf(net, batch);
  requireBatch(net, batch.inputs.length, 'the batch', 'give more samples');
  // Step 1, as everywhere: the masks of dropout, too, are then what they are in training, and stay so.
  const program = compile(net, undefined, { sampleWeights: samples.weights !== undefined });
  const { values } = runStep({ program, data: samples, learningRate: 0, step: 1, simplify: false });
  const loss = new LossDifferences({ net, samples, step: 1 });
  const names = differentiableParameters(net);
  const gradients = new Map(names.map((name) => [name, values(`${name}.grad`)]));
  const greatest = Math.max(0, ...Array.from(gradients.values(), greatestOf));
  const all = Array.from(gradients.values()).reduce((total, { length }) => total + length, 0);
  let largest: CheckedParameter | undefined;
  let checked = 0;
  for (const [name, gradient] of gradients) {
    for (const [i, analytic] of gradient.entries()) {
      const numeric = loss.by(name, i);
      const error = relativeError(analytic, numeric, greatest);
      if (largest === undefined || !(error <= largest.error)) {
        largest = { parameter: name, index: indexOf(net.parameters[name].shape, i), analytic, numeric, error };
      }
      checked++;
      options.onProgress?.(checked, all);
    }
  }
  const tolerance = options.tolerance ?? 1e-7;
  const passed = (largest?.error ?? 0) <= tolerance;
  return {
    checked,
    largest: largest ?? { parameter: '', index: [], analytic: 0, numeric: 0, error: 0 },
    tolerance,
    passed,
    distanceToKink: distanceToKink(net, batch),
    ...(options.chain && largest && { chain: chainOf(net, samples, largest, tolerance) }),
  };
}

function chainOf(
  net: Network,
  samples: Samples,
  { parameter, index }: CheckedParameter,
  tolerance: number,
): ChainCheck {
  const factors = chainFactors(net, samples, parameter, index);
  return { factors, first: factors.find(({ error }) => !(error <= tolerance)) ?? null };
}
