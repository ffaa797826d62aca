// 错误信息：读写 ONNX 模型。
import type { Catalogue } from '../translate.ts';

export const errorsOfOnnx: Catalogue = {
  '{path}: {@problem}; the file is damaged or is no ONNX model, so export it or download it again.':
    '{path}：{@problem}；文件已损坏或不是 ONNX 模型，请重新导出或下载。',
  'a field ends beyond the end of its message': '有一个字段超出其消息的末尾',
  'it holds the integer {value}, larger than any that can be meant': '其中的整数 {value} 大得不可能是真的',
  'a field of wire type {one} has wire type {other}': '线路类型应为 {one} 的字段实为 {other}',
  'two values have the name {name}': '有两个值都叫 {name}',
  'two initializers have the name {name}': '有两个初始值都叫 {name}',
  'its bytes are no messages of an ONNX model ({reason})': '其字节不是 ONNX 模型的消息（{reason}）',
  'it has no version': '没有版本',
  'it has {count} graphs where 1 is expected': '有 {count} 个图，应为 1 个',
  'a node has the attribute {name} twice': '有一个节点的属性 {name} 出现了两次',
  '{@place} has numbers that are no {type}': '{@place} 中有不是 {type} 的数',
  '{@place} holds {count} numbers where its shape {@shape} needs {wanted}':
    '{@place} 有 {count} 个数，而形状为 {@shape} 时需要 {wanted} 个',
  '{@place} has an axis of {length}, which cannot be counted': '{@place} 有一个长度为 {length} 的轴，无法计数',
  '{path} has more than {most} fields, and no network that can be imported needs as many; give the file that was meant.':
    '{path} 有 {most} 个以上的字段，而可导入的网络用不到这么多；请检查是否给错了文件。',
  '{path}: the graph puts out {outputs}, where a network puts out what its last node does, {last}; export the model with this one output.':
    '{path}：图的输出为 {outputs}，而网络的输出应是最后一个节点的 {last}；请只带这一个输出导出模型。',
  '{path}: the graph puts out nothing, where a network puts out what its last node does, {last}; export the model with this one output.':
    '{path}：图没有输出，而网络的输出应是最后一个节点的 {last}；请带这一个输出导出模型。',
  '{path}: the graph has no node that is a layer; give a model that has layers.':
    '{path}：图中没有可作为层的节点；请给出有层的模型。',
  '{path}: the graph has {count} inputs where a network has one; export a model of one input.':
    '{path}：图有 {count} 个输入，而网络只有一个；请导出只有一个输入的模型。',
  '{path}: the graph has {count} inputs ({names}) where a network has one; export a model of one input.':
    '{path}：图有 {count} 个输入（{names}），而网络只有一个；请导出只有一个输入的模型。',
  "{path}: the input {name} has data type {type} and shape {shape}; a network takes floats [samples, numbers] or [samples, channels, height, width], all lengths but the samples' fixed.":
    '{path}：输入 {name} 的数据类型为 {type}，形状为 {shape}；网络的输入应为浮点数 [samples, numbers] 或 [samples, channels, height, width]，除样本数外长度都固定。',
  "{name} holds {value} at place {place}, beyond float32, ONNX's numbers here; train with smaller parameters.":
    '{name} 的第 {place} 个数为 {value}，超出这里 ONNX 所用的 float32；请训练出较小的参数。',
  "column {name} is scaled as (value − {offset}) / {scale}, and float32, ONNX's numbers here, cannot hold what that takes; rescale the column and train again.":
    '{name} 列按 (value − {offset}) / {scale} 缩放，而这里 ONNX 所用的 float32 容不下；请换用别的单位后重新训练。',
  '{path} has sparse initializers, which are not read; export it with dense ones.':
    '{path} 含有稀疏的初始值，无法读取；请以稠密形式导出。',
  '{path}: tensor {name} keeps its numbers in another file, and other files are never read; export the model with its weights inside.':
    '{path}：张量 {name} 的数存放在别的文件中，而别的文件从不读取；请把权重放在模型文件内导出。',
  '{path}: tensor {name} has the data type {type}, which is not read; export the model with weights of type float (1), double (11), float16 (10) or bfloat16 (16).':
    '{path}：张量 {name} 的数据类型为 {type}，无法读取；请以 float (1)、double (11)、float16 (10) 或 bfloat16 (16) 类型的权重导出。',
  '{layer}: its formula has a {operation} in it, which cannot be written as ONNX; use a function of one number.':
    '{layer}：其公式含有 {operation}，无法写成 ONNX；请用单个数的函数。',
  'a formula with a {operation} in it cannot be written as JavaScript; use a function of one number.':
    '公式含有 {operation}，无法写成 JavaScript；请用单个数的函数。',
  "the kernel {name} cannot be written as {format}; use layers of chainrule's own.":
    '核函数 {name} 无法写成 {format}；请用 chainrule 自带的层。',
};
