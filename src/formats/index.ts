export { type Checkpoint, readCheckpoint, type TrainingState, writeCheckpoint } from './checkpoint.ts';
export * from './model-file.ts';
export {
  type DescribeOptions,
  describeNetwork,
  type Extensions,
  networkFrom,
  networkJsonSchema,
  parseNetwork,
} from './network-file.ts';
export { readSafetensors, type SafetensorsFile, writeSafetensors } from './safetensors.ts';
