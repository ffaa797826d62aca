// The contract of an activation: a = f(z) forward, dz = da ⊙ f′(z) backward.
import { elementwiseBackward, elementwiseForward, type Kernel, type ScalarFunction } from '../kernels/index.ts';

/** A rule that turns a layer's weighted input into its activation. */
export interface Activation {
  readonly name: string;
  /** a from z */
  readonly forward: Kernel<'z'>;
  /** dz from da, z and a */
  readonly backward: Kernel<'da' | 'z' | 'a'>;
  /** The least and greatest value of a. */
  readonly range: readonly [number, number];
  /** Where f′ or f″ jumps, so that central differences across it mean little. */
  readonly kinks: readonly number[];
  /** The name of the initializer that layers with this activation take unless told otherwise. */
  readonly initializer: string;
  /** Whether each a depends on every z of its layer, which must then be one list; false unless given. */
  readonly joint?: boolean;
}

/** What to say about an activation beside its function; the defaults suit a smooth, unbounded one. */
export interface ActivationTraits {
  readonly range?: readonly [number, number];
  readonly kinks?: readonly number[];
  readonly initializer?: string;
}

/**
 * An activation made from a function of one number.
 * @example
 * const cube = defineActivation({
 *   name: 'cube',
 *   value: (z) => z ** 3,
 *   derivative: (z) => 3 * z ** 2,
 *   expression: (z) => power(z, 3),
 *   derivativeExpression: (z) => multiply(3, power(z, 2)),
 * });
 */
export function defineActivation(definition: ScalarFunction & ActivationTraits): Activation {
  return {
    name: definition.name,
    forward: elementwiseForward(definition),
    backward: elementwiseBackward(definition),
    range: definition.range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
    kinks: definition.kinks ?? [],
    initializer: definition.initializer ?? 'xavierUniform',
  };
}
