// The library's error sentences in Chinese: those of the command line's catalogue that a page can meet.
import { errorsOfCheck } from '../../../cli/src/languages/zh/errors-check.ts';
import { errorsOfCommands } from '../../../cli/src/languages/zh/errors-commands.ts';
import { errorsOfData } from '../../../cli/src/languages/zh/errors-data.ts';
import { errorsOfFiles } from '../../../cli/src/languages/zh/errors-files.ts';
import { errorsOfNetworks } from '../../../cli/src/languages/zh/errors-network.ts';
import { errorsOfOnnx } from '../../../cli/src/languages/zh/errors-onnx.ts';
import { foreign } from '../../../cli/src/languages/zh/foreign.ts';
import { phrases } from '../../../cli/src/languages/zh/phrases.ts';

export { translator } from '../../../cli/src/languages/translate.ts';

export const chineseErrors = {
  ...phrases,
  ...errorsOfCommands,
  ...errorsOfData,
  ...errorsOfCheck,
  ...errorsOfFiles,
  ...errorsOfNetworks,
  ...errorsOfOnnx,
  ...foreign,
};
