// The contract of a notation: how each quantity is written, and what the notation means by it. What is computed never depends on it.
import type { Network } from '../../network/index.ts';
import type { Index } from '../../symbolic/index.ts';

/** A symbol as LaTeX and as plain text with Unicode mathematics. */
export interface MathSymbol {
  readonly latex: string;
  readonly text: string;
  /** Whether it needs brackets to be raised to a power: ∂E/∂w. */
  readonly compound?: boolean;
}

/** Where a symbol stands, everything counted from 0. */
export interface Place {
  /** The layer's number; −1 is the input. */
  readonly layer: number;
  /** Neuron; row and column of a weight (into, from); channel, row and column of an image. Empty for the whole matrix. */
  readonly index: readonly Index[];
  /** The sample of a batch; null where the batch has one sample, or the quantity is the batch's. */
  readonly sample: Index | null;
}

/** The symbols of one notation, for one network and size of batch. */
export interface Symbols {
  /** x_k, the network's input. */
  input(place: Place): MathSymbol;
  /** y_j, the target. */
  target(place: Place): MathSymbol;
  weightedInput(place: Place): MathSymbol;
  activation(place: Place): MathSymbol;
  delta(place: Place): MathSymbol;
  weight(place: Place): MathSymbol;
  bias(place: Place): MathSymbol;
  /** The one symbol of a layer's biases, where the notation has one for all of them. */
  sharedBias?(layer: number): MathSymbol | undefined;
  /** A quantity of a layer's own, by its name: `mask`. */
  quantity(name: string, place: Place): MathSymbol;
  /** One output's share of a sample's loss. */
  lossTerm(place: Place): MathSymbol;
  /** The loss of the batch. */
  readonly loss: MathSymbol;
  /** The loss of one sample of a batch. */
  sampleLoss(sample: Index): MathSymbol;
  /** The loss without its penalties; the loss with the word beside it unless given. */
  readonly dataLoss?: MathSymbol;
  readonly learningRate: MathSymbol;
  /** ∂C/∂symbol, where the notation has a sign of its own for it; the fraction unless given. */
  gradient?(symbol: MathSymbol): MathSymbol;
  /** The letters of optimizer states that the notation writes otherwise than most: `velocity`, `m`, `v`. */
  readonly states?: Readonly<Record<string, MathSymbol>>;
}

/** What a notation means by its symbols, where textbooks differ. */
export interface Conventions {
  /** δ is ∂C/∂z, or −∂C/∂z. */
  readonly delta: 'derivative' | 'negated';
  /** A neuron adds its bias, z = Σ w x + b, or subtracts its threshold: z is Σ w x, and f(z − θ) its activation. */
  readonly bias: 'bias' | 'threshold';
  /** Which neuron a weight's first index names, and so a matrix's rows: the one it leads into, or from. */
  readonly weights: 'into' | 'from';
  /** In matrices of a batch, a sample is a column or a row. */
  readonly samples: 'columns' | 'rows';
  /** w⁺ = w − η g at once, or Δw = −η g first and then w⁺ = w + Δw. */
  readonly update: 'direct' | 'increment';
}

/** The conventions of a notation that gives none. */
const usualConventions: Conventions = {
  delta: 'derivative',
  bias: 'bias',
  weights: 'into',
  samples: 'columns',
  update: 'direct',
};

/** A way of writing. */
export interface Notation {
  readonly name: string;
  /** Whose it is, in a few words. */
  readonly title: { readonly en: string; readonly zh: string };
  /** Those that differ from most: δ = ∂C/∂z, biases, weights (into, from), samples as columns, w⁺ at once. */
  readonly conventions?: { readonly [Name in keyof Conventions]?: Conventions[Name] | undefined };
  symbols(network: Network, samples: number): Symbols;
}

/** All conventions of a notation. */
export const conventionsOf = ({ conventions: own = {} }: Notation): Conventions => ({
  delta: own.delta ?? usualConventions.delta,
  bias: own.bias ?? usualConventions.bias,
  weights: own.weights ?? usualConventions.weights,
  samples: own.samples ?? usualConventions.samples,
  update: own.update ?? usualConventions.update,
});

/** Whether the layer's weights scale channels, as batch normalization's do, and lead from no neuron to another. */
export const isScale = ({ parameters }: Network, layer: number): boolean =>
  parameters[`layers.${layer}.weight`]?.shape.length === 1;
