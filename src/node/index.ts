export * from './data.ts';
export * from './files.ts';
