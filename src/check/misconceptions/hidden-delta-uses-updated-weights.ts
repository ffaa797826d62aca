// Updating while still going backward: the hidden layers' errors come through weights of the step's end.
import { handsBack, mutants } from '../mutate.ts';
import type { Misconception } from './misconception.ts';

/** W_newᵀ δ₊ where W_oldᵀ δ₊ belongs. */
export const hiddenDeltaUsesUpdatedWeights: Misconception = {
  id: 'hidden-delta-uses-updated-weights',
  mutate: (program) =>
    mutants(program, (call) => {
      const updated = `${call.inputs.weight}.next`;
      if (!handsBack(call) || !program.slots.has(updated)) return undefined;
      return { ...call, inputs: { ...call.inputs, weight: updated } };
    }),
  explanation: {
    en: ({ quantity, right, wrong }) =>
      `${quantity} was computed with weights that this step had already updated: ${wrong}. All gradients of a step are taken at the same point, so the error goes back through the old weights: ${right}. Work out every gradient first and change the weights last.`,
    zh: ({ quantity, right, wrong }) =>
      `计算 ${quantity} 时用了这一步里已经更新过的权重：${wrong}。同一步的所有梯度都是在同一组参数处求的，误差要经旧权重传回：${right}。应先求出全部梯度，最后再统一更新权重。`,
  },
};
