// What a sheet says of itself, so that it can be marked alone: the network, the samples, how it is trained, how it is written.
import { describeNetwork } from '../../formats/network-file.ts';
import type { Sheet, SheetOptimizer } from '../sheet.ts';
import { settingLines } from '../write-sheet.ts';
import type { Worksheet } from './worksheet.ts';

/** The settings of a sheet. */
export function settingsOf({
  network,
  networkName,
  batch,
  learningRate,
  optimizer,
  choices,
}: Worksheet): Omit<Sheet, 'entries'> {
  const { sample: _, learningRate: __, seed: ___, ...description } = describeNetwork(network);
  return {
    network: networkName ?? description,
    inputs: batch.inputs,
    targets: batch.targets,
    learningRate,
    ...(optimizer.name !== 'sgd' && { optimizer: sheetOptimizer(optimizer) }),
    ...(choices.steps > 1 && { steps: choices.steps }),
    notation: choices.notation,
    language: choices.language,
  };
}

function sheetOptimizer({ name, settings }: Worksheet['optimizer']): SheetOptimizer {
  const numbers = Object.entries(settings).filter(
    (setting): setting is [string, number] => typeof setting[1] === 'number',
  );
  return { name, settings: Object.fromEntries(numbers) };
}

/** The settings as lines `key: value`. */
export function linesOf(sheet: Worksheet): string[] {
  const { digits, seed, number } = sheet.choices;
  return [...settingLines(settingsOf(sheet)), `worksheet ${number} of seed ${seed}, ${digits} decimals`];
}
