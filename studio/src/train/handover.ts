// The step that training would take next, with its samples, for the Step view. Nothing is computed here.
import { type Dataset, epochOrder, isLabels, type Network } from 'chainrule';
import { openInStep } from '../common/handover.svelte.ts';
import { optimizerFor } from '../common/training/network.ts';
import { session } from '../common/training/session.svelte.ts';

/** Opens the next step in the Step view; training must be paused. */
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
    targets: Array.from(rows, (row) => targetOf(training, row, network)),
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

/** A sample's target: its numbers, or its class in the loss's two targets, as one where one output stands for two. */
function targetOf({ samples: { targets } }: Dataset, row: number, { layers, loss }: Network): number[] {
  if (!isLabels(targets)) {
    const { width, values, scale } = targets;
    return Array.from(values.subarray(row * width, (row + 1) * width), (value) => value * scale);
  }
  const label = targets.labels[row];
  const [no, yes] = loss.targets ?? [0, 1];
  if (layers.at(-1)?.options.units === 1) return [label === 1 ? yes : no];
  return Array.from({ length: targets.classes }, (_, k) => (k === label ? yes : no));
}
