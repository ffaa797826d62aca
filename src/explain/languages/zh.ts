// 简体中文。
import type { Language } from './language.ts';

export const zh: Language = {
  name: 'zh',
  title: (step) => `反向传播的一步推导（第 ${step} 步）`,
  setting: ({ notation, samples, learningRate }) =>
    `记法：${notation}。${samples === 1 ? '一个样本' : `小批量，共 ${samples} 个样本`}，学习率 η = ${learningRate}。`,
  headings: {
    forward: '前向传播',
    loss: '损失',
    errors: '反向传播：残差 δ',
    gradients: '梯度',
    update: '参数更新',
    after: (step) => (step === 1 ? '这一步之后' : `${step} 步之后`),
  },
  remarks: {
    forward: '每个神经元先求带权输入之和并加上偏置，再经过激活函数。',
    loss: '衡量输出与目标相差多少。',
    errors:
      '残差 δ 表示损失对神经元带权输入的敏感程度。它从输出层开始（BP1），逐层向前传回（BP2），用的是旧权重：此时还没有任何参数被更新。',
    gradients: '由链式法则，权重的梯度等于所在神经元的残差 δ 乘以经它传入的激活值（BP4）；偏置的梯度就是 δ（BP3）。',
    update: '每个参数沿梯度的反方向移动。',
    frozen: (names) => `以下参数被冻结，保持不变：${names}。`,
  },
  simplifies: '由于损失函数与激活函数相配，可化简为',
  layer: (layer, kind, type) => `第 ${layer} 层（${kind === 'output' ? '输出层' : '隐藏层'}，${type}）`,
  longSum: '[n] 表示其余 n 个较小的项，它们的和合写为一个数。',
};
