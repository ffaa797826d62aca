// The flags that say what to predict and how the data are prepared, shared by the commands that train.
import { type FitPreprocessingOptions, type Scaling, scalings, type TargetScaling } from 'chainrule';
import type { Command } from 'commander';
import { fraction, names, oneOf, order } from './arguments.ts';
import type { PartSource } from './parts.ts';
import { addReadingOptions, type ReadingFlags } from './reading-flags.ts';

/** The flags. */
export interface PredictingFlags extends ReadingFlags {
  readonly target?: readonly string[];
  readonly ignore?: readonly string[];
  readonly category?: readonly string[];
  readonly order?: Readonly<Record<string, readonly string[]>>;
  readonly sampleWeights?: string;
  readonly task?: 'auto' | 'classification' | 'regression';
  readonly test?: PartSource;
  readonly validation?: PartSource;
  readonly scale?: Scaling;
  readonly scaleTarget?: TargetScaling;
  readonly log?: readonly string[];
  readonly missingInputs?: 'auto' | 'always' | 'never';
}

/** Those that say how a table is prepared: a model trained further brings what they would say. */
export const preparingFlags = [
  'target',
  'ignore',
  'category',
  'scale',
  'scaleTarget',
  'task',
  'log',
  'order',
  'missingInputs',
] as const;

/** What a command says of the parts. */
export interface PartsHelp {
  readonly test: string;
  readonly validation: string;
}

/** Adds them. */
export function addPredictingOptions(command: Command, help: PartsHelp): Command {
  return addReadingOptions(command)
    .optionsGroup('What to predict:')
    .option('--target <columns>', 'the column to predict, or several', names('--target'))
    .option('--ignore <columns>', 'columns to leave out', names('--ignore'))
    .option('--category <columns>', 'columns of numbers to take as categories', names('--category'))
    .option('--order <column=texts>', 'a column of texts in an order: size=small,medium,large', order('--order'))
    .option('--sample-weights <column>', 'a column that says what each sample counts in the loss, and is no input')
    .option(
      '--task <task>',
      'auto, classification or regression (auto)',
      oneOf('--task', ['auto', 'classification', 'regression']),
    )
    .option('--test <part>', help.test, part('--test'))
    .option('--validation <part>', help.validation, part('--validation'))
    .option('--scale <scaling>', `of inputs: ${scalings.join(', ')} (standard)`, oneOf('--scale', scalings))
    .option(
      '--scale-target <scaling>',
      'of numbers to predict: standard, minmax, none (standard)',
      oneOf('--scale-target', ['standard', 'minmax', 'none']),
    )
    .option('--log <columns>', 'columns to take the logarithm of, or skewed', names('--log'))
    .option(
      '--missing-inputs <when>',
      'whether missing numbers get an input of their own: auto, always, never (auto)',
      oneOf('--missing-inputs', ['auto', 'always', 'never']),
    );
}

/** How a table is to be prepared. */
export function prepareOf(flags: PredictingFlags): Partial<FitPreprocessingOptions> {
  const { target, ignore, category, task, scale, scaleTarget, log, order, missingInputs } = flags;
  return {
    ...(target && { targets: target }),
    ...(ignore && { ignore }),
    ...(category && { categories: category }),
    ...(task && { task }),
    ...(scale && { scale }),
    ...(scaleTarget && { scaleTarget }),
    ...(log && { log: log.length === 1 && log[0] === 'skewed' ? 'skewed' : log }),
    ...(order && { orders: order }),
    ...(missingInputs && { missingInputs }),
  };
}

/** A fraction or 0, else a file. */
function part(option: string): (text: string) => PartSource {
  return (text) => {
    if (text.trim() === '' || !Number.isFinite(Number(text))) return { file: text };
    return { fraction: fraction(option, '0.2')(text), asked: true };
  };
}
