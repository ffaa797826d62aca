export * from './gradcheck.ts';
export * from './gradients.ts';
