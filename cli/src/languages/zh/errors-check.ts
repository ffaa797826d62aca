// 错误信息：批改练习、核对梯度与生成练习。
import type { Catalogue } from '../translate.ts';

export const errorsOfCheck: Catalogue = {
  // 命令行。
  'check needs a worksheet, --class FOLDER or --gradients FILE; give one of them.':
    'check 需要一份练习、--class FOLDER 或 --gradients FILE；请给出其中之一。',
  'a worksheet, --class and --gradients exclude each other; give one of them.':
    '练习、--class 与 --gradients 不能同用；请只给出其中之一。',
  '--format is "{format}"; here it is one of {names}.': '--format 为 "{format}"；这里可选：{names}。',
  '--gradients compares with a network; give --network FILE or --network example:mazur.':
    '--gradients 要与网络对照；请给出 --network FILE 或 --network example:mazur。',
  "{folder} is no folder that can be read; give the folder with the class's sheets.":
    '{folder} 不是可读的文件夹；请给出存放全班练习的文件夹。',
  "{folder} has no worksheets ({endings}); give the folder with the class's sheets.":
    '{folder} 中没有练习（{endings}）；请给出存放全班练习的文件夹。',
  'the sheet': '练习',
  '{@path} does not say which network it is about; begin it with a line such as "# network: example:mazur", or give --network.':
    '{@path} 没有说明是关于哪个网络的；请在开头写上 "# network: example:mazur" 这样的一行，或给出 --network。',
  'neither the sheet nor the network has a sample; give --input and --target, or lines "# input: …" and "# target: …" on the sheet.':
    '练习与网络都没有样本；请给出 --input 与 --target，或在练习上写明 "# input: …" 与 "# target: …"。',
  'the sheet\'s language is "{language}"; it is one of {names}.': '练习的语言为 "{language}"；可选：{names}。',
  '--{what} makes several files; say where to put them with --out FOLDER.':
    '--{what} 会生成多个文件；请用 --out FOLDER 指明放在哪里。',
  '--key prints, and --out writes the keys anyway; leave --key out.':
    '--key 用于直接输出，而 --out 本来就会写出答案；请去掉 --key。',
  'worksheet needs a network file or example, or --random; give one of them.':
    'worksheet 需要网络文件或示例，或 --random；请给出其中之一。',
  '--input, --target and --data belong to a given network; leave them out with --random.':
    '--input、--target 与 --data 用于给定的网络；用 --random 时请去掉。',
  '--{flag} shapes a random network, and {network} is given; leave one or the other out.':
    '--{flag} 用于随机网络，而这里给出了 {network}；请去掉一方。',
  '{path} is there already, and may be a sheet that was filled in; name another folder with --out.':
    '{path} 已经存在，可能是填好的练习；请用 --out 另选文件夹。',
  '{folder} cannot be made: the system says {code}; name another folder with --out.':
    '无法建立 {folder}：系统报告 {code}；请用 --out 另选文件夹。',

  // 批改。
  'the sheet is empty: no quantity has a value; fill in at least one.': '练习是空的：没有一个量填了值；请至少填一个。',
  '"{name}" is {one} in the notation {notation} and {other} in {second}, and the numbers fit both; name the notation (# notation: {example}).':
    '"{name}" 在记法 {notation} 中是 {one}，在 {second} 中是 {other}，所填的数两者都符合；请写明记法（# notation: {example}）。',
  'the sheet has {name} = {given} where the network has {value}: it seems to be for another network or sample; {@remedy}.':
    '练习写的是 {name} = {given}，而网络中为 {value}：它似乎是针对另一个网络或样本的；{@remedy}。',
  'none of the {count} numbers fits this network: the sheet seems to be for another network, sample or learning rate; {@remedy}.':
    '{count} 个数没有一个符合这个网络：练习似乎是针对另一个网络、样本或学习率的；{@remedy}。',
  'check --network, --input, --target and --lr, or the lines at the top of the sheet':
    '请检查 --network、--input、--target 与 --lr，或练习开头的几行',
  '{name} has shape {shape} where {other} has {wanted}: it belongs to another network or parameter.':
    '{name} 的形状为 {shape}，而 {other} 为 {wanted}：它属于另一个网络或参数。',
  '"{name}" names no parameter of this network; name the tensors {names}.':
    '"{name}" 不是这个网络的参数；请把张量命名为 {names}。',
  '"{name}" names no parameter of this network; name the tensors {names} ….':
    '"{name}" 不是这个网络的参数；请把张量命名为 {names} 等。',
  'there is no quantity "{name}" in this network{@hint}; write a name such as {example}, or a symbol of a notation.':
    '这个网络中没有量 "{name}"{@hint}；请写 {example} 这样的名称，或某种记法的符号。',

  '{name} is after {steps} steps; at most {most} are carried out.':
    '{name} 是 {steps} 步之后的量；最多只走 {most} 步。',

  // 读练习。
  '{@source} has {count} characters, more than a worksheet can have; give a sheet a person filled in, or compare whole tensors with --gradients.':
    '{@source} 有 {count} 个字符，不会是一份练习；请给出由人填写的练习，或用 --gradients 核对整个张量。',
  '{@source} is empty; write entries such as net_h1 = 0.3775.': '{@source} 为空；请写上 net_h1 = 0.3775 这样的条目。',
  '{@source} is no worksheet: nothing in it is an entry; write CSV with the header quantity,value, or lines such as net_h1 = 0.3775.':
    '{@source} 不是练习：其中没有一个条目；请写成表头为 quantity,value 的 CSV，或 net_h1 = 0.3775 这样的各行。',
  '{@source} is JSON but no worksheet; write { "network": "example:mazur", "answers": { "net_h1": 0.3775 } }.':
    '{@source} 是 JSON，但不是练习；请写成 { "network": "example:mazur", "answers": { "net_h1": 0.3775 } }。',
  '{@source}: entry {number} has no "quantity"; write { "quantity": "net_h1", "value": 0.3775 }.':
    '{@source}：第 {number} 个条目没有 "quantity"；请写成 { "quantity": "net_h1", "value": 0.3775 }。',
  '{@place} is {type}; write a number, or numbers in lists.': '{@place} 的类型为 {type}；请写一个数，或数的列表。',
  '{@place} has {count} cells where {wanted} are expected; put a cell with a comma in it between quotation marks.':
    '{@place} 有 {count} 个单元格，应为 {wanted} 个；含逗号的单元格请用引号括起。',
  '{@place} is {text}, which is no entry; write name = value, such as net_h1 = 0.3775.':
    '{@place} 为 {text}，不是条目；请写成“名称 = 值”，如 net_h1 = 0.3775。',
  'the network has more than {most} quantities, too many to follow number by number; compare whole tensors with --gradients instead.':
    '网络有 {most} 个以上的量，无法逐个数核对；请改用 --gradients 核对整个张量。',
  '{name} is given twice, as {first} and as {second}; leave one of them out.':
    '{name} 给出了两次，分别为 {first} 和 {second}；请去掉其中之一。',
  '"{name}" can mean {@meanings}; name the notation (# notation: {example}) or use the canonical name.':
    '"{name}" 可以指 {@meanings}；请写明记法（# notation: {example}），或用规范名称。',
  '{one}) or {@other}': '{one}) 或 {@other}',
  '{name} has {@count} and one is given; give them all as a list, or one by one with an index{@example}.':
    '{name} 有 {@count}，而给出了 1 个；请以列表全部给出，或带下标逐个给出{@example}。',
  '{name} has {@count} and {given} are given; give them all as a list, or one by one with an index{@example}.':
    '{name} 有 {@count}，而给出了 {given} 个；请以列表全部给出，或带下标逐个给出{@example}。',
  ', such as {example}': '，如 {example}',
  '{@place} has the setting "{text}"; write settings as numbers behind the name, such as momentum momentum=0.9.':
    '{@place} 有设置 "{text}"；请在名称后面以数写出设置，如 momentum momentum=0.9。',
  'the value of {name}': '{name} 的值',
  '{@source}: the value of {name}': '{@source}：{name} 的值',
  '{@place} is {text}, which is no number; write one such as 0.597, -3.8e-2 or 3/7, or leave it empty.':
    '{@place} 为 {text}，不是数；请写成 0.597、-3.8e-2 或 3/7 这样的数，或留空。',
  '{@place} is {text}, where the comma may separate decimals or thousands; write {one} or {other}.':
    '{@place} 为 {text}，其中的逗号可以是小数点，也可以是千位分隔符；请写成 {one} 或 {other}。',

  // 读张量。
  '{@place} is no .npy file; save the array with numpy.save or numpy.savez.':
    '{@place} 不是 .npy 文件；请用 numpy.save 或 numpy.savez 保存数组。',
  '{@place} ends in the middle of its header; save the array with numpy.save or numpy.savez.':
    '{@place} 在文件头中间就结束了；请用 numpy.save 或 numpy.savez 保存数组。',
  '{@place} holds numbers of the dtype {dtype}, which is not read; convert them with .astype("float64"); save the array with numpy.save or numpy.savez.':
    '{@place} 的数类型为 {dtype}，无法读取，可用 .astype("float64") 转换；请用 numpy.save 或 numpy.savez 保存数组。',
  '{@place} says its shape is [{shape}] and has {count} bytes of numbers where {wanted} are expected; save the array with numpy.save or numpy.savez.':
    '{@place} 写明形状为 [{shape}]，却有 {count} 个字节的数，应为 {wanted} 个；请用 numpy.save 或 numpy.savez 保存数组。',
  '{@place} holds pickled Python objects, which are not read since that would run code from the file; save arrays of numbers, one for each parameter.':
    '{@place} 含有 pickle 格式的 Python 对象；读取它会运行文件中的代码，因此不读。请为每个参数保存一个数的数组。',
  '{@place} has a header that tells no dtype, order and shape of plain numbers; save the array with numpy.save.':
    '{@place} 的文件头没有写明普通数的 dtype、顺序与形状；请用 numpy.save 保存数组。',
  '{@place} cannot be unpacked; save it again with numpy.savez.': '{@place} 无法解压；请用 numpy.savez 重新保存。',
  '{@place} ends too early; save it again with numpy.savez.': '{@place} 不完整；请用 numpy.savez 重新保存。',
  '{@place} has a damaged directory; save it again with numpy.savez.':
    '{@place} 的目录已损坏；请用 numpy.savez 重新保存。',
  '{@place} has a wrong checksum; save it again with numpy.savez.':
    '{@place} 的校验和不对；请用 numpy.savez 重新保存。',
  '{@place} has more than the {count} bytes that are declared; save it again with numpy.savez.':
    '{@place} 超过所声明的 {count} 个字节；请用 numpy.savez 重新保存。',
  '{@place} has {count} bytes where {wanted} are declared; save it again with numpy.savez.':
    '{@place} 有 {count} 个字节，而声明的是 {wanted} 个；请用 numpy.savez 重新保存。',
  '{@place} has two arrays "{name}"; save it again with numpy.savez.':
    '{@place} 有两个数组都叫 "{name}"；请用 numpy.savez 重新保存。',
  '{@place} is a zip archive without its end; save it again with numpy.savez.':
    '{@place} 是不完整的 zip 文件；请用 numpy.savez 重新保存。',
  '{@place} is larger than 4 GiB; save it again with numpy.savez.': '{@place} 大于 4 GiB；请用 numpy.savez 重新保存。',
  '{@place} is not where the directory says; save it again with numpy.savez.':
    '{@place} 不在目录所写的位置；请用 numpy.savez 重新保存。',
  '{@place} is packed by the unknown method {method}; save it again with numpy.savez.':
    '{@place} 使用了未知的压缩方法 {method}；请用 numpy.savez 重新保存。',
  '{@place} says its arrays come to {count} bytes, more than are read; save it again with numpy.savez.':
    '{@place} 声明其数组共 {count} 个字节，超过可读取的上限；请用 numpy.savez 重新保存。',
  '{@source} has no tensors; write { "layers.0.weight": [[…], …], "layers.0.bias": […], … }.':
    '{@source} 中没有张量；请写成 { "layers.0.weight": [[…], …], "layers.0.bias": […], … }。',
  '{@source}: {name} has {count} numbers where its indices make a tensor of shape {shape}; give every element once.':
    '{@source}：{name} 有 {count} 个数，而按下标应为形状 {shape} 的张量；请每个元素给出一次。',
  '{@source}: {name} lacks an element and has another twice; give every element once.':
    '{@source}：{name} 缺了一个元素，另一个又给了两次；请每个元素给出一次。',

  // 生成练习。
  'worksheet has depth {depth} and {count} widths, which make {layers} hidden layers; leave one of the two out.':
    'worksheet 的 depth 为 {depth}，而 {count} 个 widths 表示 {layers} 个隐藏层；请去掉其中之一。',
  'the sheet would ask for {count} numbers, more than the {most} that anyone would fill in; take a smaller network, or ask for fewer parts of the step.':
    '这份练习要填 {count} 个数，超过人愿意填的 {most} 个；请用较小的网络，或少问几部分。',
};
