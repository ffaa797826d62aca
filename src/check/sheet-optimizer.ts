// The optimizer that a sheet names, made.
import * as optimizers from '../optimizers/index.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { choose } from '../options.ts';
import type { SheetOptimizer } from './sheet.ts';
import { readSettingText } from './sheet-settings.ts';

/** `momentum momentum=0.9` as a sheet has it. @throws ChainruleError `bad-data` where a setting is no number */
export const parseOptimizer = (text: string, place: string): SheetOptimizer | undefined =>
  readSettingText('optimizer', text, place).optimizer;

/**
 * The optimizer of a sheet, with its learning rate where that is known.
 * @throws ChainruleError `unknown-name` for a name, `bad-option` for a setting that there is not
 */
export function sheetOptimizer({ name, settings }: SheetOptimizer, learningRate: number | undefined): Optimizer {
  const makers = Object.fromEntries(Object.entries(optimizers).map(([key, make]) => [key, { name: key, make }]));
  const { make } = choose<(typeof makers)[string]>(name, makers, 'optimizer');
  return make({ ...settings, ...(learningRate !== undefined && { learningRate }) });
}
