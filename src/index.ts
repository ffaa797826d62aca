// The public API for training and using networks. Explaining, files, tables and Node are subpaths of their own.
export * from './activations/index.ts';
export * as activations from './activations/index.ts';
export {
  autoBackend,
  type Backend,
  hasSimd,
  referenceBackend,
  type WasmOptions,
  wasmBackend,
} from './backends/index.ts';
export {
  type ArrayOptions,
  type AugmentOptions,
  augmenter,
  type Baseline,
  baseline,
  classNames,
  column,
  type Dataset,
  datasetFromArrays,
  datasetFromIdx,
  datasetFromTable,
  type Expansion,
  encodeInputs,
  expandDataset,
  type FitPreprocessingOptions,
  type FittedPreprocessing,
  type Fold,
  type FoldOptions,
  fitPreprocessing,
  type IdxArray,
  imageShape,
  inputNames,
  inputNoise,
  inTurn,
  isMultiLabel,
  labelSmoothing,
  outputNames,
  type Preprocessing,
  parseJsonTable,
  restoreTargets,
  type SampleTransform,
  type Scaling,
  type Split,
  type SplitOptions,
  type Strata,
  scalings,
  selectRows,
  splitFolds,
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
export { clipped } from './optimizers/clipped.ts';
export * from './optimizers/index.ts';
export * as optimizers from './optimizers/index.ts';
export type { Clip, Optimizer } from './optimizers/optimizer.ts';
export { compile, type Program, showProgram } from './plan/index.ts';
export {
  type ClassificationReport,
  type ClassReport,
  type CrossValidateOptions,
  type CrossValidation,
  crossValidate,
  type Ending,
  type Epoch,
  type Evaluation,
  evaluate,
  type FitOptions,
  type FitResult,
  type FoldResult,
  type FullBatchOptimizer,
  fit,
  fitEpochs,
  type LabelsReport,
  lbfgs,
  lm,
  type Minimizer,
  type NetworkMaker,
  type Progress,
  predict,
  predictor,
  predictRows,
  type RegressionReport,
  type Report,
  type ReportOptions,
  report,
  type Schedule,
  type SchedulePlace,
  type Spread,
  type SpreadScores,
  schedules,
  type TableData,
  type TrainingData,
} from './train/index.ts';
