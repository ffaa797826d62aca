/**
 * Files, tables larger than memory, recorded runs and the system's BLAS, in Node.
 * @module chainrule/node
 */
export type { ColumnKind, RowGroup } from '../data/scan-rows.ts';
export * from './blas.ts';
export * from './data.ts';
export { type DiskParts, type DiskSamplesOptions, diskSamples } from './disk-samples.ts';
export { type DiskTable, type DiskTableOptions, diskTable } from './disk-table.ts';
export * from './files.ts';
export { memoryTable, type ReadingOptions, type RowSource, stackedSources, type Watch } from './row-source.ts';
export { type FoundCheckpoint, type RecordedEpoch, RecordedRun, RunRecorder } from './run-folder.ts';
export { textRows } from './text-rows.ts';
