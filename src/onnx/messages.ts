// The few messages of an ONNX file that a feed-forward network needs, as plain data. Not how they are stored.
import type { FloatArray, Shape } from '../memory/index.ts';

/** The types of numbers that tensors have, by their number in the format. */
export const dataTypes = { float: 1, int32: 6, int64: 7, bool: 9, float16: 10, double: 11, bfloat16: 16 } as const;

/** The name of a type of numbers. */
export type DataType = keyof typeof dataTypes;

/** Numbers with a name and a shape; integers are held in float64, all of them exact. */
export interface OnnxTensor {
  readonly name: string;
  readonly type: DataType;
  readonly shape: Shape;
  readonly data: FloatArray;
}

/** A setting of a node. What settings of other kinds hold, such as subgraphs, is not read. */
export type Attribute =
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'ints'; readonly value: readonly number[] }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'tensor'; readonly value: OnnxTensor }
  | { readonly kind: 'other' };

/** One operation. */
export interface OnnxNode {
  readonly name: string;
  /** The operator: `Gemm`. */
  readonly type: string;
  /** Whose operator it is; empty for ONNX's own. */
  readonly domain: string;
  /** Names of values; empty for an optional input that is not given. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, Attribute>;
}

/** An input or output of the graph. An axis of unknown length is its name. */
export interface ValueInfo {
  readonly name: string;
  /** Its type's number, or 0 where it is no tensor. */
  readonly type: number;
  readonly shape: readonly (number | string)[];
}

/** Operations in an order in which they can be carried out. */
export interface OnnxGraph {
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
}

/** A whole file. */
export interface OnnxModel {
  readonly irVersion: number;
  /** The version of ONNX's own operators. */
  readonly opset: number;
  readonly producer: string;
  readonly graph: OnnxGraph;
  readonly metadata: ReadonlyMap<string, string>;
}
