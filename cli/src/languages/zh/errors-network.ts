// 错误信息：网络及其各项设置、训练、推导与搜索。
import type { Catalogue } from '../translate.ts';

export const errorsOfNetworks: Catalogue = {
  // 各项设置是否合乎要求。
  '{@place} has an unknown key "{key}"{@hint}; remove it or correct its spelling.':
    '{@place} 有未知的键 "{key}"{@hint}；请去掉，或改正拼写。',
  '{@place} is missing; give {@expected}.': '缺少 {@place}；请给出{@expected}。',
  '{@place} is {@found}; {@expected} is expected.': '{@place} 为 {@found}，应为{@expected}。',
  '{@place} is missing{@hint}; expected {@values}.': '缺少 {@place}{@hint}；应为{@values}。',
  '{@place} is {@found}; expected {@values}.': '{@place} 为 {@found}；应为{@values}。',
  '{@place} is too short; give at least {least}.': '{@place} 太短；请至少给出 {least} 个。',
  '{@place} is too long; give at most {most}.': '{@place} 太长；请最多给出 {most} 个。',
  '{@place} is {@found}; it must be above {bound}.': '{@place} 为 {@found}；它须大于 {bound}。',
  '{@place} is {@found}; it must be at least {bound}.': '{@place} 为 {@found}；它须不小于 {bound}。',
  '{@place} is {@found}; it must be below {bound}.': '{@place} 为 {@found}；它须小于 {bound}。',
  '{@place} is {@found}; it must be at most {bound}.': '{@place} 为 {@found}；它须不大于 {bound}。',
  '{@place} is {@found}, which does not fit: {@reason}.': '{@place} 为 {@found}，不合要求：{@reason}。',
  '{@place} is missing, which does not fit: {@reason}.': '缺少 {@place}：{@reason}。',
  'a positive integer, or a pair [height, width] of them, is expected': '应为正整数，或一对正整数 [height, width]',
  'an integer from 0, a pair [vertical, horizontal] of them, "valid" or "same" is expected':
    '应为不小于 0 的整数、一对这样的整数 [vertical, horizontal]、"valid" 或 "same"',
  'there is no {@what} "{name}"{@hint}; expected one of {names}.': '没有{@what} "{name}"{@hint}；可选：{names}。',
  'there is no loss "{name}"{@hint}; expected one of {names}.': '没有损失函数 "{name}"{@hint}；可选：{names}。',
  'the network asked for': '所要的网络',
  'the network': '网络',
  'the demo': '演示',

  // 网络。
  'the network has no layers; give at least one.': '网络没有任何层；请至少给出一层。',
  'layers[{i}] has no "type"; give one of {names}.': 'layers[{i}] 没有 "type"；可选：{names}。',
  'layers[{i}] has the unknown type "{type}"{@hint}; expected one of {names}.':
    'layers[{i}] 的类型 "{type}" 未知{@hint}；可选：{names}。',
  'layers[{i}] ({type}): {@problem}': 'layers[{i}]（{type}）：{@problem}',
  'parameter {name} of shape {shape} does not belong to this network.': '形状为 {shape} 的参数 {name} 不属于这个网络。',
  'layers[{i}] ({type}): {activation} runs over one list of numbers, not over {shape}; put a flatten layer before a layer with it.':
    'layers[{i}]（{type}）：{activation} 作用于一列数，而不是 {shape}；请在用它的层之前放一个 flatten 层。',
  'layers[{i}] ({type}): training it takes at least {least} samples at a time, and {@batch} has {count}; {@remedy}.':
    'layers[{i}]（{type}）：训练这一层每次至少要 {least} 个样本，而{@batch}只有 {count} 个；{@remedy}。',
  'the batch': '这一批',
  'a batch': '一批',
  "an epoch's last batch": '每轮的最后一批',
  'give more samples': '请给出更多样本',
  'give more samples or a larger batch': '请给出更多样本，或增大批',
  'use dropLast or another batch size': '请用 dropLast，或换一个批大小',
  'the network would have {count} parameters, {size} GiB; at most {most}, {largest} GiB, fit: use smaller layers.':
    '网络会有 {count} 个参数，占 {size} GiB；最多容许 {most} 个，即 {largest} GiB：请用较小的层。',
  '{name} must have shape {shape}.': '{name} 的形状须为 {shape}。',
  '{name} must have shape {shape} where a tensor of {count} numbers, {given}, is given.':
    '{name} 的形状须为 {shape}，而给出的张量有 {count} 个数，形状为 {given}。',
  "the loss {loss} needs a {activation} output layer, not {@found}; change the last layer's activation or the loss.":
    '损失函数 {loss} 需要以 {activation} 为激活函数的输出层，而不是 {@found}；请改最后一层的激活函数，或换损失函数。',
  'the loss {loss} needs outputs between {low} and {high}, which {@found} does not keep; use a sigmoid or softmax output layer, or another loss.':
    '损失函数 {loss} 要求输出在 {low} 与 {high} 之间，而 {@found} 不能保证；请用 sigmoid 或 softmax 输出层，或换损失函数。',
  'one without activation': '没有激活函数的层',
  'a layer without activation': '没有激活函数的层',
  'a batchNorm layer takes [features] or [channels, height, width], not an input of shape {shape}; put a flatten layer before it.':
    'batchNorm 层的输入应为 [features] 或 [channels, height, width]，而这里的形状为 {shape}；请在它之前放一个 flatten 层。',
  'a dense layer takes a list of numbers, not an input of shape {shape}; put a flatten layer before it.':
    'dense 层的输入应为一列数，而这里的形状为 {shape}；请在它之前放一个 flatten 层。',
  'a {layer} layer takes images [channels, height, width], not an input of shape {shape}; give the network images, and put the layer before any flatten or dense layer.':
    '{layer} 层的输入应为图像 [channels, height, width]，而这里的形状为 {shape}；请给网络图像，并把这一层放在 flatten 和 dense 层之前。',
  'a {@what} of {height} × {width} does not fit into images of {size}; use {@remedy}.':
    '{height} × {width} 的{@what}放不进 {size} 的图像；请用{@remedy}。',
  'a {@what} of {height} × {width} does not fit into images of {size} (padding counted); use {@remedy}.':
    '{height} × {width} 的{@what}放不进 {size} 的图像（填充已计入）；请用{@remedy}。',
  'a smaller {@what}': '较小的{@what}',
  'a smaller {@what} or more padding': '较小的{@what}，或更多的填充',
  '{place} is nested deeper than its shape {shape}.': '{place} 的嵌套比形状 {shape} 更深。',
  '{place} is {value}; every value must be a finite number.': '{place} 为 {value}；每个值都须是有限的数。',
  '{place} has {@count} where {wanted} are expected; its shape must be {shape}.':
    '{place} 有 {@count}，应为 {wanted} 个；其形状须为 {shape}。',
  'clipped has {@what}; give either value or norm.': 'clipped {@what}；请给出 value 或 norm 之一。',
  'no limit': '没有给出上限',
  'two limits': '给出了两个上限',

  // 后端。
  'a batch of {samples} needs {size} MiB, more than can be had; use a smaller batch.':
    '{samples} 个样本的批需要 {size} MiB，超过可用的内存；请减小批。',
  'the wasm backend has no room for {size} MiB more; use a smaller batch or less data at a time.':
    'wasm 后端再容不下 {size} MiB；请减小批，或每次少给数据。',
  "WebAssembly cannot be compiled here; add 'wasm-unsafe-eval' to script-src in the page's policy, or use the reference backend.":
    "这里无法编译 WebAssembly；请在页面策略的 script-src 中加上 'wasm-unsafe-eval'，或用 reference 后端。",
  'no WebAssembly memory can be had here; use the reference backend.':
    '这里得不到 WebAssembly 内存；请用 reference 后端。',
  "the blas backend calls the system's BLAS through koffi 3, which cannot be loaded ({reason}); run npm install koffi.":
    'blas 后端通过 koffi 3 调用系统的 BLAS，而 koffi 无法加载（{reason}）；请运行 npm install koffi。',
  'the blas backend found no CBLAS library ({reason}); install OpenBLAS (on Debian: apt install libopenblas0), or name yours in CHAINRULE_BLAS.':
    'blas 后端没有找到 CBLAS 库（{reason}）；请安装 OpenBLAS（Debian：apt install libopenblas0），或在 CHAINRULE_BLAS 中写明。',
  'the blas backend found no CBLAS library ({reason}); install OpenBLAS, or name yours in CHAINRULE_BLAS.':
    'blas 后端没有找到 CBLAS 库（{reason}）；请安装 OpenBLAS，或在 CHAINRULE_BLAS 中写明。',
  'the blas backend was asked for in a worker thread; use it in the main thread, or use wasm here.':
    'blas 后端不能用在工作线程中；请在主线程中使用，或在这里用 wasm。',
  'the BLAS library {name} cannot be loaded ({reason}); name one that is installed, or none to have one looked for.':
    'BLAS 库 {name} 无法加载（{reason}）；请写明已安装的库，或不写而由程序寻找。',
  'the BLAS library {name} counts in 64-bit integers; name its build with 32-bit ones.':
    'BLAS 库 {name} 用 64 位整数计数；请换成用 32 位整数的版本。',
  'the BLAS library {name} has no function cblas_sgemm; name a CBLAS library such as OpenBLAS (libopenblas.so.0).':
    'BLAS 库 {name} 没有函数 cblas_sgemm；请用 CBLAS 库，如 OpenBLAS（libopenblas.so.0）。',

  // 推导的量。
  'step {step} is beyond the {epochs} epochs of the schedule; give more epochs.':
    '第 {step} 步超出学习率调度的 {epochs} 轮；请增加轮数。',
  'the schedule ends training before step {step}; ask for an earlier step.':
    '学习率调度在第 {step} 步之前就结束训练；请给出更早的一步。',
  'the batch is empty; give at least one input and its target.': '这一批是空的；请至少给出一个输入及其目标。',
  'the batch has {inputs} inputs and {targets} targets; give one target for each input.':
    '这一批有 {inputs} 个输入和 {targets} 个目标；请为每个输入给出一个目标。',
  'symbols.{name} is missing; give its "latex" and "text", or a "base" notation that it is taken from.':
    '缺少 symbols.{name}；请给出它的 "latex" 与 "text"，或给出作为基础的记法 "base"。',
  '{place}.text is "{text}", which has a "{brace}" without its other half; braces in text enclose placeholders only.':
    '{place}.text 为 "{text}"，其中的 "{brace}" 没有配对；text 中的花括号只能括占位符。',
  '{place} has the unknown placeholder {{name}}{@hint}; {@known}.':
    '{place} 有未知的占位符 {{name}}{@hint}；{@known}。',
  '{place} has the unknown placeholder {{name}}{@hint}; {@known}; literal words go behind a command, \\mathit{word}.':
    '{place} 有未知的占位符 {{name}}{@hint}；{@known}；单词请放在命令里，如 \\mathit{word}。',
  'it takes none': '它不用占位符',
  'expected {names}': '可用 {names}',
  '{path} has no row {row}; it has rows 1 to {last}.': '{path} 没有第 {row} 行；它有第 1 到 {last} 行。',
  '"{name}" is no name of a quantity; write it like layers.0.weight.grad[0,1].':
    '"{name}" 不是量的名称；请写成 layers.0.weight.grad[0,1] 的形式。',
  '{name}: there is no sample {sample}; the batch has {@samples}.': '{name}：没有样本 {sample}；这一批有{@samples}。',
  'sample 0 only': '样本 0',
  'samples 0 to {last}': '样本 0 到 {last}',
  '{name}: {quantity} is one for the whole batch; leave samples.{sample} out.':
    '{name}：{quantity} 由整批共有；请去掉 samples.{sample}。',
  '{name} is out of range: it is a single number, {base}.': '{name} 超出范围：它只是一个数 {base}。',
  '{name} is out of range: there are {range}.': '{name} 超出范围：现有 {range}。',
  'there is no quantity "{name}"{@hint}.': '没有量 "{name}"{@hint}。',
  'there is no quantity "{name}"{@hint}; {@there}.': '没有量 "{name}"{@hint}；{@there}。',
  'there are {names} and those of layers.0': '现有 {names} 以及 layers.0 的各量',
  'there are {names} and those of layers.0 to layers.{last}': '现有 {names} 以及 layers.0 到 layers.{last} 的各量',
  'layers.{layer} has {@names}': 'layers.{layer} 有 {@names}',
  '{name} (also {others})': '{name}（另有 {others}）',
  '{name} (also {others}), {@rest}': '{name}（另有 {others}）、{@rest}',
  '{name} is known after step {step}, and this is step {now}; ask for step {wanted}.':
    '{name} 要到第 {step} 步之后才知道，而这是第 {now} 步；请要求第 {wanted} 步。',
  '{name} is not known: after the step the loss and the outputs are; {@there}.':
    '{name} 无从得知：这一步之后只有损失与输出；{@there}。',
  'this step updates nothing': '这一步没有更新任何参数',
  'there are {names}': '现有 {names}',
  '{names} stands for {count} quantities, more than can be read; name some of them, or ask for all (full).':
    '{names} 表示 {count} 个量，多得无法阅读；请指定其中几个，或要求全部（full）。',
  '{names} stand for {count} quantities, more than can be read; name some of them, or ask for all (full).':
    '{names} 表示 {count} 个量，多得无法阅读；请指定其中几个，或要求全部（full）。',
  '{name} is given, not computed; name a quantity that is made of it, such as layers.0.z or loss.':
    '{name} 是给定的，不是算出的；请指定由它算出的量，如 layers.0.z 或 loss。',
  'state: the optimizer has no "{name}"{@hint}; {@there}.': 'state：优化器没有 "{name}"{@hint}；{@there}。',
  'the optimizer keeps none': '这个优化器不保留状态',
  'state: {name} has {count} numbers where {wanted} are expected.': 'state：{name} 有 {count} 个数，应为 {wanted} 个。',
  '{name} unfolded once would be made of {count} quantities, more than can be read; ask for a depth of at most {most}.':
    '{name} 展开 1 层就要用到 {count} 个量，多得无法阅读；层数请不超过 {most}。',
  '{name} unfolded {depth} times would be made of {count} quantities, more than can be read; ask for a depth of at most {most}.':
    '{name} 展开 {depth} 层要用到 {count} 个量，多得无法阅读；层数请不超过 {most}。',
  'all quantities unfolded once would be made of more than {most} others; name the ones to derive, or ask for a smaller depth.':
    '所有的量展开 1 层要用到 {most} 个以上的量；请指定要推导的量，或减小层数。',
  'all quantities unfolded {depth} times would be made of more than {most} others; name the ones to derive, or ask for a smaller depth.':
    '所有的量展开 {depth} 层要用到 {most} 个以上的量；请指定要推导的量，或减小层数。',

  // 训练。
  'classWeights needs targets that are classes, one a sample, which this data has not; leave classWeights out.':
    'classWeights 要求每个样本的目标是一个类别，而这份数据不是；请去掉 classWeights。',
  'classWeights has {count} weights where the data has {classes} classes; give one for each.':
    'classWeights 有 {count} 个权重，而数据有 {classes} 个类别；请为每个类别给出一个。',
  'stratified folds need targets that are classes, and these are numbers; leave stratified out.':
    '分层的折要求目标是类别，而这里是数值；请去掉 stratified。',
  '{name} finds the length of its steps itself, so that it takes no schedule; leave the schedule out.':
    '{name} 自行决定步长，不用学习率调度；请去掉调度。',
  '{name} takes no {option}; leave it out, or use a mini-batch optimizer such as adam.':
    '{name} 不接受 {option}；请去掉，或用 adam 之类的小批量优化器。',
  'lm takes no weights of classes or samples; leave them out, or use lbfgs.':
    'lm 不接受类别或样本的权重；请去掉，或用 lbfgs。',
  'lm needs a loss that is a sum of squares ({names}), not {loss}; use one of them, or lbfgs.':
    'lm 要求损失是平方和（{names}），而不是 {loss}；请用其中之一，或用 lbfgs。',
  'lm needs a smooth penalty, not l1 = {value}; use l2, or an optimizer such as adam.':
    'lm 要求惩罚项光滑，而 l1 = {value} 不是；请用 l2，或用 adam 之类的优化器。',
  "lm would need {size} MiB for this network's {weights} weights, more than the {most} MiB it takes; use lbfgs, or a smaller network.":
    '对这个网络的 {weights} 个权重，lm 需要 {size} MiB，超过上限 {most} MiB；请用 lbfgs，或用较小的网络。',
  'a report needs samples, and there are none; give at least one.': '没有样本，无法评估；请至少给出一个。',
  'there are {outputs} outputs for {samples} samples with targets of {width} numbers; give one row of outputs per sample.':
    '有 {samples} 个样本、每个目标 {width} 个数，而输出有 {outputs} 个；请为每个样本给出一行输出。',
  'layers[{i}] ({type}) has no fixed output in training, which a full-batch method needs; leave it out, or use an optimizer such as adam.':
    'layers[{i}]（{type}）在训练中的输出不固定，而全批量方法要求固定；请去掉这一层，或用 adam 之类的优化器。',
  'from is a state after {steps} steps, where the step to replay is {step}; give an earlier state.':
    'from 是 {steps} 步之后的状态，而要重演的是第 {step} 步；请给出更早的状态。',
  '{name} sees all samples at once, and these are streamed; use a mini-batch optimizer such as adam.':
    '{name} 一次使用全部样本，而这里的样本是逐段读取的；请改用小批量优化器，如 adam。',
  'classWeights with the loss {name} needs all samples in memory, and these are streamed; leave classWeights out, or use another loss.':
    '损失 {name} 的 classWeights 需要把全部样本放在内存中，而这里的样本是逐段读取的；请去掉 classWeights，或改用别的损失。',
  '{name} sees all samples at once and has no steps to follow; train by a mini-batch optimizer such as adam.':
    '{name} 每次都要用到全部样本，没有可以逐步跟随的训练步；请改用 adam 这样的小批量优化器训练。',
  '{name} sees all samples at once and has no steps to replay; train by a mini-batch optimizer such as adam.':
    '{name} 每次用全部样本，没有可重演的步；请用 adam 之类的小批量优化器训练。',
  'the training came to no step {step}; give a step that it ran, or the options it ran with.':
    '训练没有到第 {step} 步；请给出它走过的步，或当时的选项。',
  'the training to resume had {option} {old}, not {now}; give the same settings, or begin anew.':
    '要继续的训练用的是 {option} {old}，而不是 {now}；请给出相同的设置，或重新开始。',
  'the training to resume has no {name} of shape {shape}; it is one of another network.':
    '要继续的训练没有形状为 {shape} 的 {name}；它属于另一个网络。',
  'the training to resume has {records} epochs on record where it ran {epochs}; it is damaged.':
    '要继续的训练走了 {epochs} 轮，记录却有 {records} 轮；它已损坏。',
  'dropLast leaves no batch: there are {samples} samples and a batch has {batch}; use a smaller batch.':
    'dropLast 使一批都不剩：共 {samples} 个样本，而每批 {batch} 个；请减小批。',
  'smoothLabels is for targets of 0 and 1, and the loss {loss} takes {@targets}; leave it out, or use another loss.':
    'smoothLabels 用于 0 和 1 的目标，而损失函数 {loss} 用的是 {@targets}；请去掉，或换损失函数。',
  '{#low} and {#high}': '{#low} 和 {#high}',
  'the network has {@outputs} where the data has {@wanted}; give its last layer {@units}.':
    '网络有 {@outputs}，而数据有{@wanted}；请让最后一层有 {@units}。',
  '{#n} output': '{#n} 个输出',
  '{#n} outputs': '{#n} 个输出',
  '{#n} unit': '{#n} 个神经元',
  '{#n} units': '{#n} 个神经元',
  'targets of {n} numbers': '每个 {n} 个数的目标',
  'target {i} has the number {value}, which the loss {loss} does not take; give classes or targets of {low} and {high}, or use another loss.':
    '目标 {i} 含有 {value}，损失函数 {loss} 不接受；请给出类别，或 {low} 和 {high} 的目标，或换损失函数。',
  'patience needs validation data to watch; give validation, or leave patience out.':
    'patience 要看验证数据；请给出 validation，或去掉 patience。',
  'the network takes inputs of shape {shape} where the data has {given}; make the two agree.':
    '网络的输入形状为 {shape}，而数据为 {given}；请使两者一致。',

  // 搜索超参数。
  'factor is {factor}; it must be at least 2, such as 3.': 'factor 为 {factor}；它须不小于 2，如 3。',
  '{name} has no learning rate to test; use another optimizer.': '{name} 没有可测试的学习率；请换优化器。',
  'the rates go from {low} to {high}; the first must be the smaller one.': '学习率从 {low} 到 {high}；前一个须较小。',
  'steps is {steps}; give at least 10, such as 200.': 'steps 为 {steps}；请至少给出 10，如 200。',
  'the loss was no finite number from the first rate on; begin at a smaller rate, or scale the inputs.':
    '损失从第一个学习率起就不是有限的数；请从更小的学习率开始，或缩放输入。',
  '{file} holds no search space; an object is expected, such as { "learningRate": { "log": [0.001, 1] }, "batch": [8, 16] }.':
    '{file} 中没有搜索空间；应为对象，如 { "learningRate": { "log": [0.001, 1] }, "batch": [8, 16] }。',
  '{file} has an unknown key "{key}"{@hint}; expected are {names}.':
    '{file} 有未知的键 "{key}"{@hint}；可用：{names}。',
  '{file} names nothing to search; give at least one of {names}.': '{file} 没有给出要搜索的；请至少给出一项：{names}。',
  '{place} is {value}; each entry is a list of the sizes of all hidden layers, such as [[30], [100, 30]].':
    '{place} 为 {value}；每一项应为各隐藏层神经元数的列表，如 [[30], [100, 30]]。',
  '{place} is an empty list; give at least one value, or leave {name} out.':
    '{place} 是空列表；请至少给出一个值，或去掉 {name}。',
  '{place} is {value}; give a list of values.': '{place} 为 {value}；请给出值的列表。',
  '{place} is {value}; give a list of values{@more}.': '{place} 为 {value}；请给出值的列表{@more}。',
  ' or a range such as { "log": [0.001, 1] }': '，或形如 { "log": [0.001, 1] } 的范围',
  ' or a range such as { "log": [0.001, 1] }, such as [[30], [100, 30]]':
    '，或形如 { "log": [0.001, 1] } 的范围，如 [[30], [100, 30]]',
  ', such as [[30], [100, 30]]': '，如 [[30], [100, 30]]',
  '{place} needs one of "log" and "linear", such as { "log": [0.001, 1] }.':
    '{place} 需要 "log" 或 "linear" 之一，如 { "log": [0.001, 1] }。',
  '{place} goes from {low} to {high}; its first number must be the smaller one.':
    '{place} 从 {low} 到 {high}；前一个数须较小。',
  '{place} begins at {low}, which has no logarithm; begin above 0, or use "linear".':
    '{place} 从 {low} 开始，而它没有对数；请从大于 0 的数开始，或用 "linear"。',

  // 反复预测。
  'inputs has {n} numbers where each sample takes {size}; give whole samples, one after another.':
    'inputs 有 {n} 个数，而每个样本需要 {size} 个；请依次给出完整的样本。',
  "the network's {name} is missing where [{shape}] is expected; make a predictor of its own for another network.":
    '网络缺少 {name}，而此处应为 [{shape}]；另一个网络请另建预测器。',
  "the network's {name} is of shape [{found}] where [{shape}] is expected; make a predictor of its own for another network.":
    '网络的 {name} 形状为 [{found}]，而此处应为 [{shape}]；另一个网络请另建预测器。',
  'the predictor has been disposed of; make another.': '该预测器已被释放；请另建一个。',

  // 页面中的工作线程。
  'the live training is over; begin another one.': '这次实时训练已经结束；请重新开始一次。',
  'there are no web workers here; train with fit.': '这里没有 Web Worker；请用 fit 训练。',
  "the training's worker failed{@why}; serve the library's files from the page's own origin and let its policy allow them as workers, or train with fit.":
    '训练用的 Worker 失败{@why}；请从页面同源提供库文件，并让页面策略允许它们作为 Worker，或用 fit 训练。',
  ' to load': '：无法加载',
  ' ({reason})': '（{reason}）',
  'the options have something that cannot be sent to a worker: {reason}; give plain data, or train with fit.':
    '选项中有无法送入 Worker 的内容：{reason}；请给出普通数据，或用 fit 训练。',
  'there is no schedule "{name}"; expected one of {names}.': '没有学习率调度 "{name}"；可选：{names}。',
  "the schedule {name} is given as code, which cannot be sent to a worker; give it by name, as { name: 'cosine' }.":
    "学习率调度 {name} 是代码，无法送入 Worker；请按名称给出，如 { name: 'cosine' }。",
  'the backend {name} cannot run in a worker; use the wasm or the reference backend, or train with fit.':
    '后端 {name} 不能在 Worker 中运行；请用 wasm 或 reference 后端，或用 fit 训练。',
  "{@what} is none of the library's own, and code cannot be sent to a worker; use one of the library's, or train with fit.":
    '{@what} 不是库中自带的，而代码无法送入 Worker；请用库中自带的，或用 fit 训练。',
  'the activation {name} of {place}': '{place} 的激活函数 {name}',
  'the loss {name}': '损失函数 {name}',
  'the optimizer {name}': '优化器 {name}',
};
