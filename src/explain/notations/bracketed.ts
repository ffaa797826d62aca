// What notations share that raise the layer in brackets, counted from 1 at the first weights; the input is x.
import type { Index } from '../../symbolic/index.ts';
import { counted, type MathSymbol, type Place, type Symbols, subscript, superscript } from './notation.ts';

/** How the brackets are written, and the letter of the loss. */
export interface Brackets {
  readonly open: string;
  readonly close: string;
  /** The brackets around a raised number in text. */
  readonly small: readonly [string, string];
  readonly loss: MathSymbol;
}

/** z, a, δ, w, b with their layer in brackets; x, y; α. */
export function bracketed({ open, close, small, loss }: Brackets): Symbols {
  const placed = (latex: string, text: string, { layer, index }: Place): MathSymbol => {
    const own = index.map(counted);
    return {
      latex: `${latex}^{${open}${layer + 1}${close}}_{${own.join(',')}}`,
      text: `${text}${small[0]}${small[0] === open ? layer + 1 : superscript(layer + 1)}${small[1]}${subscript(own)}`,
    };
  };
  const plain = ({ latex, text }: MathSymbol, index: readonly Index[]): MathSymbol => {
    const own = index.map(counted);
    return { latex: `${latex}_{${own.join(',')}}`, text: text + subscript(own) };
  };
  const letter = (name: string): MathSymbol => ({ latex: name, text: name });
  return {
    input: (index) => plain(letter('x'), index),
    target: (index) => plain(letter('y'), index),
    weightedInput: (place) => placed('z', 'z', place),
    activation: (place) => (place.layer < 0 ? plain(letter('x'), place.index) : placed('a', 'a', place)),
    delta: (place) => placed('\\delta', 'δ', place),
    weight: (place) => placed('w', 'w', place),
    bias: (place) => placed('b', 'b', place),
    quantity: (name, place) => placed(`\\text{${name}}`, name, place),
    lossTerm: (index) => plain(loss, index),
    loss,
    learningRate: { latex: '\\alpha', text: 'α' },
  };
}
