// What a live training is asked to show beside its scores: responses over the plane, gradients, and outputs on test samples.
import { type Dataset, type Network, outputShape, type View } from 'chainrule';
import { featureRows, gridPoints } from './features.ts';
import { type PreparedData, someOf } from './prepared.ts';
import type { Setup } from './setup.ts';

/** Cells of the plane's pictures along one side. */
export const gridSide = 50;

/** Neurons of a layer that have a picture of their own. */
export const mostNeurons = 16;

/** Samples that gradients are read on, and test samples that are looked at one by one. */
const gradientSamples = 64;
export const lookedAt = 500;

/** The views of a training. */
export function viewsFor(net: Network, data: PreparedData, { features }: Setup): Record<string, View> {
  const last = net.layers.length - 1;
  const weights = Object.keys(net.parameters).filter((name) => name.endsWith('.weight'));
  const watched = data.test ?? data.training;
  return {
    gradients: { data: someOf(data.training, gradientSamples), names: weights.map((name) => `${name}.grad`) },
    outputs: { data: someOf(watched, lookedAt), names: [`layers.${last}.a`] },
    ...(data.plane && { plane: { data: planeSamples(net, features), names: shownLayers(net) } }),
  };
}

/** Activations of the output and of layers narrow enough to be drawn neuron by neuron. */
function shownLayers(net: Network): string[] {
  const last = net.layers.length - 1;
  return net.layers.flatMap((_, index) => {
    const bias = net.parameters[`layers.${index}.bias`];
    const narrow = bias === undefined || bias.data.length <= 4 * mostNeurons;
    return index === last || narrow ? [`layers.${index}.a`] : [];
  });
}

/** The middles of the plane's cells as samples; nobody asks for their targets. */
function planeSamples(net: Network, features: Setup['features']): Dataset {
  const points = gridPoints(gridSide);
  const [width] = outputShape(net);
  const rows = (width: number, values: Float64Array) => ({ count: points.length, width, values, scale: 1 });
  return {
    samples: {
      inputs: rows(features.length, featureRows(points, features)),
      targets: rows(width, new Float64Array(points.length * width)),
    },
    inputShape: [features.length],
    task: 'classification',
  };
}
