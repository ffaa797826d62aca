// A function of one number as nodes, from its expression: activations that ONNX has no operator for.
import { ChainruleError } from '../errors.ts';
import type { Expression, NamedFunction, Relation } from '../symbolic/index.ts';
import type { GraphBuilder } from './graph-builder.ts';

const functions: Readonly<Record<NamedFunction, string>> = {
  exp: 'Exp',
  ln: 'Log',
  tanh: 'Tanh',
  sqrt: 'Sqrt',
  abs: 'Abs',
  sign: 'Sign',
  erf: 'Erf',
};
const relations: Readonly<Record<Relation, string>> = { '>': 'Greater', '≥': 'GreaterOrEqual', '=': 'Equal' };

/**
 * Adds the nodes of an expression, and gives the value of the last.
 * @param z the value that every element of the expression is
 * @param output how the nodes' values begin
 * @throws ChainruleError `unsupported` at an expression that is no function of one number
 */
export function formulaNodes(graph: GraphBuilder, expression: Expression, z: string, output: string): string {
  let count = 0;
  const node = (type: string, inputs: readonly string[]) => graph.node(type, inputs, `${output}.${count++}`);
  const chain = (type: string, parts: readonly Expression[]) => parts.map(say).reduce((a, b) => node(type, [a, b]));
  const say = (e: Expression): string => {
    switch (e.kind) {
      case 'number':
        return graph.scalar(`number ${e.value}`, e.value);
      case 'element':
        return z;
      case 'add':
        return chain('Add', e.terms);
      case 'multiply':
        return chain('Mul', e.factors);
      case 'divide':
        return node('Div', [say(e.above), say(e.below)]);
      case 'negate':
        return node('Neg', [say(e.of)]);
      case 'power':
        return node('Pow', [say(e.base), say(e.exponent)]);
      case 'call':
        return node(functions[e.name], [say(e.of)]);
      case 'cases':
        return node('Where', [node(relations[e.relation], [say(e.left), say(e.right)]), say(e.ifTrue), say(e.ifFalse)]);
      default:
        throw new ChainruleError(
          'unsupported',
          `${output}: its formula has a ${e.kind} in it, which cannot be written as ONNX; use a function of one number.`,
        );
    }
  };
  return say(expression);
}
