// Steps that overshoot: training diverges, jumps about, or ends worse than it began.
import * as optimizers from '../../optimizers/index.ts';
import type { Evidence } from '../evidence.ts';
import { defineIllness } from '../finding.ts';
import { percent, setting, short } from '../words.ts';

/** Falling losses waver by a few percent between epochs; by this share of the first loss only where steps overshoot. */
const jump = 0.1;

/** How many of the later epochs must jump up. */
const jumpy = 0.25;

/** Fewer changes from epoch to epoch than this are no pattern. */
const fewestJudged = 3;

/** In the first epochs, a loss that is so many times that before training is no stumble. */
const manifold = 10;

/** How an overshooting training shows. */
type Sign = 'diverged' | 'worse' | 'jumps';

export const learningRateTooHigh = defineIllness({
  id: 'learning-rate-too-high',
  detect(evidence) {
    const { learningRate, optimizer, history, start, divergedAt } = evidence;
    // A network whose first loss is infinite already is another illness.
    if (learningRate === undefined || !evidence.trained || !Number.isFinite(start.loss)) return undefined;
    const sign = signOf(evidence);
    if (sign === undefined) return undefined;
    const next = setting(Math.min(learningRate / 10, defaultRate(optimizer)));
    const rises = jumps(evidence);
    return {
      severity: 'serious' as const,
      facts: {
        sign,
        learningRate,
        suggested: Number(next),
        epoch: divergedAt?.epoch ?? null,
        step: divergedAt?.step ?? null,
        firstLoss: start.loss,
        lastLoss: history.at(-1)?.loss ?? null,
        rises: rises.count,
        of: rises.of,
        highest: rises.highest,
      },
      remedies: [{ flags: `--lr ${next}`, code: `${optimizer}({ learningRate: ${next} })` }],
    };
  },
  en: {
    name: 'The learning rate is too high',
    what: ({ sign, learningRate }) =>
      ({
        diverged: `With η = ${setting(learningRate)} the steps overshoot more each time, until the numbers leave the finite range.`,
        worse: `With η = ${setting(learningRate)} the loss ends higher than it began: the steps overshoot.`,
        jumps: `With η = ${setting(learningRate)} the loss jumps about instead of falling: the steps overshoot.`,
      })[asSign(sign)],
    evidence: ({ epoch, step, firstLoss, lastLoss, rises, of, highest }) => [
      ...(epoch === null ? [] : [`first number that is not finite: epoch ${epoch}, step ${step}`]),
      `loss before training ${short(firstLoss)}${lastLoss === null ? '' : `, in the last whole epoch ${short(lastLoss)}`}`,
      ...(of < fewestJudged
        ? []
        : [`loss rose by more than ${percent(jump)} of that in ${rises} of the last ${of} epochs`]),
      ...(of < fewestJudged ? [] : [`highest loss among them: ${short(highest)}`]),
    ],
    remedy: ({ suggested }) => `Use a smaller learning rate: ${suggested}.`,
  },
  zh: {
    name: '学习率太高',
    what: ({ sign, learningRate }) =>
      ({
        diverged: `η = ${setting(learningRate)} 时每一步都比上一步更过头，直到数值超出有限范围。`,
        worse: `η = ${setting(learningRate)} 时损失最后比开始时还高：步子迈过了头。`,
        jumps: `η = ${setting(learningRate)} 时损失来回跳动而不下降：步子迈过了头。`,
      })[asSign(sign)],
    evidence: ({ epoch, step, firstLoss, lastLoss, rises, of, highest }) => [
      ...(epoch === null ? [] : [`第一个非有限的数出现在：第 ${epoch} 轮，第 ${step} 步`]),
      `训练前的损失 ${short(firstLoss)}${lastLoss === null ? '' : `，最后一个完整轮次的损失 ${short(lastLoss)}`}`,
      ...(of < fewestJudged ? [] : [`最后 ${of} 轮中有 ${rises} 轮的损失上升超过它的 ${percent(jump)}`]),
      ...(of < fewestJudged ? [] : [`其中最高的损失：${short(highest)}`]),
    ],
    remedy: ({ suggested }) => `减小学习率：${suggested}。`,
  },
});

/** The rate that an optimizer has unless another is given: a tenth of a wild one is wild too. */
function defaultRate(name: string): number {
  const make = Object.entries(optimizers).find(([own]) => own === name)?.[1];
  return make?.().learningRate ?? Number.POSITIVE_INFINITY;
}

function signOf(evidence: Evidence): Sign | undefined {
  const { divergedAt, history, start, skill } = evidence;
  if (divergedAt !== undefined) return 'diverged';
  if (skill > 0.8 || history.length === 0) return undefined;
  const last = history[history.length - 1].loss;
  if (last > (history.length < fewestJudged ? manifold : 1.2) * start.loss) return 'worse';
  const { count, of } = jumps(evidence);
  return of >= fewestJudged && count >= jumpy * of ? 'jumps' : undefined;
}

/** Of the later half of the epochs, those whose loss rose by more than the jump, and the highest loss. */
function jumps({ history, start }: Evidence): { count: number; of: number; highest: number } {
  const losses = history.slice(Math.floor(history.length / 2)).map(({ loss }) => loss);
  const count = losses.filter((loss, i) => i > 0 && loss - losses[i - 1] > jump * start.loss).length;
  return { count, of: Math.max(0, losses.length - 1), highest: Math.max(...losses, 0) };
}

function asSign(text: string): Sign {
  return text === 'diverged' || text === 'worse' ? text : 'jumps';
}
