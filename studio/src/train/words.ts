// The words of the Train view.
import { words as drawingWords } from '../common/drawing/words.ts';
import type { TargetTask } from '../common/training/own-data.svelte.ts';
import type { DataName } from '../common/training/setup.ts';
import { say, type Words } from '../words/language.svelte.ts';
import type { SaveKind } from './sharing.ts';

/** The name of a kind of layer, as the drawing of Step has it. */
export const typeName = (type: string): string => say(drawingWords).types[type] ?? type;

interface TrainWords {
  readonly title: string;
  readonly loading: string;
  readonly running: string;
  readonly paused: string;
  readonly controls: string;
  readonly play: string;
  readonly pause: string;
  readonly batch: string;
  readonly oneEpoch: string;
  readonly restart: string;
  readonly speed: string;
  readonly fullSpeed: string;
  stepsPerSecond(steps: number): string;
  readonly openInStep: string;
  readonly pauseFirst: string;
  epoch(epoch: number): string;
  steps(steps: string): string;
  trainingScore(score: string, numbers: boolean): string;
  testScore(score: string, numbers: boolean): string;
  diverged(epoch: number, step: number): string;
  readonly colon: string;
  readonly badAddress: string;

  readonly data: string;
  readonly dataSet: string;
  readonly dataNames: Readonly<Record<DataName, string>>;
  readonly presetFits: string;
  readonly samples: string;
  readonly noise: string;
  readonly testShare: string;
  readonly features: string;
  parts(training: number, test: number): string;
  readonly ownFile: string;
  readonly dropHere: string;
  readonly reading: string;
  readonly target: string;
  readonly task: string;
  readonly tasks: Readonly<Record<TargetTask, string>>;
  readonly encoding: string;
  rowsAndColumns(rows: number, columns: number): string;

  readonly network: string;
  readonly addLayer: string;
  kindOfLayer(index: number): string;
  up(index: number): string;
  down(index: number): string;
  remove(index: number): string;
  readonly more: string;
  readonly automatic: string;
  outputLayer(units: number, activation: string): string;
  parameters(count: number): string;
  setting(name: string): string;

  readonly settings: string;
  readonly lossName: string;
  readonly optimizer: string;
  readonly batchSize: string;
  readonly seed: string;
  readonly pauseAfter: string;
  readonly threads: string;
  computes(backend: string, threads: number): string;

  readonly pictures: string;
  readonly networkPicture: string;
  readonly edgesKey: string;
  onlySome(layer: number, shown: number, of: number): string;
  neuron(layer: number, neuron: number): string;
  neuronAnswers(layer: number, neuron: number): string;
  readonly wholeNetwork: string;
  readonly boundary: string;
  readonly surface: string;
  readonly boundaryLabel: string;
  readonly surfaceLabel: string;
  classOf(mark: string): string;
  readonly hollow: string;

  readonly curves: string;
  readonly loss: string;
  readonly accuracy: string;
  readonly r2: string;
  readonly onTraining: string;
  readonly onTest: string;
  lossChart(training: string, test: string, epoch: string): string;
  scoreChart(training: string, test: string): string;
  readonly gradients: string;
  readonly gradientsHow: string;
  layer(layer: number): string;
  readonly confusion: string;
  readonly trueByPredicted: string;
  tooManyClasses(count: number): string;
  readonly mistakes: string;
  readonly errors: string;
  mistakesOf(count: number, of: number): string;
  largestErrors(of: number): string;
  takenFor(truth: string, said: string): string;
  missed(truth: string, said: string): string;
  readonly firstLayer: string;
  weightsOf(neuron: number): string;
  readonly weightColours: string;
  readonly draw: string;
  readonly drawHere: string;
  readonly drawHow: string;
  readonly drawFirst: string;
  readonly wipe: string;
  asSeen(side: number): string;
  looksLike(name: string, share: string): string;
  activations(layer: number, count: number): string;

  readonly share: string;
  readonly copyLink: string;
  readonly copied: string;
  readonly copyByHand: string;
  readonly openFile: string;
  readonly save: string;
  readonly saves: Readonly<Record<SaveKind, string>>;
}

/** Settings whose names a reader would not guess; others are shown as the library calls them. */
const settingsInEnglish: Readonly<Record<string, string>> = {
  learningRate: 'Learning rate η',
  momentum: 'Momentum μ',
  beta1: 'β₁',
  beta2: 'β₂',
  epsilon: 'ε',
  weightDecay: 'Weight decay',
  momentumDecay: 'Momentum decay',
  decay: 'Decay',
  shrink: 'Shrink by',
  grow: 'Grow by',
  leastStep: 'Smallest step',
  mostStep: 'Largest step',
  units: 'Neurons',
  activation: 'Activation',
  rate: 'Share dropped',
  filters: 'Filters',
  kernel: 'Kernel',
  stride: 'Stride',
  padding: 'Padding',
  size: 'Size',
  bias: 'Biases',
  initializer: 'Initializer',
};

const settingsInChinese: Readonly<Record<string, string>> = {
  learningRate: '学习率 η',
  momentum: '动量 μ',
  beta1: 'β₁',
  beta2: 'β₂',
  epsilon: 'ε',
  weightDecay: '权重衰减',
  momentumDecay: '动量衰减',
  decay: '衰减',
  shrink: '缩小倍数',
  grow: '增大倍数',
  leastStep: '最小步长',
  mostStep: '最大步长',
  units: '神经元数',
  activation: '激活函数',
  rate: '丢弃比例',
  filters: '卷积核个数',
  kernel: '卷积核大小',
  stride: '步幅',
  padding: '填充',
  size: '窗口大小',
  bias: '偏置',
  initializer: '初始化方法',
};

export const words: Words<TrainWords> = {
  en: {
    title: 'Train a network',
    loading: 'Getting the data …',
    running: 'Training runs.',
    paused: 'Training is paused.',
    controls: 'Training',
    play: 'Play',
    pause: 'Pause',
    batch: 'One batch',
    oneEpoch: 'One epoch',
    restart: 'Start over',
    speed: 'Speed',
    fullSpeed: 'as fast as it goes',
    stepsPerSecond: (steps) => (steps === 1 ? '1 batch a second' : `${steps} batches a second`),
    openInStep: 'Open the next step in Step',
    pauseFirst: 'Pause first',
    epoch: (epoch) => `Epoch ${epoch}`,
    steps: (steps) => (steps === '1' ? '1 batch' : `${steps} batches`),
    trainingScore: (score, numbers) => `${numbers ? 'R² ' : ''}training ${score}`,
    testScore: (score, numbers) => `${numbers ? 'R² ' : ''}test ${score}`,
    diverged: (epoch, step) =>
      `Training diverged: in epoch ${epoch}, batch ${step}, the loss or a parameter was no longer a finite number. The network shown is the last one that was.`,
    colon: ': ',
    badAddress: 'The address holds nothing that can be trained; this is the usual beginning instead.',

    data: 'Data',
    dataSet: 'Data set',
    dataNames: {
      circles: 'Circles',
      xor: 'XOR',
      blobs: 'Two clouds',
      spirals: 'Spirals',
      slope: 'Surface: a slope',
      hills: 'Surface: hills and hollows',
      digits: 'Digits, 8 × 8',
      mnist: 'MNIST digits, 28 × 28',
      own: 'Your own file',
    },
    presetFits: 'Choosing one also sets a network that suits it.',
    samples: 'Samples',
    noise: 'Noise',
    testShare: 'Kept for testing',
    features: 'Features',
    parts: (training, test) =>
      `${training.toLocaleString('en')} ${training === 1 ? 'sample' : 'samples'} to train on, ${test.toLocaleString('en')} to test.`,
    ownFile: 'Your own file …',
    dropHere: 'or drop it here: CSV, images in folders, IDX. It stays in this page.',
    reading: 'Reading …',
    target: 'What to predict',
    task: 'Task',
    tasks: { auto: 'automatic', regression: 'regression', classification: 'classification' },
    encoding: 'Encoding',
    rowsAndColumns: (rows, columns) =>
      `${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'}, ${columns} ${columns === 1 ? 'column' : 'columns'}`,

    network: 'Network',
    addLayer: 'Add a layer',
    kindOfLayer: (index) => `Kind of layer ${index}`,
    up: (index) => `Move layer ${index} up`,
    down: (index) => `Move layer ${index} down`,
    remove: (index) => `Remove layer ${index}`,
    more: 'More settings',
    automatic: 'automatic',
    outputLayer: (units, activation) => `Output layer: ${units} × ${activation}, as data and loss need it`,
    parameters: (count) => `${count.toLocaleString('en')} parameters`,
    setting: (name) => settingsInEnglish[name] ?? name,

    settings: 'Training settings',
    lossName: 'Loss',
    optimizer: 'Optimizer',
    batchSize: 'Batch size',
    seed: 'Seed',
    pauseAfter: 'Pause after epoch (0: never)',
    threads: 'Threads (0: all there are)',
    computes: (backend, threads) => `Computed by ${backend} on ${threads === 1 ? 'one thread' : `${threads} threads`}.`,

    pictures: 'The network at work',
    networkPicture: 'The network: what each neuron answers all over the plane',
    edgesKey:
      'Lines are weights: the thicker the larger, dashed where negative. Press a neuron to see its answers large.',
    onlySome: (layer, shown, of) => ` Of layer ${layer}, ${shown} of ${of} neurons are shown.`,
    neuron: (layer, neuron) => `Layer ${layer}, neuron ${neuron}: show its answers large`,
    neuronAnswers: (layer, neuron) => `What neuron ${neuron} of layer ${layer} answers`,
    wholeNetwork: 'Show the whole network’s answer',
    boundary: 'Decision boundary',
    surface: 'Fitted surface',
    boundaryLabel: 'The plane coloured by the class that the network chooses, with the data’s points',
    surfaceLabel: 'The plane coloured by the number that the network gives, with the data’s points',
    classOf: (mark) => `class ${mark}`,
    hollow: 'hollow: kept for testing',

    curves: 'Curves',
    loss: 'Loss',
    accuracy: 'Accuracy',
    r2: 'R²',
    onTraining: 'training',
    onTest: 'test',
    lossChart: (training, test, epoch) =>
      `Loss over epochs; at epoch ${epoch}: ${training} on training data, ${test} on test data`,
    scoreChart: (training, test) => `Score over epochs; at the end: ${training} on training data, ${test} on test data`,
    gradients: 'Gradients',
    gradientsHow: '‖∂C/∂W‖ of each layer on 64 training samples; a bar of full length is 10, one of none 1e−8.',
    layer: (layer) => `Layer ${layer}`,
    confusion: 'Confusion matrix',
    trueByPredicted: 'true ↓ predicted →',
    tooManyClasses: (count) => `${count} classes are too many to show here.`,
    mistakes: 'Mistakes',
    errors: 'Largest errors',
    mistakesOf: (count, of) => `${count} of the ${of} samples looked at; the surest first.`,
    largestErrors: (of) => `Among the ${of} samples looked at.`,
    takenFor: (truth, said) => `${truth} taken for ${said}`,
    missed: (truth, said) => `${truth}, predicted ${said}`,
    firstLayer: 'First-layer weights',
    weightsOf: (neuron) => `Weights of neuron ${neuron} as an image`,
    weightColours: 'Blue-green pixels speak for the neuron, red-brown ones against it.',
    draw: 'Draw a digit',
    drawHere: 'Drawing surface',
    drawHow: 'Mouse, finger, or keys: arrows move the pen, space sets it down or lifts it, Delete wipes.',
    drawFirst: 'Draw a digit to see what the network makes of it.',
    wipe: 'Wipe',
    asSeen: (side) => `The drawing as the network sees it, ${side} × ${side} pixels`,
    looksLike: (name, share) => `It looks like ${name} (${share})`,
    activations: (layer, count) => `Activations of the ${count} neurons of layer ${layer}`,

    share: 'Share',
    copyLink: 'Copy the link',
    copied: 'The link is on the clipboard.',
    copyByHand: 'The browser keeps its clipboard from this page; copy the link from here:',
    openFile: 'Open a network or model …',
    save: 'Save as a file:',
    saves: {
      model: 'Model',
      network: 'Network',
      onnx: 'ONNX',
      javascript: 'JavaScript',
      report: 'Report',
    },
  },
  zh: {
    title: '训练一个网络',
    loading: '正在准备数据……',
    running: '训练正在进行。',
    paused: '训练已暂停。',
    controls: '训练',
    play: '开始',
    pause: '暂停',
    batch: '训练一批',
    oneEpoch: '训练一轮',
    restart: '从头开始',
    speed: '速度',
    fullSpeed: '全速',
    stepsPerSecond: (steps) => `每秒 ${steps} 批`,
    openInStep: '在“单步”中查看下一步',
    pauseFirst: '请先暂停',
    epoch: (epoch) => `第 ${epoch} 轮`,
    steps: (steps) => `${steps} 批`,
    trainingScore: (score, numbers) => `训练集${numbers ? ' R²' : '准确率'} ${score}`,
    testScore: (score, numbers) => `测试集${numbers ? ' R²' : '准确率'} ${score}`,
    diverged: (epoch, step) =>
      `训练发散了：在第 ${epoch} 轮第 ${step} 批，损失或某个参数不再是有限的数。这里显示的是最后一个各项数值仍然有限的网络。`,
    colon: '：',
    badAddress: '网址里没有可以训练的内容，这里改用通常的初始设置。',

    data: '数据',
    dataSet: '数据集',
    dataNames: {
      circles: '同心圆',
      xor: '异或',
      blobs: '两团点',
      spirals: '双螺旋',
      slope: '曲面：斜坡',
      hills: '曲面：丘陵与洼地',
      digits: '手写数字，8 × 8',
      mnist: 'MNIST 手写数字，28 × 28',
      own: '自己的文件',
    },
    presetFits: '选择数据集时，会一并换成适合它的网络。',
    samples: '样本数',
    noise: '噪声',
    testShare: '留作测试的比例',
    features: '输入特征',
    parts: (training, test) =>
      `训练样本 ${training.toLocaleString('en')} 个，测试样本 ${test.toLocaleString('en')} 个。`,
    ownFile: '自己的文件……',
    dropHere: '或拖放到这里：CSV、按文件夹分类的图像、IDX。文件不会离开本页面。',
    reading: '正在读取……',
    target: '要预测的列',
    task: '任务',
    tasks: { auto: '自动', regression: '回归', classification: '分类' },
    encoding: '编码',
    rowsAndColumns: (rows, columns) => `${rows.toLocaleString('en')} 行，${columns} 列`,

    network: '网络',
    addLayer: '添加一层',
    kindOfLayer: (index) => `第 ${index} 层的类型`,
    up: (index) => `把第 ${index} 层上移`,
    down: (index) => `把第 ${index} 层下移`,
    remove: (index) => `删除第 ${index} 层`,
    more: '更多设置',
    automatic: '自动',
    outputLayer: (units, activation) => `输出层：${units} 个神经元，${activation}，由数据和损失决定`,
    parameters: (count) => `共 ${count.toLocaleString('en')} 个参数`,
    setting: (name) => settingsInChinese[name] ?? name,

    settings: '训练设置',
    lossName: '损失函数',
    optimizer: '优化器',
    batchSize: '批大小',
    seed: '随机种子',
    pauseAfter: '训练到第几轮暂停（0 表示不停）',
    threads: '线程数（0 表示全部）',
    computes: (backend, threads) => `由 ${backend} 计算，使用 ${threads} 个线程。`,

    pictures: '网络的工作情况',
    networkPicture: '网络：每个神经元在整个平面上的响应',
    edgesKey: '连线表示权重：越粗，绝对值越大；虚线为负。点按一个神经元可放大它的响应。',
    onlySome: (layer, shown, of) => `第 ${layer} 层有 ${of} 个神经元，只画出 ${shown} 个。`,
    neuron: (layer, neuron) => `第 ${layer} 层的神经元 ${neuron}：放大它的响应`,
    neuronAnswers: (layer, neuron) => `第 ${layer} 层神经元 ${neuron} 的响应`,
    wholeNetwork: '显示整个网络的输出',
    boundary: '决策边界',
    surface: '拟合出的曲面',
    boundaryLabel: '平面按网络判定的类别着色，并标出数据点',
    surfaceLabel: '平面按网络给出的数值着色，并标出数据点',
    classOf: (mark) => `${mark} 类`,
    hollow: '空心：留作测试',

    curves: '曲线',
    loss: '损失',
    accuracy: '准确率',
    r2: 'R²',
    onTraining: '训练集',
    onTest: '测试集',
    lossChart: (training, test, epoch) => `损失随轮数的变化；第 ${epoch} 轮时训练集为 ${training}，测试集为 ${test}`,
    scoreChart: (training, test) => `得分随轮数的变化；目前训练集为 ${training}，测试集为 ${test}`,
    gradients: '梯度',
    gradientsHow: '在 64 个训练样本上各层的 ‖∂C/∂W‖；满格为 10，空格为 1e−8。',
    layer: (layer) => `第 ${layer} 层`,
    confusion: '混淆矩阵',
    trueByPredicted: '真实 ↓ 预测 →',
    tooManyClasses: (count) => `共有 ${count} 类，太多，这里无法显示。`,
    mistakes: '判错的样本',
    errors: '最大的误差',
    mistakesOf: (count, of) => `查看的 ${of} 个样本中判错 ${count} 个；最有把握的错误排在最前。`,
    largestErrors: (of) => `在查看的 ${of} 个样本之中。`,
    takenFor: (truth, said) => `${truth} 被判为 ${said}`,
    missed: (truth, said) => `真实值 ${truth}，预测值 ${said}`,
    firstLayer: '第一层的权重',
    weightsOf: (neuron) => `神经元 ${neuron} 的权重图像`,
    weightColours: '蓝绿色的像素使神经元更活跃，红褐色的像素抑制它。',
    draw: '写一个数字',
    drawHere: '手写区',
    drawHow: '用鼠标、手指或键盘书写：方向键移动笔，空格键落笔或抬笔，Delete 键清除。',
    drawFirst: '写一个数字，看看网络怎么判断。',
    wipe: '清除',
    asSeen: (side) => `网络看到的图像，${side} × ${side} 像素`,
    looksLike: (name, share) => `看起来像 ${name}（${share}）`,
    activations: (layer, count) => `第 ${layer} 层 ${count} 个神经元的激活值`,

    share: '分享',
    copyLink: '复制链接',
    copied: '链接已复制到剪贴板。',
    copyByHand: '浏览器不允许本页面使用剪贴板，请从这里复制链接：',
    openFile: '打开网络或模型……',
    save: '存为文件：',
    saves: {
      model: '模型',
      network: '网络',
      onnx: 'ONNX',
      javascript: 'JavaScript',
      report: '报告',
    },
  },
};
