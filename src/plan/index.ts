export * from './compile.ts';
export * from './lower.ts';
export * from './program.ts';
export { type Rule, type Rules, type Translated, translate } from './translate.ts';
