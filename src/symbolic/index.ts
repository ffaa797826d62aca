export * from './erf.ts';
export * from './evaluate.ts';
export * from './expression.ts';
export * from './matrix.ts';
