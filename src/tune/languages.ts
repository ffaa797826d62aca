// The words of the broad strategy: what each stage asks, and what its answer was. Numbers are written by the caller's rules.
import { type Decision, quickSamples, type StageName } from './broad.ts';

/** How the caller writes what the sentences are about. */
export interface Wording {
  /** A score of the validation part, `97.2 %`. */
  readonly score: (result: Decision['best']) => string;
  /** The score of who knows nothing. */
  readonly baseline: string;
}

/** The words of the strategy in one language. */
export interface TuneLanguage {
  /** What a stage asks. */
  readonly question: Readonly<Record<StageName, string>>;
  /** What its answer was. */
  readonly answer: (decision: Decision, wording: Wording) => string;
}

const english: TuneLanguage = {
  question: {
    signal: `Does anything learn? The simplest network, no hidden layer, on about ${quickSamples} samples or fewer, with learning rates orders of magnitude apart.`,
    insist: 'Nothing did. Again with a hidden layer, Adam, all the training data and more epochs.',
    network: 'Which network? Hidden layers of different size and activation, on the same samples.',
    rate: 'Which learning rate? The order of magnitude around the one that worked.',
    batch: 'Which mini-batch? From here on with all the training data.',
    penalty: 'How much L2 penalty? λ = 0 first, then by factors of ten.',
    refine: 'Refining: the learning rate and the penalty once more, each up and down.',
    full: 'The full length, stopping early when validation stops improving: as it is, wider, and with momentum.',
  },
  answer({ stage, best, learned, threshold }, { score, baseline }) {
    const { learningRate, batch, hidden = [], activation, l2, optimizer } = best.settings;
    switch (stage) {
      case 'signal':
      case 'insist':
        return learned
          ? `Yes: learning rate ${learningRate} comes to ${score(best)} in ${best.epochs} epochs, where guessing comes to ${baseline}.`
          : `No: the best, ${score(best)}, is not above the ${baseline} of guessing. Check that the inputs say anything about the target.`;
      case 'network':
        return hidden.length === 0
          ? `No hidden layer is best so far: ${score(best)}.`
          : `${hidden.join(', ')} hidden units with ${activation}: ${score(best)}.`;
      case 'rate': {
        const limit = threshold === null ? 'the loss fell at none' : `the loss still falls at ${threshold}`;
        return `${learningRate}: ${score(best)}; ${limit}.`;
      }
      case 'batch':
        return `${batch} samples a step: ${score(best)}.`;
      case 'penalty':
        return l2 === 0 ? `None: ${score(best)} without.` : `l2 ${l2}: ${score(best)}.`;
      case 'refine':
        return `Learning rate ${learningRate}, l2 ${l2}: ${score(best)}.`;
      case 'full':
        return `${hidden.length === 0 ? 'No hidden layer' : `${hidden.join(', ')} hidden units`}, ${optimizer} with learning rate ${learningRate}: ${score(best)} after epoch ${best.bestEpoch}.`;
    }
  },
};

const chinese: TuneLanguage = {
  question: {
    signal: `有什么能学起来吗？最简单的网络（没有隐藏层），至多约 ${quickSamples} 个样本，学习率逐个相差一个数量级。`,
    insist: '都没有学起来。加一个隐藏层，用 Adam、全部训练数据和更多轮次再试。',
    network: '用怎样的网络？不同大小和激活函数的隐藏层，仍用同样的样本。',
    rate: '学习率取多大？在已经有效的学习率附近找数量级。',
    batch: '小批量取多大？从这里起用全部训练数据。',
    penalty: 'L2 惩罚取多大？先取 λ = 0，再以十倍为步长。',
    refine: '细调：学习率和惩罚再各自上下调一次。',
    full: '完整训练，验证不再变好就提前停止：保持原样、加宽、加动量。',
  },
  answer({ stage, best, learned, threshold }, { score, baseline }) {
    const { learningRate, batch, hidden = [], activation, l2, optimizer } = best.settings;
    switch (stage) {
      case 'signal':
      case 'insist':
        return learned
          ? `有：学习率 ${learningRate} 在 ${best.epochs} 轮后达到 ${score(best)}，猜测只有 ${baseline}。`
          : `没有：最好的 ${score(best)} 也不高于猜测的 ${baseline}。请检查输入是否与目标有关。`;
      case 'network':
        return hidden.length === 0
          ? `目前没有隐藏层最好：${score(best)}。`
          : `${hidden.join('、')} 个隐藏神经元，激活函数 ${activation}：${score(best)}。`;
      case 'rate': {
        const limit = threshold === null ? '损失在任何学习率下都没有下降' : `到 ${threshold} 损失仍在下降`;
        return `${learningRate}：${score(best)}；${limit}。`;
      }
      case 'batch':
        return `每步 ${batch} 个样本：${score(best)}。`;
      case 'penalty':
        return l2 === 0 ? `不用惩罚：${score(best)}。` : `l2 取 ${l2}：${score(best)}。`;
      case 'refine':
        return `学习率 ${learningRate}，l2 ${l2}：${score(best)}。`;
      case 'full':
        return `${hidden.length === 0 ? '没有隐藏层' : `${hidden.join('、')} 个隐藏神经元`}，${optimizer}，学习率 ${learningRate}：第 ${best.bestEpoch} 轮后 ${score(best)}。`;
    }
  },
};

/** The languages by their codes. */
export const tuneLanguages: Readonly<Record<'en' | 'zh', TuneLanguage>> = { en: english, zh: chinese };
