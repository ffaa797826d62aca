/**
 * Model files, network files and checkpoints, as bytes and texts.
 * @module chainrule/formats
 */
export { type Checkpoint, readCheckpoint, type TrainingState, writeCheckpoint } from './checkpoint.ts';
export { type MatchedWeights, matchWeights, type WeightMatch } from './foreign-weights.ts';
export { type Model, readModel, writeModel } from './model-file.ts';
export {
  type DescribeOptions,
  describeNetwork,
  type Extensions,
  networkFrom,
  networkJsonSchema,
  parseNetwork,
} from './network-file.ts';
export { type RunData, type RunDescription, type RunEnd, readRunFile, writeRunFile } from './run-file.ts';
export { readSafetensors, type SafetensorsFile, writeSafetensors } from './safetensors.ts';
