// 错误信息：文件、模型、检查点与训练记录。
import type { Catalogue } from '../translate.ts';

export const errorsOfFiles: Catalogue = {
  '{@source}: {@problem}': '{@source}：{@problem}',
  '{@source} is not valid JSON: {@reason}.': '{@source} 不是有效的 JSON：{@reason}。',

  // 读写。
  '{path} is a folder; name a file in it.': '{path} 是文件夹；请给出其中的文件。',
  '{path} is a folder; name a file to write, such as {example}.': '{path} 是文件夹；请给出要写的文件，如 {example}。',
  '{path} is empty; give a file with data in it.': '{path} 是空文件；请给出有数据的文件。',
  '{path} is empty; give a file with something in it.': '{path} 是空文件；请给出有内容的文件。',
  '{path} is a gzip file that is damaged or cut short; fetch it again.':
    '{path} 是 gzip 文件，但已损坏或不完整；请重新获取。',
  '{path} holds more than {most} bytes, the most that is read whole; split it into smaller files.':
    '{path} 超过一次能读入的 {most} 个字节；请拆成较小的文件。',
  '{path} unpacks to more than {times} times its size, as no table does; unpack it yourself if it is meant.':
    '{path} 解压后超过原来的 {times} 倍，不像是表格；若确是要用，请自行解压。',
  '{path} does not exist; check the name and the folder.': '{path} 不存在；请检查文件名与所在的文件夹。',
  '{path} does not exist: a part of its path is a file; check the path.':
    '{path} 不存在：路径中有一部分是文件；请检查路径。',
  '{path} may not be read; check its permissions.': '没有权限读取 {path}；请检查其权限。',
  '{path} cannot be read ({code}); check the file.': '无法读取 {path}（{code}）；请检查该文件。',
  '{path} is an IDX file where a table is expected; give a CSV, TSV or JSON file.':
    '{path} 是 IDX 文件，而这里需要表格；请给出 CSV、TSV 或 JSON 文件。',
  '{path} is {@what} where a table of text is expected; {@remedy}.':
    '{path} 是{@what}，而这里需要文本表格；{@remedy}。',
  'a ZIP archive or Excel workbook': ' ZIP 压缩文件或 Excel 工作簿',
  'an old Excel workbook': '旧版 Excel 工作簿',
  'a Parquet file': ' Parquet 文件',
  'a PNG image': ' PNG 图像',
  'a JPEG image': ' JPEG 图像',
  'a PDF document': ' PDF 文档',
  'unpack it, or save the sheet as CSV': '请解压，或把工作表另存为 CSV',
  'save the sheet as CSV': '请把工作表另存为 CSV',
  'save the table as CSV': '请把表格另存为 CSV',
  'save its table as CSV': '请把其中的表格另存为 CSV',
  'give a table or an IDX images file': '请给出表格或 IDX 图像文件',
  'encoding is "{name}", which is unknown; name one such as utf-8, gb18030 or windows-1252.':
    'encoding 为 "{name}"，没有这种编码；请写 utf-8、gb18030 或 windows-1252 之类。',
  '{path} is not {encoding} text; save it as UTF-8, or name its encoding (such as gb18030 or windows-1252).':
    '{path} 不是 {encoding} 文本；请另存为 UTF-8，或写明其编码（如 gb18030 或 windows-1252）。',
  '{path} is not UTF-8 text; give a model file, or save the text as UTF-8.':
    '{path} 不是 UTF-8 文本；请给出模型文件，或把文本另存为 UTF-8。',
  '{@path} is not UTF-8 text; save it as UTF-8.': '{@path} 不是 UTF-8 文本；请另存为 UTF-8。',
  '{path} has no labels: its name lacks "images", so the name of its labels file is unknown; put the labels file there, named like the images file with "labels" for "images".':
    '{path} 没有标签：文件名中没有 "images"，无从知道标签文件的名称；请放上标签文件，文件名同图像文件，只把 "images" 换成 "labels"。',
  '{path} has no labels: {file} is not beside it; put the labels file there, named like the images file with "labels" for "images".':
    '{path} 没有标签：旁边没有 {file}；请放上标签文件，文件名同图像文件，只把 "images" 换成 "labels"。',
  '{path} cannot be {@verb}: {@reason}.': '无法{@verb} {path}：{@reason}。',
  'the file or a folder on its path does not exist; check the path': '文件或路径中的文件夹不存在；请检查路径',
  'a part of its path is a file; check the path': '路径中有一部分是文件；请检查路径',
  'permission is denied; check its permissions and those of its folder': '没有权限；请检查它与所在文件夹的权限',
  'its file system is read-only; choose another folder': '所在的文件系统只读；请另选文件夹',
  'no space is left on the disk; make room or choose another folder': '磁盘没有空间了；请腾出空间，或另选文件夹',
  'its name is too long; choose a shorter one': '文件名太长；请换短一些的',
  'the system says {code}; check the path': '系统报告 {code}；请检查路径',
  '{path} has {size} bytes where at most {most} are read; give the file that was meant.':
    '{path} 有 {size} 个字节，而最多读取 {most} 个；请检查是否给错了文件。',
  '{path} cannot be read: it does not exist; check the path.': '无法读取 {path}：它不存在；请检查路径。',
  '{path} cannot be read: it is a folder; check the path.': '无法读取 {path}：它是文件夹；请检查路径。',
  'nothing is piped to standard input; name a file.': '没有内容通过管道送入标准输入；请给出文件。',
  'standard input has more than the {most} bytes that are read; give a file that is smaller.':
    '标准输入超过可读取的 {most} 个字节；请给出较小的文件。',

  // 模型与检查点。
  '{path} has format version {version} where this chainrule reads {own}; use the chainrule that wrote it.':
    '{path} 的格式版本为 {version}，而本版 chainrule 读取的是 {own}；请用写它的那一版。',
  '{path} has format version {version} where this chainrule reads {own}; use the chainrule that wrote it, or a newer one.':
    '{path} 的格式版本为 {version}，而本版 chainrule 读取的是 {own}；请用写它的那一版，或更新的版本。',
  '{path} is a safetensors file, but no model of chainrule\'s: its metadata has no "chainrule" entry.':
    '{path} 是 safetensors 文件，但不是 chainrule 的模型：元数据中没有 "chainrule" 一项。',
  '{path} is a safetensors file, but no checkpoint; give the file that --checkpoint wrote.':
    '{path} 是 safetensors 文件，但不是检查点；请给出 --checkpoint 写出的文件。',
  '{path} is damaged: the checksum of {@part} does not fit; use an earlier checkpoint.':
    '{path} 已损坏：{@part}的校验和不符；请用更早的检查点。',
  'its description': '其说明',
  '{path} lacks the parameter {name}; it is damaged or was written by something else.':
    '{path} 缺少参数 {name}；它已损坏，或由别的程序写出。',
  '{path}: {name} has shape {shape} where its network needs {wanted}; the file is damaged.':
    '{path}：{name} 的形状为 {shape}，而其网络需要 {wanted}；文件已损坏。',
  '{path}: {name} holds {value} at place {place}; parameters must be finite numbers.':
    '{path}：{name} 的第 {place} 个数为 {value}；参数须是有限的数。',
  '{path} holds the tensor "{name}", which its network does not have; the file is damaged.':
    '{path} 含有张量 "{name}"，而其网络没有它；文件已损坏。',
  '{path}: the field "{field}" is not as expected ({reason}); the file is damaged or of another version: save the model again.':
    '{path}：字段 "{field}" 不对（{reason}）；文件已损坏或版本不同：请重新保存模型。',
  '{path}: tensor {name} holds {dtype}, which chainrule does not read; convert it to F32 or F64.':
    '{path}：张量 {name} 的类型为 {dtype}，chainrule 不读取；请转换成 F32 或 F64。',
  '{path}: tensor {name} holds {value} beyond ±(2^53 - 1), which float64 does not hold exactly; convert it to F64.':
    '{path}：张量 {name} 含有 {value}，超出 ±(2^53 - 1)，float64 无法精确表示；请转换成 F64。',
  'The names and metadata of a safetensors file take {size} bytes and readers take at most {most}; shorten the metadata.':
    'safetensors 文件的名称与元数据占 {size} 个字节，而最多允许 {most} 个；请缩短元数据。',
  'A tensor cannot be named "__metadata__" in a safetensors file; rename it.':
    'safetensors 文件中的张量不能叫 "__metadata__"；请改名。',
  'Tensor {name} has {count} numbers, which its shape {shape} does not count; give it the shape of its numbers.':
    '张量 {name} 有 {count} 个数，与其形状 {shape} 不符；请给出相应的形状。',
  'The text {text} has half of a surrogate pair, which a safetensors file cannot hold; remove it.':
    '文本 {text} 含有半个代理对，safetensors 文件无法存放；请去掉。',

  // 别的程序写出的权重。
  '{path} has no tensors for {layer} with the shapes {shapes}; left over {@names}: give the network that the weights were trained in.':
    '{path} 中没有可用于 {layer}、形状为 {shapes} 的张量；剩下的：{@names}。请给出训练这些权重的网络。',
  '{path} has more layers than the network: no layer takes {@names}; give the network that the weights were trained in.':
    '{path} 的层比网络多：没有层用到 {@names}；请给出训练这些权重的网络。',
  nothing: '无',
  '{path}: the tensor {name} is no parameter that a layer has; names end in {names}.':
    '{path}：张量 {name} 不是层的参数；名称应以 {names} 结尾。',
  '{path}: {name} has shape {shape} where {other} needs {wanted}; give the network that the weights were trained in.':
    '{path}：{name} 的形状为 {shape}，而 {other} 需要 {wanted}；请给出训练这些权重的网络。',

  // safetensors 的文件头。
  '{path}: {@problem}; the file is damaged or is not safetensors, so save it or download it again.':
    '{path}：{@problem}；文件已损坏或不是 safetensors 文件，请重新保存或下载。',
  'it has {count} bytes where the length of the header alone takes 8':
    '它只有 {count} 个字节，而单是文件头的长度就占 8 个',
  'its first 8 bytes give a header of {count} bytes, and at most {most} are read':
    '前 8 个字节说明文件头有 {count} 个字节，而最多读取 {most} 个',
  'its header begins with the byte {byte} where "{" (0x7b) is expected': '文件头以字节 {byte} 开头，应为 "{"（0x7b）',
  'its header is empty where "{" (0x7b) is expected': '文件头是空的，应以 "{"（0x7b）开头',
  'its header is not valid UTF-8': '文件头不是有效的 UTF-8',
  'its header should end at byte {end} and the file has {count} bytes':
    '文件头应到第 {end} 个字节，而文件只有 {count} 个字节',
  'no tensor uses bytes {first} to {last} of the data': '数据的第 {first} 到 {last} 个字节不属于任何张量',
  'tensor {name}': '张量 {name}',
  'the data_offsets of {@place}': '{@place} 的 data_offsets',
  'the shape of {@place}': '{@place} 的形状',
  'the end of the header': '文件头末尾',
  'the end': '文件末尾',
  '{@place} begins at byte {begin} of the data, after its end at {end}':
    '{@place} 起于数据的第 {begin} 个字节，却在其终点 {end} 之后',
  '{@place} begins at byte {begin} of the data, inside tensor {other}':
    '{@place} 起于数据的第 {begin} 个字节，落在张量 {other} 之内',
  '{@place} ends at byte {end} of the data, of which the file has {count}':
    '{@place} 到数据的第 {end} 个字节为止，而文件只有 {count} 个',
  '{@place} has no "{key}"': '{@place} 没有 "{key}"',
  "{@place} has the dtype {@dtype}, which is none of the format's": '{@place} 的 dtype 为 {@dtype}，该格式中没有',
  '{@place} has the key {key} besides "dtype", "shape" and "data_offsets"':
    '{@place} 除 "dtype"、"shape" 与 "data_offsets" 外还有键 {key}',
  '{@place} has the key {key} twice': '{@place} 的键 {key} 出现了两次',
  '{@place} has more than {most} numbers': '{@place} 超过 {most} 个数',
  '{@place} has the shape {@shape}, too large to count': '{@place} 的形状为 {@shape}，大得无法计数',
  'of {#n} axes': '{#n} 个轴',
  '{@place} has {count} data_offsets where 2 are expected': '{@place} 有 {count} 个 data_offsets，应为 2 个',
  '{@place} takes {count} bytes where its shape {@shape} of {dtype} needs {wanted}':
    '{@place} 占 {count} 个字节，而形状为 {@shape} 的 {dtype} 需要 {wanted} 个',
  '{@place} has a string with an escape that is not JSON, {text}': '{@place} 中的字符串 {text} 含有不合 JSON 的转义',
  '{@place} has a string with half of a surrogate pair, {text}': '{@place} 中的字符串 {text} 含有半个代理对',
  '{@place} has the number {number}, which JSON does not write with a leading 0':
    '{@place} 中的数 {number} 以 0 开头，不合 JSON',
  '{@place} has the number {number}, which is more than 2^53 - 1': '{@place} 中的数 {number} 大于 2^53 - 1',
  'the header has {@found} at character {at} where {@expected} is expected (in {@place})':
    '文件头的第 {at} 个字符处（{@place}）是{@found}，应为{@expected}',
  'a character of the string or its closing quote': '字符串中的字符或收尾的引号',
  'nothing but spaces': '空白',
  'a whole number, 0 or more,': '不小于 0 的整数',
  "',' or ']'": " ',' 或 ']'",
  "',' or '}'": " ',' 或 '}'",

  // 训练记录。
  '{folder} holds no recorded run: run.json is not in it; name a folder that "train --record" wrote.':
    '{folder} 中没有训练记录：缺少 run.json；请给出由 "train --record" 写出的文件夹。',
  '{folder} holds another run; name a new folder to record in, or remove this one.':
    '{folder} 中已有另一次训练的记录；请给出新的文件夹，或删去这个。',
  '{folder} is not empty: it holds {names}; name a new folder to record in, or remove this one.':
    '{folder} 不是空的：其中有 {names}；请给出新的文件夹，或删去这个。',
  "{folder} is a file where a run's folder is meant; name a folder.":
    '{folder} 是文件，而这里要的是存放训练记录的文件夹；请给出文件夹。',
  '{folder} cannot be made: the system says {code}; name another folder.':
    '无法建立 {folder}：系统报告 {code}；请另选文件夹。',
};
