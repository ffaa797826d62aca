// Rprop (Riedmiller & Braun, 1993): each number has a step size of its own, which only the gradient's signs change.
import { call, cases, matrix, multiply, subtract } from '../symbolic/index.ts';
import { defineKernel, numeric, width } from './kernel.ts';

/**
 * Δ′ = η⁺ Δ where g and the previous gradient agree in sign, η⁻ Δ where they differ, else Δ; at the first step Δ is η.
 * Attributes `grow` η⁺ and `shrink` η⁻. Its bounds are a call of their own.
 */
export const rpropStepSize = defineKernel({
  name: 'rpropStepSize',
  inputs: ['stepSize', 'gradient', 'previous', 'rate', 'step'],
  perSample: false,
  inPlace: ['stepSize'],
  shape: ({ stepSize }) => stepSize.shape,
  run(out, { stepSize, gradient, previous, rate, step }, attributes) {
    const [shrink, grow] = [numeric(attributes, 'shrink'), numeric(attributes, 'grow')];
    for (let i = 0; i < width(stepSize); i++) {
      const agreement = gradient.data[i] * previous.data[i];
      if (agreement > 0) out[i] = grow * stepSize.data[i];
      else if (agreement < 0) out[i] = shrink * stepSize.data[i];
      else out[i] = step.data[0] === 1 ? rate.data[0] : stepSize.data[i];
    }
  },
  element(index, { stepSize, gradient, previous, rate, step }, attributes) {
    const size = stepSize.at(...index);
    const larger = multiply(numeric(attributes, 'grow'), size);
    const smaller = multiply(numeric(attributes, 'shrink'), size);
    const agreement = multiply(gradient.at(...index), previous.at(...index));
    const unchanged = cases(step.at(), '=', 1, rate.at(), size);
    return cases(agreement, '>', 0, larger, cases(0, '>', agreement, smaller, unchanged));
  },
  matrix: ({ stepSize, gradient, previous, rate, step }) =>
    matrix.apply('rpropStepSize', stepSize, matrix.hadamard(gradient, previous), rate, step),
});

/** g′ = 0 where the sign has changed, so that the next step leaves the size alone, else g. */
export const rpropGradient = defineKernel({
  name: 'rpropGradient',
  inputs: ['gradient', 'previous'],
  perSample: false,
  inPlace: ['gradient', 'previous'],
  shape: ({ gradient }) => gradient.shape,
  run(out, { gradient, previous }) {
    for (let i = 0; i < width(gradient); i++) {
      out[i] = gradient.data[i] * previous.data[i] < 0 ? 0 : gradient.data[i];
    }
  },
  element(index, { gradient, previous }) {
    const g = gradient.at(...index);
    return cases(0, '>', multiply(g, previous.at(...index)), 0, g);
  },
  matrix: ({ gradient, previous }) => matrix.apply('zeroWhereSignsDiffer', gradient, previous),
});

/** w⁺ = w − Δ⁺ sign g′ */
export const rpropUpdate = defineKernel({
  name: 'rpropUpdate',
  inputs: ['parameter', 'gradient', 'stepSize'],
  perSample: false,
  inPlace: ['parameter'],
  shape: ({ parameter }) => parameter.shape,
  run(out, { parameter, gradient, stepSize }) {
    for (let i = 0; i < width(parameter); i++) {
      out[i] = parameter.data[i] - stepSize.data[i] * Math.sign(gradient.data[i]);
    }
  },
  element: (index, { parameter, gradient, stepSize }) =>
    subtract(parameter.at(...index), multiply(stepSize.at(...index), call('sign', gradient.at(...index)))),
  matrix: ({ parameter, gradient, stepSize }) =>
    matrix.difference(parameter, matrix.hadamard(stepSize, matrix.apply('sign', gradient))),
});
