/**
 * Derivations as HTML with MathML, without a network.
 * @module chainrule/explain/html
 */
export type { SectionName } from '../layout.ts';
export * from './equations.ts';
export { inlineMath } from './math.ts';
export { renderHtml } from './page.ts';
