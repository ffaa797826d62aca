// `check`: marks a filled worksheet, a class's worksheets, or another program's gradients, and names the mistakes.
import {
  type CheckReport,
  check,
  checkGradients,
  readTensors,
  renderCheckHtml,
  renderCheckText,
  reportOf,
} from 'chainrule/check';
import { notations } from 'chainrule/explain';
import { writeWhole } from 'chainrule/node';
import { Command } from 'commander';
import { oneOf, positive } from '../arguments.ts';
import { addBatchOptions, type BatchFlags, requireBatch } from '../batch.ts';
import { classOf, classText } from '../check-class.ts';
import { gradientsText } from '../check-gradients.ts';
import { type ExerciseFlags, exerciseOf, languageOfSheet, readSheetFile, requireNetwork } from '../check-sheet.ts';
import { exitStatus, UsageError } from '../errors.ts';
import { readBytes } from '../files.ts';
import { languageOf } from '../language.ts';
import { networkArgument, readNetwork } from '../network-source.ts';
import { printData, printJson, say } from '../output.ts';

const formats = ['text', 'json', 'html', 'csv'] as const;
type Format = (typeof formats)[number];

interface CheckFlags extends ExerciseFlags {
  readonly format?: Format;
  readonly json?: boolean;
  readonly out?: string;
  readonly class?: string;
  readonly gradients?: string;
}

export function checkCommand(): Command {
  const names = Object.keys(notations);
  return addBatchOptions(
    new Command('check')
      .description("Marks a student's numbers, carries errors forward, and names the mistake.")
      .argument(
        '[worksheet]',
        'the filled sheet: CSV, JSON, a Markdown table or lines "name = value"; - for standard input',
      ),
  )
    .option('--network <network>', `${networkArgument}; what the sheet names unless given`)
    .option('--unfreeze', 'update frozen parameters too')
    .option('--lr <rate>', "the learning rate (the sheet's, or the network's own)", positive('--lr', '0.5'))
    .option('--optimizer <name>', 'the optimizer and its settings: "momentum momentum=0.9" (the sheet\'s, or sgd)')
    .option(
      '--notation <name>',
      `what names are written in: ${names.join(', ')} (found out)`,
      oneOf('--notation', names),
    )
    .option('--format <format>', `${formats.join(', ')} (text; csv for a class)`, oneOf('--format', formats))
    .option('--json', 'the same as --format json')
    .option('--out <file>', 'write to a file; its name tells the format')
    .option('--class <folder>', 'mark every sheet of a folder, and print who made which mistake')
    .option('--gradients <file>', "compare another program's gradients: npz, npy, JSON or CSV")
    .addHelpText(
      'after',
      `
A sheet begins with lines such as "# network: example:mazur" and "# learning rate: 0.5"; flags go first.
Names are canonical (layers.1.delta[0], after.1.loss) or a notation's (net_h1, dE/dw5, w5+, δ^2_1).
Exit status: 0 nothing wrong, 1 mistakes found, 2 the sheet cannot be read.

  chainrule check sheet.csv
  chainrule check sheet.md --network example:mazur --format html --out marked.html
  chainrule check --class sheets/ --out class.html
  chainrule check --gradients theirs.npz --network net.json --data batch.json`,
    )
    .action(run);
}

async function run(path: string | undefined, flags: CheckFlags, command: Command): Promise<void> {
  const given = [path, flags.class, flags.gradients].filter((one) => one !== undefined);
  if (given.length !== 1) {
    throw new UsageError(
      given.length === 0
        ? 'check needs a worksheet, --class FOLDER or --gradients FILE; give one of them.'
        : 'a worksheet, --class and --gradients exclude each other; give one of them.',
    );
  }
  if (flags.gradients !== undefined) return runGradients(flags.gradients, flags, command);
  if (flags.class !== undefined) return runClass(flags.class, flags, command);
  return runSheet(path ?? '-', flags, command);
}

async function runSheet(path: string, flags: CheckFlags, command: Command): Promise<void> {
  const format = formatOf(flags, ['text', 'json', 'html']);
  const report = await markSheet(path, flags, command);
  if (format === 'json') await put(JSON.stringify(report, null, 2), flags.out, () => printJson(report));
  else await put(format === 'html' ? renderCheckHtml(report) : renderCheckText(report), flags.out);
  if (report.score.wrong > 0) process.exitCode = exitStatus.no;
}

/** Reads a sheet and marks it, in its own language unless another is asked for. */
async function markSheet(path: string, flags: CheckFlags, command: Command): Promise<CheckReport> {
  const sheet = await readSheetFile(path);
  const exercise = await exerciseOf(sheet, path, flags);
  const checked = check(exercise.network, exercise.step, sheet.entries, { notation: exercise.notation });
  return reportOf(checked, {
    language: languageOfSheet(sheet, command),
    notation: flags.notation ?? checked.notation ?? exercise.notation,
    blank: sheet.entries.filter(({ value }) => value.trim() === '').length,
    student: sheet.student,
  });
}

async function runClass(folder: string, flags: CheckFlags, command: Command): Promise<void> {
  const format = formatOf(flags, ['text', 'json', 'html', 'csv']);
  const report = await classOf(folder, (path) => markSheet(path, flags, command));
  const language = languageOf(command);
  if (format === 'json') await put(JSON.stringify(report, null, 2), flags.out, () => printJson(report));
  else await put(classText(report, format, language), flags.out);
  if (report.sheets.some((sheet) => sheet.report === undefined || sheet.report.score.wrong > 0)) {
    process.exitCode = exitStatus.no;
  }
}

async function runGradients(path: string, flags: CheckFlags, command: Command): Promise<void> {
  const format = formatOf(flags, ['text', 'json']);
  const name = requireNetwork(flags.network, '--gradients compares with');
  const model = await readNetwork(name);
  const batch = await requireBatch(model, name, batchFlags(flags));
  const tensors = await readTensors(await readBytes(path, 2 ** 30), path);
  const report = checkGradients(model.network, { ...batch, learningRate: flags.lr }, tensors, {
    language: languageOf(command),
    notation: flags.notation,
  });
  if (format === 'json') await put(JSON.stringify(report, null, 2), flags.out, () => printJson(report));
  else await put(gradientsText(report, model.network, languageOf(command)), flags.out);
  if (!report.passed) process.exitCode = exitStatus.no;
}

const batchFlags = ({ input, target, data, row }: BatchFlags): BatchFlags => ({
  ...(input !== undefined && { input }),
  ...(target !== undefined && { target }),
  ...(data !== undefined && { data }),
  ...(row !== undefined && { row }),
});

/** The format asked for, or the one the file's name tells, or text. */
function formatOf({ format, json, out }: CheckFlags, possible: readonly Format[]): Format {
  const extension = formats.find((one) => out?.toLowerCase().endsWith(`.${one}`));
  const chosen = format ?? (json ? 'json' : (extension ?? 'text'));
  if (possible.includes(chosen)) return chosen;
  throw new UsageError(`--format is "${chosen}"; here it is one of ${possible.join(', ')}.`);
}

/** Prints, or writes a file and says so. */
async function put(text: string, out: string | undefined, printed = () => printData(text.trimEnd())): Promise<void> {
  if (out === undefined) return printed();
  await writeWhole(out, text.endsWith('\n') ? text : `${text}\n`);
  say(`wrote ${out}`);
}
