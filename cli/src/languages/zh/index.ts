// 命令行的简体中文：帮助、提示与错误。
import type { Catalogue } from '../translate.ts';
import { errorsOfCheck } from './errors-check.ts';
import { errorsOfCommands } from './errors-commands.ts';
import { errorsOfData } from './errors-data.ts';
import { errorsOfFiles } from './errors-files.ts';
import { errorsOfNetworks } from './errors-network.ts';
import { errorsOfOnnx } from './errors-onnx.ts';
import { experiments } from './experiments.ts';
import { foreign } from './foreign.ts';
import { help } from './help.ts';
import { helpOptions } from './help-options.ts';
import { notices } from './notices.ts';
import { phrases } from './phrases.ts';
import { results } from './results.ts';

export const zh: Catalogue = {
  ...phrases,
  ...help,
  ...helpOptions,
  ...notices,
  ...results,
  ...errorsOfCommands,
  ...errorsOfData,
  ...errorsOfCheck,
  ...errorsOfFiles,
  ...errorsOfNetworks,
  ...errorsOfOnnx,
  ...experiments,
  ...foreign,
};
