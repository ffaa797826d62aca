// What vanishing and exploding gradients are both seen by: ‖δ‖ from the output back to the first layer. No illness.
import type { Evidence } from '../evidence.ts';

/** The errors of layers with weights, first to last. */
export interface ErrorProfile {
  readonly layers: readonly number[];
  readonly errors: readonly number[];
  /** First layer's over last layer's. */
  readonly ratio: number;
  /** The mean factor from a layer to the one before it. */
  readonly perLayer: number;
}

/** Fewer layers with weights than this cannot shrink or grow by a power. */
const fewestLayers = 3;

/** The errors of a network as training began; undefined where it is shallow or nothing flows back. */
export function errorProfile({ start }: Evidence): ErrorProfile | undefined {
  const learning = start.layers.filter(({ learns }) => learns);
  if (learning.length < fewestLayers) return undefined;
  const errors = learning.map(({ error }) => error);
  const [first, last] = [errors[0], errors[errors.length - 1]];
  if (!(last > 0) || !(first >= 0)) return undefined;
  const ratio = first / last;
  return { layers: learning.map(({ layer }) => layer), errors, ratio, perLayer: ratio ** (1 / (errors.length - 1)) };
}
