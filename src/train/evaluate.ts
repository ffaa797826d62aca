// Loss, scores and predictions of a network on data, in batches.
import { type Backend, type Executable, referenceBackend } from '../backends/index.ts';
import { type Dataset, datasetFromArrays } from '../data/index.ts';
import { type FloatArray, floats, type Nested, type Samples, sizeOf } from '../memory/index.ts';
import { type Network, outputShape } from '../network/index.ts';
import { compile, lower } from '../plan/index.ts';
import { type Scores, score } from './metrics.ts';
import { allRows, fittingDataset, type TrainingData } from './training-data.ts';

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
  /** What computes; float64 reference unless given. */
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
  return new Evaluator(net, options.backend ?? referenceBackend()).evaluate(dataset, net.parameters);
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
  const blank = inputs.map(() => new Array<number>(width).fill(0));
  const dataset = fittingDataset(net, datasetFromArrays(inputs, blank, { task: 'regression' }));
  const outputs = predictRows(net, dataset.samples, options);
  return inputs.map((_, i) => Array.from(outputs.subarray(i * width, (i + 1) * width)));
}

/** The network's outputs for samples in their held form, row after row; targets are not read. */
export function predictRows(net: Network, samples: Samples, options: EvaluateOptions = {}): FloatArray {
  const plan = lower(predictionProgram(net), { keep: [`layers.${net.layers.length - 1}.a`] });
  const executable = (options.backend ?? referenceBackend()).prepare(plan, evaluationBatch);
  writeParameters(executable, net.parameters);
  return outputsOf(net, executable, samples).outputs;
}

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
    const { outputs, loss } = outputsOf(this.net, this.executable, dataset.samples);
    return { samples: dataset.samples.inputs.count, loss, ...score(dataset, outputs) };
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
