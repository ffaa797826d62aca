// Training and evaluation in float64, for tests that compare to the last bit what the default backend rounds to float32.
import { referenceBackend } from '../src/backends/index.ts';
import * as crossValidation from '../src/train/cross-validate.ts';
import * as evaluation from '../src/train/evaluate.ts';
import * as training from '../src/train/fit.ts';

const backend = referenceBackend();

export const train: typeof training.fit = (net, data, options) => training.fit(net, data, { backend, ...options });

export const trainEpochs: typeof training.fitEpochs = (net, data, options) =>
  training.fitEpochs(net, data, { backend, ...options });

export const evaluate: typeof evaluation.evaluate = (net, data) => evaluation.evaluate(net, data, { backend });

export const predict: typeof evaluation.predict = (net, inputs) => evaluation.predict(net, inputs, { backend });

export const predictRows: typeof evaluation.predictRows = (net, samples) =>
  evaluation.predictRows(net, samples, { backend });

export const crossValidate: typeof crossValidation.crossValidate = (net, data, options) =>
  crossValidation.crossValidate(net, data, { backend, ...options });
