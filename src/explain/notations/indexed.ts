// The notation of source D: the layer raised in brackets, counted from 1 at the first weights, learning rate α.
import { bracketed } from './bracketed.ts';
import type { Notation } from './notation.ts';
import { counted, inBrackets, letter, superscript } from './writing.ts';

/** z^(l)_j, a^(l)_j, δ^(l)_j, w^(l)_jk, b^(l)_j, x_k, y_j, L, α; matrices W^(l); x^{s1}_k in the first sample of a batch */
export const indexed: Notation = {
  name: 'indexed',
  title: { en: 'the layer raised in brackets, learning rate α', zh: '层号写在上标括号中，学习率 α' },
  symbols: (network) =>
    bracketed(network, {
      layer: inBrackets,
      // Round brackets are the layer's.
      sample: (sample) => letter(`ˢ${superscript(counted(sample))}`, `s${counted(sample)}`),
      letters: (name, isWhole) => letter(name === 'w' && isWhole ? 'W' : name),
      loss: letter('L'),
      ownLoss: letter('L'),
    }),
};
