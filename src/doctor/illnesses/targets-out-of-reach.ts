// Numbers to predict that the output layer cannot give, such as 3.7 from a sigmoid.
import { isLabels } from '../../memory/index.ts';
import { defineIllness } from '../finding.ts';
import { percent, short } from '../words.ts';

export const targetsOutOfReach = defineIllness({
  id: 'targets-out-of-reach',
  detect({ dataset, network }) {
    const { targets } = dataset.samples;
    const activation = network.layers[network.layers.length - 1].activation;
    if (dataset.task !== 'regression' || isLabels(targets) || activation === null) return undefined;
    const [low, high] = activation.range;
    const values = Array.from(targets.values, (value) => value * targets.scale);
    const outside = values.filter((value) => value < low || value > high).length;
    // One target beyond the range is one sample that stays wrong; a hundredth of them bend the whole fit.
    if (outside / values.length < 0.01) return undefined;
    return {
      severity: 'serious' as const,
      layer: network.layers.length - 1,
      facts: {
        activation: activation.name,
        low,
        high,
        share: outside / values.length,
        least: values.reduce((a, b) => Math.min(a, b)),
        greatest: values.reduce((a, b) => Math.max(a, b)),
      },
      remedies: [{ flags: '--scale-target minmax', code: "dense(outputs, 'linear')" }],
    };
  },
  en: {
    name: 'Targets out of reach',
    what: ({ activation, low, high, share }) =>
      `The output layer's ${activation} gives numbers from ${short(low)} to ${short(high)}, and ${percent(share)} of the targets lie outside. No training can reach them.`,
    evidence: ({ least, greatest, low, high }) => [
      `targets as the network gets them: ${short(least)} … ${short(greatest)}`,
      `outputs it can give: ${short(low)} … ${short(high)}`,
    ],
    remedy: () => 'Use a linear output layer, or scale the targets to 0 … 1.',
  },
  zh: {
    name: '目标超出输出范围',
    what: ({ activation, low, high, share }) =>
      `输出层的 ${activation} 只能给出 ${short(low)} 到 ${short(high)} 的数，而 ${percent(share)} 的目标在此之外，怎样训练也达不到。`,
    evidence: ({ least, greatest, low, high }) => [
      `网络得到的目标：${short(least)} … ${short(greatest)}`,
      `它能给出的输出：${short(low)} … ${short(high)}`,
    ],
    remedy: () => '输出层改用线性激活，或把目标缩放到 0 … 1。',
  },
});
