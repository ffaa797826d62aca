// Steps so short that training would take for ever: the loss falls steadily, but hardly.
import { defineIllness } from '../finding.ts';
import { percent, setting, short } from '../words.ts';

/** Less than this share of the first loss is gone when training ends. */
const hardly = 0.3;

/** Weights that have moved less than this share of their size have learnt nothing yet. */
const unmoved = 0.2;

/** ‖∂C‖²/C, the share of the loss that a step of η = 1 would take away: below this the ground is flat, and η not to blame. */
const flat = 1e-4;

export const learningRateTooLow = defineIllness({
  id: 'learning-rate-too-low',
  symptom: true,
  detect({ learningRate, optimizer, history, start, end, skill, movement }) {
    if (learningRate === undefined || history.length < 4 || skill > 0.8) return undefined;
    const last = history[history.length - 1].loss;
    const fallen = (start.loss - last) / start.loss;
    const steepness = end.slope / end.loss;
    if (!(fallen >= 0 && fallen < hardly && movement < unmoved && steepness > flat && isSteady(history)))
      return undefined;
    // A loss falls like e^{−ηt}: as many times faster as takes nine tenths of it away, ln 10 over what fell, as a power of ten.
    const factor = 10 ** Math.min(3, Math.max(1, Math.round(Math.log10(Math.LN10 / Math.max(fallen, 1e-3)))));
    const next = setting(learningRate * factor);
    return {
      severity: 'serious' as const,
      facts: {
        learningRate,
        suggested: Number(next),
        factor,
        fallen,
        firstLoss: start.loss,
        lastLoss: last,
        movement,
        epochs: history.length,
      },
      remedies: [{ flags: `--lr ${next}`, code: `${optimizer}({ learningRate: ${next} })` }],
    };
  },
  en: {
    name: 'The learning rate is too low',
    what: ({ learningRate, epochs, fallen }) =>
      `With η = ${setting(learningRate)} the loss falls steadily but hardly: by ${percent(fallen)} in ${epochs} epochs, and it has not levelled off.`,
    evidence: ({ firstLoss, lastLoss, movement }) => [
      `loss before training ${short(firstLoss)}, in the last epoch ${short(lastLoss)}`,
      `all weights together have moved by ${percent(movement)} of their size`,
    ],
    remedy: ({ suggested, factor }) => `Multiply the learning rate by ${factor}: ${suggested}.`,
  },
  zh: {
    name: '学习率太低',
    what: ({ learningRate, epochs, fallen }) =>
      `η = ${setting(learningRate)} 时损失虽然稳步下降，却几乎没有进展：${epochs} 轮只降了 ${percent(fallen)}，而且还没有趋于平缓。`,
    evidence: ({ firstLoss, lastLoss, movement }) => [
      `训练前的损失 ${short(firstLoss)}，最后一轮的损失 ${short(lastLoss)}`,
      `全部权重合计只移动了自身大小的 ${percent(movement)}`,
    ],
    remedy: ({ suggested, factor }) => `把学习率乘以 ${factor}：${suggested}。`,
  },
});

/** Whether the loss falls from quarter to quarter, the last fall at least half as deep as the first. */
function isSteady(history: readonly { readonly loss: number }[]): boolean {
  const length = history.length / 4;
  const means = [0, 1, 2, 3].map((quarter) => {
    const losses = history
      .slice(Math.floor(quarter * length), Math.floor((quarter + 1) * length))
      .map(({ loss }) => loss);
    return losses.reduce((a, b) => a + b, 0) / losses.length;
  });
  const falls = [0, 1, 2].map((i) => means[i] - means[i + 1]);
  return falls.every((fall) => fall > 0) && falls[2] > falls[0] / 2;
}
