// Activations that exporters spell out in several nodes, ours among them.
import type { ActivationName } from './draft.ts';
import type { NodeReader } from './node-reader.ts';

/** What a node of a pattern reads: the value before the pattern, the output of one of its nodes, or a number. */
type Operand = 'z' | { readonly node: number } | { readonly number: number };

/** One node: its operator and what it reads. */
interface Step {
  readonly type: string;
  readonly operands: readonly Operand[];
}

/** An activation and the nodes that stand for it. */
interface Pattern {
  readonly activation: ActivationName;
  readonly steps: readonly Step[];
}

const step = (type: string, ...operands: Operand[]): Step => ({ type, operands });
const of = (node: number): Operand => ({ node });
const constant = (number: number): Operand => ({ number });

export const activationPatterns: readonly Pattern[] = [
  { activation: 'swish', steps: [step('Sigmoid', 'z'), step('Mul', 'z', of(0))] },
  {
    activation: 'gelu',
    steps: [
      step('Div', 'z', constant(Math.SQRT2)),
      step('Erf', of(0)),
      step('Add', of(1), constant(1)),
      step('Mul', 'z', of(2)),
      step('Mul', of(3), constant(0.5)),
    ],
  },
  { activation: 'step', steps: [step('Greater', 'z', constant(0)), step('Cast', of(0))] },
];

const commutative = new Set(['Add', 'Mul']);

/** Whether these nodes, one after another, are the pattern applied to the value. */
export function matches(steps: readonly Step[], nodes: readonly NodeReader[], value: string): boolean {
  const reads = (reader: NodeReader, input: number, operand: Operand): boolean => {
    if (operand === 'z') return reader.node.inputs[input] === value;
    if ('node' in operand) return reader.node.inputs[input] === nodes[operand.node].node.outputs[0];
    return Math.abs((reader.number(input) ?? Number.NaN) - operand.number) < 1e-6;
  };
  return steps.every(({ type, operands }, i) => {
    const reader = nodes.at(i);
    if (reader?.node.type !== type || reader.node.domain !== '' || reader.node.inputs.length !== operands.length)
      return false;
    const inOrder = (order: readonly Operand[]) => order.every((operand, input) => reads(reader, input, operand));
    return inOrder(operands) || (commutative.has(type) && inOrder(operands.toReversed()));
  });
}
