// Loss, scores and predictions of a network on data, in batches.
import { autoBackend, type Backend, type Executable } from '../backends/index.ts';
import type { Dataset } from '../data/index.ts';
import { type FloatArray, floats, type Nested, type Rows, type Samples, sizeOf } from '../memory/index.ts';
import { type Network, outputShape } from '../network/index.ts';
import { compile, lower } from '../plan/index.ts';
import { decisionAt, type Scores, score } from './metrics.ts';
import { allRows, copyInput, fittingDataset, inputRows, samplesForLoss, type TrainingData } from './training-data.ts';

/** How many samples are evaluated at once. */
const evaluationBatch = 256;

/** What a network comes to on data. */
export type Evaluation = {
  readonly samples: number;
  /** The mean loss, penalties included. */
  readonly loss: number;
} & Scores;

/** Settings of {@link evaluate} and {@link predict}. */
export interface EvaluateOptions {
  /** What computes; WebAssembly in float32 unless given, or the float64 reference where there is none. */
  readonly backend?: Backend;
}

/**
 * Loss and scores on data: accuracy for classification, R², RMSE and MAE for regression.
 * @example
 * evaluate(net, { inputs: [[0, 1]], targets: [[1]] }).loss
 * @throws ChainruleError `bad-shape` where the data does not fit the network
 */
export function evaluate(net: Network, data: TrainingData, options: EvaluateOptions = {}): Evaluation {
  const dataset = fittingDataset(net, data);
  const evaluator = new Evaluator(net, options.backend ?? autoBackend());
  const evaluation = evaluator.evaluate(dataset, net.parameters);
  evaluator.dispose();
  return evaluation;
}

/**
 * The network's outputs for a list of inputs, one row of outputs for each.
 * @example
 * predict(net, [[0, 1], [1, 1]]) // [[0.98], [0.03]]
 * @throws ChainruleError `bad-shape` where an input does not fit the network
 */
export function predict(net: Network, inputs: readonly Nested[], options: EvaluateOptions = {}): number[][] {
  if (inputs.length === 0) return [];
  const width = sizeOf(outputShape(net));
  const outputs = predictRows(net, withoutTargets(inputRows(net, inputs)), options);
  return inputs.map((_, i) => Array.from(outputs.subarray(i * width, (i + 1) * width)));
}

/** The network's outputs for samples in their held form, row after row; targets are not read. */
export function predictRows(net: Network, samples: Samples, options: EvaluateOptions = {}): FloatArray {
  const executable = predictionExecutable(net, options, Math.min(evaluationBatch, samples.inputs.count));
  const { outputs } = outputsOf(net, executable, samples);
  executable.dispose();
  return outputs;
}

/**
 * A function that predicts one sample at a time with a network kept ready, for when every microsecond counts.
 * It holds a copy of the parameters as they are now.
 * @example
 * const answer = predictor(net);
 * answer([0, 1]) // [0.98]
 * @throws ChainruleError `bad-shape` where an input does not fit the network
 */
export function predictor(net: Network, options: EvaluateOptions = {}): (input: Nested) => number[] {
  const executable = predictionExecutable(net, options, 1);
  const output = `layers.${net.layers.length - 1}.a`;
  const values = new Float64Array(sizeOf(net.input));
  const samples = withoutTargets({ count: 1, width: values.length, values, scale: 1 });
  const first = Uint32Array.of(0);
  return (input) => {
    copyInput(net, input, 'input', values, 0);
    executable.run(samples, first);
    return Array.from(executable.read(output));
  };
}

function predictionExecutable(net: Network, { backend }: EvaluateOptions, capacity: number): Executable {
  const plan = lower(predictionProgram(net), { keep: [`layers.${net.layers.length - 1}.a`] });
  const executable = (backend ?? autoBackend()).prepare(plan, capacity);
  writeParameters(executable, net.parameters);
  return executable;
}

/** Samples to predict for: what their targets are is not asked. */
const withoutTargets = (inputs: Rows): Samples => ({
  inputs,
  targets: { count: inputs.count, width: 0, values: new Float64Array(0), scale: 1 },
});

/** A plan kept ready to evaluate one network's layers with changing parameters. */
export class Evaluator {
  private readonly net: Network;
  private readonly executable: Executable;

  constructor(net: Network, backend: Backend) {
    this.net = net;
    const keep = [`layers.${net.layers.length - 1}.a`, 'loss'];
    this.executable = backend.prepare(lower(predictionProgram(net), { keep }), evaluationBatch);
  }

  evaluate(dataset: Dataset, parameters: Network['parameters']): Evaluation {
    writeParameters(this.executable, parameters);
    const { outputs, loss } = outputsOf(this.net, this.executable, samplesForLoss(this.net, dataset));
    return { samples: dataset.samples.inputs.count, loss, ...score(dataset, outputs, decisionAt(this.net.loss)) };
  }

  dispose(): void {
    this.executable.dispose();
  }
}

const predictionProgram = (net: Network) => compile(net, undefined, { mode: 'prediction' });

/** Copies parameters into an executable that reads them. */
export function writeParameters(executable: Executable, parameters: Network['parameters']): void {
  for (const [name, tensor] of Object.entries(parameters)) {
    if (executable.plan.places.has(name)) executable.write(name, tensor.data);
  }
}

function outputsOf(net: Network, executable: Executable, samples: Samples): { outputs: FloatArray; loss: number } {
  const output = `layers.${net.layers.length - 1}.a`;
  const rows = allRows(samples);
  const width = sizeOf(outputShape(net));
  const outputs = floats(executable.dtype, rows.length * width);
  const withLoss = executable.plan.places.has('loss');
  let loss = 0;
  for (let start = 0; start < rows.length; start += evaluationBatch) {
    const batch = rows.subarray(start, start + evaluationBatch);
    executable.run(samples, batch);
    outputs.set(executable.read(output), start * width);
    if (withLoss) loss += executable.read('loss')[0] * batch.length;
  }
  return { outputs, loss: loss / rows.length };
}
