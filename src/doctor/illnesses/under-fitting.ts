// A network that does badly on its own training samples.
import { parameterCount } from '../../network/index.ts';
import { defineIllness } from '../finding.ts';
import { short } from '../words.ts';

/** Less than half of what there is to learn on the very samples it was trained on. */
const little = 0.5;

/** A loss that fell by more than this share over the last quarter of the epochs is still on its way. */
const falling = 0.03;

export const underFitting = defineIllness({
  id: 'under-fitting',
  symptom: true,
  detect({ network, skill, history, trained, ending }) {
    if (!(skill < little) || !trained || history.length === 0 || ending === 'diverged') return undefined;
    const last = history[history.length - 1].loss;
    const earlier = history[Math.floor(history.length * 0.75)].loss;
    const hidden = network.layers.slice(0, -1).filter(({ activation }) => activation !== null);
    const linear = hidden.every(({ activation }) => activation?.name === 'linear');
    const unfinished = !linear && earlier - last > falling * Math.abs(earlier);
    const epochs = history.length;
    return {
      severity: 'serious' as const,
      facts: { skill, parameters: parameterCount(network), linear, unfinished, loss: last, earlier, epochs },
      remedies: unfinished
        ? [{ flags: `--epochs ${epochs * 3}`, code: `fit(net, data, { epochs: ${epochs * 3} })` }]
        : [{ flags: '--hidden 64 --activation tanh', code: "network([dense(64, 'tanh'), dense(outputs, …)], …)" }],
    };
  },
  en: {
    name: 'Under-fitting',
    what: ({ linear, unfinished, parameters }) =>
      linear
        ? 'The network does badly on its own training samples. It has no hidden layer that bends, so that all it can draw is a straight line.'
        : unfinished
          ? 'The network does badly on its own training samples, and the loss was still falling when training ended.'
          : `The network does badly on its own training samples, and the loss no longer falls: ${parameters.toLocaleString('en')} parameters may be too few for it, or the columns may not tell more.`,
    evidence: ({ skill, loss, earlier, epochs }) => [
      `learnt of what there is to learn in the training data: ${short(100 * skill)} %`,
      `loss after three quarters of ${epochs} epochs ${short(earlier)}, at the end ${short(loss)}`,
    ],
    remedy: ({ linear, unfinished }) => {
      if (linear) return 'Add a hidden layer with tanh or relu.';
      return unfinished ? 'Train longer.' : 'Use more hidden neurons, or a second hidden layer.';
    },
  },
  zh: {
    name: '欠拟合',
    what: ({ linear, unfinished, parameters }) =>
      linear
        ? '网络在自己的训练样本上表现就很差。它没有带非线性的隐藏层，只能画出一条直线。'
        : unfinished
          ? '网络在自己的训练样本上表现就很差，而训练结束时损失还在下降。'
          : `网络在自己的训练样本上表现就很差，损失也不再下降：${parameters.toLocaleString('en')} 个参数也许太少，或者这些列本身说明不了更多。`,
    evidence: ({ skill, loss, earlier, epochs }) => [
      `训练数据中可学的东西学到了 ${short(100 * skill)} %`,
      `${epochs} 轮的四分之三时损失 ${short(earlier)}，结束时 ${short(loss)}`,
    ],
    remedy: ({ linear, unfinished }) => {
      if (linear) return '加一个带 tanh 或 relu 的隐藏层。';
      return unfinished ? '训练更久。' : '增加隐藏神经元，或再加一个隐藏层。';
    },
  },
});
