// The rectifier; its derivative at 0 is taken as 0.
import { cases } from '../symbolic/index.ts';
import { defineActivation } from './activation.ts';

/** a = max(0, z) */
export const relu = defineActivation({
  name: 'relu',
  value: (z) => Math.max(0, z),
  derivative: (z) => (z > 0 ? 1 : 0),
  expression: (z) => cases(z, '>', 0, z, 0),
  derivativeExpression: (z) => cases(z, '>', 0, 1, 0),
  range: [0, Number.POSITIVE_INFINITY],
  kinks: [0],
  initializer: 'heNormal',
});
