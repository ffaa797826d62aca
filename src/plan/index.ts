export * from './compile.ts';
export * from './lower.ts';
export * from './program.ts';
