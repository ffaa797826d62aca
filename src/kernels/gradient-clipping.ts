// Gradients kept from growing too large together: their common norm, and the factor that brings it down to a limit.
import { call, cases, divide, matrix, multiply, power } from '../symbolic/index.ts';
import { defineKernel, numeric, sumAll, width } from './kernel.ts';

/** Σ g² over every number of one gradient; its share of the squared norm. */
export const sumOfSquares = defineKernel({
  name: 'sumOfSquares',
  inputs: ['gradient'],
  perSample: false,
  shape: () => [],
  run(out, { gradient }) {
    let total = 0;
    for (let i = 0; i < width(gradient); i++) total += gradient.data[i] ** 2;
    out[0] = total;
  },
  element: (_index, { gradient }) => sumAll(gradient, (g) => power(g, 2)),
  matrix: ({ gradient }) => matrix.apply('Σ', matrix.power(gradient, 2)),
});

/** ‖g‖ = √(Σ g²), all gradients together. */
export const gradientNorm = defineKernel({
  name: 'gradientNorm',
  inputs: ['squares'],
  perSample: false,
  shape: () => [],
  run(out, { squares }) {
    out[0] = Math.sqrt(squares.data[0]);
  },
  element: (_index, { squares }) => call('sqrt', squares.at()),
  matrix: ({ squares }) => matrix.apply('sqrt', squares),
});

/** κ = c / ‖g‖ where ‖g‖ is over c, else 1; attribute `limit` is c. */
export const clipScale = defineKernel({
  name: 'clipScale',
  inputs: ['norm'],
  perSample: false,
  shape: () => [],
  run(out, { norm }, attributes) {
    const limit = numeric(attributes, 'limit');
    out[0] = norm.data[0] > limit ? limit / norm.data[0] : 1;
  },
  element(_index, { norm }, attributes) {
    const limit = numeric(attributes, 'limit');
    return cases(norm.at(), '>', limit, divide(limit, norm.at()), 1);
  },
  matrix: ({ norm }, attributes) => matrix.apply('min', 1, matrix.quotient(numeric(attributes, 'limit'), norm)),
});

/** g′ = κ g */
export const scaledGradient = defineKernel({
  name: 'scaledGradient',
  inputs: ['gradient', 'scale'],
  perSample: false,
  inPlace: ['gradient'],
  shape: ({ gradient }) => gradient.shape,
  run(out, { gradient, scale }) {
    for (let i = 0; i < width(gradient); i++) out[i] = scale.data[0] * gradient.data[i];
  },
  element: (index, { gradient, scale }) => multiply(scale.at(), gradient.at(...index)),
  matrix: ({ gradient, scale }) => matrix.product(scale, gradient),
});
