// The notation of Andrew Ng's courses: layers in square brackets, dz, dw and db for the derivatives of the cost J, learning rate α.
import { bracketed } from './bracketed.ts';
import type { MathSymbol, Notation } from './notation.ts';

/** z^[l]_j, a^[l]_j, dz^[l]_j, w^[l]_jk, dw^[l]_jk, b^[l]_j, x_k, y_j, J, α; samples raised in round brackets */
export const ng: Notation = {
  name: 'ng',
  title: {
    en: "Andrew Ng's: layers in square brackets, dz, dw, db",
    zh: '吴恩达课程记法：层号写在方括号中，dz、dw、db',
  },
  symbols: () => {
    const symbols = bracketed({ open: '[', close: ']', small: ['[', ']'], loss: { latex: 'J', text: 'J' } });
    return { ...symbols, delta: (place) => d(symbols.weightedInput(place)), gradient: d };
  },
};

const d = ({ latex, text }: MathSymbol): MathSymbol => ({ latex: `d${latex}`, text: `d${text}` });
