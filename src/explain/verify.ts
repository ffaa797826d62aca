// Parameters' gradients in a derivation, each proved by the central difference of the loss.
import type { Samples } from '../memory/index.ts';
import { offsetOf } from '../memory/index.ts';
import { differentiableParameters, type Network, withParameters } from '../network/index.ts';
import type { Step } from './derivation.ts';
import { greatestOf, LossDifferences, relativeError } from './differences.ts';
import type { StepRun } from './step-run.ts';

/** Where the step was. */
interface StepPlace {
  readonly net: Network;
  readonly data: Samples;
  readonly step: number;
  readonly classWeights: readonly number[] | undefined;
}

/** The steps with a proof for each parameter's gradient among them. */
export function verified(steps: readonly Step[], { net, data, ...place }: StepPlace, run: StepRun): Step[] {
  const names = new Map(differentiableParameters(net).map((name) => [`${name}.grad`, name]));
  if (!steps.some(({ element }) => names.has(element.slot))) return [...steps];
  const greatest = Math.max(...Array.from(names.keys(), (slot) => greatestOf(run.values(slot))));
  // The parameters as they were before this step, which may not be the first.
  const now = Object.entries(net.parameters).map(([name, { shape }]) => [name, { shape, data: run.values(name) }]);
  const current = withParameters(net, Object.fromEntries(now));
  const loss = new LossDifferences({ net: current, samples: data, ...place });
  return steps.map((step) => {
    const name = names.get(step.element.slot);
    if (name === undefined) return step;
    const numeric = loss.by(name, offsetOf(net.parameters[name].shape, step.element.index.map(Number)));
    return { ...step, proof: { numeric, error: relativeError(step.value, numeric, greatest) } };
  });
}
