// The contract of a loss: a sample's terms and their derivatives by the output activations.
import { type Kernel, type LossTerm, lossGradient, lossTerms } from '../kernels/index.ts';

/** How loss and output activation simplify together: the same values by fewer and safer operations. */
export interface Simplification {
  /** The output activation this holds for. */
  readonly activation: string;
  /** The loss's terms from the weighted input. */
  readonly terms: Kernel<'z' | 'y'>;
  /** The output layer's δ. */
  readonly delta: Kernel<'a' | 'y'>;
}

/** A cost C_x of one sample; a batch's loss is the mean over its samples. */
export interface Loss {
  readonly name: string;
  /** terms_j, which sum to C_x */
  readonly terms: Kernel<'a' | 'y'>;
  /** ∂C_x/∂a_j */
  readonly gradient: Kernel<'a' | 'y'>;
  /** Which output activations make sense, by the least and greatest value of a; any where absent. */
  readonly outputs?: readonly [number, number];
  /** The one output activation it needs, by name. */
  readonly activation?: string;
  /** The two targets it is made for, where they are not 0 and 1: those of a class that is wrong and of the right one. */
  readonly targets?: readonly [number, number];
  /** How far an output is from the nearest place where the derivative or its slope jumps; it has none where absent. */
  distanceToKink?(a: number, y: number): number;
  readonly simplifications: readonly Simplification[];
}

/** What to say about a loss beside its term. */
export type LossTraits = Partial<
  Pick<Loss, 'outputs' | 'activation' | 'targets' | 'distanceToKink' | 'simplifications'>
>;

/** A loss whose sample is the sum of one term per output. */
export function defineLoss(definition: LossTerm & LossTraits): Loss {
  return {
    name: definition.name,
    terms: lossTerms(definition),
    gradient: lossGradient(definition),
    ...(definition.outputs && { outputs: definition.outputs }),
    ...(definition.activation && { activation: definition.activation }),
    ...(definition.targets && { targets: definition.targets }),
    ...(definition.distanceToKink && { distanceToKink: definition.distanceToKink }),
    simplifications: definition.simplifications ?? [],
  };
}
