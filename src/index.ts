// The public API for training and using networks. Explaining, files, tables and Node are subpaths of their own.
export * from './activations/index.ts';
export { type Backend, referenceBackend } from './backends/index.ts';
export {
  type ArrayOptions,
  type Dataset,
  datasetFromArrays,
  splitRows,
  subset,
  type TargetArray,
  type Task,
} from './data/index.ts';
export { ChainruleError, type ErrorCode } from './errors.ts';
export type { InitializerName } from './layers/dense.ts';
export * from './layers/index.ts';
export type { Layer } from './layers/layer.ts';
export type { Loss } from './losses/loss.ts';
export { type Nested, type Tensor, toNested } from './memory/index.ts';
export {
  type LossName,
  type Network,
  type NetworkOptions,
  network,
  outputShape,
  type Parameters,
  parameterCount,
  withParameters,
} from './network/index.ts';
export * from './optimizers/index.ts';
export type { Optimizer } from './optimizers/optimizer.ts';
export {
  type Ending,
  type Epoch,
  type Evaluation,
  evaluate,
  type FitOptions,
  type FitResult,
  fit,
  fitEpochs,
  type Progress,
  predict,
  predictRows,
  type TrainingData,
} from './train/index.ts';
