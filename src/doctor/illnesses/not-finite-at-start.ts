// A network whose loss is no finite number before the first step: no learning rate can mend that.
import { defineIllness } from '../finding.ts';
import { short } from '../words.ts';

export const notFiniteAtStart = defineIllness({
  id: 'not-finite-at-start',
  detect({ start, columns, network }) {
    if (Number.isFinite(start.loss)) return undefined;
    const widest = start.layers.reduce((most, { largestWeight }) => Math.max(most, largestWeight), 0);
    const input = columns.reduce((most, { size }) => Math.max(most, size), 0);
    return {
      severity: 'serious' as const,
      facts: { loss: String(start.loss), largestWeight: widest, largestInput: input, layers: network.layers.length },
      remedies: [{ flags: '--scale standard', code: "dense(units, 'relu', { initializer: 'heNormal' })" }],
    };
  },
  en: {
    name: 'The first loss is not finite',
    what: () =>
      'Before the first step the loss is beyond the greatest number there is, or has no value. Weights, inputs or targets are too large; no learning rate can mend that.',
    evidence: ({ loss, largestWeight, largestInput, layers }) => [
      `loss before training: ${short(Number(loss))}`,
      `largest weight ${short(largestWeight)}, largest column of inputs ${short(largestInput)} (root mean square), ${layers} ${layers === 1 ? 'layer' : 'layers'}`,
    ],
    remedy: () => 'Begin with smaller weights (the default initializers), and scale inputs and targets.',
  },
  zh: {
    name: '最初的损失就不是有限的数',
    what: () => '在第一步之前，损失就超出了能表示的最大的数，或者没有值。权重、输入或目标太大；任何学习率都无济于事。',
    evidence: ({ loss, largestWeight, largestInput, layers }) => [
      `训练前的损失：${short(Number(loss))}`,
      `最大的权重 ${short(largestWeight)}，最大的输入列 ${short(largestInput)}（均方根），共 ${layers} 层`,
    ],
    remedy: () => '用更小的初始权重（默认的初始化方法），并缩放输入和目标。',
  },
});
