// The notation of Nielsen's book (source C): layers counted from 1 at the input, neurons from 1, z^l_j, a^l_j, δ^l_j.
import { isScale, type MathSymbol, type Notation, type Place, type Symbols } from './notation.ts';
import { counted, inBrackets, letter, letterOf, placed, superscript } from './writing.ts';

/** z^l_j, a^l_j, δ^l_j, w^l_jk, b^l_j, C, y_j, η; a^{(1),l}_j in the first sample of a batch */
export const nielsen: Notation = {
  name: 'nielsen',
  title: { en: "Nielsen's book: z, a, δ with the layer raised", zh: 'Nielsen 书中记法：z、a、δ，层号在上标' },
  symbols(network): Symbols {
    const input = (own: MathSymbol, { index, sample }: Place) =>
      placed(own, sample === null ? [] : [inBrackets(counted(sample))], index);
    // The book's layer 1 is the input, so the first layer with weights is its layer 2.
    const inLayer = (own: MathSymbol, { layer, index, sample }: Place) => {
      const ofSample = sample === null ? [] : [inBrackets(counted(sample)), letter('', ',')];
      const between = index.every((i) => /^\d$/.test(String(counted(i)))) ? ' ' : ',';
      return placed(own, [...ofSample, letter(superscript(layer + 2), String(layer + 2))], index, between);
    };
    const parameter = (name: string, own: MathSymbol, place: Place) =>
      inLayer(isScale(network, place.layer) ? letterOf(name) : own, place);
    return {
      input: (place) => input(letter('x'), place),
      target: (place) => input(letter('y'), place),
      weightedInput: (place) => inLayer(letter('z'), place),
      activation: (place) => inLayer(letter('a'), place),
      delta: (place) => inLayer(letter('δ', '\\delta'), place),
      weight: (place) => parameter('weight', letter('w'), place),
      bias: (place) => parameter('bias', letter('b'), place),
      quantity: (name, place) => inLayer(letterOf(name), place),
      lossTerm: (place) => input(letter('C'), place),
      loss: letter('C'),
      sampleLoss: (sample) => placed(letter('C'), [inBrackets(counted(sample))], []),
      dataLoss: letter('C₀', 'C_{0}'),
      learningRate: letter('η', '\\eta'),
    };
  },
};
