export * from './blas.ts';
export * from './data.ts';
export * from './files.ts';
