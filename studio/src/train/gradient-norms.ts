// The size of each layer's gradient, from the gradients that the library reads. Only their lengths are taken here.
import type { Network, Quantities } from 'chainrule';

/** One layer's gradient. */
export interface GradientNorm {
  readonly layer: number;
  readonly type: string;
  /** ‖∂C/∂W‖ */
  readonly norm: number;
  /** How long its bar is, 0 … 1, by powers of ten from 1e-8 to 10. */
  readonly share: number;
}

const [lowest, highest] = [-8, 1];

/** The norms of all layers with weights, in their order. */
export function gradientNorms(gradients: Quantities | undefined, { layers }: Network): GradientNorm[] {
  if (gradients === undefined) return [];
  return layers.flatMap(({ type }, layer) => {
    const values = gradients[`layers.${layer}.weight.grad`];
    if (values === undefined) return [];
    const norm = Math.hypot(...chunks(values));
    const share = (Math.log10(Math.max(norm, 1e-300)) - lowest) / (highest - lowest);
    return [{ layer, type, norm, share: Number.isNaN(share) ? 0 : Math.max(0, Math.min(1, share)) }];
  });
}

/** Lengths of parts: not all numbers fit in one call. */
function chunks(values: Float32Array | Float64Array): number[] {
  const size = 10_000;
  const count = Math.ceil(values.length / size);
  return Array.from({ length: count }, (_, i) => Math.hypot(...values.subarray(i * size, (i + 1) * size)));
}
