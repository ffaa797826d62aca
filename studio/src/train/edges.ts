// Weights as lines between the pictures of neurons: their width by size, their colour by sign, negative ones dashed too.
import type { Network } from 'chainrule';
import type { NeuronColumn } from '../common/training/responses.ts';
import { cell, type NetworkLayout } from './network-layout.ts';

/** Draws every weight between neurons that are shown. */
export function paintEdges(
  context: CanvasRenderingContext2D,
  { parameters }: Network,
  columns: readonly NeuronColumn[],
  { places }: NetworkLayout,
  colours: { readonly positive: string; readonly negative: string },
): void {
  for (const [c, { layer, shown }] of columns.entries()) {
    const { data, shape } = parameters[`layers.${layer}.weight`];
    const inputs = shape[1];
    const before = Math.min(inputs, places[c].length);
    for (let neuron = 0; neuron < shown; neuron++) {
      for (let input = 0; input < before; input++) {
        const weight = data[neuron * inputs + input];
        if (!Number.isFinite(weight)) continue;
        const [x0, y0] = places[c][input];
        const [x1, y1] = places[c + 1][neuron];
        edge(context, [x0 + cell, y0 + cell / 2], [x1, y1 + cell / 2], weight, colours);
      }
    }
  }
}

function edge(
  context: CanvasRenderingContext2D,
  [x0, y0]: readonly [number, number],
  [x1, y1]: readonly [number, number],
  weight: number,
  { positive, negative }: { readonly positive: string; readonly negative: string },
): void {
  const size = Math.tanh(Math.abs(weight) / 3);
  context.lineWidth = 0.3 + 3.7 * size;
  context.globalAlpha = 0.15 + 0.85 * size;
  context.strokeStyle = weight < 0 ? negative : positive;
  context.setLineDash(weight < 0 ? [6, 3] : []);
  context.beginPath();
  context.moveTo(x0, y0);
  context.bezierCurveTo((x0 + x1) / 2, y0, (x0 + x1) / 2, y1, x1, y1);
  context.stroke();
}
