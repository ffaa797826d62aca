export * from './equations.ts';
export { inlineMath } from './math.ts';
export { renderHtml } from './page.ts';
