// Gradient clipping between the gradients and the updates; emitted by compile, like everything else of a step.
import {
  type Attributes,
  addScalars,
  bounded,
  clipScale,
  gradientNorm,
  type Kernel,
  scaledGradient,
  sumOfSquares,
} from '../kernels/index.ts';
import type { Clip } from '../optimizers/optimizer.ts';

/** Emits a call of the update phase and returns its output's slot. */
type Emit = (
  kernel: Kernel,
  inputs: Readonly<Record<string, string>>,
  output: string,
  attributes?: Attributes,
) => string;

/** Emits what clips the gradients of these parameters; each one's update then reads `NAME.grad.clipped`. */
export function emitClipping(emit: Emit, parameters: readonly string[], clip: Clip): void {
  if ('value' in clip) {
    for (const name of parameters) {
      emit(bounded, { x: `${name}.grad` }, `${name}.grad.clipped`, { least: -clip.value, most: clip.value });
    }
    return;
  }
  if (parameters.length === 0) return;
  // ‖g‖² = Σ over parameters of Σ g²
  const squares = parameters
    .map((name) => emit(sumOfSquares, { gradient: `${name}.grad` }, `${name}.grad.squares`))
    .reduce((x, y, i) => emit(addScalars, { x, y }, `gradient.squares.${i}`));
  const norm = emit(gradientNorm, { squares }, 'gradient.norm');
  const scale = emit(clipScale, { norm }, 'gradient.scale', { limit: clip.norm });
  for (const name of parameters) emit(scaledGradient, { gradient: `${name}.grad`, scale }, `${name}.grad.clipped`);
}
