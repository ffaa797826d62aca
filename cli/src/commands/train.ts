// `train`: reads and cuts the data, chooses what was not said and says it, trains, scores, and writes a model.
import { extname } from 'node:path';
import { activations, type Dataset, losses, type Network, optimizers, type Scaling, scalings } from 'chainrule';
import type { Model } from 'chainrule/formats';
import { requireWritable, saveModel, writeWhole } from 'chainrule/node';
import { Command } from 'commander';
import { fraction, integer, layerSizes, names, nonNegative, oneOf, positive } from '../arguments.ts';
import { networkFor, plainPlan, planFor } from '../automatic.ts';
import { backendNamed, backendNames } from '../backend.ts';
import { UsageError } from '../errors.ts';
import { historyText } from '../history.ts';
import { networkArgument, readNetwork } from '../network-source.ts';
import { print, printJson } from '../output.ts';
import { type PartSource, type Parts, readParts } from '../parts.ts';
import { scoresTable } from '../scores.ts';
import { conclude, type Outcome, outcomeJson, sayChoices, scoresOf, summary } from '../train-report.ts';
import { interruption, trainLive } from '../training.ts';

interface TrainFlags {
  readonly network?: string;
  readonly unfreeze?: boolean;
  readonly hidden?: readonly number[];
  readonly activation?: string;
  readonly loss?: string;
  readonly task?: 'auto' | 'classification' | 'regression';
  readonly target?: readonly string[];
  readonly ignore?: readonly string[];
  readonly category?: readonly string[];
  readonly test?: PartSource;
  readonly validation?: PartSource;
  readonly optimizer?: string;
  readonly lr?: number;
  readonly momentum?: number;
  readonly lambda?: number;
  readonly l1?: number;
  readonly l2?: number;
  readonly scale?: Scaling;
  readonly scaleTarget?: Exclude<Scaling, 'robust'>;
  readonly epochs?: number;
  readonly batch?: number;
  readonly shuffle: boolean;
  readonly dropLast?: boolean;
  readonly patience?: number;
  readonly seed?: number;
  readonly backend?: string;
  readonly out?: string;
  readonly history?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

const defaultOut = 'model.safetensors';

export function trainCommand(): Command {
  const optimizerNames = Object.keys(optimizers);
  return new Command('train')
    .description('Train a network on DATA and write a model.')
    .argument(
      '<data>',
      'a CSV, TSV or JSON table, an IDX images file, builtin:iris, builtin:digits or builtin:mnist-sample',
    )
    .optionsGroup('What to predict:')
    .option('--target <columns>', 'the column to predict, or several', names('--target'))
    .option('--ignore <columns>', 'columns to leave out', names('--ignore'))
    .option('--category <columns>', 'columns of numbers to take as categories', names('--category'))
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
    .optionsGroup('The network:')
    .option('--network <network>', `${networkArgument}; nothing is then added that was not asked for`)
    .option('--unfreeze', "train the network's frozen parameters too")
    .option('--hidden <sizes>', 'sizes of the hidden layers, such as 30,20, or none', layerSizes('--hidden'))
    .option('--activation <name>', 'of the hidden layers', oneOf('--activation', Object.keys(activations)))
    .option('--loss <name>', Object.keys(losses).join(', '), oneOf('--loss', Object.keys(losses)))
    .option('--l1 <c>', 'adds c Σ|w| to the loss', nonNegative('--l1', '0.001'))
    .option('--l2 <c>', 'adds c/2 Σw² to the loss', nonNegative('--l2', '0.001'))
    .option('--lambda <x>', 'the same as --l2 x/n for n training samples', nonNegative('--lambda', '0.1'))
    .optionsGroup('Training:')
    .option('--optimizer <name>', optimizerNames.join(', '), oneOf('--optimizer', optimizerNames))
    .option('--lr <rate>', 'the learning rate', positive('--lr', '0.01'))
    .option('--momentum <mu>', 'for momentum (0.9)', fraction('--momentum', '0.9'))
    .option('--epochs <n>', 'times to go through the data', integer('--epochs', 0, 1e9))
    .option('--batch <n>', 'samples a step', integer('--batch', 1, 2 ** 30))
    .option('--no-shuffle', 'take the samples in the same order each epoch')
    .option('--drop-last', "leave out an epoch's last, smaller batch")
    .option('--patience <n>', 'stop after n epochs without a better validation loss', integer('--patience', 1, 1e9))
    .option('--seed <n>', "what all random numbers are drawn from (the network file's, or 0)", integer('--seed', 0))
    .option('--backend <name>', `${backendNames.join(', ')} (auto)`, oneOf('--backend', backendNames))
    .optionsGroup('Output:')
    .option('--out <file>', `the model file to write (${defaultOut})`)
    .option('--history <file>', 'write loss and scores of each epoch, as .csv or .json')
    .option('--json', 'print the results as JSON')
    .option('--quiet', 'say nothing but results and errors')
    .action(train);
}

/** A fraction or 0, else a file. */
function part(option: string): (text: string) => PartSource {
  return (text) => {
    if (text.trim() === '' || !Number.isFinite(Number(text))) return { file: text };
    return { fraction: fraction(option, '0.2')(text), asked: true };
  };
}

async function train(name: string, flags: TrainFlags): Promise<void> {
  const begun = performance.now();
  const { out = defaultOut } = flags;
  checkFlags(flags, out);
  for (const path of [out, ...(flags.history === undefined ? [] : [flags.history])]) await requireWritable(path);
  const given =
    flags.network === undefined
      ? undefined
      : await readNetwork(flags.network, flags.seed === undefined ? {} : { seed: flags.seed });
  const seed = flags.seed ?? given?.network.seed ?? 0;
  const parts = await partsFor(name, flags, given, seed);
  const net = networkOf(flags, given, parts.training, seed);
  const watched = parts.validation !== undefined;
  const plan = given === undefined ? planFor(parts.training, watched, flags) : plainPlan(net, flags);
  if (plan.patience !== undefined && !watched)
    throw new UsageError('--patience needs validation data to watch; add --validation 0.1, or leave --patience out.');
  const backend = backendNamed(flags.backend);
  const settings = { parts, plan, backend, seed, shuffle: flags.shuffle, dropLast: flags.dropLast ?? false };
  if (!flags.quiet) sayChoices({ ...settings, name, net, scaling: flags });

  const loaded = performance.now();
  const { signal, release } = interruption();
  const result = await trainLive(net, { ...settings, ...parts, ...plan, signal, quiet: flags.quiet ?? false });

  const outcome: Outcome = {
    result,
    scores: scoresOf(result.network, parts, backend),
    ...settings,
    seconds: { load: (loaded - begun) / 1000, training: result.seconds },
  };
  const { preprocessing } = parts.training;
  await saveModel(out, {
    network: result.network,
    ...(preprocessing && { preprocessing }),
    training: summary(outcome),
  });
  // Only now: Ctrl-C while scores are computed must not cost the model.
  release();
  if (flags.history !== undefined) await writeWhole(flags.history, historyText(flags.history, result.history));
  if (flags.json) printJson(outcomeJson(outcome, out, (performance.now() - begun) / 1000));
  else print(scoresTable(outcome.scores));
  process.exitCode = conclude(outcome, out, flags.quiet ?? false);
}

function checkFlags(flags: TrainFlags, out: string): void {
  const { network, lambda, l2, history } = flags;
  if (network !== undefined) {
    const own = (['hidden', 'activation', 'loss'] as const).find((flag) => flags[flag] !== undefined);
    if (own !== undefined)
      throw new UsageError(
        `--${own} and --network exclude each other; say it in ${network}, or leave one of them out.`,
      );
  } else if (flags.unfreeze) {
    throw new UsageError('--unfreeze needs a --network with frozen parameters; name one, or leave --unfreeze out.');
  }
  if (lambda !== undefined && l2 !== undefined)
    throw new UsageError('--lambda and --l2 set the same penalty; leave one of them out.');
  if (history !== undefined && !['.csv', '.json'].includes(extname(history).toLowerCase()))
    throw new UsageError(`--history is ${JSON.stringify(history)}; give a file whose name ends in .csv or .json.`);
  if (history !== undefined && history === out)
    throw new UsageError('--history and --out name the same file; give them different names.');
}

/** The parts; a model trained further keeps its own preprocessing. */
function partsFor(name: string, flags: TrainFlags, given: Model | undefined, seed: number): Promise<Parts> {
  const preprocessing = given?.preprocessing;
  if (preprocessing !== undefined) {
    const own = (['target', 'ignore', 'category', 'scale', 'scaleTarget', 'task'] as const).find(
      (flag) => flags[flag] !== undefined,
    );
    if (own !== undefined) {
      const flag = own === 'scaleTarget' ? 'scale-target' : own;
      throw new UsageError(
        `--${flag} cannot be changed for ${flags.network}, a model that brings its own preprocessing; leave it out.`,
      );
    }
  }
  const { target, ignore, category, task, scale, scaleTarget } = flags;
  return readParts(name, {
    test: flags.test ?? { fraction: given === undefined ? 0.2 : 0, asked: false },
    validation: flags.validation ?? { fraction: given === undefined ? 0.1 : 0, asked: false },
    seed,
    prepare: {
      ...(target && { targets: target }),
      ...(ignore && { ignore }),
      ...(category && { categories: category }),
      ...(task && { task }),
      ...(scale && { scale }),
      ...(scaleTarget && { scaleTarget }),
    },
    ...(preprocessing && { preprocessing }),
  });
}

function networkOf(flags: TrainFlags, given: Model | undefined, training: Dataset, seed: number): Network {
  const built = given === undefined ? networkFor(training, flags, seed) : given.network;
  const { lambda } = flags;
  const l2 = lambda === undefined ? (flags.l2 ?? built.l2) : lambda / training.samples.inputs.count;
  return { ...built, l2, l1: flags.l1 ?? built.l1, frozen: flags.unfreeze ? [] : built.frozen, seed };
}
