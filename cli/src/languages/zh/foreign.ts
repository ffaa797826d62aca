// 由所用的库与系统写出、本项目源码中没有的句子：commander、zod 与 JSON 的解析。
import type { Catalogue } from '../translate.ts';

export const foreign: Catalogue = {
  // commander 的帮助与错误。
  'Usage:': '用法：',
  'Options:': '选项：',
  'Arguments:': '参数：',
  'Commands:': '命令：',
  '[options]': '[选项]',
  '[command]': '[命令]',
  '{@problem}; "{command}" lists what there is.': '{@problem}；请用 "{command}" 查看用法。',
  '{@problem} (did you mean "{guess}"?); "{command}" lists what there is.':
    '{@problem}（是否想写 "{guess}"？）；请用 "{command}" 查看用法。',
  '{@problem} (did you mean "{guess}" or "{other}"?); "{command}" lists what there is.':
    '{@problem}（是否想写 "{guess}" 或 "{other}"？）；请用 "{command}" 查看用法。',
  'unknown option "{option}"': '没有选项 "{option}"',
  'unknown command "{command}"': '没有命令 "{command}"',
  'option "{option}" argument missing': '选项 "{option}" 缺少值',
  'required option "{option}" not specified': '缺少必需的选项 "{option}"',
  'missing required argument "{argument}"': '缺少必需的参数 "{argument}"',
  'too many arguments for "{command}": expected {#expected} argument but got {#found}':
    '"{command}" 的参数太多：最多 {#expected} 个，却给出 {#found} 个',
  'too many arguments for "{command}": expected {#expected} arguments but got {#found}':
    '"{command}" 的参数太多：最多 {#expected} 个，却给出 {#found} 个',
  'too many arguments: expected {#expected} argument but got {#found}':
    '参数太多：最多 {#expected} 个，却给出 {#found} 个',
  'too many arguments: expected {#expected} arguments but got {#found}':
    '参数太多：最多 {#expected} 个，却给出 {#found} 个',

  // zod 所说的值的种类。
  'a number': '数',
  'a string': '文本',
  'a boolean': 'true 或 false',
  'an array': '列表',
  'a record': '对象',
  'a tuple': '列表',
  'Invalid input': '不是可用的值',

  // Node 的 JSON 解析。
  'Unexpected end of JSON input': '文本没有写完就结束了',
  'Unexpected token {token}, {text} is not valid JSON': '{text} 中不该有 {token}',
  '{@problem} in JSON at position {place}': '第 {place} 个字符处{@problem}',
  '{@problem} JSON at position {place}': '第 {place} 个字符处{@problem}',
  'Unexpected token {token}': '不该有 {token}',
  'Unexpected number': '不该有数',
  'Unexpected string': '不该有字符串',
  'Unexpected non-whitespace character after': '之后不该再有内容',
  "Expected property name or '}'": "应为属性名或 '}'",
  'Expected double-quoted property name': '应为双引号括起的属性名',
  "Expected ':' after property name": "属性名之后应为 ':'",
  "Expected ',' or '}' after property value": "属性值之后应为 ',' 或 '}'",
  "Expected ',' or ']' after array element": "列表元素之后应为 ',' 或 ']'",
  'Unterminated string': '字符串没有结束',
  'Bad control character in string literal': '字符串中有控制字符',
  'Bad escaped character': '转义字符有误',
  'No number after minus sign': '减号之后没有数',
  'Unterminated fractional number': '小数没有写完',
  'Exponent part is missing a number': '指数缺少数字',
};
