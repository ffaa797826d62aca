// A network that learns its samples by heart: better and better on them, worse on others.
import type { Evaluation } from '../../train/index.ts';
import { defineIllness } from '../finding.ts';
import { percent, short } from '../words.ts';

/** The validation loss must rise from its lowest by this share of it, and by this share of the loss before training: less is noise. */
const risen = 0.25;
const risenOfFirst = 0.1;

/** What is learnt of training and of validation data may differ by chance, the more so with few samples. */
const gap = 0.25;
const fewestSamples = 20;

export const overFitting = defineIllness({
  id: 'over-fitting',
  detect({ history, start, bestEpoch, skill, validationSkill, validationSamples }) {
    // Where the training data were scored, their loss is that after the epoch, without noise, dropout or weights.
    const watched = history.flatMap(({ epoch, loss, validation, training }) =>
      validation === null
        ? []
        : [{ epoch, loss: training?.loss ?? loss, watched: validation.loss, validation, training }],
    );
    if (watched.length < 3) return undefined;
    const best = watched.reduce((a, b) => (b.watched < a.watched ? b : a));
    const last = watched[watched.length - 1];
    const rise = last.watched - best.watched;
    // Where the best weights were restored, the rise after them has done no harm.
    const rose =
      bestEpoch === undefined &&
      rise > risen * best.watched &&
      rise > risenOfFirst * start.loss &&
      last.loss <= best.loss;
    const apart = validationSkill !== undefined && validationSamples >= fewestSamples && skill - validationSkill > gap;
    if (!rose && !apart) return undefined;
    return {
      severity: rose ? ('serious' as const) : ('moderate' as const),
      facts: {
        onset: rose ? best.epoch : null,
        bestLoss: best.watched,
        lastLoss: last.watched,
        trainingThen: best.loss,
        trainingNow: last.loss,
        epochs: last.epoch,
        accuracies: rose ? accuracies(best, last) : null,
        skill,
        validationSkill: validationSkill ?? null,
      },
      remedies: [
        ...(rose ? [{ flags: '--patience 10', code: 'fit(net, data, { validation, patience: 10 })' }] : []),
        { flags: '--l2 0.01', code: 'network(layers, { input, l2: 0.01 })' },
        { flags: '--dropout 0.5', code: 'network([…, dropout(0.5), …], …)' },
      ],
    };
  },
  en: {
    name: 'Over-fitting',
    what: ({ onset }) =>
      onset === null
        ? 'The network knows its training samples far better than others: it learns them by heart.'
        : `From epoch ${onset} on the network gets better on its training samples and worse on others: it learns them by heart.`,
    evidence: ({
      onset,
      epochs,
      bestLoss,
      lastLoss,
      trainingThen,
      trainingNow,
      accuracies,
      skill,
      validationSkill,
    }) => [
      ...(onset === null
        ? []
        : [
            `validation loss: ${short(bestLoss)} in epoch ${onset}, ${short(lastLoss)} in epoch ${epochs}`,
            `training loss: ${short(trainingThen)} in epoch ${onset}, ${short(trainingNow)} in epoch ${epochs}`,
          ]),
      ...(accuracies === null
        ? []
        : [
            `right answers from epoch ${onset} to ${epochs}: training ${percent(accuracies[0])} → ${percent(accuracies[1])}, validation ${percent(accuracies[2])} → ${percent(accuracies[3])}`,
          ]),
      ...(validationSkill === null
        ? []
        : [
            `learnt of what there is to learn: ${percent(skill)} of training data, ${short(100 * validationSkill)} % of validation data`,
          ]),
    ],
    remedy: ({ onset }) =>
      `${onset === null ? '' : 'Stop early and keep the best weights; '}${onset === null ? 'Penalise' : 'penalise'} large weights, drop neurons at random, use a smaller network, or get more data.`,
  },
  zh: {
    name: '过拟合',
    what: ({ onset }) =>
      onset === null
        ? '网络对训练样本的掌握远好于其他样本：它在死记硬背。'
        : `从第 ${onset} 轮起，网络在训练样本上越来越好，在其他样本上却越来越差：它在死记硬背。`,
    evidence: ({
      onset,
      epochs,
      bestLoss,
      lastLoss,
      trainingThen,
      trainingNow,
      accuracies,
      skill,
      validationSkill,
    }) => [
      ...(onset === null
        ? []
        : [
            `验证损失：第 ${onset} 轮 ${short(bestLoss)}，第 ${epochs} 轮 ${short(lastLoss)}`,
            `训练损失：第 ${onset} 轮 ${short(trainingThen)}，第 ${epochs} 轮 ${short(trainingNow)}`,
          ]),
      ...(accuracies === null
        ? []
        : [
            `第 ${onset} 轮到第 ${epochs} 轮的正确率：训练 ${percent(accuracies[0])} → ${percent(accuracies[1])}，验证 ${percent(accuracies[2])} → ${percent(accuracies[3])}`,
          ]),
      ...(validationSkill === null
        ? []
        : [`学到的比例：训练数据 ${percent(skill)}，验证数据 ${short(100 * validationSkill)} %`]),
    ],
    remedy: ({ onset }) =>
      `${onset === null ? '' : '提前停止并保留最好的权重；'}惩罚大的权重，随机丢弃神经元，用更小的网络，或取得更多数据。`,
  },
});

/** The accuracy of an epoch's two parts, where both were scored. */
interface Scored {
  readonly validation: Evaluation;
  readonly training: Evaluation | undefined;
}

/** Of the training data then and now, and of the validation data. */
function accuracies(...epochs: readonly Scored[]): readonly number[] | null {
  const found = [
    ...epochs.map(({ training }) => training),
    ...epochs.map(({ validation }): Evaluation | undefined => validation),
  ].flatMap((scores) => (scores !== undefined && 'accuracy' in scores ? [scores.accuracy] : []));
  return found.length === 4 ? found : null;
}
