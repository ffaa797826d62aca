// Which data a reader can draw digits for, and what a network says of a drawing.
import { type Dataset, type Network, quantities } from 'chainrule';
import { digitsInk, type InkStyle, mnistInk } from '../common/training/ink.ts';
import { imageShapeOf, type PreparedData } from '../common/training/prepared.ts';

/** How digits lie in the data's images, where they are small grey ones of classes. */
export function drawingStyle(data: PreparedData): InkStyle | undefined {
  const [channels, height, width] = imageShapeOf(data) ?? [];
  if (channels !== 1 || height !== width || data.training.task !== 'classification') return undefined;
  return [mnistInk, digitsInk].find(({ side }) => side === width);
}

/** A layer's activations on a drawing. */
export interface LayerActivity {
  readonly layer: number;
  readonly type: string;
  readonly values: ArrayLike<number>;
}

/** Every layer's activations on an image, the output's last. */
export function activityOn(network: Network, image: Float64Array, { training }: PreparedData): LayerActivity[] {
  const names = network.layers.map((_, layer) => `layers.${layer}.a`);
  const classes = training.classNames?.length ?? 1;
  const drawing: Dataset = {
    ...training,
    samples: {
      inputs: { count: 1, width: image.length, values: image, scale: 1 },
      targets: { count: 1, classes, labels: Uint32Array.of(0) },
    },
  };
  const read = quantities(network, drawing, names);
  return network.layers.map(({ type }, layer) => ({ layer, type, values: read[names[layer]] }));
}
