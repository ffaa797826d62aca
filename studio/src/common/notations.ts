// What the notations of the library are called, in the order they are offered.
import type { notations } from 'chainrule/explain';
import type { Words } from '../words/language.svelte.ts';

export const notationNames: Words<Readonly<Record<keyof typeof notations, string>>> = {
  en: {
    nielsen: 'Nielsen',
    mazur: 'net and out (Mazur)',
    ng: 'Andrew Ng',
    indexed: 'superscript layers',
    residual: 'residual',
    xigua: 'Zhou Zhihua',
  },
  zh: {
    nielsen: 'Nielsen',
    mazur: 'net 与 out（Mazur）',
    ng: '吴恩达',
    indexed: '上标表示层',
    residual: '残差',
    xigua: '周志华（西瓜书）',
  },
};
