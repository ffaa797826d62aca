// The words of the Step view.
import type { Words } from '../words/language.svelte.ts';
import type { Stage } from './course.ts';
import type { Meaning } from './parts.ts';
import type { PresetName } from './presets.ts';

interface StepWords {
  readonly title: string;
  readonly preset: string;
  readonly presets: Readonly<Record<PresetName | 'own', string>>;
  /** What to look at in each preset. */
  readonly about: Readonly<Record<PresetName, string>>;
  readonly notation: string;
  readonly controls: string;
  readonly stages: Readonly<Record<Stage, string>>;
  readonly back: string;
  readonly toStart: string;
  steps(count: number): string;
  /** Where the reader is. */
  position(step: number, stage: Stage | undefined): string;
  /** What the part of the step just opened did. */
  readonly said: Readonly<Record<Stage | 'start', string>>;
  readonly drawing: string;
  readonly legend: string;
  readonly sample: string;
  sampleNumber(number: number): string;
  readonly derivation: string;
  readonly choose: string;
  readonly given: string;
  /** Before the fields for the place of one number in a layer. */
  readonly oneOfThem: string;
  place(axis: number, length: number): string;
  readonly show: string;
  readonly meanings: Readonly<Record<Meaning, string>>;
  notYet(stage: string): string;
  open(stage: string): string;
  readonly depth: string;
  readonly depths: readonly string[];
  readonly madeOf: string;
  readonly enters: string;
  readonly numbers: string;
  readonly groups: Readonly<Record<Stage | 'given' | 'after', string>>;
  readonly quantity: string;
  readonly value: string;
  readonly tooMany: string;
  readonly siblings: string;
  readonly notFinite: (quantity: string, step: number) => string;
  readonly tooLarge: string;
  readonly edit: EditWords;
  readonly closing: ClosingWords;
  readonly unreadable: string;
  readonly tooLong: string;
}

interface EditWords {
  readonly title: string;
  readonly hint: string;
  readonly sampleTitle: string;
  readonly addSample: string;
  removeSample(number: number): string;
  readonly layers: string;
  layer(number: number, type: string): string;
  readonly inputWidth: string;
  readonly units: string;
  readonly activation: string;
  readonly trained: string;
  readonly addLayer: string;
  removeLayer(number: number): string;
  readonly training: string;
  readonly loss: string;
  readonly optimizer: string;
  readonly learningRate: string;
  readonly l1: string;
  readonly l2: string;
  readonly draw: string;
  readonly parameters: string;
}

interface ClosingWords {
  readonly title: string;
  readonly lead: string;
  readonly check: string;
  readonly checking: string;
  readonly quantity: string;
  readonly printed: string;
  readonly right: string;
  readonly cause: string;
}

export const words: Words<StepWords> = {
  en: {
    title: 'One step of back-propagation',
    preset: 'Example',
    presets: {
      mazur: 'The step-by-step example (2-2-2)',
      closing: 'Its closing figures, and what is wrong in them',
      xor: 'Exclusive or',
      saturated: 'A saturated neuron, quadratic cost',
      saturatedEntropy: 'A saturated neuron, cross-entropy',
      vanishing: 'A vanishing gradient',
      softmax: 'Softmax with three classes',
      convolution: 'A small convolution',
      own: 'Your own',
    },
    about: {
      mazur:
        'Two inputs, two hidden neurons, two outputs: the worked example that most people meet first. Its biases are frozen, as in the text.',
      closing:
        'The text prints the error after 1 step and the outputs after 10,000 steps. Check them: thousands of pages copy these figures.',
      xor: 'All four cases of exclusive or in one batch: a gradient is the mean over the samples. Choose whose values are shown.',
      saturated:
        'The neuron answers 0.98 where 0 is wanted. It is badly wrong, and yet δ is small, because σ′(z) is small: it learns slowly.',
      saturatedEntropy:
        'The same neuron under the cross-entropy: σ′(z) cancels, δ is a − y, and the worse the answer the faster it learns.',
      vanishing:
        'Five neurons in a row. Press Backward and follow δ to the left: every layer multiplies it by w·σ′(z), which is below a quarter.',
      softmax: 'Three classes that compete: each output depends on every weighted input, and still δ comes to a − y.',
      convolution:
        'A kernel of four weights moves over 4 × 4 pixels. Choose one of its weights after Backward: its gradient adds up over all four places.',
    },
    notation: 'Notation',
    controls: 'The parts of the step',
    stages: { forward: 'Forward', loss: 'Loss', backward: 'Backward', update: 'Update' },
    back: 'One back',
    toStart: 'To the start',
    steps: (count) => `${count} steps`,
    position: (step, stage) =>
      stage === undefined
        ? `Step ${step}: nothing computed yet`
        : `Step ${step}: ${{ forward: 'forward pass done', loss: 'loss known', backward: 'gradients known', update: 'weights updated' }[stage]}`,
    said: {
      start: 'Press Forward, and watch the inputs go through the network.',
      forward: 'Every neuron has added up its weighted inputs and its bias, and applied its activation function.',
      loss: 'The outputs have been compared with the targets.',
      backward: 'The error went back through the same weights; every weight now has its gradient.',
      update: 'Every weight moved against its gradient. Forward begins the next step with the new weights.',
    },
    drawing: 'The network',
    legend: 'Lines: the thicker, the larger the weight; dashed where it is negative.',
    sample: 'Sample shown',
    sampleNumber: (number) => `sample ${number}`,
    derivation: 'Derivation',
    choose:
      'Choose a neuron, a line, a bias or a δ in the drawing, or a number in the table: how it comes about stands here.',
    given: 'This number is given, not computed.',
    oneOfThem: 'One of them, counted from 0:',
    place: (axis, length) => `place ${axis + 1}, from 0 to ${length - 1}`,
    show: 'Show',
    meanings: {
      input: 'An input of the network.',
      target: 'What this output should be.',
      z: 'The weighted input: all that arrives at this neuron, added up.',
      a: 'The activation: what this neuron hands on.',
      delta: 'The error: how strongly the loss reacts to this neuron’s weighted input.',
      weight: 'A weight: how much of what comes in along this line counts.',
      bias: 'A bias: what is added at this neuron whatever comes in.',
      grad: 'The gradient: how strongly the loss reacts to this parameter.',
      next: 'What the update makes of this parameter.',
      term: 'What this output contributes to the loss.',
      loss: 'The loss: how far the outputs are from their targets, in one number.',
    },
    notYet: (stage) => `This is not known yet: it is computed by “${stage}”.`,
    open: (stage) => `Go on to “${stage}”`,
    depth: 'Written out',
    depths: ['as it stands', 'one level deeper', 'two levels deeper', 'three levels deeper', 'down to what is given'],
    madeOf: 'It is computed from',
    enters: 'It is used in',
    numbers: 'All numbers of the step',
    groups: {
      given: 'Given',
      forward: 'Forward',
      loss: 'Loss',
      backward: 'Backward',
      update: 'Update',
      after: 'The updated network on the same data',
    },
    quantity: 'Quantity',
    value: 'Value',
    tooMany: 'Larger layers are not listed here; choose them in the drawing.',
    siblings: 'Its quantities',
    notFinite: (quantity, step) => `${quantity} is no finite number in step ${step}.`,
    tooLarge: 'What it is computed from is too large: go back and take smaller numbers.',
    edit: {
      title: 'Change it',
      hint: 'Every change begins the present step again; “One back” at the start takes it back.',
      sampleTitle: 'Samples',
      addSample: 'Add a sample',
      removeSample: (number) => `Remove sample ${number}`,
      layers: 'Layers',
      layer: (number, type) => `Layer ${number} (${type})`,
      inputWidth: 'Inputs',
      units: 'Neurons',
      activation: 'Activation',
      trained: 'updated',
      addLayer: 'Add a hidden layer',
      removeLayer: (number) => `Remove layer ${number}`,
      training: 'Loss and update',
      loss: 'Loss',
      optimizer: 'Optimizer',
      learningRate: 'Learning rate η',
      l1: 'L1 penalty',
      l2: 'L2 penalty',
      draw: 'Draw new weights',
      parameters: 'Weights and biases',
    },
    closing: {
      title: 'The closing figures',
      lead: 'What the text prints at its end, beside what correct arithmetic gives:',
      check: 'Check the figures',
      checking: 'Working through 10,000 steps …',
      quantity: 'Quantity',
      printed: 'Printed',
      right: 'Right',
      cause: 'What went wrong',
    },
    unreadable: 'The link to this page is damaged or was made for something else; the first example is shown instead.',
    tooLong: 'This network is too large to be kept in the link.',
  },
  zh: {
    title: '反向传播的一步',
    preset: '示例',
    presets: {
      mazur: '逐步示例（2-2-2）',
      closing: '该示例文末的数字，错在哪里',
      xor: '异或',
      saturated: '饱和的神经元：二次代价',
      saturatedEntropy: '饱和的神经元：交叉熵',
      vanishing: '梯度消失',
      softmax: '三个类别的 softmax',
      convolution: '小型卷积网络',
      own: '自定义',
    },
    about: {
      mazur: '两个输入、两个隐藏神经元、两个输出：许多人最先读到的就是这个例子。与原文一样，偏置不更新。',
      closing: '原文给出了更新 1 次后的误差和更新 10000 次后的输出。不妨核对一下：成千上万的网页照抄了这些数字。',
      xor: '异或的四种情形组成一批：梯度是各样本梯度的平均值。可以选择显示哪一个样本的数值。',
      saturated: '期望输出 0，神经元却给出 0.98。错得很厉害，δ 却很小，因为 σ′(z) 很小：学得很慢。',
      saturatedEntropy: '同一个神经元改用交叉熵：σ′(z) 被约去，δ 就是 a − y，错得越多学得越快。',
      vanishing: '五个神经元排成一串。按“反向”，再沿着 δ 向左看：每经过一层都要乘以 w·σ′(z)，它小于四分之一。',
      softmax: '三个类别互相竞争：每个输出都取决于全部加权输入，而 δ 仍然化简为 a − y。',
      convolution: '四个权重组成的卷积核在 4 × 4 的像素上移动。“反向”之后选中其中一个权重：它的梯度是四个位置之和。',
    },
    notation: '记法',
    controls: '一步的各个阶段',
    stages: { forward: '前向', loss: '损失', backward: '反向', update: '更新' },
    back: '退回一个阶段',
    toStart: '回到起点',
    steps: (count) => `走 ${count} 步`,
    position: (step, stage) =>
      stage === undefined
        ? `第 ${step} 步：尚未计算`
        : `第 ${step} 步：${{ forward: '已完成前向传播', loss: '已算出损失', backward: '已算出梯度', update: '已更新权重' }[stage]}`,
    said: {
      start: '按“前向”，看输入如何穿过网络。',
      forward: '每个神经元把加权输入与偏置相加，再经过激活函数。',
      loss: '输出已与目标值比较。',
      backward: '误差沿着同样的权重往回传；每个权重都有了自己的梯度。',
      update: '每个权重都沿梯度的反方向移动了。再按“前向”，就以新权重开始下一步。',
    },
    drawing: '网络',
    legend: '连线越粗，权重的绝对值越大；虚线表示权重为负。',
    sample: '显示的样本',
    sampleNumber: (number) => `样本 ${number}`,
    derivation: '推导',
    choose: '在图中选一个神经元、一条连线、一个偏置或 δ，或在表中选一个数：它是怎么得来的，就写在这里。',
    given: '这个数是给定的，不是算出来的。',
    oneOfThem: '其中一个（从 0 数起）：',
    place: (axis, length) => `第 ${axis + 1} 个下标，0 到 ${length - 1}`,
    show: '显示',
    meanings: {
      input: '网络的一个输入。',
      target: '这个输出应有的值。',
      z: '加权输入：到达这个神经元的全部信号之和。',
      a: '激活值：这个神经元向后传递的值。',
      delta: '误差（残差）：损失对这个神经元的加权输入有多敏感。',
      weight: '权重：沿这条连线传来的信号占多大分量。',
      bias: '偏置：无论输入是什么，都加在这个神经元上的数。',
      grad: '梯度：损失对这个参数有多敏感。',
      next: '更新之后的参数。',
      term: '这个输出对损失的贡献。',
      loss: '损失：用一个数表示输出与目标值相差多远。',
    },
    notYet: (stage) => `这个数还不知道：它在“${stage}”时算出。`,
    open: (stage) => `进行到“${stage}”`,
    depth: '展开',
    depths: ['不展开', '展开一层', '展开两层', '展开三层', '一直展开到已知量'],
    madeOf: '由这些量算出',
    enters: '用到它的量',
    numbers: '这一步的全部数字',
    groups: {
      given: '已知',
      forward: '前向',
      loss: '损失',
      backward: '反向',
      update: '更新',
      after: '更新后的网络在同样的数据上',
    },
    quantity: '量',
    value: '值',
    tooMany: '较大的层不在此列出，请在图中选择。',
    siblings: '相关的量',
    notFinite: (quantity, step) => `第 ${step} 步的 ${quantity} 已不是有限的数。`,
    tooLarge: '参与计算的数太大：请退回去，改用较小的数。',
    edit: {
      title: '修改',
      hint: '每次修改都让当前这一步重新开始；在起点按“退回一个阶段”可撤销修改。',
      sampleTitle: '样本',
      addSample: '增加一个样本',
      removeSample: (number) => `删除样本 ${number}`,
      layers: '层',
      layer: (number, type) => `第 ${number} 层（${type}）`,
      inputWidth: '输入个数',
      units: '神经元个数',
      activation: '激活函数',
      trained: '参与更新',
      addLayer: '增加一个隐藏层',
      removeLayer: (number) => `删除第 ${number} 层`,
      training: '损失与更新',
      loss: '损失函数',
      optimizer: '优化器',
      learningRate: '学习率 η',
      l1: 'L1 惩罚',
      l2: 'L2 惩罚',
      draw: '重新抽取权重',
      parameters: '权重与偏置',
    },
    closing: {
      title: '文末的数字',
      lead: '原文最后给出的数字，与正确计算的结果对照：',
      check: '核对这些数字',
      checking: '正在计算 10000 步……',
      quantity: '量',
      printed: '原文',
      right: '正确值',
      cause: '错在哪里',
    },
    unreadable: '此页的链接已损坏或并非用于此处，改为显示第一个示例。',
    tooLong: '这个网络太大，无法保存在链接里。',
  },
};
