// The notation of "A step by step backpropagation example" (source B): net and out, weights numbered through the network.
import { offsetOf } from '../../memory/index.ts';
import type { Network } from '../../network/index.ts';
import type { Index } from '../../symbolic/index.ts';
import { counted, type MathSymbol, type Notation, type Place, type Symbols } from './notation.ts';

/** net_h1, out_o1, w5, b_h1, E_total, target_o1 */
export const mazur: Notation = {
  name: 'mazur',
  title: { en: 'net and out, as in the step-by-step example', zh: 'net 与 out 记法（逐步示例）' },
  symbols: symbolsFor,
};

function symbolsFor(network: Network): Symbols {
  const output = network.layers.length - 1;

  /** i1 for inputs, h1 for hidden neurons (h2_1 in the second hidden layer of several), o1 for outputs. */
  const neuron = ({ layer, index }: Place): MathSymbol => {
    const own = index.map(counted).join(',');
    if (layer < 0) return { latex: `i${own}`, text: `i${own}` };
    if (layer === output) return { latex: `o${own}`, text: `o${own}` };
    if (output <= 1) return { latex: `h${own}`, text: `h${own}` };
    return { latex: `h^{${layer + 1}}_{${own}}`, text: `h${layer + 1}_${own}` };
  };
  const named = (word: string, place: Place): MathSymbol => {
    const { latex, text } = neuron(place);
    return { latex: `${word}_{${latex}}`, text: `${word}_${text}` };
  };

  return {
    input: (index) => neuron({ layer: -1, index }),
    target: (index) => named('target', { layer: output, index }),
    weightedInput: (place) => named('net', place),
    activation: (place) => (place.layer < 0 ? neuron(place) : named('out', place)),
    delta: (place) => ({ latex: `\\delta_{${neuron(place).latex}}`, text: `δ_${neuron(place).text}` }),
    weight: ({ layer, index }) => weightNumber(network, layer, index),
    bias: (place) => named('b', place),
    quantity: (name, place) => ({ ...named(name, place), latex: `\\text{${name}}_{${neuron(place).latex}}` }),
    lossTerm: (index) => named('E', { layer: output, index }),
    loss: { latex: 'E_{total}', text: 'E_total' },
    learningRate: { latex: '\\eta', text: 'η' },
  };
}

/** w1, w2 … through all layers, a neuron's incoming weights in turn. */
function weightNumber({ parameters }: Network, layer: number, index: readonly Index[]): MathSymbol {
  const before = Object.entries(parameters)
    .filter(([name]) => name.endsWith('.weight') && Number(name.split('.')[1]) < layer)
    .reduce((total, [, { data }]) => total + data.length, 0);
  const number = before + offsetOf(parameters[`layers.${layer}.weight`].shape, index.map(Number)) + 1;
  return { latex: `w_{${number}}`, text: `w${number}` };
}
