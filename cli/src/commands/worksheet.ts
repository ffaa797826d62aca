// `worksheet`: exercises to be worked by hand, one or a different one for each of a class, and their answer keys.
import { activations, losses, optimizers } from 'chainrule';
import {
  askable,
  numberFormats,
  type Part,
  parseOptimizer,
  renderWorksheet,
  sheetOptimizer,
  type Worksheet,
  type WorksheetFormat,
  type WorksheetOptions,
  worksheet,
  worksheetFormats,
  worksheetNotes,
} from 'chainrule/check';
import { notations } from 'chainrule/explain';
import { Command } from 'commander';
import { integer, nonNegative, oneOf, positive, type Reader } from '../arguments.ts';
import { addBatchOptions, type BatchFlags, findBatch } from '../batch.ts';
import { UsageError } from '../errors.ts';
import { languageOf } from '../language.ts';
import { exampleNotation, networkArgument, readNetwork } from '../network-source.ts';
import { printData, say } from '../output.ts';
import { writeWorksheets } from '../worksheet-files.ts';

const randomFlags = ['widths', 'depth', 'activation', 'outputActivation', 'loss', 'l2', 'l1'] as const;

interface WorksheetFlags extends BatchFlags {
  readonly random?: boolean;
  readonly widths?: readonly number[];
  readonly depth?: number;
  readonly activation?: keyof typeof activations;
  readonly outputActivation?: keyof typeof activations;
  readonly loss?: keyof typeof losses;
  readonly l2?: number;
  readonly l1?: number;
  readonly redraw?: boolean;
  readonly batch?: number;
  readonly optimizer?: string;
  readonly lr?: number;
  readonly steps?: number;
  readonly unfreeze?: boolean;
  readonly ask?: readonly Part[];
  readonly numbers?: (typeof numberFormats)[number];
  readonly digits?: number;
  readonly notation?: string;
  readonly format?: readonly WorksheetFormat[];
  readonly key?: boolean;
  readonly seed?: number;
  readonly count?: number;
  readonly out?: string;
}

const examples = `
The sheet says what it is about, so that "chainrule check" marks it as it comes back.
Numbers are drawn so that no sigmoid is saturated and every known mistake leads to other numbers; which mistakes
a sheet cannot show, or cannot tell apart, is said.

  chainrule worksheet example:mazur
  chainrule worksheet --random --widths 2,3,2 --ask delta,gradients --numbers fraction
  chainrule worksheet --random --batch 2 --optimizer momentum --steps 2 --count 30 --out class --format html,csv
  chainrule check --class class`;

export function worksheetCommand(): Command {
  const command = new Command('worksheet')
    .description('An exercise to be worked by hand, and its answer key.')
    .argument('[network]', `${networkArgument}; or --random`);
  addRandom(command);
  addStep(command);
  return addSheet(command).addHelpText('after', examples).action(run);
}

function addRandom(command: Command): void {
  command
    .optionsGroup('A random network:')
    .option('--random', 'make one, of dense layers')
    .option('--widths <sizes>', 'inputs, hidden layers and outputs, such as 2,3,2', widths)
    .option('--depth <n>', 'hidden layers of 2 or 3 neurons, instead (1)', integer('--depth', 0, 5))
    .option('--activation <name>', 'of the hidden layers (sigmoid)', named('--activation', activations))
    .option(
      '--output-activation <name>',
      'of the outputs (what suits the loss)',
      named('--output-activation', activations),
    )
    .option('--loss <name>', 'the loss (quadratic)', named('--loss', losses))
    .option('--l2 <c>', 'adds c/2 Σw² to the loss', nonNegative('--l2', '0.1'))
    .option('--l1 <c>', 'adds c Σ|w| to the loss', nonNegative('--l1', '0.1'));
}

function addStep(command: Command): void {
  command.optionsGroup('The step:');
  addBatchOptions(command)
    .option('--batch <n>', 'how many samples to draw, where none are given (1)', integer('--batch', 1, 20))
    .option('--redraw', "draw the network's weights, biases and samples anew")
    .option('--optimizer <name>', `${Object.keys(optimizers).join(', ')} (sgd); with settings: "momentum momentum=0.8"`)
    .option('--lr <rate>', "the learning rate (the network's own, or one that is drawn)", positive('--lr', '0.5'))
    .option('--steps <n>', 'steps of training to work through (1)', integer('--steps', 1, 20))
    .option('--unfreeze', 'update frozen parameters too');
}

function addSheet(command: Command): Command {
  const names = Object.keys(notations);
  return command
    .optionsGroup('The sheet:')
    .option('--ask <parts>', `what to fill in: ${askable.join(', ')}, or all (all)`, parts)
    .option(
      '--numbers <format>',
      `how given numbers are written: ${numberFormats.join(', ')} (decimal)`,
      oneOf('--numbers', numberFormats),
    )
    .option('--digits <n>', 'decimals of the answers (5)', integer('--digits', 1, 12))
    .option('--notation <name>', names.join(', '), oneOf('--notation', names))
    .option(
      '--format <formats>',
      `${worksheetFormats.join(', ')}, or several with commas (md; with --out md,csv)`,
      formats,
    )
    .option('--key', 'print the sheet with its answers filled in')
    .option('--seed <n>', 'what numbers are drawn from (0)', integer('--seed', 0))
    .option('--count <n>', 'so many different sheets; needs --out', integer('--count', 1, 1000))
    .option('--out <folder>', 'write the sheets into a folder, and their answer keys into its folder keys');
}

/** One of a list of rules by its name. */
function named<Rules extends object>(option: string, rules: Rules): Reader<Extract<keyof Rules, string>> {
  const names = Object.keys(rules).filter((name): name is Extract<keyof Rules, string> => name in rules);
  return oneOf(option, names);
}

const widths: Reader<readonly number[]> = (text) =>
  text.split(',').map((part) => integer('--widths', 1, 8)(part.trim()));

const parts: Reader<readonly Part[]> = (text) =>
  text.trim() === 'all' ? askable : text.split(',').map((part) => oneOf('--ask', askable)(part.trim()));

const formats: Reader<readonly WorksheetFormat[]> = (text) => [
  ...new Set(text.split(',').map((one) => oneOf('--format', worksheetFormats)(one.trim()))),
];

async function run(name: string | undefined, flags: WorksheetFlags, command: Command): Promise<void> {
  const { count = 1, out, key = false } = flags;
  const chosen = flags.format ?? (out === undefined ? ['md' as const] : ['md' as const, 'csv' as const]);
  if (out === undefined && (count > 1 || chosen.length > 1)) {
    throw new UsageError(
      `${count > 1 ? `--count ${count}` : `--format ${chosen.join(',')}`} makes several files; say where to put them with --out FOLDER.`,
    );
  }
  if (out !== undefined && key)
    throw new UsageError('--key prints, and --out writes the keys anyway; leave --key out.');
  const options = {
    ...(await networkOptions(name, flags)),
    ...sheetOptions(name, flags),
    language: languageOf(command),
  };
  const sheets = Array.from({ length: count }, (_, i) => worksheet({ ...options, number: i + 1 }));
  if (out === undefined) printData(renderWorksheet(sheets[0], chosen[0], key).trimEnd());
  else await writeWorksheets(sheets, chosen, out);
  sayNotes(sheets);
}

/** What the exercise is about. */
async function networkOptions(name: string | undefined, flags: WorksheetFlags): Promise<WorksheetOptions> {
  const given = randomFlags.filter((flag) => flags[flag] !== undefined);
  if (name === undefined) {
    if (!flags.random)
      throw new UsageError('worksheet needs a network file or example, or --random; give one of them.');
    if (flags.input !== undefined || flags.target !== undefined || flags.data !== undefined)
      throw new UsageError('--input, --target and --data belong to a given network; leave them out with --random.');
    return { random: Object.fromEntries(given.map((flag) => [flag, flags[flag]])) };
  }
  if (flags.random || given.length > 0) {
    const flag = flags.random ? 'random' : given[0];
    throw new UsageError(
      `--${flag.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} shapes a random network, and ${name} is given; leave one or the other out.`,
    );
  }
  const model = await readNetwork(name);
  const network = flags.unfreeze ? { ...model.network, frozen: [] } : model.network;
  const redraw = flags.redraw === true || (flags.count ?? 1) > 1;
  const isGiven = flags.input !== undefined || flags.target !== undefined || flags.data !== undefined;
  const batch = redraw && !isGiven ? undefined : await findBatch(model, flags);
  const isAsItIs = name.startsWith('example:') && !redraw && !flags.unfreeze;
  return { network, batch, redraw, ...(isAsItIs && { networkName: name }) };
}

/** How the step is done, and how the sheet is written. */
function sheetOptions(name: string | undefined, flags: WorksheetFlags): WorksheetOptions {
  const { ask, numbers, digits, steps, seed, batch, lr } = flags;
  const optimizer = flags.optimizer === undefined ? undefined : parseOptimizer(flags.optimizer, '--optimizer');
  return {
    ask,
    numbers,
    digits,
    steps,
    seed,
    samples: batch,
    learningRate: lr,
    optimizer: optimizer && sheetOptimizer(optimizer, lr),
    notation: flags.notation ?? (name === undefined ? undefined : exampleNotation(name)),
  };
}

/** Says once what holds for all sheets, or for which it holds. */
function sayNotes(sheets: readonly Worksheet[]): void {
  const numbers = new Map<string, number[]>();
  for (const [i, sheet] of sheets.entries()) {
    for (const note of worksheetNotes(sheet)) numbers.set(note, [...(numbers.get(note) ?? []), i + 1]);
  }
  for (const [note, which] of numbers) {
    say(which.length === sheets.length ? note : `${which.map((number) => `#${number}`).join(' ')}: ${note}`);
  }
}
