// What a worksheet is about: its own first lines, and the flags, which go first.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Network } from 'chainrule';
import {
  type ExerciseOptions,
  longestSheet,
  parseOptimizer,
  readSheet,
  type Sheet,
  sheetOptimizer,
} from 'chainrule/check';
import { networkFrom } from 'chainrule/formats';
import type { Command } from 'commander';
import { type BatchFlags, findBatch } from './batch.ts';
import { UsageError } from './errors.ts';
import { readSmallText } from './files.ts';
import { languageNames, languageOf } from './language.ts';
import { exampleNotation, readNetwork } from './network-source.ts';

/** The flags that say what a sheet is about. */
export interface ExerciseFlags extends BatchFlags {
  readonly network?: string;
  readonly unfreeze?: boolean;
  readonly lr?: number;
  readonly optimizer?: string;
  readonly notation?: string;
}

/** What {@link check} needs beside the entries. */
interface SheetExercise {
  readonly network: Network;
  readonly step: ExerciseOptions;
  readonly notation: string | undefined;
}

/** Reads a worksheet, from standard input for `-`. */
export async function readSheetFile(path: string): Promise<Sheet> {
  const source = path === '-' ? 'standard input' : path;
  return readSheet(await readSmallText(path, longestSheet), source);
}

/**
 * The exercise of a sheet.
 * @throws UsageError where nothing says which network or sample it is about
 */
export async function exerciseOf(sheet: Sheet, path: string, flags: ExerciseFlags): Promise<SheetExercise> {
  const { network, notation } = await networkOf(sheet, path, flags);
  const batch = await batchOf(sheet, network, flags);
  const learningRate = flags.lr ?? sheet.learningRate ?? network.learningRate;
  const named = flags.optimizer === undefined ? sheet.optimizer : parseOptimizer(flags.optimizer, '--optimizer');
  return {
    network: flags.unfreeze ? { ...network, frozen: [] } : network,
    step: { ...batch, learningRate, optimizer: named && sheetOptimizer(named, learningRate) },
    notation: flags.notation ?? sheet.notation ?? notation,
  };
}

/** The network's name. @throws UsageError where none is given */
export function requireNetwork(name: string | undefined, purpose: string): string {
  if (name !== undefined) return name;
  throw new UsageError(`${purpose} a network; give --network FILE or --network example:mazur.`);
}

async function networkOf(sheet: Sheet, path: string, flags: ExerciseFlags) {
  if (flags.network === undefined && typeof sheet.network === 'object') {
    return { network: networkFrom(sheet.network, `${path}: network`), notation: undefined };
  }
  if (flags.network === undefined && sheet.network === undefined) {
    throw new UsageError(
      `${path === '-' ? 'the sheet' : path} does not say which network it is about; begin it with a line such as "# network: example:mazur", or give --network.`,
    );
  }
  const named = flags.network ?? String(sheet.network);
  // A path on a sheet is meant from where the sheet lies.
  const beside = join(dirname(path), named);
  const found = flags.network === undefined && path !== '-' && existsSync(beside) ? beside : named;
  return { network: (await readNetwork(found)).network, notation: exampleNotation(named) };
}

async function batchOf(sheet: Sheet, network: Network, flags: ExerciseFlags) {
  const fromFlags = flags.input ?? flags.target ?? flags.data;
  if (fromFlags === undefined && sheet.inputs !== undefined && sheet.targets !== undefined) {
    return { inputs: sheet.inputs, targets: sheet.targets };
  }
  const batch = await findBatch({ network }, flags);
  const [inputs, targets] = [
    flags.input === undefined && flags.data === undefined ? (sheet.inputs ?? batch?.inputs) : batch?.inputs,
    flags.target === undefined && flags.data === undefined ? (sheet.targets ?? batch?.targets) : batch?.targets,
  ];
  if (inputs !== undefined && targets !== undefined) return { inputs, targets };
  throw new UsageError(
    'neither the sheet nor the network has a sample; give --input and --target, or lines "# input: …" and "# target: …" on the sheet.',
  );
}

/** --lang, else the sheet's language, else the locale's. */
export function languageOfSheet({ language }: Sheet, command: Command): string {
  const given = command.optsWithGlobals<{ lang?: string }>().lang;
  if (given !== undefined || language === undefined) return languageOf(command);
  if (languageNames.includes(language)) return language;
  throw new UsageError(`the sheet's language is "${language}"; it is one of ${languageNames.join(', ')}.`);
}
