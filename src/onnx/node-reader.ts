// One node of a graph that is being read: its place in sentences, its settings, and the constants among its inputs.
import { ChainruleError } from '../errors.ts';
import { quoted } from '../formats/safetensors-scanner.ts';
import { type Shape, showShape, type Tensor } from '../memory/index.ts';
import type { Attribute, OnnxNode } from './messages.ts';

/** The values of a graph that are known before it runs, by name. */
export type Constants = ReadonlyMap<string, Tensor>;

/** A node with what is needed to read it. */
export class NodeReader {
  readonly node: OnnxNode;
  readonly opset: number;
  private readonly constants: Constants;
  private readonly where: string;

  constructor(node: OnnxNode, constants: Constants, opset: number, where: string) {
    this.node = node;
    this.constants = constants;
    this.opset = opset;
    this.where = where;
  }

  /**
   * The node with this value as its first input; of a sum it may be the second one.
   * @throws ChainruleError `unsupported` where it reads something else
   */
  reading(value: string): NodeReader {
    const [first, second] = this.node.inputs;
    if (first === value) return this;
    if (this.node.type === 'Add' && second === value)
      return new NodeReader({ ...this.node, inputs: [second, first] }, this.constants, this.opset, this.where);
    throw this.refusal(
      `reads ${quoted(first ?? '')} where the node before it puts out ${quoted(value)}; only a chain of layers can be imported, and this graph branches`,
    );
  }

  /** The error of a node that no layer stands for: the sentence goes on from the node's name. */
  refusal(problem: string): ChainruleError {
    return new ChainruleError('unsupported', `${this.where} ${problem}.`);
  }

  /** The constant that an input is; `undefined` where the input is not given. */
  constant(input: number): Tensor | undefined {
    const name = this.node.inputs[input] ?? '';
    if (name === '') return undefined;
    const tensor = this.constants.get(name);
    if (tensor !== undefined) return tensor;
    throw this.refusal(
      `takes ${quoted(name)} as input ${input + 1}, where a network has a constant; export the model for prediction, with its weights inside`,
    );
  }

  /** A constant that must be there, of this shape. */
  parameter(input: number, shape: Shape): Tensor {
    const tensor = this.constant(input);
    if (tensor === undefined) throw this.refusal(`has ${this.node.inputs.length} inputs, and lacks input ${input + 1}`);
    const size = (axes: Shape) => axes.reduce((product, axis) => product * axis, 1);
    const plain = (axes: Shape) => axes.filter((axis) => axis !== 1).join();
    if (size(tensor.shape) === size(shape) && plain(tensor.shape) === plain(shape)) return { shape, data: tensor.data };
    throw this.refusal(
      `takes numbers of shape ${showShape(tensor.shape)} as input ${input + 1}, where ${showShape(shape)} belongs`,
    );
  }

  /** A constant with this many axes. */
  withAxes(input: number, axes: number): Tensor {
    const tensor = this.constant(input);
    if (tensor?.shape.length === axes) return tensor;
    const found = tensor === undefined ? 'none' : `one of shape ${showShape(tensor.shape)}`;
    throw this.refusal(`takes a constant of ${axes} axes as input ${input + 1}, and has ${found}`);
  }

  /** The constant that an input is; `undefined` where it is none. */
  known(input: number): Tensor | undefined {
    return this.constants.get(this.node.inputs[input] ?? '');
  }

  /** The single number that an input is; `undefined` where it is something else. */
  number(input: number): number | undefined {
    const tensor = this.known(input);
    return tensor?.data.length === 1 ? tensor.data[0] : undefined;
  }

  /** An integer among the settings. */
  int(name: string, otherwise: number): number {
    return this.setting(name, otherwise, (one) => (one.kind === 'int' ? one.value : undefined));
  }

  /** A number among the settings. */
  float(name: string, otherwise: number): number {
    return this.setting(name, otherwise, (one) => (one.kind === 'float' ? one.value : undefined));
  }

  /** A word among the settings. */
  word(name: string, otherwise: string): string {
    return this.setting(name, otherwise, (one) => (one.kind === 'string' ? one.value : undefined));
  }

  /** Integers among the settings, as many as the default has. */
  ints(name: string, otherwise: readonly number[]): readonly number[] {
    const found = this.setting(name, otherwise, (one) => (one.kind === 'ints' ? one.value : undefined));
    if (found.length === otherwise.length) return found;
    throw this.refusal(
      `has ${found.length} numbers in ${name}, and ${otherwise.length} are expected: images have two axes`,
    );
  }

  has(name: string): boolean {
    return this.node.attributes.has(name);
  }

  /** Refuses a setting that no layer of the house has. */
  requireSetting(name: string, found: unknown, expected: unknown): void {
    if (JSON.stringify(found) === JSON.stringify(expected)) return;
    throw this.refusal(`has ${name} ${JSON.stringify(found)} where only ${JSON.stringify(expected)} can be imported`);
  }

  private setting<T>(name: string, otherwise: T, read: (attribute: Attribute) => T | undefined): T {
    const attribute = this.node.attributes.get(name);
    if (attribute === undefined) return otherwise;
    const value = read(attribute);
    if (value !== undefined) return value;
    throw this.refusal(`has a setting ${name} of a kind that its operator does not have`);
  }
}
