// Chapter 6: the network of the last two steps: two wide dense layers that dropout keeps from over-fitting.
import { type Dataset, dense, dropout, expandDataset, flatten, network, sgd } from 'chainrule';
import type { Context, Course } from './experiment.ts';
import { convPool, image, initializer, outputInitializer, watched } from './ladder.ts';

/** Setting of both steps. */
export interface DropoutSetting {
  readonly training: number;
  readonly filters: readonly number[];
  readonly hidden: number;
  readonly dropout: number;
  readonly learningRate: number;
  readonly batch: number;
  readonly epochs: number;
}

export const dropoutSetting: DropoutSetting = {
  training: 50_000,
  filters: [20, 40],
  hidden: 1000,
  dropout: 0.5,
  learningRate: 0.03,
  batch: 10,
  epochs: 40,
};

/** Each dense layer drops half of what comes in, as the book's program has it. Kept by its seed, for the vote. */
export async function trainWithDropout(
  { digits, train }: Context,
  seed: number,
  { training, filters, hidden, dropout: rate, learningRate, batch, epochs }: DropoutSetting,
): Promise<{ course: Course; test: Dataset }> {
  const data = await digits(training);
  const layers = [
    ...filters.flatMap((maps) => convPool(maps, 'relu')),
    flatten(),
    dropout(rate),
    dense(hidden, 'relu', { initializer }),
    dropout(rate),
    dense(hidden, 'relu', { initializer }),
    dropout(rate),
    dense(10, 'softmax', { initializer: outputInitializer }),
  ];
  const net = network(layers, { input: image, loss: 'logLikelihood', seed });
  const expanded = { ...data, training: expandDataset(data.training, { shift: 1 }) };
  const course = await train(`dropout, network ${seed}`, net, expanded, {
    optimizer: sgd({ learningRate }),
    batch,
    epochs,
    watch: watched,
    keep: `dropout-network-${seed}`,
  });
  return { course, test: data.test };
}
