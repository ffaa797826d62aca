// The notation of Zhou Zhihua's "Machine Learning" (西瓜书), chapter 5.3: b_h and ŷ_j, their inputs α_h and β_j, thresholds γ_h and θ_j.
import type { Network } from '../../network/index.ts';
import type { Index } from '../../symbolic/index.ts';
import { isScale, type MathSymbol, type Notation, type Place, type Symbols } from './notation.ts';
import { fromFirst } from './residual.ts';
import { counted, inBrackets, letter, letterOf, placed, superscript } from './writing.ts';

/**
 * x_i, v_ih, b_h = f(α_h − γ_h), w_hj, ŷ_j = f(β_j − θ_j), g_j and e_h with the minus in them, E_k, Δw_hj, η. Where there are
 * several hidden layers, theirs is raised in brackets; a sample's number is raised without.
 */
export const xigua: Notation = {
  name: 'xigua',
  title: {
    en: "Zhou Zhihua's: thresholds, g and e with the minus in them, increments Δw",
    zh: '周志华《机器学习》（西瓜书）记法：阈值 θ、γ，梯度项 g、e 含负号，先求 Δw',
  },
  conventions: { delta: 'negated', bias: 'threshold', weights: 'from', update: 'increment' },
  symbols: symbolsFor,
};

/** Of a whole vector or matrix. */
const bold = ({ latex, text }: MathSymbol): MathSymbol => ({ latex: `\\boldsymbol{${latex}}`, text });

type Letters = readonly [hidden: MathSymbol, output: MathSymbol];

const weightedInputs: Letters = [letter('α', '\\alpha'), letter('β', '\\beta')];
const activations: Letters = [letter('b'), letter('ŷ', '\\hat{y}')];
const deltas: Letters = [letter('e'), letter('g')];
const weights: Letters = [letter('v'), letter('w')];
const weightMatrices: Letters = [letter('V'), letter('W')];
const thresholds: Letters = [letter('γ', '\\gamma'), letter('θ', '\\theta')];
// The letters of batch normalization's scale and shift are taken.
const scales: Letters = [letter('γ̃', '\\tilde{\\gamma}'), letter('γ̃', '\\tilde{\\gamma}')];
const shifts: Letters = [letter('β̃', '\\tilde{\\beta}'), letter('β̃', '\\tilde{\\beta}')];

function symbolsFor(network: Network, samples: number): Symbols {
  const output = network.layers.length - 1;
  const ofSample = (sample: Index) => letter(superscript(counted(sample)), String(counted(sample)));
  const outside = (own: MathSymbol, { index, sample }: Place) =>
    placed(index.length === 0 ? bold(own) : own, sample === null ? [] : [ofSample(sample)], index);
  const inLayer = ([hidden, last]: Letters, { layer, index, sample }: Place) => {
    const chosen = layer === output ? last : hidden;
    const own = index.length === 0 ? bold(chosen) : chosen;
    const raised = layer === output || output === 1 ? [] : [inBrackets(layer + 1)];
    const separator = raised.length > 0 ? [letter('', ',')] : [];
    return placed(own, sample === null ? raised : [...raised, ...separator, ofSample(sample)], index);
  };
  return {
    input: (place) => outside(letter('x'), place),
    target: (place) => outside(letter('y'), place),
    weightedInput: (place) => inLayer(weightedInputs, place),
    activation: (place) => inLayer(activations, place),
    delta: (place) => inLayer(deltas, place),
    weight: (place) =>
      isScale(network, place.layer)
        ? inLayer(scales, place)
        : inLayer(place.index.length === 0 ? weightMatrices : weights, { ...place, index: fromFirst(place.index) }),
    bias: (place) => inLayer(isScale(network, place.layer) ? shifts : thresholds, place),
    quantity: (name, place) => inLayer([letterOf(name), letterOf(name)], place),
    lossTerm,
    loss: samples === 1 ? letter('E_k', 'E_{k}') : letter('E'),
    sampleLoss: (sample) => letter(`E_${counted(sample)}`, `E_{${counted(sample)}}`),
    learningRate: letter('η', '\\eta'),
    // v is a weight.
    states: { velocity: letter('u'), v: letter('s') },
  };
}

/** The share of one output in E_k: E_k,j. */
function lossTerm({ index, sample }: Place): MathSymbol {
  const below = [sample === null ? 'k' : counted(sample), ...index.map(counted)].join(',');
  return letter(`E_${below}`, `E_{${below}}`);
}
