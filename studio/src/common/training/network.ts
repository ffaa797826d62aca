// The network of a setup, its output layer fitted to the data and the loss as the command line does it.
import { ChainruleError, losses, type Network, type Optimizer, optimizers } from 'chainrule';
import { networkFrom } from 'chainrule/formats';
import { outputsOf, type PreparedData } from './prepared.ts';
import type { Setup } from './setup.ts';

/** The output layer for data and loss. */
export function outputLayer(data: PreparedData, lossName: string): { units: number; activation: string } {
  const loss = Object.values(losses).find(({ name }) => name === lossName);
  const activation = outputActivation(loss, data.training.task);
  return { units: outputsOf(data, activation), activation };
}

function outputActivation(loss: (typeof losses)[keyof typeof losses] | undefined, task: string): string {
  if (loss?.activation !== undefined) return loss.activation;
  // Targets of −1 and 1 are margins to pass, which a bounded output cannot.
  if (loss?.targets !== undefined) return 'linear';
  return task === 'regression' && loss?.outputs === undefined ? 'linear' : 'sigmoid';
}

/** A loss for the data, where the one that is set does not go with it. */
export function suitableLoss(data: PreparedData, lossName: string): string {
  const loss = Object.values(losses).find(({ name }) => name === lossName);
  const isClassLoss = loss?.activation !== undefined || loss?.targets !== undefined || loss?.outputs !== undefined;
  const { task, classNames } = data.training;
  if (task === 'regression') return isClassLoss ? 'meanSquared' : lossName;
  if (classNames === undefined && loss?.activation !== undefined) return 'crossEntropy';
  return lossName;
}

/**
 * The network, its parameters drawn from the seed. Images are handed over flat unless its first layers want them as they are.
 * @throws ChainruleError naming the layer that does not fit
 */
export function networkFor(setup: Setup, data: PreparedData): Network {
  const { layers, loss, l1, l2, seed } = setup;
  const output = { type: 'dense', ...outputLayer(data, loss) };
  const description = { layers: [...layers, output], loss, l1, l2, seed };
  const { inputShape, samples } = data.training;
  const make = (input: readonly number[]) => networkFrom({ input: [...input], ...description }, 'the network');
  if (inputShape.length === 1) return make(inputShape);
  try {
    return make([samples.inputs.width]);
  } catch (error) {
    if (!(error instanceof ChainruleError) || error.code !== 'bad-shape') throw error;
    return make(inputShape);
  }
}

const makers: Readonly<Record<string, (settings: Readonly<Record<string, number>>) => Optimizer>> = optimizers;

/** The optimizer of a setup. */
export function optimizerFor({ optimizer, settings }: Setup): Optimizer {
  return makers[optimizer](settings);
}
