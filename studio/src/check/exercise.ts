// What a sheet is about: its network, batch and optimizer, as the command line finds them too. Nothing is marked here.
import type { Network } from 'chainrule';
import { type Sheet, sheetOptimizer } from 'chainrule/check';
import type { ExplainOptions } from 'chainrule/explain';
import { describeNetwork, networkFrom, parseNetwork } from 'chainrule/formats';
import digitsFile from '../../../examples/digits.json?raw';
import mazurFile from '../../../examples/mazur.json?raw';
import xorFile from '../../../examples/xor.json?raw';
import { inEach, PageError } from '../words/sentences.ts';
import { type ChosenNetwork, type ExampleNetwork, type ExerciseData, exampleNetworks } from './protocol.ts';
import { words } from './words.ts';

const files: Readonly<Record<ExampleNetwork, string>> = { mazur: mazurFile, xor: xorFile, digits: digitsFile };

/** The notation of the text that an example is from. */
const notationOf: Partial<Record<ExampleNetwork, string>> = { mazur: 'mazur' };

/** An example's network. */
const exampleNetwork = (name: ExampleNetwork): Network => parseNetwork(files[name], `example:${name}`);

/** A sheet's exercise. */
export interface SheetExercise {
  readonly network: Network;
  readonly step: Pick<ExplainOptions, 'inputs' | 'targets' | 'learningRate' | 'optimizer'>;
  /** What the sheet or its example is written in, where either says so. */
  readonly notation: string | undefined;
}

/** @throws PageError where nothing says which network or sample a sheet is about; ChainruleError where that does not fit */
export function exerciseOf(sheet: Omit<Sheet, 'entries'>, chosen: ChosenNetwork | undefined): SheetExercise {
  const { network, notation } = networkOf(sheet, chosen);
  const { sample } = network;
  const inputs = sheet.inputs ?? (sample && [sample.input]);
  const targets = sheet.targets ?? (sample && [sample.target]);
  if (inputs === undefined || targets === undefined) throw new PageError(inEach(words, (w) => w.noSample));
  const learningRate = sheet.learningRate ?? network.learningRate;
  const optimizer = sheet.optimizer && sheetOptimizer(sheet.optimizer, learningRate);
  const step = {
    inputs,
    targets,
    ...(learningRate !== undefined && { learningRate }),
    ...(optimizer && { optimizer }),
  };
  return { network, step, notation: sheet.notation ?? notation };
}

/** The network that was chosen. @throws ChainruleError where its description does not fit */
export const networkChosen = (chosen: ChosenNetwork): Network =>
  'example' in chosen ? exampleNetwork(chosen.example) : networkFrom(chosen.description, chosen.name);

function networkOf(sheet: Omit<Sheet, 'entries'>, chosen: ChosenNetwork | undefined) {
  if (chosen !== undefined) {
    const notation = 'example' in chosen ? notationOf[chosen.example] : undefined;
    return { network: networkChosen(chosen), notation };
  }
  const named = sheet.network;
  if (named === undefined) throw new PageError(inEach(words, (w) => w.noNetwork));
  if (typeof named === 'object') return { network: networkFrom(named, 'network'), notation: undefined };
  const example = exampleNetworks.find((name) => named === `example:${name}`);
  if (example !== undefined) return { network: exampleNetwork(example), notation: notationOf[example] };
  throw new PageError(inEach(words, (w) => w.networkElsewhere(named)));
}

/** An exercise as plain data. */
export function dataOf({ network, step }: SheetExercise, sheet: Omit<Sheet, 'entries'>): ExerciseData {
  const row = (value: unknown): number[] => [value].flat(5).map(Number);
  return {
    network: describeNetwork(network),
    inputs: step.inputs.map(row),
    targets: step.targets.map(row),
    learningRate: step.learningRate,
    optimizer: sheet.optimizer,
  };
}
