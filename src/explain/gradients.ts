// Every gradient of one step, read from the canonical program's slots in float64.
import { referenceBackend } from '../backends/index.ts';
import { requireWeights } from '../data/index.ts';
import { ChainruleError } from '../errors.ts';
import { fromNested, type Nested, type Samples, sizeOf, type Tensor } from '../memory/index.ts';
import { differentiableParameters, type Network, outputShape, requireBatch } from '../network/index.ts';
import { compile, lower } from '../plan/index.ts';

/** A batch as people write it: a list of inputs and a list of targets. */
export interface Batch {
  readonly inputs: readonly Nested[];
  readonly targets: readonly Nested[];
  /** What each sample counts in the loss, at least 0; 1 each unless given. */
  readonly weights?: readonly number[] | undefined;
}

/** The gradients of the batch's mean loss. */
export interface Gradients {
  /** The mean loss, penalties included. */
  readonly loss: number;
  /** One row of outputs for each sample. */
  readonly outputs: readonly (readonly number[])[];
  /** ∂C/∂parameter by the parameter's name, frozen ones included. */
  readonly gradients: Readonly<Record<string, Tensor>>;
}

/**
 * Loss, outputs and every parameter's gradient for one batch, in float64.
 * @example
 * gradients(net, { inputs: [[0.05, 0.1]], targets: [[0.01, 0.99]] }).gradients['layers.1.weight'].data[0] // 0.082167041
 * @throws ChainruleError `bad-shape` where an input or target does not fit the network
 */
export function gradients(net: Network, batch: Batch): Gradients {
  const samples = samplesOf(net, batch);
  requireBatch(net, batch.inputs.length, 'the batch', 'give more samples');
  const names = differentiableParameters(net);
  const output = `layers.${net.layers.length - 1}.a`;
  const program = compile(net, undefined, { sampleWeights: samples.weights !== undefined });
  const plan = lower(program, { keep: ['loss', output, ...names.map((name) => `${name}.grad`)] });
  const executable = referenceBackend().prepare(plan, batch.inputs.length);
  for (const name of names) if (plan.places.has(name)) executable.write(name, net.parameters[name].data);
  executable.runSteps(samples, Uint32Array.from(batch.inputs.keys()), batch.inputs.length, 1);
  const outputs = executable.read(output);
  const width = sizeOf(outputShape(net));
  return {
    loss: executable.read('loss')[0],
    outputs: batch.inputs.map((_, i) => Array.from(outputs.subarray(i * width, (i + 1) * width))),
    gradients: Object.fromEntries(
      names.map((name) => [name, { shape: net.parameters[name].shape, data: executable.read(`${name}.grad`) }]),
    ),
  };
}

/** A batch as samples: inputs nested to the network's shape or flat, targets likewise to its output's. */
export function samplesOf(net: Network, { inputs, targets, weights }: Batch): Samples {
  if (inputs.length === 0)
    throw new ChainruleError('bad-data', 'the batch is empty; give at least one input and its target.');
  if (inputs.length !== targets.length) {
    throw new ChainruleError(
      'bad-shape',
      `the batch has ${inputs.length} inputs and ${targets.length} targets; give one target for each input.`,
    );
  }
  const rows = (values: readonly Nested[], shape: readonly number[], name: (i: number) => string) => {
    const width = sizeOf(shape);
    const data = new Float64Array(values.length * width);
    for (const [i, value] of values.entries()) {
      const flat = Array.isArray(value) && value.every((entry) => typeof entry === 'number');
      data.set(fromNested(value, flat ? [width] : shape, name(i)).data, i * width);
    }
    return { count: values.length, width, values: data, scale: 1 };
  };
  const named = (what: string) => (i: number) => (inputs.length === 1 ? what : `${what} ${i}`);
  const samples = {
    inputs: rows(inputs, net.input, named('input')),
    targets: rows(targets, outputShape(net), named('target')),
  };
  if (weights === undefined) return samples;
  const own = Float64Array.from(weights);
  requireWeights(own, inputs.length);
  return { ...samples, weights: own };
}
