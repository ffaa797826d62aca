export * from './backend.ts';
export * from './reference/reference.ts';
