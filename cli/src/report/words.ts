// The words of a report in each language. Names from data and of settings stay as they are.

/** What a report says. */
export interface Words {
  /** For the page's `lang`. */
  readonly code: string;
  readonly trainingTitle: string;
  readonly evaluationTitle: string;
  readonly scores: string;
  readonly settings: string;
  readonly curves: string;
  readonly classes: string;
  readonly labels: string;
  readonly confusion: string;
  readonly weights: string;
  readonly gradients: string;
  readonly mistakes: string;
  readonly errors: string;
  readonly targets: string;
  /** Parts of the data, by the names they have in the program. */
  readonly parts: Readonly<Record<string, string>>;
  readonly part: string;
  readonly inBrackets: (text: string) => string;
  readonly samples: string;
  readonly loss: string;
  readonly accuracy: string;
  readonly baseline: string;
  readonly meanRmse: string;
  readonly epoch: string;
  readonly training: string;
  readonly validation: string;
  readonly logScale: string;
  readonly best: (epoch: number) => string;
  readonly noCourse: string;
  readonly noValidation: string;
  readonly class: string;
  readonly label: string;
  readonly target: string;
  readonly precision: string;
  readonly recall: string;
  readonly macro: string;
  readonly weighted: string;
  readonly logLoss: string;
  readonly exactMatch: string;
  readonly topK: (k: number) => string;
  readonly trueClass: string;
  readonly predicted: string;
  readonly tooManyClasses: (classes: number) => string;
  readonly weightsNote: (shown: number, all: number, layer: string) => string;
  readonly gradientsNote: (samples: number) => string;
  readonly layer: string;
  readonly before: string;
  readonly after: string;
  readonly mistakesNote: (shown: number, all: number, part: string) => string;
  readonly errorsNote: (shown: number, part: string) => string;
  readonly noMistakes: (samples: number, part: string) => string;
  readonly more: (columns: number) => string;
  readonly none: string;
  /** Settings and where things are from. */
  readonly data: string;
  readonly model: string;
  readonly targetColumn: string;
  readonly network: string;
  readonly parameters: string;
  readonly optimizer: string;
  readonly batch: string;
  readonly allSamples: string;
  readonly epochs: (ran: number, asked: number) => string;
  readonly epochsName: string;
  readonly ended: string;
  readonly endings: Readonly<Record<string, string>>;
  readonly kept: (epoch: number) => string;
  readonly schedule: string;
  readonly classWeights: string;
  readonly augment: string;
  readonly noise: string;
  readonly smoothLabels: string;
  readonly patience: string;
  readonly notShuffled: string;
  readonly order: string;
  readonly backend: string;
  readonly seed: string;
}

const en: Words = {
  code: 'en',
  trainingTitle: 'Training report',
  evaluationTitle: 'Evaluation report',
  scores: 'Scores',
  settings: 'Settings',
  curves: 'Course of training',
  classes: 'Class by class',
  labels: 'Label by label',
  confusion: 'Confusion matrix',
  weights: 'Weights of the first layer',
  gradients: 'Gradients by layer',
  mistakes: 'Worst mistakes',
  errors: 'Largest errors',
  targets: 'Target by target',
  parts: { training: 'training', validation: 'validation', test: 'test' },
  part: 'part',
  inBrackets: (text) => ` (${text})`,
  samples: 'samples',
  loss: 'loss',
  accuracy: 'accuracy',
  baseline: 'baseline',
  meanRmse: 'RMSE of the mean',
  epoch: 'epoch',
  training: 'training',
  validation: 'validation',
  logScale: 'logarithmic scale',
  best: (epoch) => `best: epoch ${epoch}`,
  noCourse: 'There are no epochs to draw.',
  noValidation: 'Without validation data there is no accuracy to draw: it is measured on samples not trained on.',
  class: 'class',
  label: 'label',
  target: 'target',
  precision: 'precision',
  recall: 'recall',
  macro: 'macro average',
  weighted: 'weighted average',
  logLoss: 'log loss',
  exactMatch: 'all labels right',
  topK: (k) => `top-${k} accuracy`,
  trueClass: 'true',
  predicted: 'predicted',
  tooManyClasses: (classes) => `${classes} classes are too many to draw; evaluate --json has the matrix.`,
  weightsNote: (shown, all, layer) =>
    `One picture for each of ${shown === all ? `the ${all}` : `the first ${shown} of ${all}`} units of ${layer}: orange pixels speak for it, blue ones against it, each picture on its own scale.`,
  gradientsNote: (samples) =>
    `The norm of the loss's gradient with respect to all of a layer's parameters, over ${samples} training samples; bars on a logarithmic scale. Norms that shrink from the last layer to the first by powers of ten vanish; such that grow without end explode.`,
  layer: 'layer',
  before: 'before training',
  after: 'after',
  mistakesNote: (shown, all, part) =>
    all === 1
      ? `The one wrong answer in the ${part} data.`
      : `${shown === all ? `All ${all}` : `The ${shown} worst of ${all}`} wrong answers in the ${part} data, the surest of a wrong one first.`,
  errorsNote: (shown, part) => `The ${shown} largest errors in the ${part} data.`,
  noMistakes: (samples, part) => `All ${samples} samples of the ${part} data are answered right.`,
  more: (columns) => `and ${columns} more`,
  none: 'none',
  data: 'Data',
  model: 'Model',
  targetColumn: 'Target',
  network: 'Network',
  parameters: 'Parameters',
  optimizer: 'Optimizer',
  batch: 'Batch',
  allSamples: 'all samples',
  epochs: (ran, asked) => (ran === asked ? String(ran) : `${ran} of ${asked}`),
  epochsName: 'Epochs',
  ended: 'Ended',
  endings: {
    epochs: 'all epochs done',
    patience: 'validation stopped improving',
    schedule: 'the schedule brought the learning rate to its end',
    converged: 'nothing more was to be gained',
    aborted: 'interrupted',
    diverged: 'diverged: the loss was no finite number',
  },
  kept: (epoch) => `weights of epoch ${epoch}`,
  schedule: 'Schedule',
  classWeights: 'Class weights',
  augment: 'Augmentation',
  noise: 'Noise',
  smoothLabels: 'Label smoothing',
  patience: 'Patience',
  notShuffled: 'not shuffled',
  order: 'Order',
  backend: 'Backend',
  seed: 'Seed',
};

const zh: Words = {
  code: 'zh-CN',
  trainingTitle: '训练报告',
  evaluationTitle: '评估报告',
  scores: '得分',
  settings: '设置',
  curves: '训练过程',
  classes: '各类别',
  labels: '各标签',
  confusion: '混淆矩阵',
  weights: '第一层的权重',
  gradients: '各层的梯度',
  mistakes: '最严重的错误',
  errors: '最大的误差',
  targets: '各目标',
  parts: { training: '训练集', validation: '验证集', test: '测试集' },
  part: '数据',
  inBrackets: (text) => `（${text}）`,
  samples: '样本数',
  loss: '损失',
  accuracy: '准确率',
  baseline: '基线',
  meanRmse: '均值的 RMSE',
  epoch: '轮次',
  training: '训练',
  validation: '验证',
  logScale: '对数刻度',
  best: (epoch) => `最佳：第 ${epoch} 轮`,
  noCourse: '没有可画的轮次。',
  noValidation: '没有验证数据，因此没有准确率曲线：准确率要在未用于训练的样本上测量。',
  class: '类别',
  label: '标签',
  target: '目标',
  precision: '精确率',
  recall: '召回率',
  macro: '宏平均',
  weighted: '加权平均',
  logLoss: '对数损失',
  exactMatch: '全部标签正确',
  topK: (k) => `前 ${k} 准确率`,
  trueClass: '真实',
  predicted: '预测',
  tooManyClasses: (classes) => `共 ${classes} 个类别，画不下；evaluate --json 给出整个矩阵。`,
  weightsNote: (shown, all, layer) =>
    `${layer} 的 ${shown === all ? `${all} 个单元` : `前 ${shown} 个单元（共 ${all} 个）`}各一幅图：橙色像素支持该单元，蓝色像素反对它；每幅图各用自己的刻度。`,
  gradientsNote: (samples) =>
    `损失对每层全部参数的梯度的范数，在 ${samples} 个训练样本上计算；条形为对数刻度。若范数从最后一层到第一层按十的幂缩小，就是梯度消失；若不断增大，就是梯度爆炸。`,
  layer: '层',
  before: '训练前',
  after: '训练后',
  mistakesNote: (shown, all, part) =>
    shown === all
      ? `${part}中的全部 ${all} 个错误回答，错得最肯定的排在最前。`
      : `${part}的 ${all} 个错误回答中最严重的 ${shown} 个，错得最肯定的排在最前。`,
  errorsNote: (shown, part) => `${part}中最大的 ${shown} 个误差。`,
  noMistakes: (samples, part) => `${part}的 ${samples} 个样本全部回答正确。`,
  more: (columns) => `另有 ${columns} 列`,
  none: '无',
  data: '数据',
  model: '模型',
  targetColumn: '目标',
  network: '网络',
  parameters: '参数个数',
  optimizer: '优化器',
  batch: '批大小',
  allSamples: '全部样本',
  epochs: (ran, asked) => (ran === asked ? String(ran) : `${ran}（最多 ${asked}）`),
  epochsName: '轮数',
  ended: '结束',
  endings: {
    epochs: '已完成全部轮次',
    patience: '验证损失不再改善',
    schedule: '学习率计划已到尽头',
    converged: '已无可改进',
    aborted: '被中断',
    diverged: '发散：损失不再是有限的数',
  },
  kept: (epoch) => `采用第 ${epoch} 轮的权重`,
  schedule: '学习率计划',
  classWeights: '类别权重',
  augment: '数据增强',
  noise: '噪声',
  smoothLabels: '标签平滑',
  patience: '早停耐心',
  notShuffled: '不打乱',
  order: '次序',
  backend: '计算后端',
  seed: '随机种子',
};

/** The words of a language; English where there are none of its own. */
export const wordsOf = (language: string): Words => (language === 'zh' ? zh : en);
