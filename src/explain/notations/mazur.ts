// The notation of "A step by step backpropagation example" (source B): net and out, weights numbered through the network.
import { offsetOf } from '../../memory/index.ts';
import type { Network } from '../../network/index.ts';
import { isScale, type MathSymbol, type Notation, type Place, type Symbols } from './notation.ts';
import { counted, inBrackets, indices, letter, letterOf } from './writing.ts';

/** net_h1, out_o1, w5, b1 for a layer whose frozen biases are one number and b_h1 otherwise, E_o1, E_total, target_o1 */
export const mazur: Notation = {
  name: 'mazur',
  title: { en: 'net and out, as in the step-by-step example', zh: 'net 与 out 记法（逐步示例）' },
  symbols: symbolsFor,
};

/** Names of quantities where they say more than a letter. */
const words: Readonly<Record<string, string>> = {
  mask: 'mask',
  index: 'argmax',
  mean: 'mean',
  variance: 'var',
  normalized: 'norm',
};

function symbolsFor(network: Network): Symbols {
  const output = network.layers.length - 1;

  /** i1 for inputs, h1 for hidden neurons (h2,1 in the second hidden layer of several), o1 for outputs. */
  const neuron = ({ layer, index }: Place): MathSymbol => {
    const kind = layer < 0 ? 'i' : layer === output ? 'o' : 'h';
    const own = indices(index);
    if (kind !== 'h' || output === 1) return letter(kind + own);
    return letter(`h${layer + 1}${own && `,${own}`}`, `h^{${layer + 1}}${own && `_{${own}}`}`);
  };
  const inSample = ({ latex, text }: MathSymbol, { sample }: Place): MathSymbol => {
    if (sample === null) return { latex, text };
    const raised = inBrackets(counted(sample));
    return { latex: `${latex}^{${raised.latex}}`, text: `${text}${raised.text}` };
  };
  const named = (word: MathSymbol, place: Place): MathSymbol => {
    const { latex, text } = neuron(place);
    return inSample({ latex: `${word.latex}_{${latex}}`, text: `${word.text}_${text}` }, place);
  };
  const word = (text: string) => letter(text, `\\mathit{${text}}`);
  const ofOutput = (place: Place): Place => ({ ...place, layer: output });

  return {
    input: (place) => inSample(neuron({ ...place, layer: -1 }), place),
    target: (place) => named(word('target'), ofOutput(place)),
    weightedInput: (place) => named(word('net'), place),
    activation: (place) => named(word('out'), place),
    delta: (place) => named(letter('δ', '\\delta'), place),
    weight(place) {
      if (isScale(network, place.layer)) return named(letterOf('weight'), place);
      if (place.index.length === 0) return named(letter('W'), place);
      const number = weightNumber(network, place);
      return letter(`w${number}`, `w_{${number}}`);
    },
    bias: (place) => named(isScale(network, place.layer) ? letterOf('bias') : letter('b'), place),
    sharedBias(layer) {
      const name = `layers.${layer}.bias`;
      const { data } = network.parameters[name];
      if (!network.frozen.includes(name) || isScale(network, layer) || data.some((b) => b !== data[0]))
        return undefined;
      return letter(`b${layer + 1}`, `b_{${layer + 1}}`);
    },
    quantity: (name, place) => named(name in words ? word(words[name]) : letterOf(name), place),
    lossTerm: (place) => named(letter('E'), ofOutput(place)),
    loss: letter('E_total', 'E_{\\mathit{total}}'),
    sampleLoss: (sample) => inSample(letter('E_total', 'E_{\\mathit{total}}'), { layer: output, index: [], sample }),
    learningRate: letter('η', '\\eta'),
  };
}

/** The number of a weight, counted through all layers, a neuron's incoming weights in turn: 5 for w5. */
export function weightNumber({ parameters }: Network, { layer, index }: Pick<Place, 'layer' | 'index'>): number {
  const before = Object.entries(parameters)
    .filter(([name]) => name.endsWith('.weight') && Number(name.split('.')[1]) < layer)
    .reduce((total, [, { data }]) => total + data.length, 0);
  return before + offsetOf(parameters[`layers.${layer}.weight`].shape, index.map(Number)) + 1;
}
