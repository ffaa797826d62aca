// 命令行的简体中文：帮助、提示与错误。
import type { Catalogue } from '../translate.ts';
import { errors } from './errors.ts';
import { help } from './help.ts';
import { notices } from './notices.ts';

export const zh: Catalogue = { ...help, ...notices, ...errors };
