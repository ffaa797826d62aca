// The step that training would take next, with its samples, for the Step view. Nothing is computed here.
import { type Dataset, epochOrder, isLabels } from 'chainrule';
import { openInStep } from '../common/handover.svelte.ts';
import { optimizerFor } from '../common/training/network.ts';
import { session } from '../common/training/session.svelte.ts';

/** Opens the next step in the Step view; training must be held. */
export function openNextStep(): void {
  const { snapshot, data, setup } = session;
  if (snapshot === undefined || data === undefined) return;
  const { network, epoch, samples, steps, state = {} } = snapshot;
  const { training } = data;
  const { count } = training.samples.inputs;
  const order = epochOrder({ count, batch: setup.batch, shuffle: true, dropLast: false, seed: setup.seed }, epoch);
  const rows = order.subarray(samples, samples + setup.batch);
  const optimizer = optimizerFor(setup);
  const carried = Object.entries(state).filter(([name]) => !Object.hasOwn(network.parameters, name));
  openInStep({
    network: { ...network, seed: setup.seed },
    inputs: Array.from(rows, (row) => inputOf(training, row)),
    targets: Array.from(rows, (row) => targetOf(training, row, network.layers.at(-1)?.options.units === 1)),
    optimizer,
    learningRate: optimizer.learningRate,
    step: steps + 1,
    state: Object.fromEntries(carried.map(([name, { data: values }]) => [name, values])),
  });
}

/** A sample's input as numbers. */
function inputOf({ samples: { inputs } }: Dataset, row: number): number[] {
  const { width, values, scale } = inputs;
  return Array.from(values.subarray(row * width, (row + 1) * width), (value) => value * scale);
}

/** A sample's target: its numbers, a class as 0s and a 1, or as one number where there is one output for two. */
function targetOf({ samples: { targets } }: Dataset, row: number, oneOutput: boolean): number[] {
  if (!isLabels(targets)) {
    const { width, values, scale } = targets;
    return Array.from(values.subarray(row * width, (row + 1) * width), (value) => value * scale);
  }
  const label = targets.labels[row];
  if (oneOutput) return [label];
  return Array.from({ length: targets.classes }, (_, k) => Number(k === label));
}
