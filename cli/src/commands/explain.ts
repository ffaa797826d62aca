// `explain`: the worked derivation of one step of training, in a notation, a language and a format.
import { type Loss, losses, type Network, network, optimizers } from 'chainrule';
import {
  countLines,
  type Derivation,
  explain,
  type Notation,
  notations,
  type RenderOptions,
  readNotation,
  renderJson,
  renderLatex,
  renderMarkdown,
  renderText,
} from 'chainrule/explain';
import { readText, requireWritable, writeWhole } from 'chainrule/node';
import { Command } from 'commander';
import { fraction, integer, nonNegative, oneOf, positive } from '../arguments.ts';
import { plainPlan } from '../automatic.ts';
import { addBatchOptions, type BatchFlags, requireBatch } from '../batch.ts';
import { UsageError } from '../errors.ts';
import { addRunOptions, derivedFromRun, type RunFlags, requireNetworkName } from '../explain-run.ts';
import { languageOf } from '../language.ts';
import { exampleNotation, networkArgument, readNetwork } from '../network-source.ts';
import { count } from '../numbers.ts';
import { jsonText, printData } from '../output.ts';
import { type ChosenSchedule, schedule, scheduleForms } from '../schedule-argument.ts';

type Format = 'text' | 'md' | 'latex' | 'html' | 'json';

interface ExplainFlags extends BatchFlags, RunFlags {
  readonly steps?: number;
  readonly of?: readonly string[];
  readonly depth?: number;
  readonly verify?: boolean;
  readonly full?: boolean;
  readonly unfreeze?: boolean;
  readonly loss?: string;
  readonly l1?: number;
  readonly l2?: number;
  readonly optimizer?: string;
  readonly lr?: number;
  readonly momentum?: number;
  readonly weightDecay?: number;
  readonly clipValue?: number;
  readonly clipNorm?: number;
  readonly schedule?: ChosenSchedule;
  readonly epochs?: number;
  readonly notation?: string;
  readonly form?: 'elements' | 'matrices' | 'both';
  readonly format?: Format;
  readonly digits?: number;
  readonly out?: string;
}

/** The most lines that are printed unless all are asked for. */
const mostLines = 100_000;

/** Formats by the endings of files' names. */
const formatsByEnding: Readonly<Record<string, Format>> = {
  md: 'md',
  tex: 'latex',
  html: 'html',
  htm: 'html',
  json: 'json',
};

export function explainCommand(): Command {
  const command = new Command('explain')
    .description('The worked derivation of one step of training.')
    .argument('[network]', networkArgument)
    .optionsGroup('What the step is done on:');
  const batch = addRunOptions(addBatchOptions(command))
    .option('--steps <n>', 'derive step n, after n − 1 steps on the same batch (1)', integer('--steps', 1, 1e9))
    .option('--unfreeze', 'update frozen parameters too')
    .option('--loss <name>', "instead of the network's own", oneOf('--loss', Object.keys(losses)))
    .option('--l1 <c>', 'adds c Σ|w| to the loss', nonNegative('--l1', '0.001'))
    .option('--l2 <c>', 'adds c/2 Σw² to the loss', nonNegative('--l2', '0.001'));
  return addPresentation(addOptimizer(batch.optionsGroup('How it updates:')))
    .addHelpText('after', "\nWithout --input, --target and --data the network's own sample is used.")
    .action(run);
}

function addOptimizer(command: Command): Command {
  const names = Object.keys(optimizers);
  return command
    .option('--optimizer <name>', `${names.join(', ')} (sgd)`, oneOf('--optimizer', names))
    .option('--lr <rate>', "the learning rate (the network's own, or the optimizer's)", positive('--lr', '0.5'))
    .option('--momentum <mu>', 'for momentum (0.9)', fraction('--momentum', '0.9'))
    .option('--weight-decay <x>', "adamw's (0.01)", nonNegative('--weight-decay', '0.01'))
    .option('--clip-value <x>', 'keep every gradient between −x and x', positive('--clip-value', '1'))
    .option('--clip-norm <x>', 'keep the norm of all gradients at x or below', positive('--clip-norm', '1'))
    .option('--schedule <spec>', `of the learning rate, each step an epoch: ${scheduleForms}`, schedule('--schedule'))
    .option('--epochs <n>', 'how many there would be, for a schedule that spans all (30)', integer('--epochs', 1, 1e9));
}

function addPresentation(command: Command): Command {
  return command
    .optionsGroup('What is shown:')
    .option(
      '--of <quantity>',
      'only this quantity and what it reads: layers.1.weight.grad[0,0], layers.1.delta, after.1.loss; may be repeated',
      (text: string, before: readonly string[] = []) => [...before, text],
    )
    .option(
      '--depth <n>',
      'put definitions in place of the quantities in each formula, n times',
      integer('--depth', 0, 1000),
    )
    .option('--verify', 'check each gradient by central differences')
    .option('--full', 'everything, however long: all quantities, all terms of sums')
    .option(
      '--form <form>',
      'elements, matrices or both (elements; of a large network matrices)',
      oneOf('--form', ['elements', 'matrices', 'both']),
    )
    .option('--notation <name>', `${Object.keys(notations).join(', ')}, or a JSON file of your own`)
    .option('--digits <n>', 'decimals shown (9)', integer('--digits', 0, 20))
    .option(
      '--format <format>',
      "text, md, latex, html or json (by --out's name, else text)",
      oneOf('--format', ['text', 'md', 'latex', 'html', 'json']),
    )
    .option('--out <file>', 'write it to a file');
}

async function run(name: string | undefined, flags: ExplainFlags, command: Command): Promise<void> {
  if (flags.out !== undefined) await requireWritable(flags.out);
  const notation = await notationNamed(flags.notation ?? exampleNotation(name ?? ''));
  const derivation =
    flags.run === undefined
      ? await derived(requireNetworkName(name, flags), flags)
      : await derivedFromRun(flags.run, name, flags, shownOf(flags));
  const format = formatOf(flags);
  const text = await rendered(derivation, format, {
    language: languageOf(command),
    ...(notation !== undefined && { notation }),
    ...(flags.digits !== undefined && { digits: flags.digits }),
    ...(flags.form && { form: flags.form }),
    ...(flags.full && { full: flags.full }),
    ...(process.stdout.isTTY && flags.out === undefined && { width: process.stdout.columns }),
  });
  const lines = countLines(text);
  // Scripts read JSON whole.
  if (lines > mostLines && !flags.full && format !== 'json')
    throw new UsageError(
      `this derivation has ${count(lines)} lines, more than can be read; name some quantities with --of, or ask for all with --full.`,
    );
  if (flags.out === undefined) printData(text.trimEnd());
  else await writeWhole(flags.out, text);
}

async function derived(name: string, flags: ExplainFlags): Promise<Derivation> {
  if (flags.epochs !== undefined && flags.schedule === undefined)
    throw new UsageError('--epochs says how long a --schedule is; add one, or leave --epochs out.');
  if (flags.schedule?.text.endsWith('accuracy'))
    throw new UsageError(
      '--schedule: there is no accuracy to watch in a step; leave ":accuracy" out to watch the loss.',
    );
  if (flags.clipValue !== undefined && flags.clipNorm !== undefined)
    throw new UsageError('--clip-value and --clip-norm exclude each other; leave one of them out.');
  const model = await readNetwork(name);
  const net = changed(model.network, flags);
  const { steps, epochs } = flags;
  return explain(net, {
    ...(await requireBatch({ ...model, network: net }, name, flags)),
    optimizer: plainPlan(net, flags).optimizer,
    ...(steps !== undefined && { steps }),
    ...(flags.schedule && { schedule: flags.schedule.schedule }),
    ...(epochs !== undefined && { epochs }),
    ...shownOf(flags),
  });
}

/** How much of the step is derived. */
function shownOf({ of, depth, verify = false, full = false }: ExplainFlags) {
  return { ...(of && { of }), ...(depth !== undefined && { depth }), verify, full };
}

/** The network with what the flags say of it. */
function changed(net: Network, { unfreeze, loss, l1, l2 }: ExplainFlags): Network {
  return network(net.layers, {
    ...net,
    ...(unfreeze && { frozen: [] }),
    ...(loss !== undefined && { loss: Object.values<Loss>(losses).find(({ name }) => name === loss) }),
    ...(l1 !== undefined && { l1 }),
    ...(l2 !== undefined && { l2 }),
  });
}

/** A notation of the house by its name, or a reader's own from a file. */
async function notationNamed(name: string | undefined): Promise<string | Notation | undefined> {
  if (name === undefined) return undefined;
  if (/\.json$/i.test(name)) return readNotation(await readText(name), name);
  return oneOf('--notation', Object.keys(notations))(name);
}

function formatOf({ format, out }: ExplainFlags): Format {
  const ending = /\.(\w+)$/.exec(out ?? '')?.[1].toLowerCase() ?? '';
  return format ?? (Object.hasOwn(formatsByEnding, ending) ? formatsByEnding[ending] : 'text');
}

/** A derivation in a format. */
export async function rendered(
  derivation: Derivation,
  format: Format,
  options: RenderOptions & { readonly width?: number },
): Promise<string> {
  switch (format) {
    case 'text':
      return renderText(derivation, options);
    case 'md':
      return renderMarkdown(derivation, options);
    case 'latex':
      return renderLatex(derivation, options);
    case 'html': {
      const { renderHtml } = await import('chainrule/explain/html');
      return renderHtml(derivation, options);
    }
    case 'json':
      return `${jsonText(renderJson(derivation, options))}\n`;
  }
}
