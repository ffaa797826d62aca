// Errors that grow on their way back through the layers.
import { defineIllness } from '../finding.ts';
import { short } from '../words.ts';
import { errorProfile } from './gradients.ts';

/** A hundredfold spread leaves no learning rate that suits both ends; well-initialised networks stay within a factor of ten. */
const grown = 100;

/** A network that has learnt this much got over it. */
const healthy = 0.8;

export const explodingGradients = defineIllness({
  id: 'exploding-gradients',
  detect(evidence) {
    const profile = errorProfile(evidence);
    if (profile === undefined || !(profile.ratio > grown) || (evidence.trained && evidence.skill > healthy))
      return undefined;
    const { layers, errors, ratio, perLayer } = profile;
    const widest = Math.max(...evidence.start.layers.map(({ largestWeight }) => largestWeight));
    return {
      severity: 'serious' as const,
      layer: layers[0],
      facts: { layers, errors, ratio, perLayer, largestWeight: widest, depth: layers.length },
      remedies: [
        { flags: '--clip-norm 1', code: 'clipped(sgd(), { norm: 1 })' },
        { code: "dense(units, 'relu', { initializer: 'heNormal' })" },
      ],
    };
  },
  en: {
    name: 'Gradients explode',
    what: ({ perLayer, depth }) =>
      `The error grows about ${short(perLayer)} times at each of ${depth} layers on its way back. The first layers make wild steps while the last ones hardly move.`,
    evidence: ({ layers, errors, largestWeight }) => [
      ...errors.map((error, i) => `layer ${layers[i]}: ‖∂C/∂b‖ = ${short(error)}`),
      `largest weight as training began: ${short(largestWeight)}`,
    ],
    remedy: () =>
      'Begin with smaller weights (heNormal for relu, xavierUniform for tanh and sigmoid, which are the defaults), clip the gradients, or use fewer layers.',
  },
  zh: {
    name: '梯度爆炸',
    what: ({ perLayer, depth }) =>
      `误差在向后传播时，经过 ${depth} 层中的每一层大约增大到 ${short(perLayer)} 倍。前面的层更新幅度失控，而后面的层几乎不动。`,
    evidence: ({ layers, errors, largestWeight }) => [
      ...errors.map((error, i) => `第 ${layers[i]} 层：‖∂C/∂b‖ = ${short(error)}`),
      `训练开始时最大的权重：${short(largestWeight)}`,
    ],
    remedy: () =>
      '用更小的初始权重（relu 用 heNormal，tanh 和 sigmoid 用 xavierUniform，即默认值），裁剪梯度，或减少层数。',
  },
});
