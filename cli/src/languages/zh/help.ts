// 帮助文本。
import type { Catalogue } from '../translate.ts';

export const help: Catalogue = {
  'Usage:': '用法：',
  'Options:': '选项：',
  'Arguments:': '参数：',
  'Commands:': '命令：',
  'print help': '显示帮助',
  'print the version': '显示版本号',
  'Print help for a command.': '显示某个命令的帮助。',
};
