export * from './random.ts';
export * from './samples.ts';
export * from './shape.ts';
export * from './tensor.ts';
