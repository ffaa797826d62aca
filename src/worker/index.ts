/**
 * Training in a worker, for pages.
 * @module chainrule/worker
 */
// The module that the worker runs is fit-worker.ts, which is built beside this one.
export { fitEpochsInWorker, fitInWorker } from './fit-in-worker.ts';
export { liveTrainingInWorker } from './live-in-worker.ts';
export type { ScheduleDescription, WarmUpDescription } from './messages.ts';
export type { WorkerFitOptions } from './send.ts';
