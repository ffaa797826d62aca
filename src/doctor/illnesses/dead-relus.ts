// Rectifiers that give 0 on every sample, and so never learn again: their slope is 0 too.
import { defineIllness } from '../finding.ts';
import { percent, setting } from '../words.ts';

/** A tenth or so of a healthy layer is silent on any sample of the data. */
const tooMany = 0.4;

/** A network that has learnt this much could spare them. */
const healthy = 0.8;

export const deadRelus = defineIllness({
  id: 'dead-relus',
  detect({ start, end, trained, skill, learningRate, optimizer }) {
    const shares = end.layers.map(({ dead, neurons }) => dead / neurons);
    const worst = shares.indexOf(Math.max(...shares));
    if (!(shares[worst] >= tooMany)) return undefined;
    const { layer, dead, neurons } = end.layers[worst];
    const before = start.layers[worst].dead;
    // Dead before the first step: weights, biases or inputs are to blame. Dead since: steps that were too long, most often.
    const fromStart = before / neurons >= tooMany;
    const severity = trained && skill > healthy ? 'slight' : fromStart ? 'serious' : 'moderate';
    const rate = learningRate === undefined || fromStart ? undefined : setting(learningRate / 10);
    return {
      severity,
      layer,
      facts: { layer, dead, neurons, share: dead / neurons, before, fromStart, samples: end.rows.length, trained },
      remedies: [
        ...(rate === undefined ? [] : [{ flags: `--lr ${rate}`, code: `${optimizer}({ learningRate: ${rate} })` }]),
        { flags: '--activation leakyRelu', code: "dense(units, 'leakyRelu')" },
      ],
    };
  },
  en: {
    name: 'Dead ReLUs',
    what: ({ dead, neurons, layer }) =>
      `In layer ${layer}, ${dead} of ${neurons} rectifiers give 0 for every sample. Where a rectifier gives 0 its slope is 0, so that no gradient can wake it.`,
    evidence: ({ share, samples, before, dead, trained }) => [
      `silent on all of ${samples} samples: ${percent(share)} of the layer`,
      ...(trained ? [`silent before training: ${before}, after: ${dead}`] : []),
    ],
    remedy: ({ fromStart }) =>
      fromStart
        ? 'They were silent from the start: look at the biases and the initializer (heNormal, with biases of 0, is the default), or use leakyRelu, whose slope is never 0.'
        : 'They died in training: steps were too long. Use a smaller learning rate, or leakyRelu, whose slope is never 0.',
  },
  zh: {
    name: 'ReLU 神经元死亡',
    what: ({ dead, neurons, layer }) =>
      `第 ${layer} 层的 ${neurons} 个 ReLU 中有 ${dead} 个对每个样本都输出 0。输出为 0 时斜率也为 0，任何梯度都无法再唤醒它。`,
    evidence: ({ share, samples, before, dead, trained }) => [
      `在全部 ${samples} 个样本上沉默：占该层的 ${percent(share)}`,
      ...(trained ? [`训练前沉默的有 ${before} 个，训练后有 ${dead} 个`] : []),
    ],
    remedy: ({ fromStart }) =>
      fromStart
        ? '它们从一开始就沉默：请检查偏置和初始化方法（默认是 heNormal，偏置为 0），或改用斜率永不为 0 的 leakyRelu。'
        : '它们在训练中死亡：更新步子太大。请减小学习率，或改用斜率永不为 0 的 leakyRelu。',
  },
});
