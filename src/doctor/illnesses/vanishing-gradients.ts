// Errors that shrink on their way back through the layers: Nielsen's chapter 5.
import { defineIllness } from '../finding.ts';
import { short } from '../words.ts';
import { errorProfile } from './gradients.ts';

/** The first layer learns a thousand times more slowly; Nielsen's four hidden layers, which still train, come to 1/100. */
const shrunk = 1e-3;

/** A network that has learnt this much got over it. */
const healthy = 0.8;

export const vanishingGradients = defineIllness({
  id: 'vanishing-gradients',
  detect(evidence) {
    const profile = errorProfile(evidence);
    if (profile === undefined || !(profile.ratio < shrunk) || (evidence.trained && evidence.skill > healthy))
      return undefined;
    const { layers, errors, ratio, perLayer } = profile;
    const bounded = evidence.network.layers.some(({ activation }) => activation?.name === 'sigmoid');
    return {
      severity: 'serious' as const,
      layer: layers[0],
      facts: { layers, errors, ratio, perLayer, depth: layers.length, sigmoid: bounded },
      remedies: [
        { flags: '--activation relu', code: "dense(units, 'relu')" },
        { flags: '--hidden 30', code: 'network([dense(30, …), dense(outputs, …)], …)' },
      ],
    };
  },
  en: {
    name: 'Gradients vanish',
    what: ({ ratio, depth, sigmoid }) =>
      `Of ${depth} layers the first gets ${short(1 / ratio)} times less error than the last, so that it hardly learns.${sigmoid ? ' Every sigmoid multiplies the error by at most ¼ (BP2: σ′ ≤ ¼).' : ''}`,
    evidence: ({ layers, errors, perLayer }) => [
      ...errors.map((error, i) => `layer ${layers[i]}: ‖∂C/∂b‖ = ${short(error)}`),
      `factor from a layer to the one before it: ${short(perLayer)}`,
    ],
    remedy: () => 'Use relu in the hidden layers, or fewer layers; batch normalization between them helps too.',
  },
  zh: {
    name: '梯度消失',
    what: ({ ratio, depth, sigmoid }) =>
      `共 ${depth} 层，第一层得到的误差只有最后一层的 ${short(ratio)} 倍，几乎学不到东西。${sigmoid ? '每经过一个 sigmoid，误差至多乘以 ¼（BP2：σ′ ≤ ¼）。' : ''}`,
    evidence: ({ layers, errors, perLayer }) => [
      ...errors.map((error, i) => `第 ${layers[i]} 层：‖∂C/∂b‖ = ${short(error)}`),
      `每向前一层的倍数：${short(perLayer)}`,
    ],
    remedy: () => '隐藏层改用 relu，或减少层数；在层间加入批归一化也有帮助。',
  },
});
