// A function of one number as JavaScript, from its expression.
import { ChainruleError } from '../errors.ts';
import type { Expression, NamedFunction, Relation } from '../symbolic/index.ts';

const functions: Readonly<Record<NamedFunction, string>> = {
  exp: 'Math.exp',
  ln: 'Math.log',
  tanh: 'Math.tanh',
  sqrt: 'Math.sqrt',
  abs: 'Math.abs',
  sign: 'Math.sign',
  erf: 'erf',
};
const relations: Readonly<Record<Relation, string>> = { '>': '>', '≥': '>=', '=': '===' };

/**
 * The expression as JavaScript in which every element is `z`.
 * @throws ChainruleError `unsupported` at an expression that is no function of one number
 */
export function formulaText(expression: Expression): string {
  const say = (e: Expression): string => {
    switch (e.kind) {
      case 'number':
        return e.value < 0 ? `(${e.value})` : String(e.value);
      case 'element':
        return 'z';
      case 'add':
        return `(${e.terms.map(say).join(' + ')})`;
      case 'multiply':
        return `(${e.factors.map(say).join(' * ')})`;
      case 'divide':
        return `(${say(e.above)} / ${say(e.below)})`;
      case 'negate':
        return `(-${say(e.of)})`;
      case 'power':
        return `Math.pow(${say(e.base)}, ${say(e.exponent)})`;
      case 'call':
        return `${functions[e.name]}(${say(e.of)})`;
      case 'cases':
        return `(${say(e.left)} ${relations[e.relation]} ${say(e.right)} ? ${say(e.ifTrue)} : ${say(e.ifFalse)})`;
      default:
        throw new ChainruleError(
          'unsupported',
          `a formula with a ${e.kind} in it cannot be written as JavaScript; use a function of one number.`,
        );
    }
  };
  return say(expression).replace(/^\((.*)\)$/, (whole, inner) => (isBalanced(inner) ? inner : whole));
}

/** Whether the brackets that were around a text were a pair. */
function isBalanced(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === '(') depth++;
    if (character === ')' && --depth < 0) return false;
  }
  return depth === 0;
}
