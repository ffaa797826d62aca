// The rectifier that lets a hundredth of the negative side through.
import { cases, multiply } from '../symbolic/index.ts';
import { defineActivation } from './activation.ts';

const slope = 0.01;

/** a = z where z > 0, else 0.01 z */
export const leakyRelu = defineActivation({
  name: 'leakyRelu',
  value: (z) => (z > 0 ? z : slope * z),
  derivative: (z) => (z > 0 ? 1 : slope),
  expression: (z) => cases(z, '>', 0, z, multiply(slope, z)),
  derivativeExpression: (z) => cases(z, '>', 0, 1, slope),
  kinks: [0],
  initializer: 'heNormal',
});
