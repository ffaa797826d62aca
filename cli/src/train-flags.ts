// The flags of `train`, those it shares with `doctor` and its own: how they are listed, and which exclude each other.
import { extname } from 'node:path';
import { activations, losses, type Scaling, scalings, type TargetScaling } from 'chainrule';
import type { Command } from 'commander';
import { fraction, integer, layerSizes, names, nonNegative, oneOf, order, positive } from './arguments.ts';
import { isFullBatchName, optimizerNames } from './automatic.ts';
import { backendNames, mostThreads } from './backend.ts';
import { UsageError } from './errors.ts';
import type { PartSource } from './parts.ts';
import { addReadingOptions, type ReadingFlags } from './reading-flags.ts';
import { schedule, scheduleForms } from './schedule-argument.ts';
import { augment, classWeights, type TechniqueFlags } from './techniques.ts';

/** The flags of `train`; `doctor` takes those of them that say how to train. */
export interface TrainFlags extends TechniqueFlags, ReadingFlags {
  readonly network?: string;
  readonly unfreeze?: boolean;
  readonly hidden?: readonly number[];
  readonly activation?: string;
  readonly loss?: string;
  readonly dropout?: number;
  readonly task?: 'auto' | 'classification' | 'regression';
  readonly target?: readonly string[];
  readonly ignore?: readonly string[];
  readonly sampleWeights?: string;
  readonly category?: readonly string[];
  readonly test?: PartSource;
  readonly validation?: PartSource;
  readonly optimizer?: string;
  readonly lr?: number;
  readonly momentum?: number;
  readonly weightDecay?: number;
  readonly clipValue?: number;
  readonly clipNorm?: number;
  readonly lambda?: number;
  readonly l1?: number;
  readonly l2?: number;
  readonly scale?: Scaling;
  readonly scaleTarget?: TargetScaling;
  readonly log?: readonly string[];
  readonly order?: Readonly<Record<string, readonly string[]>>;
  readonly missingInputs?: 'auto' | 'always' | 'never';
  readonly epochs?: number;
  readonly batch?: number;
  readonly shuffle: boolean;
  readonly dropLast?: boolean;
  readonly patience?: number;
  readonly seed?: number;
  readonly backend?: string;
  readonly threads?: number;
  readonly out?: string;
  readonly history?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** With those that only `train` has. */
export interface OwnTrainFlags extends TrainFlags {
  readonly folds?: number;
  readonly checkpoint?: string;
  readonly checkpointEvery?: number;
  readonly resume?: string;
  readonly record?: string;
  readonly report?: string;
  readonly trainingScores?: boolean;
  readonly curves?: boolean;
}

/** The model file, where none is named. */
export const defaultOut = 'model.safetensors';

/** What DATA may be, for help texts. */
export const dataArgument =
  'a table (CSV, TSV, JSON, Parquet), a folder of images, an IDX images file, or a data set such as builtin:iris';

/** Adds the options that say what to predict, with which network and how to train it. */
export function addTrainingOptions(command: Command, addNetwork: (command: Command) => Command): Command {
  const predicting = addReadingOptions(command)
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
    .option('--test <part>', 'a fraction to hold out for testing, a file, or 0 (0.2)', part('--test'))
    .option('--validation <part>', 'a fraction of the rest to watch, a file, or 0 (0.1)', part('--validation'))
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
    )
    .optionsGroup('The network:');
  return addTechniques(
    addNetwork(predicting)
      .option('--unfreeze', "train the network's frozen parameters too")
      .option('--hidden <sizes>', 'sizes of the hidden layers, such as 30,20, or none', layerSizes('--hidden'))
      .option(
        '--activation <name>',
        `of the hidden layers: ${Object.keys(activations).join(', ')}`,
        oneOf('--activation', Object.keys(activations)),
      )
      .option('--loss <name>', Object.keys(losses).join(', '), oneOf('--loss', Object.keys(losses)))
      .optionsGroup('Training:')
      .option('--optimizer <name>', optimizerNames.join(', '), oneOf('--optimizer', optimizerNames))
      .option('--lr <rate>', 'the learning rate', positive('--lr', '0.01'))
      .option('--momentum <mu>', 'for momentum (0.9)', fraction('--momentum', '0.9'))
      .option('--weight-decay <x>', "adamw's (0.01)", nonNegative('--weight-decay', '0.01'))
      .option('--epochs <n>', "times to go through the data; lbfgs' and lm's iterations", integer('--epochs', 0, 1e9))
      .option('--batch <n>', 'samples a step', integer('--batch', 1, 2 ** 30))
      .option('--no-shuffle', 'take the samples in the same order each epoch')
      .option('--drop-last', "leave out an epoch's last, smaller batch")
      .option('--patience <n>', 'stop after n epochs without a better validation loss', integer('--patience', 1, 1e9))
      .option('--seed <n>', "what all random numbers are drawn from (the network file's, or 0)", integer('--seed', 0))
      .option('--backend <name>', `${backendNames.join(', ')} (auto)`, oneOf('--backend', backendNames))
      .option('--threads <n>', 'threads at most (as many as the machine has)', integer('--threads', 1, mostThreads)),
  );
}

/** Adds the training toolbox. */
function addTechniques(command: Command): Command {
  return command
    .optionsGroup('Techniques:')
    .option('--l1 <c>', 'adds c Σ|w| to the loss', nonNegative('--l1', '0.001'))
    .option('--l2 <c>', 'adds c/2 Σw² to the loss', nonNegative('--l2', '0.001'))
    .option('--lambda <x>', 'the same as --l2 x/n for n training samples', nonNegative('--lambda', '0.1'))
    .option('--dropout <share>', 'drop this share after each hidden layer', fraction('--dropout', '0.5'))
    .option('--schedule <spec>', `of the learning rate: ${scheduleForms}`, schedule('--schedule'))
    .option('--clip-value <x>', 'keep every gradient between −x and x', positive('--clip-value', '1'))
    .option('--clip-norm <x>', 'keep the norm of all gradients at x or below', positive('--clip-norm', '1'))
    .option(
      '--class-weights <weights>',
      'what each class counts in the loss: balanced, or numbers such as 1,2.5',
      classWeights('--class-weights'),
    )
    .option(
      '--augment <changes>',
      'change images at random: shift=1,rotate=10,scale=0.1,elastic=34:4 or some of them (pixels, degrees, share, α:σ)',
      augment('--augment'),
    )
    .option('--noise <sigma>', 'add Gaussian noise of this deviation to inputs', nonNegative('--noise', '0.1'))
    .option('--smooth-labels <epsilon>', 'smooth labels, to (1 − ε) y + ε/K', fraction('--smooth-labels', '0.1'));
}

/** Adds what only `train` has. */
export function addOwnOptions(command: Command): Command {
  return command
    .optionsGroup('Stopping and going on:')
    .option('--checkpoint <file>', 'write a checkpoint after epochs, at the end and on Ctrl-C')
    .option('--checkpoint-every <n>', 'epochs between two checkpoints (1)', integer('--checkpoint-every', 1, 1e9))
    .option('--resume <file>', 'go on from a checkpoint, with the options of the command that wrote it')
    .option('--record <folder>', 'keep what explain --run needs to derive any step of this run later')
    .optionsGroup('Output:')
    .option(
      '--folds <k>',
      'cross-validate in k parts instead; writes no model without --out',
      integer('--folds', 2, 1e6),
    )
    .option('--out <file>', `the model file to write (${defaultOut})`)
    .option('--history <file>', 'write loss and scores of each epoch, as .csv or .json')
    .option('--training-scores', 'score the training part too after each epoch: in history, report and curves')
    .option('--report <file>', 'write a report for the browser, one .html file')
    .option('--curves', 'draw the loss at the end off a terminal too')
    .option('--json', 'print the results as JSON')
    .option('--quiet', 'say nothing but results and errors');
}

/** A fraction or 0, else a file. */
function part(option: string): (text: string) => PartSource {
  return (text) => {
    if (text.trim() === '' || !Number.isFinite(Number(text))) return { file: text };
    return { fraction: fraction(option, '0.2')(text), asked: true };
  };
}

/** `--weight-decay` for `weightDecay`. */
export const flagOf = (key: string): string => `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** Flags that exclude each other. */
export function checkFlags(flags: TrainFlags, out: string): void {
  const { network, lambda, l2, clipValue, clipNorm, optimizer, history } = flags;
  if (network !== undefined) {
    const own = (['hidden', 'activation', 'loss', 'dropout'] as const).find((flag) => flags[flag] !== undefined);
    if (own !== undefined)
      throw new UsageError(
        `--${own} and --network exclude each other; say it in ${network}, or leave one of them out.`,
      );
  } else if (flags.unfreeze) {
    throw new UsageError('--unfreeze needs a --network with frozen parameters; name one, or leave --unfreeze out.');
  }
  if (lambda !== undefined && l2 !== undefined)
    throw new UsageError('--lambda and --l2 set the same penalty; leave one of them out.');
  if (clipValue !== undefined && clipNorm !== undefined)
    throw new UsageError('--clip-value and --clip-norm exclude each other; leave one of them out.');
  if (isFullBatchName(optimizer)) checkFullBatch(flags, `--optimizer ${optimizer}`);
  if (history !== undefined && !['.csv', '.json'].includes(extname(history).toLowerCase()))
    throw new UsageError(`--history is ${JSON.stringify(history)}; give a file whose name ends in .csv or .json.`);
  if (history !== undefined && history === out)
    throw new UsageError('--history and --out name the same file; give them different names.');
}

/** What has no meaning where all samples are seen at once, as they are, with steps of the method's own length. */
const batchFlags = [
  'lr',
  'momentum',
  'weightDecay',
  'batch',
  'dropLast',
  'schedule',
  'clipValue',
  'clipNorm',
  'dropout',
  'augment',
  'noise',
  'smoothLabels',
  'checkpoint',
  'resume',
  'record',
] as const;

function checkFullBatch(flags: OwnTrainFlags, chosen: string): void {
  const own = batchFlags.find((flag) => flags[flag] !== undefined);
  const excluded = [
    ...(own === undefined ? [] : [flagOf(own)]),
    ...(flags.shuffle ? [] : ['--no-shuffle']),
    // It computes in float64 on the reference backend, however it was asked.
    ...(['auto', 'reference', undefined].includes(flags.backend) ? [] : [`--backend ${flags.backend}`]),
  ];
  if (excluded.length > 0) throw new UsageError(`${chosen} takes no ${excluded[0]}; leave one of them out.`);
}

/** As {@link checkFlags}, with those that only `train` has. */
export function checkOwnFlags(flags: OwnTrainFlags, out: string): void {
  checkFlags(flags, out);
  const { folds, checkpoint, checkpointEvery, resume, report } = flags;
  if (checkpointEvery !== undefined && checkpoint === undefined)
    throw new UsageError(
      '--checkpoint-every needs --checkpoint FILE to write; add it, or leave --checkpoint-every out.',
    );
  requireReportName(report);
  const single = [
    'test',
    'validation',
    'patience',
    'checkpoint',
    'resume',
    'record',
    'history',
    'report',
    'trainingScores',
  ] as const;
  const excluded = folds === undefined ? undefined : single.find((flag) => flags[flag] !== undefined);
  if (excluded !== undefined)
    throw new UsageError(
      `--folds and ${flagOf(excluded)} exclude each other: every fold is held out once, and nothing else; leave one of them out.`,
    );
  const written = Object.entries({ out, history: flags.history, checkpoint, report });
  for (const [i, [flag, file]] of written.entries()) {
    const other = written.slice(0, i).find(([, earlier]) => file !== undefined && earlier === file);
    if (other !== undefined)
      throw new UsageError(`--${flag} and --${other[0]} name the same file; give them different names.`);
  }
  if (resume !== undefined && resume === out)
    throw new UsageError('--resume and --out name the same file; give them different names.');
}

/** Makes sure that a report has a name that browsers open. */
export function requireReportName(report: string | undefined): void {
  if (report !== undefined && !/\.html?$/i.test(report))
    throw new UsageError(`--report is ${JSON.stringify(report)}; give a file whose name ends in .html.`);
}
