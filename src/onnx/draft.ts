// A network under construction while a graph is read: its layers so far, what they put out, and the parameters found.
import type * as activations from '../activations/index.ts';
import { activation as activationLayer } from '../layers/activation.ts';
import { dense } from '../layers/dense.ts';
import type { Layer } from '../layers/layer.ts';
import type { Shape, Tensor } from '../memory/index.ts';
import { type Network, network } from '../network/index.ts';
import type { NodeReader } from './node-reader.ts';

/** The name of an activation of the house. */
export type ActivationName = keyof typeof activations;

/** A layer that may still get an activation, where it has one at all. */
interface LayerDraft {
  make(activation: ActivationName): Layer;
  readonly takesActivation: boolean;
  activation: ActivationName;
  parameters: Readonly<Record<string, Tensor>>;
}

/** Layers in order, with the shape of one sample between them. */
export class Draft {
  /** Whether the graph's images of one pixel, a list of channels here, still have their axes of length 1. */
  hasSinglePixels = false;
  private input: Shape;
  private output: Shape;
  private readonly layers: LayerDraft[] = [];

  constructor(input: Shape) {
    this.input = input;
    this.output = input;
  }

  /** The shape of what the layers so far put out. */
  get shape(): Shape {
    return this.output;
  }

  get isEmpty(): boolean {
    return this.layers.length === 0;
  }

  /** Adds a layer with weights, which takes the activation that may follow. */
  addWeighted(make: LayerDraft['make'], parameters: LayerDraft['parameters']): void {
    this.push({ make, takesActivation: true, activation: 'linear', parameters });
  }

  /** Adds any other layer. */
  add(layer: Layer, parameters: LayerDraft['parameters'] = {}): void {
    this.push({ make: () => layer, takesActivation: false, activation: 'linear', parameters });
  }

  /** Applies an activation: the last layer's own where that has none yet, else a layer. */
  activate(name: ActivationName): void {
    const last = this.layers.at(-1);
    if (last?.takesActivation && last.activation === 'linear') last.activation = name;
    else this.add(activationLayer(name));
  }

  /** Reads the input as images, or images as a list, before any layer: row by row it is the same. */
  reshapeInput(shape: Shape): boolean {
    if (!this.isEmpty) return false;
    this.input = shape;
    this.output = shape;
    return true;
  }

  /** Adds a bias to a dense layer that has none. */
  addBias(reader: NodeReader, input: number): boolean {
    const last = this.layers.at(-1);
    const weight = last?.parameters.weight;
    if (
      !last?.takesActivation ||
      last.activation !== 'linear' ||
      weight?.shape.length !== 2 ||
      'bias' in last.parameters
    )
      return false;
    const units = weight.shape[0];
    const bias = reader.parameter(input, [units]);
    this.layers[this.layers.length - 1] = { ...last, make: (name) => dense(units, name), parameters: { weight, bias } };
    return true;
  }

  /** The network of all that was added. */
  network(): Network {
    const parameters = this.layers.flatMap((layer, index) =>
      Object.entries(layer.parameters).map(([name, tensor]): [string, Tensor] => [`layers.${index}.${name}`, tensor]),
    );
    return network(
      this.layers.map(({ make, activation }) => make(activation)),
      { input: this.input, parameters: Object.fromEntries(parameters) },
    );
  }

  private push(layer: LayerDraft): void {
    this.output = layer.make(layer.activation).outputShape(this.output);
    this.layers.push(layer);
  }
}
