// The notation of source A, a one-hidden-layer BP network: outputs O, targets T, residuals δ, weights W_jk from j to k, cost J.
import type { Index } from '../../symbolic/index.ts';
import { isScale, type MathSymbol, type Notation, type Place, type Symbols } from './notation.ts';
import { counted, inBrackets, letter, letterOf, placed, superscript } from './writing.ts';

/** O_j, T_k, δ_k, W_jk (from neuron j into neuron k), net_k, J, η; the layer raised in brackets, the input being layer 0 */
export const residual: Notation = {
  name: 'residual',
  title: {
    en: 'outputs O, targets T, residuals δ; W_jk leads from j to k',
    zh: '输出 O、目标 T、残差 δ；W_jk 由 j 指向 k',
  },
  conventions: { weights: 'from' },
  symbols(network): Symbols {
    const ofSample = (sample: Index | null): MathSymbol[] =>
      sample === null ? [] : [letter(`ˢ${superscript(counted(sample))}`, `s${counted(sample)}`)];
    const outside = (own: MathSymbol, { index, sample }: Place) => placed(own, ofSample(sample), index);
    // The source tells layers by the letters i, j, k; numbers need the layer.
    const inLayer = (own: MathSymbol, { layer, index, sample }: Place) =>
      placed(own, [inBrackets(layer + 1), ...ofSample(sample)], index);
    const parameter = (name: string, own: MathSymbol, place: Place) =>
      inLayer(isScale(network, place.layer) ? letterOf(name) : own, place);
    return {
      input: (place) => outside(letter('x'), place),
      target: (place) => outside(letter('T'), place),
      weightedInput: (place) => inLayer(letter('net', '\\mathit{net}'), place),
      activation: (place) => inLayer(letter('O'), place),
      delta: (place) => inLayer(letter('δ', '\\delta'), place),
      weight: (place) => parameter('weight', letter('W'), { ...place, index: fromFirst(place.index) }),
      bias: (place) => parameter('bias', letter('b'), place),
      quantity: (name, place) => inLayer(letterOf(name), place),
      lossTerm: (place) => outside(letter('J'), place),
      loss: letter('J'),
      sampleLoss: (sample) => placed(letter('J'), ofSample(sample), []),
      learningRate: letter('η', '\\eta'),
    };
  },
};

/** Ours is (into, from); some name the neuron first that a weight comes from. */
export const fromFirst = ([into, from, ...rest]: Place['index']): Index[] =>
  [from, into, ...rest].filter((index) => index !== undefined);
