// The contract of a layer: plain options, a shape rule, parameters, and the kernel calls of its two passes.
// A layer's activation is not its business: the plan applies it between the two.
import type { ZodMiniType } from 'zod/mini';
import type { Activation } from '../activations/activation.ts';
import type { Initializer } from '../initializers/initializer.ts';
import type { Attributes, Kernel } from '../kernels/index.ts';
import type { FloatArray, Shape } from '../memory/index.ts';

/** What a program is for: in training, layers such as dropout and batch normalization do something else. */
export type Mode = 'training' | 'prediction';

/** A parameter: what training finds and the network file keeps. */
export interface ParameterSpec {
  readonly shape: Shape;
  /** Penalties (L1, L2) apply to weights only. Statistics follow the data instead of a gradient, and have none. */
  readonly kind: 'weight' | 'bias' | 'statistic';
  readonly initializer: Initializer;
  /** Inputs that meet in one weighted sum. */
  readonly fanIn: number;
  /** Outputs that one input reaches. */
  readonly fanOut: number;
}

/** Settings of a call. */
export interface CallOptions {
  readonly attributes?: Attributes;
  /** The name in the field of the equation that the call carries out: `BP4`. */
  readonly rule?: string;
  /** `index` for an output that holds positions and not quantities. */
  readonly role?: 'index';
}

/** Emits kernel calls; slots are handed around by their names. */
export interface LayerBuilder {
  readonly mode: Mode;
  /** The layer's number and the network's seed: with the slot {@link step}, what random numbers are drawn from. */
  readonly layer: number;
  readonly seed: number;
  /** The slot of the number of this optimisation step, counted from 1. */
  step(): string;
  /**
   * Emits a call and returns its output's slot.
   * @param output a name within the layer: `z` forward, `weight.grad` … backward, or a name of the layer's own
   */
  call(kernel: Kernel, inputs: Readonly<Record<string, string>>, output: string, options?: CallOptions): string;
  /** The slot of a quantity of the layer's own that an earlier call has written: `mask`. */
  own(name: string): string;
  /** The shape of one sample of a slot, or of the whole slot where it is not per sample. */
  shapeOf(slot: string): Shape;
}

/** What both passes are given. */
export interface LayerSlots {
  /** The layer's input. */
  readonly x: string;
  /** Its parameters' slots by their names. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** A layer of a network. */
export interface Layer {
  readonly type: string;
  /** Its entry in the network file, without `type` and `activation`. */
  readonly options: Readonly<Record<string, unknown>>;
  /** What turns its output z into a; null for layers that have none. */
  readonly activation: Activation | null;
  /** The shape of its output for an input of this shape; throws ChainruleError `bad-shape` where it cannot take it. */
  outputShape(input: Shape): Shape;
  /** Its parameters by name, in the order they are drawn and saved. */
  parameters(input: Shape): Readonly<Record<string, ParameterSpec>>;
  /** Emits the forward pass; the last call's output is `z`. */
  forward(g: LayerBuilder, slots: LayerSlots): void;
  /**
   * Emits the backward pass from dz = ∂C_x/∂z: a gradient `NAME.grad` for each parameter, a mean over the batch, and
   * `x.grad`, the error of the layer's input.
   */
  backward(g: LayerBuilder, dz: string, slots: LayerSlots): void;
  /** Emits `NAME.next` for each of its statistics, what they are after the step; for layers that have any. */
  statistics?(g: LayerBuilder, slots: LayerSlots): void;
  /** The fewest samples that a training batch must have; 1 unless given. */
  fewestSamples?(input: Shape): number;
  /** Rows and columns at the end of its input that it never looks at, because its stride does not come out even; none unless given. */
  leftOver?(input: Shape): readonly [rows: number, columns: number];
  /** How far one sample's input is from where the layer's derivative jumps; infinite unless given. */
  distanceToKink?(x: FloatArray, input: Shape): number;
}

/** The names a layer's schema may choose from. */
export interface LayerNames {
  readonly activation: ZodMiniType<string>;
  readonly initializer: ZodMiniType<string>;
}

/** How a layer's names become rules. */
export interface LayerRules {
  activation(name: string): Activation;
  initializer(name: string): Initializer;
}

/** A kind of layer, as the network file and the tests know it. */
export interface LayerType {
  readonly type: string;
  /** The layer's entry in the network file. */
  schema(names: LayerNames): ZodMiniType;
  /** The layer for an entry that the schema has passed. */
  fromEntry(entry: Readonly<Record<string, unknown>>, rules: LayerRules): Layer;
  /** Small cases for the conformance test: entries of the network file with the input they take. */
  readonly samples: readonly { readonly input: Shape; readonly layers: readonly Readonly<Record<string, unknown>>[] }[];
}
