export * from './evaluate.ts';
export * from './fit.ts';
export * from './metrics.ts';
export { fittingDataset, type TrainingData } from './training-data.ts';
