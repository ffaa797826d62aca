// The samples that a gradient check runs on: drawn at random, away from the kinks across which differences mean nothing.
import { referenceBackend } from '../backends/index.ts';
import { type FloatArray, random, sizeOf, streams } from '../memory/index.ts';
import { layerShapes, type Network, outputShape } from '../network/index.ts';
import { compile, lower } from '../plan/index.ts';
import { type Batch, samplesOf } from './gradients.ts';

/** A random batch of 3 samples whose weighted inputs and outputs keep away from kinks, as far as 50 draws allow. */
export function drawBatch(net: Network, seed: number): Batch {
  const [inputs, outputs] = [sizeOf(net.input), sizeOf(outputShape(net))];
  let best: Batch | undefined;
  let farthest = -1;
  for (let attempt = 0; attempt < 50; attempt++) {
    const source = random(seed, streams.check, attempt);
    const row = (width: number, offset: number, draw: (i: number) => number) =>
      Array.from({ length: width }, (_, i) => draw(offset + i));
    const samples = [0, 1, 2];
    const batch = {
      inputs: samples.map((s) => row(inputs, s * inputs, (i) => source.normal(i))),
      targets: samples.map((s) =>
        targetRow(
          net,
          row(outputs, 1_000_000 + s * outputs, (i) => source.uniform(i)),
        ),
      ),
    };
    const distance = distanceToKink(net, batch);
    if (distance > farthest) [best, farthest] = [batch, distance];
    if (farthest > 0.05) break;
  }
  if (best === undefined) throw new Error('no batch was drawn');
  return best;
}

/** Targets between 0 and 1; behind a softmax they sum to 1. */
function targetRow(net: Network, row: number[]): number[] {
  if (net.layers[net.layers.length - 1].activation?.name !== 'softmax') return row;
  const total = row.reduce((sum, value) => sum + value, 0);
  return row.map((value) => value / total);
}

/** How far a slot's values, one row of them for each sample, are from the nearest kink. */
interface Kinked {
  readonly slot: string;
  distance(row: FloatArray): number;
}

function kinkedSlots({ input, layers }: Network): Kinked[] {
  const shapes = layerShapes(input, layers);
  return layers.flatMap(({ activation, distanceToKink }, index): Kinked[] => {
    const x = index === 0 ? 'input' : `layers.${index - 1}.a`;
    const ofLayer = distanceToKink && { slot: x, distance: (row: FloatArray) => distanceToKink(row, shapes[index]) };
    const kinks = activation?.kinks ?? [];
    const nearest = (row: FloatArray) => Math.min(...Array.from(row, (z) => distanceTo(kinks, z)));
    return [
      ...(ofLayer ? [ofLayer] : []),
      ...(kinks.length > 0 ? [{ slot: `layers.${index}.z`, distance: nearest }] : []),
    ];
  });
}

const distanceTo = (kinks: readonly number[], z: number) => Math.min(...kinks.map((kink) => Math.abs(z - kink)));

/** How far a batch is from the nearest kink of an activation, a layer or the loss; infinite where none has any. */
export function distanceToKink(net: Network, batch: Batch): number {
  const kinked = kinkedSlots(net);
  const ofLoss = net.loss.distanceToKink;
  if (kinked.length === 0 && ofLoss === undefined) return Number.POSITIVE_INFINITY;
  const output = `layers.${net.layers.length - 1}.a`;
  const executable = referenceBackend().prepare(
    lower(compile(net), { keep: [...kinked.map(({ slot }) => slot), output, 'target'] }),
    batch.inputs.length,
  );
  for (const [name, { data }] of Object.entries(net.parameters))
    if (executable.plan.places.has(name)) executable.write(name, data);
  const count = batch.inputs.length;
  executable.runSteps(samplesOf(net, batch), Uint32Array.from(batch.inputs.keys()), count, 1);
  const distances = kinked.flatMap(({ slot, distance }) => {
    const values = executable.read(slot);
    const width = values.length / count;
    return batch.inputs.map((_, s) => distance(values.subarray(s * width, (s + 1) * width)));
  });
  if (ofLoss !== undefined) {
    const targets = executable.read('target');
    distances.push(...executable.read(output).map((a, i) => ofLoss(a, targets[i])));
  }
  return distances.reduce((least, distance) => Math.min(least, distance), Number.POSITIVE_INFINITY);
}
