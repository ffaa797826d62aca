// The contract of a kernel: one primitive operation with its shape rule, float64 reference and symbolic form.
// A kernel knows no layer, allocates nothing and has one output; several quantities are several kernels.
import type { FloatArray, Shape } from '../memory/index.ts';
import { type Element, type Expression, type Index, type MatrixExpression, sum } from '../symbolic/index.ts';

/** The numbers of one slot while a kernel runs: `samples` rows of `shape` where the slot is per sample, else one. */
export interface View {
  readonly data: FloatArray;
  readonly shape: Shape;
  readonly perSample: boolean;
}

/** An input as a kernel's symbolic form sees it. */
export interface Operand {
  readonly slot: string;
  readonly shape: Shape;
  readonly perSample: boolean;
  /** The element at `index`, of the current sample where the slot is per sample. */
  at(...index: readonly Index[]): Element;
}

/** Settings of a call: printable data. */
export type Attributes = Readonly<Record<string, number | string | boolean | readonly number[]>>;

/** What the shape rule and the symbolic form are told about an input. */
export type SlotShape = Pick<Operand, 'shape' | 'perSample'>;

/** One primitive operation. `Port` names its inputs. */
export interface Kernel<Port extends string = string> {
  readonly name: string;
  readonly inputs: readonly Port[];
  /** Whether the output has a row for each sample, or one for the batch. */
  readonly perSample: boolean;
  /** Inputs whose memory the output may take over, because element i is read before element i is written. */
  readonly inPlace?: readonly Port[];
  /** The shape of the output (of one sample, where it is per sample). */
  shape(inputs: Readonly<Record<Port, SlotShape>>, attributes: Attributes): Shape;
  /** The reference: computes in float64 and writes every number of `out`. */
  run(out: FloatArray, inputs: Readonly<Record<Port, View>>, attributes: Attributes, samples: number): void;
  /** What element `index` of the output is; the current sample is the letter {@link sampleIndex}. */
  element(index: readonly Index[], inputs: Readonly<Record<Port, Operand>>, attributes: Attributes): Expression;
  /** What the whole output is, inputs by their slots' names. */
  matrix(inputs: Readonly<Record<Port, string>>, attributes: Attributes): MatrixExpression;
}

/** The letter of the current sample in symbolic forms. */
export const sampleIndex = 's';

/** Index letters for a tensor of this many axes, starting at `first`: j, k, l … */
export function letters(count: number, first = 'j'): string[] {
  return Array.from({ length: count }, (_, i) => String.fromCharCode(first.charCodeAt(0) + i));
}

/** Σ over every element of `x`, one sum an axis. */
export function sumAll(x: Operand, term: (element: Expression) => Expression): Expression {
  const indices = letters(x.shape.length);
  return indices.reduceRight<Expression>(
    (body, letter, axis) => sum(letter, x.shape[axis], body),
    term(x.at(...indices)),
  );
}

/** A kernel with its ports' names kept in its type. */
export function defineKernel<const Port extends string>(kernel: Kernel<Port>): Kernel<Port> {
  return kernel;
}

/** How many numbers one sample has in a view or slot. */
export function width(view: SlotShape): number {
  return view.shape.reduce((product, axis) => product * axis, 1);
}

/** A numeric attribute, or its default. */
export function numeric(attributes: Attributes, name: string, otherwise = 0): number {
  const value = attributes[name];
  return typeof value === 'number' ? value : otherwise;
}
