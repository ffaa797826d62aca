// The network and the samples of an exercise: as they are given, or drawn so that they can be worked by hand.
import type { Batch } from '../../explain/gradients.ts';
import { dense } from '../../layers/dense.ts';
import * as losses from '../../losses/index.ts';
import type { Loss } from '../../losses/loss.ts';
import { sizeOf, type Tensor } from '../../memory/index.ts';
import { type Network, network, outputShape, parameterSpecs, withParameters } from '../../network/index.ts';
import { choose } from '../../options.ts';
import { quantitiesNamed, type Run } from '../exercise.ts';
import type { Draws } from './draws.ts';
import { checkShape, type NumberFormat, type RandomNetwork } from './options.ts';

/** A network of dense layers; its parameters are still to be drawn. */
export function randomNetwork(shape: RandomNetwork, draws: Draws): Network {
  checkShape(shape);
  const { depth = 1, loss, l1, l2 } = shape;
  const hidden = Array.from({ length: depth }, () => draws.integer(2, 3));
  const [inputs, ...units] = shape.widths ?? [2, ...hidden, 2];
  const layers = units.map((width, i) =>
    dense(width, i === units.length - 1 ? outputActivation(shape) : (shape.activation ?? 'sigmoid')),
  );
  return network(layers, { input: inputs, loss, l1, l2 });
}

function outputActivation({ outputActivation, loss }: RandomNetwork) {
  if (outputActivation !== undefined) return outputActivation;
  const chosen: Loss = choose(loss ?? 'quadratic', losses, 'loss');
  if (chosen.activation === 'softmax') return 'softmax';
  return chosen.targets === undefined ? 'sigmoid' : 'linear';
}

/** The network with other weights and biases. */
export function withDrawnParameters(net: Network, draws: Draws, format: NumberFormat): Network {
  const specs = Object.entries(parameterSpecs(net.input, net.layers)).filter(([, { kind }]) => kind !== 'statistic');
  const drawn = specs.map(([name, { shape }]): [string, Tensor] => [
    name,
    { shape, data: Float64Array.from({ length: sizeOf(shape) }, () => draws.weight(format)) },
  ]);
  return withParameters(net, Object.fromEntries(drawn));
}

/** Samples for a network. */
export function drawnBatch(net: Network, samples: number, draws: Draws, format: NumberFormat): Batch {
  const each = Array.from({ length: samples }, () => ({
    input: Array.from({ length: sizeOf(net.input) }, () => draws.proper(format)),
    target: drawnTarget(net, draws, format),
  }));
  return { inputs: each.map(({ input }) => input), targets: each.map(({ target }) => target) };
}

function drawnTarget(net: Network, draws: Draws, format: NumberFormat): number[] {
  const { loss, layers } = net;
  const activation = layers[layers.length - 1].activation;
  const width = sizeOf(outputShape(net));
  const each = (draw: () => number) => Array.from({ length: width }, draw);
  if (activation?.joint) {
    const right = draws.integer(0, width - 1);
    return Array.from({ length: width }, (_, j) => (j === right ? 1 : 0));
  }
  const { targets } = loss;
  if (targets !== undefined) return each(() => draws.one(targets));
  if (loss.outputs !== undefined) return each(() => draws.integer(0, 1));
  const isNegative = (activation?.range[0] ?? Number.NEGATIVE_INFINITY) < 0;
  return each(() => (isNegative ? draws.weight(format) : draws.proper(format)));
}

/** How much of its range an activation keeps away from the ends, where it hardly changes any more. */
const margin = 0.05;

/** How far weighted inputs keep away from kinks, so that rounding decides no case. */
const besideKinks = 0.02;

/** Whether no neuron is saturated or on a kink in the first so many steps. */
export function isWorkable(run: Run, steps: number): boolean {
  const { network, count } = run.exercise;
  const valuesOf = (name: string) =>
    Array.from({ length: steps }, (_, after) =>
      quantitiesNamed(run.program, `${after === 0 ? '' : `after.${after}.`}${name}`, count).map((one) =>
        run.value(one),
      ),
    ).flat();
  return network.layers.every(({ activation }, layer) => {
    if (activation === null) return true;
    const { range, kinks } = activation;
    const [low, high] = range;
    const isBounded = Number.isFinite(high - low);
    const room = isBounded ? margin * (high - low) : 0;
    return (
      valuesOf(`layers.${layer}.z`).every((z) => kinks.every((kink) => Math.abs(z - kink) > besideKinks)) &&
      (!isBounded || valuesOf(`layers.${layer}.a`).every((a) => a > low + room && a < high - room))
    );
  });
}
