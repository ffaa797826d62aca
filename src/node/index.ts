export * from './blas.ts';
export * from './data.ts';
export * from './files.ts';
export { type FoundCheckpoint, type RecordedEpoch, RecordedRun, RunRecorder } from './run-folder.ts';
