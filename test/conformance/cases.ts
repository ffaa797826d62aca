// The networks that the conformance test goes through: every layer's samples with every activation, loss and penalty.
import * as activations from '../../src/activations/index.ts';
import { ChainruleError } from '../../src/errors.ts';
import { networkFrom } from '../../src/formats/index.ts';
import * as layers from '../../src/layers/index.ts';
import * as losses from '../../src/losses/index.ts';
import type { Loss } from '../../src/losses/loss.ts';
import type { Network } from '../../src/network/index.ts';

/** One network with its name in the test report. */
export interface NetworkCase {
  readonly name: string;
  /** The layer's sample it was made from: `dense sample 0`. */
  readonly sample: string;
  readonly net: Network;
}

type Entry = Readonly<Record<string, unknown>>;

const penalties = [{}, { l2: 0.1 }, { l1: 0.05 }];

/**
 * Every sample network with the activation in all its layers. Where a loss cannot follow it, the last layer takes one
 * the loss can follow, so that the activation still meets the loss from a hidden layer. Twins are left out.
 */
export function networkCases(): NetworkCase[] {
  const found = new Map<string, NetworkCase>();
  for (const { type } of Object.values(layers)) {
    for (const [number, sample] of type.samples.entries()) {
      for (const activation of Object.keys(activations)) {
        for (const loss of Object.values<Loss>(losses)) {
          for (const entries of variants(sample.layers, activation, loss)) {
            const description = { input: sample.input, layers: entries, loss: loss.name, seed: 5 };
            if (!legal(description)) continue;
            for (const penalty of penalties) {
              const net = networkFrom({ ...description, ...penalty }, 'a sample');
              const key = JSON.stringify({ ...description, ...penalty });
              const from = `${type.type} sample ${number}`;
              const name = [from, show(entries), loss.name, ...Object.keys(penalty)].join(', ');
              if (!found.has(key)) found.set(key, { name, sample: from, net });
            }
            break;
          }
        }
      }
    }
  }
  return [...found.values()];
}

/** An output of exactly 0 or 1, as of a threshold or a softmax alone, can have an infinite cross-entropy, which kernels cut off. */
export const finite = ({ net }: NetworkCase): boolean => {
  const { activation, options } = net.layers[net.layers.length - 1];
  const certain = activation?.name === 'step' || (activation?.name === 'softmax' && options.units === 1);
  return !(certain && net.loss.name === 'crossEntropy');
};

/** The sample's layers with the activation everywhere; and, should the loss refuse that, with another at the end. */
function variants(entries: readonly Entry[], activation: string, loss: Loss): Entry[][] {
  const everywhere = entries.map((entry) => ('activation' in entry ? { ...entry, activation } : entry));
  const last = entries.length - 1;
  const suited = { ...entries[last], activation: loss.activation ?? 'sigmoid' };
  return [everywhere, everywhere.map((entry, i) => (i === last && 'activation' in entries[last] ? suited : entry))];
}

function legal(description: unknown): boolean {
  try {
    networkFrom(description, 'a sample');
    return true;
  } catch (error) {
    if (error instanceof ChainruleError && error.code === 'bad-network') return false;
    throw error;
  }
}

const show = (entries: readonly Entry[]) =>
  entries
    .map(({ type, units = '', activation = '' }) => `${type} ${units} ${activation}`.replace(/ +/g, ' ').trim())
    .join(' → ');
