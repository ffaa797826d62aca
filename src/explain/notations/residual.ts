// The notation of source A, a one-hidden-layer BP network: outputs O, targets T, residuals δ, weights W_jk from j to k, cost J.
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

/** O_j, T_k, δ_k, W_jk (from neuron j into neuron k), net_k, J, η */
export const residual: Notation = {
  name: 'residual',
  title: {
    en: 'outputs O, targets T, residuals δ; W_jk leads from j to k',
    zh: '输出 O、目标 T、残差 δ；W_jk 由 j 指向 k',
  },
  symbols: symbolsFor,
};

function symbolsFor(): Symbols {
  // Layer 0 is the input here; the layer is raised in brackets where the letters alone would not tell.
  const placed = (latex: string, text: string, layer: number, index: readonly Index[]): MathSymbol => {
    const own = index.map(counted);
    return {
      latex: `${latex}^{(${layer + 1})}_{${own.join(',')}}`,
      text: `${text}⁽${superscript(layer + 1)}⁾${subscript(own)}`,
    };
  };
  const plain = (letter: string, index: readonly Index[]): MathSymbol => {
    const own = index.map(counted);
    return { latex: `${letter}_{${own.join(',')}}`, text: letter + subscript(own) };
  };
  return {
    input: (index) => plain('x', index),
    target: (index) => plain('T', index),
    weightedInput: ({ layer, index }) => placed('net', 'net', layer, index),
    activation: ({ layer, index }) => (layer < 0 ? plain('x', index) : placed('O', 'O', layer, index)),
    delta: ({ layer, index }) => placed('\\delta', 'δ', layer, index),
    // Ours is [into, from]; the source writes the neuron the weight comes from first.
    weight: ({ layer, index }) => placed('W', 'W', layer, fromFirst(index)),
    bias: ({ layer, index }) => placed('b', 'b', layer, index),
    quantity: (name, { layer, index }) => placed(`\\text{${name}}`, name, layer, index),
    lossTerm: (index) => plain('J', index),
    loss: { latex: 'J', text: 'J' },
    learningRate: { latex: '\\eta', text: 'η' },
  };
}

const fromFirst = ([into, from, ...rest]: Place['index']): Index[] =>
  from === undefined ? [into] : [from, into, ...rest];
