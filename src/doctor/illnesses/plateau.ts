// A loss that stays where it is although nothing has been learnt: a saddle, or neurons that are all alike.
import type { Evidence } from '../evidence.ts';
import { defineIllness } from '../finding.ts';
import { short } from '../words.ts';

/** A loss that changes by less than this share over the stretch is flat. */
const still = 0.01;

/** The shortest stretch that counts, in epochs. */
const shortest = 8;

/** Above this much learnt, a flat loss is a fit that has come to its end. */
const learnt = 0.2;

export const plateau = defineIllness({
  id: 'plateau',
  symptom: true,
  detect(evidence) {
    const { history, skill, network, end } = evidence;
    // Without a hidden layer that bends, the loss has no plateaus: it is under-fitting then.
    const bends = network.layers
      .slice(0, -1)
      .some(({ activation }) => activation !== null && activation.name !== 'linear');
    if (skill > learnt || !bends || history.length < shortest) return undefined;
    const last = history[history.length - 1].loss;
    const away = history.findLastIndex(({ loss }) => Math.abs(loss - last) > still * Math.abs(last));
    const length = history.length - 1 - away;
    if (length < shortest || length < history.length / 3) return undefined;
    const alike = layerOfAlike(evidence);
    return {
      severity: 'serious' as const,
      ...(alike !== undefined && { layer: alike }),
      facts: {
        from: away + 2,
        epochs: length,
        loss: last,
        gradient: Math.sqrt(end.slope),
        alike: alike ?? null,
        skill,
      },
      remedies:
        alike === undefined
          ? [
              { flags: '--optimizer adam', code: 'adam()' },
              { flags: '--seed 2', code: 'network(layers, { input, seed: 2 })' },
            ]
          : [{ code: "dense(units, activation, { initializer: 'xavierUniform' })" }],
    };
  },
  en: {
    name: 'A plateau',
    what: ({ epochs, from, alike }) =>
      `The loss has not changed for ${epochs} epochs, since epoch ${from}, and the network is no better than a constant answer.${alike === null ? '' : ` All neurons of layer ${alike} are alike: they get the same gradient, and stay alike for ever.`}`,
    evidence: ({ loss, gradient }) => [`loss ${short(loss)}, the same within 1 %`, `‖∂C‖ there: ${short(gradient)}`],
    remedy: ({ alike }) =>
      alike === null
        ? 'Begin elsewhere (another seed), or let an optimizer with momentum carry the steps across: adam.'
        : 'Begin with random weights: leave the initializer to the default.',
  },
  zh: {
    name: '停在平台上',
    what: ({ epochs, from, alike }) =>
      `从第 ${from} 轮起，损失已经 ${epochs} 轮没有变化，而网络并不比一个常数答案更好。${alike === null ? '' : `第 ${alike} 层的神经元全都一样：它们得到同样的梯度，永远保持一样。`}`,
    evidence: ({ loss, gradient }) => [`损失 ${short(loss)}，变化不到 1 %`, `此处的 ‖∂C‖：${short(gradient)}`],
    remedy: ({ alike }) =>
      alike === null
        ? '换一个起点（另一个随机种子），或用带动量的优化器越过它：adam。'
        : '用随机的初始权重：不要更改默认的初始化方法。',
  },
});

/** The first layer with several neurons whose weights are all the same, after training. */
function layerOfAlike({ network }: Evidence): number | undefined {
  const found = network.layers.findIndex((_, index) => {
    const weight = network.parameters[`layers.${index}.weight`];
    if (weight === undefined || weight.shape[0] < 2) return false;
    const width = weight.data.length / weight.shape[0];
    return weight.data.every((value, i) => value === weight.data[i % width]);
  });
  return found < 0 ? undefined : found;
}
