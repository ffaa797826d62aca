// Loss, scores and predictions of a network on data, in batches.
import { autoBackend, type Backend, type Executable } from '../backends/index.ts';
import type { Dataset } from '../data/index.ts';
import { type FloatArray, floats, type Nested, type Samples, sizeOf } from '../memory/index.ts';
import { type Network, outputShape } from '../network/index.ts';
import { decisionAt, type Scores, score } from './metrics.ts';
import {
  type EvaluateOptions,
  inBatches,
  outputSlot,
  predictionBatch,
  predictOnce,
  preparePrediction,
  writeParameters,
} from './predictor.ts';
import { fittingDataset, inputRows, samplesForLoss, type TrainingData } from './training-data.ts';

/** What a network comes to on data. */
export type Evaluation = {
  readonly samples: number;
  /** The mean loss, penalties included. */
  readonly loss: number;
} & Scores;

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
  const outputs = predictOnce(net, inputRows(net, inputs), options);
  return inputs.map((_, i) => Array.from(outputs.subarray(i * width, (i + 1) * width)));
}

/** The network's outputs for samples in their held form, row after row; targets are not read. */
export function predictRows(net: Network, samples: Samples, options: EvaluateOptions = {}): FloatArray {
  return predictOnce(net, samples.inputs, options);
}

/** A plan kept ready to evaluate one network's layers with changing parameters. */
export class Evaluator {
  private readonly net: Network;
  private readonly executable: Executable;

  constructor(net: Network, backend: Backend) {
    this.net = net;
    this.executable = preparePrediction(net, backend, predictionBatch, ['loss']);
  }

  evaluate(dataset: Dataset, parameters: Network['parameters']): Evaluation {
    const { executable, net } = this;
    writeParameters(executable, parameters);
    const samples = samplesForLoss(net, dataset);
    const { count } = samples.inputs;
    const width = sizeOf(outputShape(net));
    const outputs = floats(executable.dtype, count * width);
    let loss = 0;
    inBatches(executable, samples, (start, stop) => {
      outputs.set(executable.read(outputSlot(net)), start * width);
      loss += executable.read('loss')[0] * (stop - start);
    });
    return { samples: count, loss: loss / count, ...score(dataset, outputs, decisionAt(net.loss)) };
  }

  dispose(): void {
    this.executable.dispose();
  }
}
