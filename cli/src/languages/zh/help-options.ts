// 帮助文本：各命令的选项。括号里的“默认”是不写该选项时的取值。
import type { Catalogue } from '../translate.ts';

export const helpOptions: Catalogue = {
  // 所有命令。
  'print help': '显示帮助',
  'print the version': '显示版本号',
  'language: {one} or {other}': '语言：{one} 或 {other}',
  'show the stack of an error': '出错时显示调用栈',
  'no colours (NO_COLOR does the same)': '不用颜色（同 NO_COLOR）',
  'print as JSON': '输出 JSON',
  '{names} (auto)': '{names}（默认 auto）',
  '{names} (sgd)': '{names}（默认 sgd）',

  // 数据。
  'the column to predict, or several': '要预测的一列或几列',
  'the column to predict (a likely one)': '要预测的列（默认取可能的一列）',
  'print the list as JSON': '以 JSON 输出列表',
  'print what came of it as JSON': '以 JSON 输出结果',
  'give a server up after this long without a byte (30)': '服务器这么多秒没有传来数据就放弃（默认 30）',
  'a folder, or an address that stands for one, instead of the mirrors': '代替镜像的文件夹，或相当于文件夹的地址',
  'print the description as JSON': '以 JSON 输出说明',
  'columns to leave out': '不用的列',
  'columns of numbers to take as categories': '当作类别的数值列',
  'a column that says what each sample counts in the loss, and is no input':
    '给出各样本在损失中所占权重的列，不作为输入',
  'auto, classification or regression (auto)': 'auto、classification（分类）或 regression（回归）（默认 auto）',
  'a fraction to hold out for testing, a file, or 0 (0.2)': '留作测试的比例、文件，或 0（默认 0.2）',
  'a fraction to hold out for testing, never looked at here, a file, or 0 (0.2)':
    '留作测试的比例、文件，或 0；这里从不使用（默认 0.2）',
  'a fraction of the rest to watch, a file, or 0 (0.1)': '其余数据中用作验证的比例、文件，或 0（默认 0.1）',
  'a fraction of the rest to choose by, or a file (0.2)': '其余数据中据以选择的比例，或文件（默认 0.2）',
  'of inputs: {names} (standard)': '输入的缩放：{names}（默认 standard）',
  'of numbers to predict: standard, minmax, none (standard)':
    '所预测数值的缩放：standard, minmax, none（默认 standard）',

  'a column of texts in an order: size=small,medium,large': '其文本有顺序的列：size=small,medium,large',
  'columns to take the logarithm of, or skewed': '取对数的列，或 skewed（分布偏斜的列）',
  'whether missing numbers get an input of their own: auto, always, never (auto)':
    '缺失的数是否另占一个输入：auto, always, never（默认 auto）',
  'take what a SELECT gives; DATA is the table "data"': '取 SELECT 查询的结果；DATA 是其中的表 "data"',
  'another table that --sql may use': '--sql 可用的另一个表',

  'the column of a table that names image files; the labels are the target': '表格中写有图像文件名的列；标签为目标',
  'bring images to this size: 28, or width x height, 64x48': '把图像缩放到这一大小：28，或 宽x高，如 64x48',
  'leave the colours of images out': '不用图像的颜色',

  // 网络。
  "train the network's frozen parameters too": '也训练网络中冻结的参数',
  'update frozen parameters too': '也更新冻结的参数',
  'sizes of the hidden layers, such as 30,20, or none': '各隐藏层的神经元数，如 30,20；或 none',
  'of the hidden layers': '隐藏层的激活函数',
  'of the hidden layers: {names}': '隐藏层的激活函数：{names}',
  'the loss': '损失函数',
  "instead of the network's own": '代替网络自带的损失函数',

  // 训练。
  'the learning rate': '学习率',
  "the learning rate (the network's own, or the optimizer's)": '学习率（默认用网络自带的，或优化器的）',
  "the learning rate (the network's own, or one that is drawn)": '学习率（默认用网络自带的，或随机抽取）',
  "the learning rate (the sheet's, or the network's own)": '学习率（默认用练习上的，或网络自带的）',
  'for momentum': '动量系数，用于 momentum',
  'for momentum (0.9)': '动量系数，用于 momentum（默认 0.9）',
  "adamw's (0.01)": 'adamw 的权重衰减（默认 0.01）',
  "times to go through the data; lbfgs' and lm's iterations": '训练轮数；对 lbfgs 和 lm 是迭代次数',
  'samples a step': '每步的样本数（批大小）',
  'take the samples in the same order each epoch': '每轮按同样的顺序取样本',
  "leave out an epoch's last, smaller batch": '略去每轮最后不足一批的样本',
  'stop after n epochs without a better validation loss': '验证损失连续 n 轮没有改善时停止',
  "what all random numbers are drawn from (the network file's, or 0)": '随机种子（默认用网络文件中的，或 0）',
  'what all random numbers are drawn from (0)': '随机种子（默认 0）',
  'threads at most (as many as the machine has)': '最多用几个线程（默认同机器的线程数）',

  // 训练技巧。
  'adds c Σ|w| to the loss': '在损失中加上 c Σ|w|',
  'adds c/2 Σw² to the loss': '在损失中加上 c/2 Σw²',
  'the same as --l2 x/n for n training samples': '相当于 --l2 x/n，n 为训练样本数',
  'drop this share after each hidden layer': '每个隐藏层之后随机失活的比例',
  'of the learning rate: {forms}': '学习率调度：{forms}',
  'of the learning rate, each step an epoch: {forms}': '学习率调度，每步算一轮：{forms}',
  'how many there would be, for a schedule that spans all (30)': '总轮数，供贯穿全程的学习率调度使用（默认 30）',
  'keep every gradient between −x and x': '把每个梯度限制在 −x 与 x 之间',
  'keep the norm of all gradients at x or below': '使全部梯度的范数不超过 x',
  'what each class counts in the loss: balanced, or numbers such as 1,2.5':
    '各类别在损失中的权重：balanced，或形如 1,2.5 的数',
  'change images at random: shift=1,rotate=10,scale=0.1,elastic=34:4 or some of them (pixels, degrees, share, α:σ)':
    '随机变换图像：shift=1,rotate=10,scale=0.1,elastic=34:4 或其中几项（像素、度、比例、α:σ）',
  'add Gaussian noise of this deviation to inputs': '给输入加上这一标准差的高斯噪声',
  'smooth labels, to (1 − ε) y + ε/K': '标签平滑：(1 − ε) y + ε/K',

  // 中断、继续与输出。
  'write a checkpoint after epochs, at the end and on Ctrl-C': '在轮末、训练结束和按 Ctrl-C 时写检查点',
  'epochs between two checkpoints (1)': '两个检查点之间的轮数（默认 1）',
  'go on from a checkpoint, with the options of the command that wrote it': '从检查点继续，选项须与写它的命令相同',
  'keep what explain --run needs to derive any step of this run later':
    '保留训练记录，以便日后用 explain --run 推导其中任何一步',
  'read the rows to train on from disk in each epoch, as is done with tables too large for memory':
    '每一轮从磁盘读取训练数据，内存放不下的表格总是如此',
  'cross-validate in k parts instead; writes no model without --out': '改做 k 折交叉验证；不给出 --out 则不写模型',
  'the model file to write ({name})': '要写的模型文件（默认 {name}）',
  'write loss and scores of each epoch, as .csv or .json': '写出每轮的损失与得分，.csv 或 .json',
  'score the training part too after each epoch: in history, report and curves':
    '每轮之后也给训练集打分，列入历史、报告与曲线',
  'write a report for the browser, one .html file': '写一份在浏览器中看的报告，单个 .html 文件',
  'draw the loss at the end off a terminal too': '输出不在终端时也在结束后画出损失曲线',
  'print the results as JSON': '以 JSON 输出结果',
  'print the scores as JSON': '以 JSON 输出得分',
  'print the predictions as JSON': '以 JSON 输出预测',
  'write the predictions to a .csv, .tsv, .json or .parquet file': '把预测写入 .csv、.tsv、.json 或 .parquet 文件',
  'in .csv and .tsv, keep spreadsheets from running texts as formulas':
    '在 .csv 与 .tsv 中防止电子表格把文本当作公式执行',
  'print findings and evidence as JSON': '以 JSON 输出诊断结果与依据',
  'say nothing but results and errors': '只输出结果与错误',
  'say nothing but the findings and errors': '只输出诊断结果与错误',
  "one row's values in the order the model was trained on: 5.1,3.5,1.4,0.2":
    '一行的各个值，顺序与训练时相同：5.1,3.5,1.4,0.2',

  'onnx or js': 'onnx 或 js',
  'the file to write': '要写的文件',
  'the model file to write': '要写的模型文件',
  'for safetensors: what the weights are for, a network or model file, or {examples}':
    '用于 safetensors：权重所属的网络，即网络文件、模型文件，或 {examples}',

  // 一步的批。
  'one input as the network takes it: 0.05,0.1': '网络的一个输入：0.05,0.1',
  'its target: 0.01,0.99': '对应的目标：0.01,0.99',
  'a JSON file with a batch, { "inputs": [[…], …], "targets": [[…], …] }; or with --row a table, IDX images or builtin:NAME':
    '含一批样本的 JSON 文件，{ "inputs": [[…], …], "targets": [[…], …] }；与 --row 同用时可为表格、IDX 图像或 builtin:NAME',
  'rows of --data to take, counted from 1: 7, or 3,7,9-12': '取 --data 中的哪些行，从 1 数起：7 或 3,7,9-12',
  'a step of the run that train --record kept there; --data says where its data are now':
    'train --record 所记录的训练中的一步；--data 指出数据现在何处',
  'which step of the run, counted from 1 through all epochs': '训练中的第几步，从 1 数起，各轮连续计数',
  'derive step n, after n − 1 steps on the same batch (1)': '推导第 n 步，此前在同一批样本上已走 n − 1 步（默认 1）',
  'print as JSON, at full precision': '以 JSON 输出，不舍入',
  'the largest relative error that passes (1e-7)': '容许的最大相对误差（默认 1e-7）',
  "what random samples are drawn from (the network's seed)": '抽取随机样本的种子（默认用网络的种子）',
  'print the program of one training step, a line a kernel call': '输出一步训练的程序，每行一次核函数调用',

  // explain。
  'only this quantity and what it reads: layers.1.weight.grad[0,0], layers.1.delta, after.1.loss; may be repeated':
    '只推导这个量及其所用的量：layers.1.weight.grad[0,0]、layers.1.delta、after.1.loss；可重复给出',
  'put definitions in place of the quantities in each formula, n times': '把各式中的量换成其定义，共换 n 层',
  'check each gradient by central differences': '用中心差分检验每个梯度',
  'everything, however long: all quantities, all terms of sums': '再长也全部写出：所有的量、求和的每一项',
  'elements, matrices or both (elements; of a large network matrices)':
    'elements（逐元素）、matrices（矩阵）或 both（两者）（默认 elements；网络很大时为 matrices）',
  '{names}, or a JSON file of your own': '{names}，或自己的 JSON 文件',
  'decimals shown (9)': '小数位数（默认 9）',
  "text, md, latex, html or json (by --out's name, else text)":
    'text、md、latex、html 或 json（默认由 --out 的文件名决定，否则为 text）',
  'write it to a file': '写入文件',

  // check。
  'the optimizer and its settings: "momentum momentum=0.9" (the sheet\'s, or sgd)':
    '优化器及其设置："momentum momentum=0.9"（默认用练习上的，或 sgd）',
  'what names are written in: {names} (found out)': '量的名称所用的记法：{names}（默认自动识别）',
  '{names} (text; csv for a class)': '{names}（默认 text；批改全班时 csv）',
  'the same as --format json': '同 --format json',
  'write to a file; its name tells the format': '写入文件，格式由文件名决定',
  'mark every sheet of a folder, and print who made which mistake': '批改文件夹中的每份练习，并列出谁犯了什么错',
  "compare another program's gradients: npz, npy, JSON or CSV": '核对其他程序算出的梯度：npz、npy、JSON 或 CSV',

  // worksheet。
  'make one, of dense layers': '随机生成一个全连接网络',
  'inputs, hidden layers and outputs, such as 2,3,2': '输入、各隐藏层与输出的个数，如 2,3,2',
  'hidden layers of 2 or 3 neurons, instead (1)': '或给出隐藏层数，每层 2 或 3 个神经元（默认 1）',
  'of the hidden layers (sigmoid)': '隐藏层的激活函数（默认 sigmoid）',
  'of the outputs (what suits the loss)': '输出层的激活函数（默认与损失函数相配）',
  'the loss (quadratic)': '损失函数（默认 quadratic）',
  'how many samples to draw, where none are given (1)': '没有给出样本时抽取几个（默认 1）',
  "draw the network's weights, biases and samples anew": '重新抽取网络的权重、偏置与样本',
  '{names} (sgd); with settings: "momentum momentum=0.8"': '{names}（默认 sgd）；可带设置："momentum momentum=0.8"',
  'steps of training to work through (1)': '要算几步训练（默认 1）',
  'what to fill in: {names}, or all (all)': '要填写什么：{names}，或 all（默认 all）',
  'how given numbers are written: {names} (decimal)': '所给的数如何书写：{names}（默认 decimal）',
  'decimals of the answers (5)': '答案的小数位数（默认 5）',
  '{names}, or several with commas (md; with --out md,csv)': '{names}，可用逗号给出几种（默认 md；有 --out 时 md,csv）',
  'print the sheet with its answers filled in': '输出填好答案的练习',
  'what numbers are drawn from (0)': '抽取数的种子（默认 0）',
  'so many different sheets; needs --out': '生成几份不同的练习；须与 --out 同用',
  'write the sheets into a folder, and their answer keys into its folder keys':
    '把练习写入文件夹，答案写入其中的 keys 文件夹',

  // tune。
  'JSON: what each hyper-parameter may be, such as { "batch": [8, 16], "l2": { "log": [1e-5, 0.01] } }':
    'JSON：各超参数可取的值，如 { "batch": [8, 16], "l2": { "log": [1e-5, 0.01] } }',
  'settings to try (160)': '要试的设置数（默认 160）',
  'epochs of the longest runs (81; 162 for fewer than 2,000 samples)':
    '最长训练的轮数（默认 81；样本少于 2,000 个时 162）',
  'one run in n goes on, n times as long (3)': '每 n 次训练留 1 次，再训练 n 倍长（默认 3）',
  'halving, or random: all trials run to the end': 'halving（逐次减半）或 random（每次试验都训练到底）',
  'the broad strategy instead: anything that learns first, then refined step by step, and said':
    '改用宽泛策略：先找到能学的设置，再逐步改进，并说明每一步',
  'instead only find a learning rate: let it grow from step to step, and plot the loss':
    '只找学习率：让它逐步增大，并画出损失',
  'processes side by side (as many as cores)': '同时运行的进程数（默认同处理器核数）',
  'where results go, and where an interrupted search goes on from (tune)':
    '存放结果的文件夹，中断的搜索也从这里继续（默认 tune）',
  'the SVG file of the plot (results.svg in the folder; range-test.svg)':
    '图的 SVG 文件（默认为该文件夹中的 results.svg；range-test.svg）',

  // studio。
  'where to serve it ({usualPort}, or any that is free)': '所用的端口（默认 {usualPort}，被占用时另取空闲的端口）',
  'open it in the browser': '在浏览器中打开',
};
