// The networks of chapters 1 to 5: 784 pixels, hidden layers, ten outputs. Those of chapter 6 are ladder.ts's.
import {
  type activations,
  dense,
  dropout,
  type InitializerName,
  type LossName,
  type Network,
  network,
} from 'chainrule';

/** What is chosen of a network beside its hidden layers. */
export interface DigitNetworkOptions {
  readonly seed: number;
  /** `crossEntropy` unless given. */
  readonly loss?: LossName;
  /** `scaledNormal`, the book's default, unless given; its "large" weights are `standardNormal`. */
  readonly initializer?: InitializerName;
  /** Of the hidden layers, and of the output; `sigmoid` unless given. */
  readonly activation?: keyof typeof activations;
  readonly output?: keyof typeof activations;
  /** The share of hidden neurons that each step leaves out. */
  readonly dropout?: number;
  /** c of the penalties c/2 Σw² and c Σ|w|: the book's λ/n. */
  readonly l2?: number;
  readonly l1?: number;
}

/** A network of dense layers that reads digits. */
export function digitNetwork(
  hidden: readonly number[],
  {
    loss = 'crossEntropy',
    initializer = 'scaledNormal',
    activation = 'sigmoid',
    output = 'sigmoid',
    dropout: rate,
    ...options
  }: DigitNetworkOptions,
): Network {
  const layers = hidden.flatMap((units) => [
    dense(units, activation, { initializer }),
    ...(rate === undefined ? [] : [dropout(rate)]),
  ]);
  return network([...layers, dense(10, output, { initializer })], { input: 784, loss, ...options });
}
