// Sigmoids and tanhs stuck at the ends of their range, where their slope is next to nothing.
import { defineIllness } from '../finding.ts';
import { percent, short } from '../words.ts';

/** Trained classifiers reach a quarter or so in a hidden layer; where most are at the ends, little error comes through. */
const tooMany = 0.6;

/** A network that has learnt this much has saturated where it should. */
const healthy = 0.8;

export const saturatedNeurons = defineIllness({
  id: 'saturated-neurons',
  detect({ start, end, trained, skill, dataset }) {
    if (trained && skill > healthy) return undefined;
    // Saturated outputs are what a classifier is after; of its hidden layers that is not true.
    const hidden = end.layers.slice(0, dataset.task === 'classification' ? -1 : undefined);
    const [worst] = hidden.toSorted((a, b) => b.saturated - a.saturated);
    if (worst === undefined || worst.saturated < tooMany) return undefined;
    const { layer, saturated, largestWeight, activation } = worst;
    const before = start.layers[layer];
    const fromStart = before.saturated >= tooMany;
    return {
      severity: fromStart ? ('serious' as const) : ('moderate' as const),
      layer,
      facts: {
        layer,
        activation: activation ?? '',
        saturated,
        before: before.saturated,
        fromStart,
        trained,
        largestWeight: fromStart ? before.largestWeight : largestWeight,
      },
      remedies: fromStart
        ? [{ flags: '--activation relu', code: `dense(units, '${activation}', { initializer: 'xavierUniform' })` }]
        : [{ flags: '--l2 0.001', code: 'network(layers, { input, l2: 0.001 })' }],
    };
  },
  en: {
    name: 'Saturated neurons',
    what: ({ layer, saturated, activation }) =>
      `In layer ${layer}, ${percent(saturated)} of the ${activation} activations stand at an end of their range, where the slope is next to 0. Almost no error passes through them.`,
    evidence: ({ saturated, before, largestWeight, trained }) => [
      trained
        ? `within 1 % of an end: ${percent(before)} before training, ${percent(saturated)} after`
        : `within 1 % of an end: ${percent(saturated)}`,
      `largest weight of the layer: ${short(largestWeight)}`,
    ],
    remedy: ({ fromStart }) =>
      fromStart
        ? 'They were saturated from the start: begin with smaller weights (xavierUniform, the default, fits the width of the layer) and scaled inputs, or use relu.'
        : 'They were driven there in training: use a smaller learning rate, or a penalty on large weights.',
  },
  zh: {
    name: '神经元饱和',
    what: ({ layer, saturated, activation }) =>
      `第 ${layer} 层有 ${percent(saturated)} 的 ${activation} 激活值停在值域的两端，那里的斜率几乎为 0，误差几乎传不过去。`,
    evidence: ({ saturated, before, largestWeight, trained }) => [
      trained
        ? `距两端不到 1 % 的激活值：训练前 ${percent(before)}，训练后 ${percent(saturated)}`
        : `距两端不到 1 % 的激活值：${percent(saturated)}`,
      `该层最大的权重：${short(largestWeight)}`,
    ],
    remedy: ({ fromStart }) =>
      fromStart
        ? '它们从一开始就饱和：请用更小的初始权重（默认的 xavierUniform 与层的宽度相配）和缩放过的输入，或改用 relu。'
        : '它们是在训练中被推到两端的：请减小学习率，或对大的权重加以惩罚。',
  },
});
