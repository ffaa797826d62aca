// The flags of `train`, those it shares with `doctor` and its own: how they are listed, and which exclude each other.
import { extname } from 'node:path';
import { activations, losses } from 'chainrule';
import type { Command } from 'commander';
import { fraction, integer, layerSizes, nonNegative, oneOf, positive } from './arguments.ts';
import { isFullBatchName, optimizerNames } from './automatic.ts';
import { backendNames, mostThreads } from './backend.ts';
import { UsageError } from './errors.ts';
import { addPredictingOptions, type PredictingFlags } from './predicting-flags.ts';
import { schedule, scheduleForms } from './schedule-argument.ts';
import { augment, classWeights, type TechniqueFlags } from './techniques.ts';

/** The flags of `train`; `doctor` takes those of them that say how to train. */
export interface TrainFlags extends TechniqueFlags, PredictingFlags {
  readonly network?: string;
  readonly unfreeze?: boolean;
  readonly hidden?: readonly number[];
  readonly activation?: string;
  readonly loss?: string;
  readonly dropout?: number;
  readonly optimizer?: string;
  readonly lr?: number;
  readonly momentum?: number;
  readonly weightDecay?: number;
  readonly clipValue?: number;
  readonly clipNorm?: number;
  readonly lambda?: number;
  readonly l1?: number;
  readonly l2?: number;
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
  readonly stream?: boolean;
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
  const predicting = addPredictingOptions(command, {
    test: 'a fraction to hold out for testing, a file, or 0 (0.2)',
    validation: 'a fraction of the rest to watch, a file, or 0 (0.1)',
  }).optionsGroup('The network:');
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
    .optionsGroup('Reading the data:')
    .option(
      '--stream',
      'read the rows to train on from disk in each epoch, as is done with tables too large for memory',
    )
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
  if (flags.stream) checkStreamed(flags);
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

/** What needs all samples in memory. */
function checkStreamed(flags: OwnTrainFlags): void {
  const { folds, record, images, optimizer } = flags;
  const own = Object.entries({ folds, record, images }).find(([, value]) => value !== undefined);
  const method = isFullBatchName(optimizer) ? `--optimizer ${optimizer}` : undefined;
  const excluded = own === undefined ? method : flagOf(own[0]);
  if (excluded === undefined) return;
  throw new UsageError(
    `--stream and ${excluded} exclude each other, as the latter needs all samples in memory; leave one of them out.`,
  );
}

/** Makes sure that a report has a name that browsers open. */
export function requireReportName(report: string | undefined): void {
  if (report !== undefined && !/\.html?$/i.test(report))
    throw new UsageError(`--report is ${JSON.stringify(report)}; give a file whose name ends in .html.`);
}
