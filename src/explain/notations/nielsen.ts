// The notation of Nielsen's book (source C): layers counted from 1 at the input, neurons from 1, z^l_j, a^l_j, δ^l_j.
import type { Index } from '../../symbolic/index.ts';
import {
  counted,
  type MathSymbol,
  type Notation,
  type Place,
  type Symbols,
  subscript,
  superscript,
} from './notation.ts';

/** z^l_j, a^l_j, δ^l_j, w^l_jk, b^l_j, C, y_j, η */
export const nielsen: Notation = {
  name: 'nielsen',
  title: { en: "Nielsen's book: z, a, δ with the layer raised", zh: 'Nielsen 书中记法：z、a、δ，层号在上标' },
  symbols: symbolsFor,
};

function symbolsFor(): Symbols {
  // The book's layer 1 is the input, so the first layer with weights is its layer 2.
  const raised = (letter: MathSymbol, { layer, index }: Place): MathSymbol => {
    const own = index.map(counted);
    return {
      latex: `${letter.latex}^{${layer + 2}}_{${own.join(own.every(isDigit) ? ' ' : ',')}}`,
      text: `${letter.text}${superscript(layer + 2)}${subscript(own)}`,
    };
  };
  const plain = (letter: string): MathSymbol => ({ latex: letter, text: letter });
  const delta = { latex: '\\delta', text: 'δ' };
  const indexed = (letter: string, index: readonly Index[]): MathSymbol => {
    const own = index.map(counted);
    return { latex: `${letter}_{${own.join(',')}}`, text: letter + subscript(own) };
  };
  return {
    input: (index) => indexed('x', index),
    target: (index) => indexed('y', index),
    weightedInput: (place) => raised(plain('z'), place),
    activation: (place) => (place.layer < 0 ? indexed('x', place.index) : raised(plain('a'), place)),
    delta: (place) => raised(delta, place),
    weight: (place) => raised(plain('w'), place),
    bias: (place) => raised(plain('b'), place),
    quantity: (name, place) => raised({ latex: `\\text{${name}}`, text: name }, place),
    lossTerm: (index) => indexed('C', index),
    loss: plain('C'),
    learningRate: { latex: '\\eta', text: 'η' },
  };
}

const isDigit = (part: number | string) => /^\d$/.test(String(part));
