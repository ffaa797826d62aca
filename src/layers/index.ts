export { dense } from './dense.ts';
export { flatten } from './flatten.ts';
