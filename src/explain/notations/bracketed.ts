// What notations share that raise the layer in brackets, counted from 1 at the first weights; the input is x.
import type { Network } from '../../network/index.ts';
import type { Index } from '../../symbolic/index.ts';
import { isScale, type MathSymbol, type Place, type Symbols } from './notation.ts';
import { letter, letterOf, placed } from './writing.ts';

/** What differs between them. */
export interface Brackets {
  /** A layer's number, raised. */
  layer(layer: number): MathSymbol;
  /** A sample's number, raised behind it. */
  sample(sample: Index): MathSymbol;
  /** The letters: one for each element, and one for the whole matrix where that is another. */
  letters(name: 'x' | 'y' | 'z' | 'a' | 'w' | 'b', isWhole: boolean): MathSymbol;
  readonly loss: MathSymbol;
  /** Of one sample. */
  readonly ownLoss: MathSymbol;
}

/** z, a, δ, w, b with their layer in brackets; x, y; α. */
export function bracketed(network: Network, brackets: Brackets): Symbols {
  const { loss, ownLoss } = brackets;
  const outside = (own: MathSymbol, { index, sample }: Place) =>
    placed(own, sample === null ? [] : [brackets.sample(sample)], index);
  const inLayer = (own: MathSymbol, { layer, index, sample }: Place) =>
    placed(own, [brackets.layer(layer + 1), ...(sample === null ? [] : [brackets.sample(sample)])], index);
  const letterAt = (name: 'x' | 'y' | 'z' | 'a' | 'w' | 'b', { index }: Place) =>
    brackets.letters(name, index.length === 0);
  const parameter = (name: 'weight' | 'bias', place: Place) =>
    inLayer(isScale(network, place.layer) ? letterOf(name) : letterAt(name === 'weight' ? 'w' : 'b', place), place);
  return {
    input: (place) => outside(letterAt('x', place), place),
    target: (place) => outside(letterAt('y', place), place),
    weightedInput: (place) => inLayer(letterAt('z', place), place),
    activation: (place) => inLayer(letterAt('a', place), place),
    delta: (place) => inLayer(letter('δ', '\\delta'), place),
    weight: (place) => parameter('weight', place),
    bias: (place) => parameter('bias', place),
    quantity: (name, place) => inLayer(letterOf(name), place),
    lossTerm: (place) => outside(ownLoss, place),
    loss,
    sampleLoss: (sample) => outside(ownLoss, { layer: -1, index: [], sample }),
    learningRate: letter('α', '\\alpha'),
  };
}
