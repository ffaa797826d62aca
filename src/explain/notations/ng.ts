// The notation of Andrew Ng's courses: layers in square brackets, dz, dw and db for the derivatives of the cost J, learning rate α.
import { bracketed } from './bracketed.ts';
import type { MathSymbol, Notation, Symbols } from './notation.ts';
import { counted, inBrackets, letter, letterOf, placed } from './writing.ts';

/** `z^[l]_j`, `a^[l](i)_j` of sample i, dz, `w^[l]_jk`, dw, b, `x_k`, `y_j`, J, α; of a whole batch X, Y, `Z^[l]`, `A^[l]`, dZ, dW, `W^[l]`. */
export const ng: Notation = {
  name: 'ng',
  title: {
    en: "Andrew Ng's: layers in square brackets, dz, dw, db",
    zh: '吴恩达课程记法：层号写在方括号中，dz、dw、db',
  },
  symbols(network, samples): Symbols {
    const inLayer = (layer: number) => letter(`[${layer}]`);
    const symbols = bracketed(network, {
      layer: inLayer,
      sample: (sample) => inBrackets(counted(sample)),
      // A vector of one sample is small; what has a column for each sample is capital, as weights are.
      letters: (name, isWhole) =>
        letter(isWhole && name !== 'b' && (name === 'w' || samples > 1) ? name.toUpperCase() : name),
      loss: letter('J'),
      ownLoss: letter('L', '\\mathcal{L}'),
    });
    return {
      ...symbols,
      delta: (place) => d(symbols.weightedInput(place)),
      quantity: (name, place) =>
        placed(
          name === 'mask' ? letter('d') : letterOf(name),
          inMask(inLayer(place.layer + 1), place.sample),
          place.index,
        ),
      gradient: d,
      states: { m: letter('v'), v: letter('s') },
    };
  },
};

const inMask = (layer: MathSymbol, sample: number | string | null) =>
  sample === null ? [layer] : [layer, inBrackets(counted(sample))];

/** ∂J/∂symbol */
const d = ({ latex, text }: MathSymbol): MathSymbol => ({ latex: `d${latex}`, text: `d${text}` });
