// Adam with its moments as they are.

import { isAdamCorrection, mutants } from '../mutate.ts';
import { unchanged } from '../mutate-kernels.ts';
import type { Misconception } from './misconception.ts';

/** m, v where m / (1 − β₁ᵗ), v / (1 − β₂ᵗ) belong. */
export const adamBiasCorrectionMissing: Misconception = {
  id: 'adam-bias-correction-missing',
  mutate: (program) =>
    mutants(program, (call) =>
      isAdamCorrection(program, call)
        ? { ...call, kernel: unchanged, inputs: { x: call.inputs.moment }, attributes: {} }
        : undefined,
    ),
  explanation: {
    en: ({ quantity, right, wrong }) =>
      `${quantity} was not corrected: ${wrong}. Adam's moments begin at 0 and are too small in the first steps, so they are divided by 1 − βᵗ: ${right}.`,
    zh: ({ quantity, right, wrong }) =>
      `${quantity} 没有做偏差修正：${wrong}。Adam 的矩从 0 开始累积，最初几步偏小，所以要除以 1 − βᵗ：${right}。`,
  },
};
