// 帮助文本：命令、参数、分组与补充说明。选项在 help-options.ts。
import type { Catalogue } from '../translate.ts';

export const help: Catalogue = {
  // 命令。
  'Trains neural networks, and works out every step of backpropagation as a textbook would.':
    '训练神经网络，并像教科书那样推导反向传播的每一步。',
  'See it work: a network learns handwritten digits, and one gradient is worked out.':
    '看一个例子：网络学会识别手写数字，并推导其中一个梯度。',
  'Train a network on DATA and write a model.': '用 DATA 训练网络，并写出模型。',
  'Loss and scores of a model on data with targets, beside the baseline.':
    '模型在带目标的数据上的损失与各项得分，并与基线对照。',
  "A model's predictions for raw rows: a file, standard input, or --input.":
    '用模型预测原始数据：文件、标准输入或 --input。',
  'Every gradient of one step, to compare with your own code; float64.':
    '一步训练中的全部梯度，可与自己的代码对照；float64。',
  'The worked derivation of one step of training.': '一步训练的完整推导。',
  'An exercise to be worked by hand, and its answer key.': '供手算的练习，附答案。',
  "Marks a student's numbers, carries errors forward, and names the mistake.":
    '批改学生算出的数：顺着前面的错误核对后面的步骤，并指出错在哪里。',
  'Compare backprop with central differences, parameter by parameter; float64.':
    '梯度检验：逐个参数比较反向传播与中心差分；float64。',
  'Layers, shapes, parameter counts and preprocessing of a network or model.':
    '网络或模型的层、形状、参数个数与预处理。',
  'Choose hyper-parameters for DATA by their validation score, and print the train command of the best.':
    '按验证得分为 DATA 选择超参数，并给出用最佳设置训练的命令。',
  'Say what is wrong with a training or a model, with evidence and a remedy; nothing is written.':
    '诊断训练或模型的问题，给出依据与对策；不写任何文件。',
  'Writes a model for other programs: as ONNX, or as a JavaScript module of its own.':
    '为其他程序写出模型：ONNX，或独立的 JavaScript 模块。',
  "Reads another program's model: ONNX, or safetensors with weights for a network.":
    '读取其他程序的模型：ONNX，或存有网络权重的 safetensors。',
  'Describe a table; list and fetch data sets.': '说明表格的内容；列出和获取数据集。',
  'The data sets that there are by name, and which of them are here.': '列出有名称的数据集，以及哪些已经取来。',
  'Fetch a data set, check its bytes, and keep it; what is here already is not fetched again.':
    '获取数据集，核对其内容并保存；已有的不再获取。',
  'Kept under CHAINRULE_DATA, or where the system keeps caches. CHAINRULE_MIRRORS names addresses to try\nfirst; https_proxy, http_proxy and no_proxy are honoured. A transfer that broke off goes on the next time.':
    '存放在 CHAINRULE_DATA 中，未设置时存放在系统的缓存文件夹。CHAINRULE_MIRRORS\n给出优先尝试的地址；遵循 https_proxy、http_proxy 与 no_proxy。中断的传输下次接着\n进行。',
  'Columns of a table: types, ranges, missing values, and what training would do with each.':
    '表格的各列：类型、范围、缺失值，以及训练会如何处理。',
  'The studio: step through backprop, watch a network learn, and have worksheets marked, in the browser.':
    '工作室：在浏览器里逐步走完反向传播、观看网络学习、批改练习。',
  'Print help for a command.': '显示某个命令的帮助。',

  // 参数。
  'a network or model file, or {examples}': '网络文件、模型文件，或 {examples}',
  'a network or model file, or {examples}; left out, DATA gets the network that train would choose':
    '网络文件、模型文件，或 {examples}；省略时采用 train 会为 DATA 选择的网络',
  'a network or model file, or {examples}; nothing is then added that was not asked for':
    '网络文件、模型文件，或 {examples}；此时不会添加未要求的东西',
  'a network or model file, or {examples}; or --random': '网络文件、模型文件，或 {examples}；或用 --random',
  'a network or model file, or {examples}; what the sheet names unless given':
    '网络文件、模型文件，或 {examples}；默认为练习上所写的网络',
  'a model file': '模型文件',
  'a table (CSV, TSV, JSON, Parquet), a folder of images, an IDX images file, or a data set such as builtin:iris':
    '表格（CSV、TSV、JSON、Parquet）、图像文件夹、IDX 图像文件，或 builtin:iris 之类的数据集',
  'a table with the target column, a folder of images, IDX images or a data set':
    '含目标列的表格、图像文件夹、IDX 图像或数据集',
  'a table, an image or a folder of images, IDX images or a data set; standard input if absent':
    '表格、图像、图像文件夹、IDX 图像或数据集；省略时读标准输入',
  'a table: CSV, TSV, JSON or Parquet, or a data set': '表格：CSV、TSV、JSON 或 Parquet，或数据集',
  'an ONNX file, or a safetensors file such as PyTorch writes': 'ONNX 文件，或 PyTorch 等写出的 safetensors 文件',
  'as for train': '同 train 命令',
  'the filled sheet: CSV, JSON, a Markdown table or lines "name = value"; - for standard input':
    '填好的练习：CSV、JSON、Markdown 表格，或形如 "name = value" 的各行；- 表示标准输入',

  // 分组。
  'What to predict:': '预测什么：',
  'Reading the data:': '读取数据：',
  'The network:': '网络：',
  'Training:': '训练：',
  'Techniques:': '训练技巧：',
  'Stopping and going on:': '中断与继续：',
  'Output:': '输出：',
  'What the step is done on:': '对什么做这一步：',
  'How it updates:': '如何更新：',
  'What is shown:': '显示什么：',
  'How to search (successive halving over a search space, unless said otherwise):':
    '如何搜索（默认在搜索空间中逐次减半）：',
  'Hyper-parameters that are not searched but fixed:': '不搜索、取固定值的超参数：',
  'Running and output:': '运行与输出：',
  'A random network:': '随机网络：',
  'The step:': '训练步：',
  'The sheet:': '练习：',

  // 补充说明。
  "Without --input, --target and --data the network's own sample is used.":
    '不给出 --input、--target 和 --data 时，用网络自带的样本。',
  "Without --input, --target and --data the network's own sample is used. Gradients are of the mean loss.":
    '不给出 --input、--target 和 --data 时，用网络自带的样本。梯度是平均损失的梯度。',
  "Without --input, --target and --data the network's own sample is used, else three random ones.":
    '不给出 --input、--target 和 --data 时，用网络自带的样本；没有时用三个随机样本。',
  'Preprocessing goes along: both take raw rows. ONNX is of IR 8 and opset 17; the module exports a function predict.':
    '预处理也一并写出：两种形式都接受原始数据。\nONNX 为 IR 8、opset 17；模块导出函数 predict。',
  'Columns may come in any order; others than the model needs are passed over.\nValues for a model of images are numbers from 0 to 1, row by row.':
    '各列的顺序不限，模型用不到的列会略过。\n图像模型的输入是 0 到 1 之间的数，逐行排列。',
  'A network, or DATA alone, is trained as train would do it. A model that train wrote is examined\nas it stands, unless --epochs says to train it further. Exit status 1 means something is wrong.':
    '给出网络或只给 DATA 时，照 train 的做法训练。train 写出的模型只检查现状，\n除非用 --epochs 要求继续训练。退出状态 1 表示有问题。',
  'A sheet begins with lines such as "# network: example:mazur" and "# learning rate: 0.5"; flags go first.\nNames are canonical (layers.1.delta[0], after.1.loss) or a notation\'s (net_h1, dE/dw5, w5+, δ^2_1).\nExit status: 0 nothing wrong, 1 mistakes found, 2 the sheet cannot be read.\n\n  chainrule check sheet.csv\n  chainrule check sheet.md --network example:mazur --format html --out marked.html\n  chainrule check --class sheets/ --out class.html\n  chainrule check --gradients theirs.npz --network net.json --data batch.json':
    '练习开头有形如 "# network: example:mazur"、"# learning rate: 0.5" 的行；选项优先。\n量可用规范名称（layers.1.delta[0]、after.1.loss），也可用某种记法的符号\n（net_h1、dE/dw5、w5+、δ^2_1）。\n退出状态：0 没有错误，1 发现错误，2 练习无法读取。\n\n  chainrule check sheet.csv\n  chainrule check sheet.md --network example:mazur --format html --out marked.html\n  chainrule check --class sheets/ --out class.html\n  chainrule check --gradients theirs.npz --network net.json --data batch.json',
  'The sheet says what it is about, so that "chainrule check" marks it as it comes back.\nNumbers are drawn so that no sigmoid is saturated and every known mistake leads to other numbers; which mistakes\na sheet cannot show, or cannot tell apart, is said.\n\n  chainrule worksheet example:mazur\n  chainrule worksheet --random --widths 2,3,2 --ask delta,gradients --numbers fraction\n  chainrule worksheet --random --batch 2 --optimizer momentum --steps 2 --count 30 --out class --format html,csv\n  chainrule check --class class':
    '练习自带题目说明，填好后可直接用 "chainrule check" 批改。\n抽取的数避免 sigmoid 饱和，并使每种已知错误都得出不同的数；\n某份练习看不出或分不清哪些错误，会另行说明。\n\n  chainrule worksheet example:mazur\n  chainrule worksheet --random --widths 2,3,2 --ask delta,gradients --numbers fraction\n  chainrule worksheet --random --batch 2 --optimizer momentum --steps 2 --count 30 --out class --format html,csv\n  chainrule check --class class',
  'It is served to this machine only, and ends with Ctrl-C. Everything is computed in the page; nothing is uploaded.\n\n  chainrule studio --open':
    '只对本机提供，按 Ctrl-C 结束。一切都在页面内计算，不上传任何内容。\n\n  chainrule studio --open',
};
