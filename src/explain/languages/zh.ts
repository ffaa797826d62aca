// 简体中文。
import type { Language } from './language.ts';
import { some } from './some.ts';

/** The layer types of the house; one of a reader's own keeps its name. */
const types: Readonly<Record<string, string>> = {
  dense: '全连接',
  conv2d: '卷积',
  maxPool2d: '最大池化',
  avgPool2d: '平均池化',
  globalAvgPool2d: '全局平均池化',
  flatten: '展平',
  dropout: '随机失活',
  batchNorm: '批归一化',
  activation: '激活函数',
};

/** Chinese, 简体中文. */
export const zh: Language = {
  name: 'zh',
  title: (step) => `反向传播的一步推导（第 ${step} 步）`,
  setting: ({ notation, samples, learningRate }) =>
    `记法：${notation}。${samples === 1 ? '一个样本' : `小批量，共 ${samples} 个样本`}，学习率 ${learningRate}。`,
  recorded: ({ run, step, epoch, stepInEpoch, data, rows }) =>
    `训练记录 ${run} 的第 ${step} 步：第 ${epoch} 轮中的第 ${stepInEpoch} 步，所用样本为 ${data} 的第 ${some(rows, '、')} 行。`,
  data: {
    heading: '从数据到网络',
    remark: (source, rows) => `${source} 的第 ${some(rows, '、')} 行，按训练时的预处理变成网络的输入与目标。`,
    bytes: (row, count, drawn) => `第 ${row} 行的图像共 ${count} 个字节，各除以 255；其中 ${drawn} 个不为 0。`,
    row: (row) => `第 ${row} 行`,
    missing: '缺失',
    filled: (fill) => `以 ${fill} 填补`,
    levels: (names) => `在 ${names.join('、')} 中，所属者取 1，其余取 0`,
    comma: '；',
  },
  headings: {
    forward: '前向传播',
    loss: '损失',
    errors: '反向传播：残差',
    gradients: '梯度',
    update: '参数更新',
    after: (step) => (step === 1 ? '这一步之后' : `${step} 步之后`),
    network: '网络结构',
  },
  remarks: {
    forward: ({ bias }) =>
      bias === 'bias'
        ? '每个神经元先求输入的加权和并加上偏置，再经过激活函数。'
        : '每个神经元先求输入的加权和，减去阈值，再经过激活函数。阈值与偏置只差一个负号。',
    loss: () => '衡量输出与目标相差多少。',
    errors: ({ delta }) =>
      `${
        delta === 'derivative'
          ? '残差表示损失对神经元加权输入的敏感程度。'
          : '残差（梯度项）表示损失对神经元加权输入的敏感程度；在这种记法中，下降方向的负号已含在其中。'
      }它从输出层开始（BP1），逐层向前传回（BP2），用的是旧权重：此时还没有任何参数被更新。`,
    gradients: ({ delta, bias }) => {
      const minus = delta === 'derivative' ? '' : '的相反数';
      const own = (delta === 'negated') === (bias === 'threshold') ? '就是残差本身' : '是残差的相反数';
      return `由链式法则，权重的梯度等于所在神经元的残差与经它传入的激活值之积${minus}（BP4）；${bias === 'bias' ? '偏置' : '阈值'}的梯度${own}（BP3）。`;
    },
    update: ({ update }) =>
      update === 'direct' ? '每个参数沿梯度的反方向移动。' : '每个参数沿梯度的反方向移动：先求增量，再相加。',
    frozen: (names) => `以下参数被冻结，保持不变：${names.join('、')}。`,
    batch: ({ samples }) => `矩阵形式中，每一${samples === 'columns' ? '列' : '行'}对应小批量中的一个样本。`,
  },
  forms: { matrices: '矩阵形式', elements: '逐元素形式' },
  simplifies: {
    outputError: '激活函数的导数恰与损失函数导数的分母约去，化简为',
    softmaxOutputError: '每个输出恰与损失函数对它的导数的分母约去，化简为',
    other: '由于损失函数与激活函数相配，可化简为',
  },
  trained: (precision) => `训练当时得到的值（${precision}）：`,
  proof: (error) => `用中心差分检验（相对误差 ${error}）`,
  sizes: '形状、范数与绝对值最大的元素',
  layer: (layer, kind, type) => `第 ${layer} 层（${kind === 'output' ? '输出层' : '隐藏层'}，${types[type] ?? type}）`,
  moreTerms: (count) => `其余 ${count} 项`,
  moreTermsThatSum: (count) => `其余 ${count} 项之和`,
  notes: {
    rounded: '“≈”表示该值由未舍入的数算出、只舍入一次，与用上面舍入后的数算得的结果在末位上略有出入。',
    large:
      '网络太大，无法逐个数推导，这里给出矩阵形式。可指定要推导的量，如 layers.0.weight.grad[0,0]，或一组量，如 layers.0.delta。',
  },
  drawing: {
    input: '输入',
    layer: (layer, type) => `第 ${layer} 层：${types[type] ?? type}`,
    description: (layers) => `从输入到输出的网络：${layers}。`,
    path: (quantity) => `高亮部分：${quantity} 影响损失的路径。`,
  },
};
