// Adam's correction the wrong way round.
import { adamCorrection, defineKernel, numeric, width } from '../../kernels/index.ts';
import { matrix, multiply, power, subtract } from '../../symbolic/index.ts';
import { isAdamCorrection, mutants } from '../mutate.ts';
import type { Misconception } from './misconception.ts';

/** m(1 − βᵗ) */
const correctionMultiplied = defineKernel({
  name: 'correctionMultiplied',
  inputs: adamCorrection.inputs,
  perSample: false,
  shape: ({ moment }) => moment.shape,
  run(out, { moment, step }, attributes) {
    const correction = 1 - numeric(attributes, 'beta') ** step.data[0];
    for (let i = 0; i < width(moment); i++) out[i] = moment.data[i] * correction;
  },
  element: (index, { moment, step }, attributes) =>
    multiply(moment.at(...index), subtract(1, power(numeric(attributes, 'beta'), step.at()))),
  matrix: ({ moment, step }, attributes) =>
    matrix.product(moment, matrix.difference(1, matrix.power(numeric(attributes, 'beta'), step))),
});

/** m(1 − β₁ᵗ) where m / (1 − β₁ᵗ) belongs, and v likewise. */
export const adamBiasCorrectionMultiplied: Misconception = {
  id: 'adam-bias-correction-multiplied',
  mutate: (program) =>
    mutants(program, (call) =>
      isAdamCorrection(program, call) ? { ...call, kernel: correctionMultiplied } : undefined,
    ),
  explanation: {
    en: ({ quantity, right, wrong }) =>
      `${quantity} was multiplied by the correction: ${wrong}. Adam's moments begin at 0 and are too small in the first steps; dividing by 1 − βᵗ makes up for it, multiplying makes them smaller still: ${right}.`,
    zh: ({ quantity, right, wrong }) =>
      `${quantity} 乘上了修正系数：${wrong}。Adam 的矩从 0 开始累积，最初几步偏小；除以 1 − βᵗ 才能补偿，乘上它反而更小：${right}。`,
  },
};
