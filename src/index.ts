// The public API for training and using networks. Explaining, files, tables and Node are subpaths of their own.
export * from './activations/index.ts';
export * as activations from './activations/index.ts';
export { type Backend, referenceBackend } from './backends/index.ts';
export {
  type ArrayOptions,
  type Baseline,
  baseline,
  classNames,
  column,
  type Dataset,
  datasetFromArrays,
  datasetFromIdx,
  datasetFromTable,
  encodeInputs,
  type FitPreprocessingOptions,
  type FittedPreprocessing,
  fitPreprocessing,
  type IdxArray,
  imageShape,
  inputNames,
  isMultiLabel,
  outputNames,
  type Preprocessing,
  parseJsonTable,
  restoreTargets,
  type Scaling,
  scalings,
  selectRows,
  splitRows,
  subset,
  type Table,
  type TablePreprocessing,
  type TargetArray,
  type Task,
  tableOf,
  targetNames,
  taskOf,
} from './data/index.ts';
export { ChainruleError, didYouMean, type ErrorCode, nearest } from './errors.ts';
export type { InitializerName } from './layers/dense.ts';
export * from './layers/index.ts';
export type { Layer } from './layers/layer.ts';
export * as losses from './losses/index.ts';
export type { Loss } from './losses/loss.ts';
export { isLabels, type Nested, type Rows, type Samples, type Shape, type Tensor, toNested } from './memory/index.ts';
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
export * as optimizers from './optimizers/index.ts';
export type { Optimizer } from './optimizers/optimizer.ts';
export { compile, type Program, showProgram } from './plan/index.ts';
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
