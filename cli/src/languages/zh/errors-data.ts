// 错误信息：表格、图像、样本及其预处理与划分。
import type { Catalogue } from '../translate.ts';

export const errorsOfData: Catalogue = {
  // 在何处：文件的行与列。
  '{@source}, line {line}': '{@source} 第 {line} 行',
  '{@source}, row {row}': '{@source} 第 {row} 行数据',
  '{@place}, column {column}': '{@place} {column} 列',

  // 读表格。
  '{@source} has {count} columns where {wanted} are named; give one array of cells per name.':
    '{@source} 有 {count} 列，而列名有 {wanted} 个；请为每个列名给出一列单元格。',
  '{source} has {count} columns where a table may have {most}; take fewer, or turn rows and columns round.':
    '{source} 有 {count} 列，而表格最多允许 {most} 列；请减少列数，或把行列对调。',
  '{@source}, column {name} has {count} cells where column {other} has {wanted}; all columns must have the same length.':
    '{@source} 的 {name} 列有 {count} 个单元格，而 {other} 列有 {wanted} 个；各列须一样长。',
  '{@source} has no name for column {number}; give every column a name in the header.':
    '{@source} 的第 {number} 列没有列名；请在表头中为每一列写上列名。',
  '{@source} has two columns named {name} (columns {first} and {second}); rename one of them, or add a header line if the first line is data.':
    '{@source} 有两列都叫 {name}（第 {first} 列与第 {second} 列）；请改其中一个，若第一行是数据则请加上表头。',
  '{source} has no column {name}; choose one of its own with --target.':
    '{source} 没有 {name} 列；请用 --target 给出其中的一列。',
  '{@source} has no column {@name}; its columns are {@names}.': '{@source} 没有这一列：{@name}；现有的列：{@names}。',
  'delimiter is {value}; it must be one character other than a quotation mark or a line break, such as "," or ";".':
    'delimiter 为 {value}；它须是引号和换行以外的一个字符，如 "," 或 ";"。',
  '{@place}: a quoted cell is still open where the file ends; close the quotation mark, or double it ("") where it belongs to the text.':
    '{@place}：到文件末尾引号还没有闭合；请补上引号，若引号属于文本则写成两个（""）。',
  '{@place}: the row has more than {most} characters, as when a quotation mark is left open; close it, or double it ("") where it belongs to the text.':
    '{@place}：这一行超过 {most} 个字符，像是引号没有闭合；请补上引号，若引号属于文本则写成两个（""）。',
  '{@place}: a quotation mark stands in the middle of a cell; put the whole cell in quotation marks and double the one inside ("").':
    '{@place}：单元格中间有引号；请把整个单元格用引号括起，并把里面的引号写成两个（""）。',
  '{@place}: found {@found} where the header names {@wanted}; mend the row, or put cells that contain {delimiter} in quotation marks.':
    '{@place}有 {@found}，而表头有 {@wanted}；请改正这一行，或把含有 {delimiter} 的单元格用引号括起。',
  '{@source} is empty; a table needs a line of column names and at least one row.':
    '{@source} 为空；表格需要一行列名和至少一行数据。',
  '{@source} has a header ({@names}) but no rows; add at least one row below it.':
    '{@source} 只有表头（{@names}）而没有数据；请在下面至少加一行。',
  '{@place} is {@found}; every row must be an object such as {"length": 5.1, "species": "setosa"}.':
    '{@place}是{@found}；每一行须是对象，如 {"length": 5.1, "species": "setosa"}。',
  '{@place} is {@found}; every line must be an object such as {"length": 5.1, "species": "setosa"}.':
    '{@place}是{@found}；每一行须是对象，如 {"length": 5.1, "species": "setosa"}。',
  '{@place} has a key {key} that none of the first {lines} lines has; give the first line all keys, with null where there is no value.':
    '{@place}有键 {key}，而前 {lines} 行都没有；请在第一行写出所有的键，没有值的写 null。',
  '{path} is one JSON array, which cannot be read piece by piece; write one object a line (NDJSON), or CSV.':
    '{path} 是一整个 JSON 列表，无法逐段读取；请每行写一个对象（NDJSON），或写成 CSV。',
  '{@source} is not valid JSON ({@reason}); mend the text there.':
    '{@source} 不是有效的 JSON（{@reason}）；请改正该处。',
  '{@place} is not a JSON object of its own ({@reason}); write one object a line, or an array of them.':
    '{@place}不是单独的 JSON 对象（{@reason}）；请每行写一个对象，或写成对象的列表。',
  '{@source} holds an empty array; a table is a JSON array with one object per row, such as [{"length": 5.1, "species": "setosa"}].':
    '{@source} 是空列表；表格是每行一个对象的 JSON 列表，如 [{"length": 5.1, "species": "setosa"}]。',
  '{@source} holds no array; a table is a JSON array with one object per row, such as [{"length": 5.1, "species": "setosa"}].':
    '{@source} 不是列表；表格是每行一个对象的 JSON 列表，如 [{"length": 5.1, "species": "setosa"}]。',
  '{@place} holds {@found}; a cell must be a number, text, true, false or null.':
    '{@place}是{@found}；单元格须是数、文本、true、false 或 null。',

  // 逐段读取的表格。
  '{@place} has more than {most} different texts, more than are kept of a table that is streamed; leave the column out by --sql "select * exclude (…) from data".':
    '{@place}有超过 {most} 种不同的文本，逐段读取的表格无法全部记住；请用 --sql "select * exclude (…) from data" 去掉该列。',
  'a scratch file in {folder} was cut short; run it again.': '{folder} 中的临时文件不完整；请重新运行。',
  'a scratch file in {folder} cannot be used: no space is left; make room, or name another folder by TMPDIR.':
    '无法使用 {folder} 中的临时文件：磁盘已满；请腾出空间，或用 TMPDIR 指定别的文件夹。',
  'a scratch file in {folder} cannot be used: the system says {code}; make room, or name another folder by TMPDIR.':
    '无法使用 {folder} 中的临时文件：系统报告 {code}；请腾出空间，或用 TMPDIR 指定别的文件夹。',
  '{name} would be streamed as a table, and the network was trained on images; give images.':
    '{name} 会作为表格逐段读取，而该网络是用图像训练的；请给出图像。',
  'the {@part} part would be {rows} rows of {inputs} inputs, more than is held in memory; give --{option} a smaller fraction.':
    '{@part}部分会有 {rows} 行、每行 {inputs} 个输入，内存放不下；请给 --{option} 更小的比例。',
  '{name} is streamed: {rows} rows to train on are read from a scratch file in each epoch, and training scores are those of {shown} of them, drawn at random.':
    '{name} 逐段读取：每一轮从临时文件读取 {rows} 行训练数据，训练得分取自其中随机抽取的 {shown} 行。',

  // 查询与多个文件。
  '--table names a table for --sql; give the query too.': '--table 为 --sql 的表命名；请同时给出查询。',
  '--sql reaches for a file, the network or a setting; it may use the tables named on the command line, and nothing else.':
    '--sql 要访问文件、网络或设置；它只能使用命令行上给出的表。',
  '--sql cannot be run: {reason}; mend the query.': '--sql 无法执行：{reason}；请改正查询。',
  '--sql is not one SELECT; give a single query, such as "select * from data where age > 20".':
    '--sql 不是单独一条 SELECT；请只给出一条查询，如 "select * from data where age > 20"。',
  '{path} cannot be read: {reason}; check the file.': '无法读取 {path}：{reason}；请检查该文件。',
  '{source} gives no rows; at least one is needed.': '{source} 没有给出任何行；至少需要一行。',
  '{source} has {rows} rows of {columns} columns, more than is read whole; take some of them, such as --sql "select * from data using sample 100000 rows (reservoir, 1)".':
    '{source} 有 {rows} 行、{columns} 列，多得无法全部读入；请只取一部分，如 --sql "select * from data using sample 100000 rows (reservoir, 1)"。',
  '{@place} holds {value}; a cell is a number, a text, a date, true or false: take the column apart with --sql, or leave it out.':
    '{@place}为 {value}；单元格须是数、文本、日期、true 或 false：请用 --sql 拆开该列，或不用它。',
  '{pattern} matches no file; check the pattern and the folder.': '没有文件与 {pattern} 相符；请检查通配符与文件夹。',
  '{path} holds images where a table is expected; name tables only.': '{path} 是图像，而这里需要表格；请只给出表格。',
  '{path} has {columns} columns where {other} has {wanted}; give files of the same columns.':
    '{path} 有 {columns} 列，而 {other} 有 {wanted} 列；请给出列相同的文件。',
  '{path} has a column {name} where {other} has {wanted}; give files of the same columns.':
    '{path} 有 {name} 列，而 {other} 在此处是 {wanted} 列；请给出列相同的文件。',
  '--table is {value}; give a name and a file, such as --table {example}.':
    '--table 为 {value}；请给出名称与文件，如 --table {example}。',
  'two tables are called "{name}"; give --table another name.': '有两个表都叫 "{name}"；请在 --table 中换一个名称。',

  // 列的含义。
  '{@place}: found {found}, a number written with a comma, which may stand for a decimal point or separate thousands; write 1234.5 for it, or name the column as a category (--category {column}).':
    '{@place}为 {found}，其中的逗号可以是小数点，也可以是千位分隔符；请写成 1234.5 的形式，或把该列当作类别（--category {column}）。',
  '{@place}: found {found} where a date is expected; write it as 2024-01-31, or leave the cell empty if the date is missing.':
    '{@place}为 {found}，这里应为日期；请写成 2024-01-31 的形式，缺失则留空。',
  '{@place}: found {found}, which has no place in the order {@names}; mend the cell, or add it to the order.':
    '{@place}为 {found}，不在顺序 {@names} 之中；请改正这个单元格，或把它加进顺序。',
  '{@place}: found {found} in a column where {count} of {all} cells are numbers; mend the cell, leave it empty if the value is missing, or name the column as a category (--category {column}).':
    '{@place}为 {found}，而该列 {all} 个单元格中有 {count} 个是数；请改正这个单元格，缺失则留空，或把该列当作类别（--category {column}）。',
  '{@place}: found {found} where a finite number is expected; write a number such as 1.5, or leave the cell empty if the value is missing.':
    '{@place}为 {found}，这里应为有限的数；请写成 1.5 这样的数，缺失则留空。',
  '{@source} would become {rows} rows of {inputs} inputs, more than fits in memory, {most} of them for the categories of column {column}; leave it out or give fewer rows.':
    '{@source} 会变成 {rows} 行、每行 {inputs} 个输入，内存放不下，其中 {most} 个来自 {column} 列的类别；请不用该列，或减少行数。',
  '{@source} has no column {@name}, which the model was trained on; it needs the columns {@names}.':
    '{@source} 没有这一列：{@name}，而模型训练时用到它；需要的列：{@names}。',
  '{@place}: found {@found}; the known categories are {@names}.': '{@place}为{@found}；已知的类别：{@names}。',
  'a missing value, which the training rows never had': '缺失值，而训练数据中从未缺失',
  'the unknown category {name}': '未知的类别 {name}',
  '{@place}: found the class {found}, unknown to the model; its classes are {@names}.':
    '{@place}为类别 {found}，模型不认识；已知的类别：{@names}。',
  '{@place}: found {found} where a label is 0 or 1; mend the cell.': '{@place}为 {found}，而标签应为 0 或 1；请改正。',
  "{@place}: found {@found} where a sample's weight is expected, a finite number of at least 0; mend it or remove the row.":
    '{@place}为 {@found}，这里应为样本权重，即不小于 0 的有限数；请改正，或删去这一行。',

  // 预测什么。
  '{@source} has no input columns left: its columns are {@names}, all of them targets or ignored; keep at least one.':
    '{@source} 没有剩下可作输入的列：{@names} 都是目标或不用的列；请至少保留一列。',
  'no target is named; name a column to predict: {@names}.': '没有指定目标；请给出要预测的列：{@names}。',
  'the target {name} is named twice; name each target once.': '目标 {name} 给出了两次；每个目标请只给一次。',
  'column {name} is both a target and ignored; take it out of one of the two.':
    '{name} 列既是目标又被略去；请从其中一处去掉。',
  '{@source} has no training rows; give at least one.': '{@source} 没有训练数据；请至少给出一行。',
  'column {name} has no value in any training row; leave it out (--ignore {flag}).':
    '{name} 列在所有训练数据中都是空的；请不用该列（--ignore {flag}）。',
  'several targets ({@names}) can be classified only as labels of 0 and 1; name one target, or use --task regression.':
    '几个目标（{@names}）只有都是 0 和 1 的标签才能分类；请只给出一个目标，或用 --task regression。',
  '{@source}: the target {name} has a single class, {@classes}, in all {rows} training rows; classification needs rows of at least two classes.':
    '{@source}：目标 {name} 在全部 {rows} 行训练数据中只有一个类别 {@classes}；分类至少需要两个类别。',
  'the target {name} is named as a category, but its task needs numbers; take it out of the categories.':
    '目标 {name} 被当作类别，而这项任务需要数值；请把它从类别中去掉。',
  '{@place}: the target {name} is missing; fill it in or remove the row.':
    '{@place}缺少目标 {name}；请填上，或删去这一行。',
  '{@place}: the target {name} is {value}, and {@reason}; mend the column{@remedy}.':
    '{@place}的目标 {name} 为 {value}，而{@reason}；请改正该列{@remedy}。',
  'several targets must all be numbers': '几个目标须都是数值',
  'regression needs numbers': '回归需要数值',
  ' or name one target': '，或只给出一个目标',
  ' or use --task classification': '，或用 --task classification',
  'column {name} ranges from {low} to {high}, which cannot be scaled in double precision; rescale the column or leave it out.':
    '{name} 列从 {low} 到 {high}，双精度下无法缩放；请换用别的单位，或不用该列。',

  // 关于数据的提示。
  'Column {name} has {@count}, filled with the training mean {mean}.': '{name} 列有 {@count}，以训练均值 {mean} 填补。',
  'Column {name} has {@count}, taken as a category of its own.': '{name} 列有 {@count}，单独算作一个类别。',
  'Column {name} has {@count}, filled with the training mean {mean}, and an input of its own says where they are missing.':
    '{name} 列有 {@count}，以训练均值 {mean} 填补，另用一个输入标明何处缺失。',
  'Column {name} has another value in every training row, as what names a row has: it is left out (--category {flag} keeps it).':
    '{name} 列在每行训练数据中都不同，像是行的名称：不用该列（--category {flag} 可保留它）。',
  'Column {name} is skewed: its logarithm ln(1 + x) is taken.': '{name} 列分布偏斜：取对数 ln(1 + x)。',
  'Column {name} has {categories} categories: the {most} commonest are inputs of their own, all others one together.':
    '{name} 列有 {categories} 个类别：最常见的 {most} 个各占一个输入，其余合占一个。',
  '{@columns} is the same in every training row, so nothing can be learned from {@it}.':
    '{@columns}在所有训练数据中都相同，无法从{@it}中学到什么。',
  '{@columns} are each the same in every training row, so nothing can be learned from {@it}.':
    '{@columns}各自在所有训练数据中都相同，无法从{@it}中学到什么。',
  'Column {@names}': '{@names} 列',
  'Columns {@names}': '{@names} 列',
  them: '它们',
  'the order of column {name} is {@names}; name at least two texts, each once.':
    '{name} 列的顺序为 {@names}；请至少给出两个文本，每个一次。',
  '{#n} missing value': '{#n} 个缺失值',
  '{#n} missing values': '{#n} 个缺失值',
  'Column {name}: no training row has {@found}, so the network learns nothing about it.':
    '{name} 列：训练数据中没有 {@found}，网络学不到它。',
  'Column {name}: no training row has {@found}, so the network learns nothing about them.':
    '{name} 列：训练数据中没有 {@found}，网络学不到它们。',
  'Column {name} has {categories} categories in {rows} training rows, each an input of its own; if it identifies rows, leave it out (--ignore {flag}).':
    '{name} 列在 {rows} 行训练数据中有 {categories} 个类别，各占一个输入；若它只是行的编号，请不用该列（--ignore {flag}）。',
  'The targets hold 0 and 1 only: each is taken as a yes/no label (regression: --task regression).':
    '各目标只有 0 和 1：每个都当作是或否的标签（若要回归：--task regression）。',
  'The target {name} is {value} in every training row, so there is nothing to learn from it.':
    '目标 {name} 在所有训练数据中都是 {value}，没有可学的。',
  'The target {name} holds integers with {values} distinct values: taken as {classes} classes (regression: --task regression).':
    '目标 {name} 是整数，有 {values} 个不同的值：当作 {classes} 个类别（若要回归：--task regression）。',
  'No training row has the class {@classes} of {name}, so the network cannot learn it.':
    '训练数据中没有 {name} 的类别 {@classes}，网络无法学会它。',
  'With {@rows} there is no {@part} part.': '只有 {@rows}，不再划出{@part}部分。',

  // 数组形式的数据。
  'inputs is empty; give at least one sample.': 'inputs 为空；请至少给出一个样本。',
  'inputs has {inputs} samples where targets has {targets}; give one target per sample.':
    'inputs 有 {inputs} 个样本，而 targets 有 {targets} 个；请为每个样本给出一个目标。',
  'targets[0] is nested {depth} deep; a target is one number, or one row of numbers.':
    'targets[0] 嵌套了 {depth} 层；目标应为一个数或一行数。',
  'targets are names of classes where regression needs numbers; give numbers, or the task "classification".':
    'targets 是类别名，而回归需要数值；请给出数值，或把任务设为 "classification"。',
  '{list}[0] is empty; give it at least one number.': '{list}[0] 为空；请至少给出一个数。',
  'targets[{i}] is {value}, which is none of the class names {names}; add it to them or mend the target.':
    'targets[{i}] 为 {value}，不在类别名 {names} 之中；请补上，或改正目标。',
  'targets[{i}] is {value}; a class is an integer from 0, or a name.':
    'targets[{i}] 为 {value}；类别应为从 0 起的整数，或名称。',
  'targets[{i}] is {value}; a class is an integer from 0 to {most}, or a name.':
    'targets[{i}] 为 {value}；类别应为 0 到 {most} 的整数，或名称。',
  '{names} class names are given where targets have {wanted} numbers; give one name per number.':
    '给出了 {names} 个类别名，而 targets 每行有 {wanted} 个数；请为每个数给出一个名称。',
  'targets have {classes} class; classification needs at least two.':
    'targets 只有 {classes} 个类别；分类至少需要两个。',
  'targets[{i},{j}] is {value}; a row of labels holds 0 and 1 only: mend it, or use the task "regression".':
    'targets[{i},{j}] 为 {value}；标签行只含 0 和 1：请改正，或把任务设为 "regression"。',
  'rows[{i}] is {row} where the dataset has rows 0 to {last}; name rows that it has.':
    'rows[{i}] 为 {row}，而数据集有第 0 到 {last} 行；请给出其中的行。',
  'weights has {count} numbers where there are {samples} samples; give one for each.':
    'weights 有 {count} 个数，而样本有 {samples} 个；请为每个样本给出一个。',
  "weights[{i}] is {value}; a sample's weight is a finite number of at least 0.":
    'weights[{i}] 为 {value}；样本权重应为不小于 0 的有限数。',
  'all weights are 0, which leaves nothing to learn from; give some sample more.':
    '所有权重都是 0，没有可学的；请给某些样本大于 0 的权重。',
  'target[{j}] of sample {i} is {value}, and smoothing is for classes and labels from 0 to 1; leave smoothLabels out of a regression.':
    '样本 {i} 的 target[{j}] 为 {value}，而平滑只用于 0 到 1 的类别与标签；回归时请去掉 smoothLabels。',

  // 图像。
  'inputs of shape {shape} cannot be moved or turned; images have the shape [channels, height, width], such as [1, 28, 28].':
    '形状为 {shape} 的输入无法平移或旋转；图像的形状是 [channels, height, width]，如 [1, 28, 28]。',
  'inputs have {count} numbers each where images of shape {shape} have {wanted}; give the shape of one input.':
    '每个输入有 {count} 个数，而形状为 {shape} 的图像有 {wanted} 个；请给出单个输入的形状。',
  '{@source} would become {count} images of {shape}, more than fits in memory; give a smaller size for the images.':
    '{@source}会变成 {count} 幅 {shape} 的图像，内存放不下；请把图像缩得更小。',
  'the images': '这些图像',
  '{path} cannot be read; it may have been moved or changed: choose it again.':
    '无法读取 {path}；它可能已被移动或改动：请重新选择。',
  'no images are given; choose at least one PNG, JPEG or WebP file.':
    '没有给出图像；请至少选择一个 PNG、JPEG 或 WebP 文件。',
  'images cannot be unpacked here: createImageBitmap and OffscreenCanvas are lacking; use a newer browser, or chainrule train on a folder of them.':
    '此处无法解码图像：缺少 createImageBitmap 和 OffscreenCanvas；请用较新的浏览器，或对图像文件夹运行 chainrule train。',
  '{path} has more than {most} bytes, too many for an image; scale it down.':
    '{path} 超过 {most} 字节，对一幅图像来说太大；请先缩小。',
  '{@place} has no label in "{name}"; write it, or take the row out.':
    '{@place}的 "{name}" 列没有标签；请写上，或去掉该行。',
  '{path} has {width}×{height} pixels, more than the {most} that are read; scale it down.':
    '{path} 有 {width}×{height} 像素，超过可读取的 {most} 个；请先缩小。',
  '{path} is no picture that can be read ({reason}); replace it or take it away.':
    '{path} 不是可读取的图像（{reason}）；请替换或移走。',
  '{folder} holds no PNG, JPEG or WebP picture; add some, or take the folder away.':
    '{folder} 中没有 PNG、JPEG 或 WebP 图像；请放入图像，或移走该文件夹。',
  '{source} has no one column of labels beside "{name}"; name it with --target.':
    '{source} 除 "{name}" 外没有唯一的标签列；请用 --target 指明。',
  '{folder} has {classes} classes where images may have {most}; take fewer.':
    '{folder} 有 {classes} 个类别，而图像最多允许 {most} 个；请减少类别。',
  '{folder} holds no pictures; give a folder with PNG, JPEG or WebP files, or with a folder of them for each class.':
    '{folder} 中没有图像；请给出存放 PNG、JPEG 或 WebP 文件的文件夹，或每个类别各有一个文件夹的文件夹。',
  '{folder} holds {count} pictures, more than the {most} that are read; take fewer.':
    '{folder} 中有 {count} 幅图像，超过可读取的 {most} 幅；请减少图像。',
  '{@place} names "{file}", which is not beside the table; mend the name.':
    '{@place}写的 "{file}" 不在表格旁边；请改正文件名。',
  '{@place} names "{file}", and there are two files for it, {one} and {other}; write the ending too.':
    '{@place}写的 "{file}" 对应 {one} 和 {other} 两个文件；请写上扩展名。',
  '{@place} leads out of the folder of images; put the file itself there.':
    '{@place}指到了图像文件夹之外；请把文件本身放进去。',
  '{source} is empty; an IDX file begins with 0 0 8 and its number of axes: is this the right file?':
    '{source} 为空；IDX 文件以 0 0 8 和轴数开头：是不是给错了文件？',
  '{source} begins with bytes {bytes}; an IDX file begins with 0 0 8 and its number of axes: is this the right file?':
    '{source} 以字节 {bytes} 开头；IDX 文件以 0 0 8 和轴数开头：是不是给错了文件？',
  '{source} holds {@what}; only IDX files of unsigned bytes (type 8) can be read: convert it.':
    '{source} 存放的是{@what}；只能读取无符号字节（类型 8）的 IDX 文件：请先转换。',
  'signed bytes': '有符号字节',
  'unsigned bytes': '无符号字节',
  '16-bit integers': '16 位整数',
  '32-bit integers': '32 位整数',
  '32-bit floats': '32 位浮点数',
  '64-bit floats': '64 位浮点数',
  '{source} ends after {count} bytes, inside its header of {wanted}; fetch the file again.':
    '{source} 只有 {count} 个字节，连 {wanted} 个字节的文件头都不完整；请重新获取该文件。',
  '{source} has {count} bytes of data where its header {shape} promises {wanted}; the file is damaged or cut short: fetch it again.':
    '{source} 有 {count} 个字节的数据，而文件头 {shape} 写明有 {wanted} 个；文件已损坏或不完整：请重新获取。',
  '{source} has the shape {shape} and so holds no data; use a file with at least one entry.':
    '{source} 的形状为 {shape}，没有数据；请用至少有一项的文件。',
  '{source} has the shape {shape}; images are [count, height, width] or [count, channels, height, width].':
    '{source} 的形状为 {shape}；图像应为 [count, height, width] 或 [count, channels, height, width]。',
  '{source} has the shape {shape}; images are [count, height, width] or [count, channels, height, width]: this looks like a labels file, so name its images file instead.':
    '{source} 的形状为 {shape}；图像应为 [count, height, width] 或 [count, channels, height, width]：这像是标签文件，请给出对应的图像文件。',
  '{source} has the shape {shape}; labels are one list [count]: name the labels file.':
    '{source} 的形状为 {shape}；标签应为一个列表 [count]：请给出标签文件。',
  '{source} has {labels} labels where {other} has {images} images; use the two files that belong together.':
    '{source} 有 {labels} 个标签，而 {other} 有 {images} 幅图像；请用配套的两个文件。',
  '{source}, label {i} (counting from 0) is {label} where {classes} classes allow 0 to {most}; mend the label or ask for more classes.':
    '{source} 的标签 {i}（从 0 数起）为 {label}，而 {classes} 个类别只允许 0 到 {most}；请改正标签，或增加类别数。',
  '{source} has a single class: every label is 0; classification needs at least two.':
    '{source} 只有一个类别：所有标签都是 0；分类至少需要两个类别。',

  // 划分。
  'no rows are left to train on: {test} of {all} are for testing and {validation} for validation; choose smaller fractions or give more rows.':
    '没有剩下可训练的数据：{all} 行中 {test} 行用于测试、{validation} 行用于验证；请减小比例，或给出更多的行。',
  'folds is {folds} where there are {rows} rows; it must be from 2 to the number of rows, such as 5.':
    'folds 为 {folds}，而数据有 {rows} 行；它须在 2 与行数之间，如 5。',
  'stratify has {entries} entries where there are {rows} rows; give one per row.':
    'stratify 有 {entries} 项，而数据有 {rows} 行；请为每行给出一项。',
  'the {@part} part needs {count} of {all} rows, which would leave some of the {strata} strata without a row to train on; choose a smaller fraction or do not stratify.':
    '{@part}部分需要 {all} 行中的 {count} 行，这会使 {strata} 层中的某些层没有训练数据；请减小比例，或不分层。',
  'the {@part} fraction is {value}; it must be at least 0 and less than 1, such as 0.2 for a fifth of the rows.':
    '{@part}部分的比例为 {value}；它须不小于 0 且小于 1，如 0.2 表示五分之一的行。',
  'the {@part} part would be empty: {fraction} of {rows} rows is less than half a row; give more rows or a larger fraction, or 0 for none.':
    '{@part}部分会是空的：{rows} 行的 {fraction} 不到半行；请给出更多的行或更大的比例，不需要则写 0。',
  'a baseline needs samples to learn from and to be measured on, and the parts have {training} and {other}; give at least one each.':
    '基线需要可学习和可评估的样本，而两部分各有 {training} 个和 {other} 个；请各至少给出一个。',
  'the two datasets have different targets; use parts of the same data.':
    '两个数据集的目标不同；请用同一数据的各部分。',
};
