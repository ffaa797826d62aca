// `tune`: chooses hyper-parameters by validation: successive halving over a search space, the broad strategy, or a range test.
import { activations, losses, optimizers } from 'chainrule';
import { readText } from 'chainrule/node';
import { defaultSpace, type Settings, type Space, scheduleNames, spaceFrom } from 'chainrule/tune';
import { Command } from 'commander';
import { fraction, integer, layerSizes, nonNegative, oneOf, positive } from '../arguments.ts';
import { backendNames } from '../backend.ts';
import { describeInputs, describeTarget } from '../descriptions.ts';
import { UsageError } from '../errors.ts';
import { languageOf } from '../language.ts';
import { count, counted } from '../numbers.ts';
import { sayChoice } from '../output.ts';
import { type Parts, readParts } from '../parts.ts';
import { addPredictingOptions, prepareOf } from '../predicting-flags.ts';
import { readingOf } from '../reading-flags.ts';
import { accuracy, determination } from '../tune-figures.ts';
import { search } from '../tune-find.ts';
import { testRange } from '../tune-range.ts';
import type { Task, TuneFlags } from '../tune-task.ts';
import type { TrialSetup } from '../tune-trial.ts';

const optimizerNames = Object.keys(optimizers);

export function tuneCommand(): Command {
  const searching = new Command('tune')
    .description('Choose hyper-parameters for DATA by their validation score, and print the train command of the best.')
    .argument('<data>', 'as for train')
    .optionsGroup('How to search (successive halving over a search space, unless said otherwise):')
    .option(
      '--space <file>',
      'JSON: what each hyper-parameter may be, such as { "batch": [8, 16], "l2": { "log": [1e-5, 0.01] } }',
    )
    .option('--trials <n>', 'settings to try (160)', integer('--trials', 1, 1e6))
    .option(
      '--epochs <n>',
      'epochs of the longest runs (81; 162 for fewer than 2,000 samples)',
      integer('--epochs', 1, 1e9),
    )
    .option('--factor <n>', 'one run in n goes on, n times as long (3)', integer('--factor', 2, 1e6))
    .option(
      '--search <kind>',
      'halving, or random: all trials run to the end',
      oneOf('--search', ['halving', 'random']),
    )
    .option('--broad', 'the broad strategy instead: anything that learns first, then refined step by step, and said')
    .option('--range-test', 'instead only find a learning rate: let it grow from step to step, and plot the loss')
    .optionsGroup('Hyper-parameters that are not searched but fixed:')
    .option('--hidden <sizes>', 'sizes of the hidden layers, such as 30,20, or none', layerSizes('--hidden'))
    .option('--activation <name>', 'of the hidden layers', oneOf('--activation', Object.keys(activations)))
    .option('--loss <name>', 'the loss', oneOf('--loss', Object.keys(losses)))
    .option('--optimizer <name>', optimizerNames.join(', '), oneOf('--optimizer', optimizerNames))
    .option('--lr <rate>', 'the learning rate', positive('--lr', '0.01'))
    .option('--momentum <mu>', 'for momentum', fraction('--momentum', '0.9'))
    .option('--batch <n>', 'samples a step', integer('--batch', 1, 2 ** 30))
    .option('--l1 <c>', 'adds c Σ|w| to the loss', nonNegative('--l1', '0.001'))
    .option('--l2 <c>', 'adds c/2 Σw² to the loss', nonNegative('--l2', '0.001'))
    .option('--dropout <share>', 'drop this share after each hidden layer', fraction('--dropout', '0.5'))
    .option('--noise <sigma>', 'add Gaussian noise of this deviation to inputs', nonNegative('--noise', '0.1'))
    .option('--schedule <name>', scheduleNames.join(', '), oneOf('--schedule', scheduleNames));
  return addPredictingOptions(searching, {
    test: 'a fraction to hold out for testing, never looked at here, a file, or 0 (0.2)',
    validation: 'a fraction of the rest to choose by, or a file (0.2)',
  })
    .optionsGroup('Running and output:')
    .option('--seed <n>', 'what all random numbers are drawn from (0)', integer('--seed', 0))
    .option('--jobs <n>', 'processes side by side (as many as cores)', integer('--jobs', 1, 1024))
    .option('--dir <folder>', 'where results go, and where an interrupted search goes on from (tune)')
    .option('--plot <file>', 'the SVG file of the plot (results.svg in the folder; range-test.svg)')
    .option('--backend <name>', `${backendNames.join(', ')} (auto)`, oneOf('--backend', backendNames))
    .option('--json', 'print the results as JSON')
    .option('--quiet', 'say nothing but results and errors')
    .action(tune);
}

async function tune(name: string, flags: TuneFlags, command: Command): Promise<void> {
  const fixed = fixedBy(flags);
  checkFlags(flags, fixed);
  const space = await spaceOf(flags, fixed);
  const setup = setupOf(name, flags);
  const parts = await readParts(name, setup.parts);
  if (parts.validation === undefined)
    throw new UsageError(
      `${name} leaves no validation part to choose by; give more rows, or --validation with a fraction such as 0.2 or a file.`,
    );
  const measure = parts.training.task === 'classification' ? accuracy : determination;
  const task = { flags, fixed, setup, parts, measure, language: languageOf(command) };
  if (!flags.quiet) sayData(task);
  process.exitCode = await (flags.rangeTest ? testRange(task) : search(task, space));
}

function setupOf(name: string, flags: TuneFlags): TrialSetup {
  const { backend, sampleWeights } = flags;
  return {
    name,
    seed: flags.seed ?? 0,
    ...(backend && { backend }),
    parts: {
      test: flags.test ?? { fraction: 0.2, asked: false },
      validation: flags.validation ?? { fraction: 0.2, asked: true },
      seed: flags.seed ?? 0,
      prepare: prepareOf(flags),
      reading: readingOf(flags),
      ...(sampleWeights !== undefined && { weights: sampleWeights }),
    },
  };
}

function fixedBy(flags: TuneFlags): Settings {
  const { hidden, activation, loss, optimizer, lr, momentum, batch, l1, l2, dropout, noise, schedule } = flags;
  return {
    ...(lr !== undefined && { learningRate: lr }),
    ...(batch !== undefined && { batch }),
    ...(hidden !== undefined && { hidden }),
    ...(activation !== undefined && { activation }),
    ...(l2 !== undefined && { l2 }),
    ...(optimizer !== undefined && { optimizer }),
    ...(momentum !== undefined && { momentum }),
    ...(l1 !== undefined && { l1 }),
    ...(loss !== undefined && { loss }),
    ...(dropout !== undefined && { dropout }),
    ...(noise !== undefined && { noise }),
    ...(schedule !== undefined && { schedule }),
  };
}

function checkFlags(flags: TuneFlags, fixed: Settings): void {
  const { broad, rangeTest: range, validation } = flags;
  if (validation !== undefined && 'fraction' in validation && validation.fraction === 0)
    throw new UsageError(
      '--validation is 0, but settings are chosen by validation; give a fraction such as 0.2, or a file.',
    );
  if (broad && range) throw new UsageError('--broad and --range-test are two ways to go; leave one of them out.');
  const mode = broad ? '--broad' : '--range-test';
  const searching = (['space', 'trials', 'factor', 'search'] as const).find((flag) => flags[flag] !== undefined);
  if ((broad || range) && searching !== undefined)
    throw new UsageError(`--${searching} is for searching a space, which ${mode} does not do; leave one of them out.`);
  if (broad && Object.keys(fixed).length > 0)
    throw new UsageError(
      `--broad chooses every hyper-parameter itself; leave ${Object.keys(fixed).map(flagName).join(', ')} out.`,
    );
  if (range && flags.lr !== undefined) throw new UsageError('--range-test tries all learning rates; leave --lr out.');
  if (range && flags.epochs !== undefined) throw new UsageError('--range-test runs for 200 steps; leave --epochs out.');
}

const flagName = (setting: string): string => `--${setting === 'learningRate' ? 'lr' : setting}`;

/** The space asked for without what is fixed. */
async function spaceOf({ space: file, broad, rangeTest: range }: TuneFlags, fixed: Settings): Promise<Space> {
  if (broad || range) return {};
  const isFixed = (name: string) => Object.hasOwn(fixed, name);
  if (file === undefined) {
    const left = Object.entries(defaultSpace).filter(([name]) => !isFixed(name));
    if (left.length > 0) return Object.fromEntries(left);
    throw new UsageError(
      'every hyper-parameter is fixed, so nothing is left to search; leave one out, or use "chainrule train".',
    );
  }
  const space = spaceFrom(parsed(await readText(file), file), file);
  const twice = Object.keys(space).find(isFixed);
  if (twice !== undefined)
    throw new UsageError(`${flagName(twice)} fixes what ${file} searches; leave one of them out.`);
  return space;
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new UsageError(`${file} is not valid JSON: ${error instanceof Error ? error.message : error}.`);
  }
}

function sayData({ setup: { name, parts: options }, parts }: Task): void {
  const { training, validation, test, notices } = parts;
  const rows = (set: Parts['test']) => (set === undefined ? 'none' : count(set.samples.inputs.count));
  sayChoice(
    'Data',
    `${name}: ${counted(training.samples.inputs.count, 'sample')} to train on, ${rows(validation)} to choose by, ${rows(test)} for testing, not looked at`,
  );
  sayChoice('Inputs', describeInputs(training, options.prepare));
  sayChoice('Target', describeTarget(training, options.prepare));
  for (const notice of notices) sayChoice('', notice);
}
