export * from './auto.ts';
export * from './backend.ts';
export * from './onlooker.ts';
export * from './reference/reference.ts';
export * from './wasm/wasm.ts';
