// NAdam (Dozat, 2016): a momentum that grows from step to step, and a mean that looks one step ahead.
// Moments, the square's correction and the step are Adam's.
import { add, divide, matrix, multiply, number, power, subtract } from '../symbolic/index.ts';
import { defineKernel, numeric, width } from './kernel.ts';

/** What the momentum's distance from β₁ shrinks by, to the power of tψ. */
const shrink = 0.96;

/** μ_t = β (1 − ½ 0.96^{tψ}); attributes `beta` β₁, `decay` ψ, and `ahead`: how many steps after this one t is. */
export const nadamMomentum = defineKernel({
  name: 'nadamMomentum',
  inputs: ['step'],
  perSample: false,
  shape: () => [],
  run(out, { step }, attributes) {
    const t = step.data[0] + numeric(attributes, 'ahead');
    out[0] = numeric(attributes, 'beta') * (1 - 0.5 * shrink ** (t * numeric(attributes, 'decay')));
  },
  element(_index, { step }, attributes) {
    const ahead = numeric(attributes, 'ahead');
    const t = ahead === 0 ? step.at() : add(step.at(), ahead);
    const distance = multiply(0.5, power(shrink, multiply(t, numeric(attributes, 'decay'))));
    return multiply(numeric(attributes, 'beta'), subtract(1, distance));
  },
  matrix({ step }, attributes) {
    const t = matrix.sum(step, numeric(attributes, 'ahead'));
    const distance = matrix.product(0.5, matrix.power(shrink, matrix.product(t, numeric(attributes, 'decay'))));
    return matrix.product(numeric(attributes, 'beta'), matrix.difference(1, distance));
  },
});

/** c⁺ = 1 − μ_t (1 − c), which is 1 − μ₁ μ₂ … μ_t for a c that begins at 0. */
export const nadamCorrection = defineKernel({
  name: 'nadamCorrection',
  inputs: ['correction', 'momentum'],
  perSample: false,
  inPlace: ['correction'],
  shape: () => [],
  run(out, { correction, momentum }) {
    out[0] = 1 - momentum.data[0] * (1 - correction.data[0]);
  },
  element: (_index, { correction, momentum }) => subtract(1, multiply(momentum.at(), subtract(1, correction.at()))),
  matrix: ({ correction, momentum }) =>
    matrix.difference(1, matrix.product(momentum, matrix.difference(1, correction))),
});

/** m̂ = μ_{t+1} m⁺ / (1 − μ_{t+1} (1 − c⁺)) + (1 − μ_t) g / c⁺; `momentum` is μ_t, `ahead` μ_{t+1}. */
export const nadamMean = defineKernel({
  name: 'nadamMean',
  inputs: ['moment', 'gradient', 'momentum', 'ahead', 'correction'],
  perSample: false,
  inPlace: ['moment', 'gradient'],
  shape: ({ moment }) => moment.shape,
  run(out, { moment, gradient, momentum, ahead, correction }) {
    const ofMoment = ahead.data[0] / (1 - ahead.data[0] * (1 - correction.data[0]));
    const ofGradient = (1 - momentum.data[0]) / correction.data[0];
    for (let i = 0; i < width(moment); i++) out[i] = ofMoment * moment.data[i] + ofGradient * gradient.data[i];
  },
  element: (index, { moment, gradient, momentum, ahead, correction }) =>
    add(
      divide(
        multiply(ahead.at(), moment.at(...index)),
        subtract(1, multiply(ahead.at(), subtract(number(1), correction.at()))),
      ),
      divide(multiply(subtract(1, momentum.at()), gradient.at(...index)), correction.at()),
    ),
  matrix: ({ moment, gradient, momentum, ahead, correction }) =>
    matrix.sum(
      matrix.quotient(
        matrix.product(ahead, moment),
        matrix.difference(1, matrix.product(ahead, matrix.difference(1, correction))),
      ),
      matrix.quotient(matrix.product(matrix.difference(1, momentum), gradient), correction),
    ),
});
