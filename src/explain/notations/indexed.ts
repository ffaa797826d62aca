// The notation of source D: the layer raised in brackets, counted from 1 at the first weights, learning rate α.
import { bracketed } from './bracketed.ts';
import type { Notation } from './notation.ts';

/** z^(l)_j, a^(l)_j, δ^(l)_j, w^(l)_jk, b^(l)_j, x_k, y_j, L, α */
export const indexed: Notation = {
  name: 'indexed',
  title: { en: 'the layer raised in brackets, learning rate α', zh: '层号写在上标括号中，学习率 α' },
  symbols: () => bracketed({ open: '(', close: ')', small: ['⁽', '⁾'], loss: { latex: 'L', text: 'L' } }),
};
