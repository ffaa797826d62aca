// The program `chainrule`: global options, the list of commands, and what becomes of errors. It knows no command.
import { didYouMean } from 'chainrule';
import { Command, type Help } from 'commander';
import stringWidth from 'string-width';
import { oneOf } from './arguments.ts';
import { commands } from './commands/index.ts';
import { report, UsageError } from './errors.ts';
import { languageNames, languageToSpeak } from './language.ts';
import { speak, spoken } from './languages/index.ts';
import { wrapped } from './output.ts';
import { version } from './version.ts';

/** How help is laid out, its sentences in the language spoken. */
const helpStyle: Partial<Help> = {
  showGlobalOptions: false,
  helpWidth: Math.min(process.stdout.columns ?? 80, 100),
  styleTitle: spoken,
  styleOptionText: spoken,
  styleSubcommandText: spoken,
  commandDescription: (command) => spoken(command.description()),
  subcommandDescription: (command) => spoken(command.summary() || command.description()),
  optionDescription: ({ description }) => spoken(description),
  argumentDescription: ({ description }) => spoken(description),
  displayWidth: stringWidth,
  boxWrap: (text, width) =>
    text
      .split('\n')
      .flatMap((line) => wrapped(line, width))
      .join('\n'),
};

function chainrule(): Command {
  const program = new Command('chainrule')
    .description('Trains neural networks, and works out every step of backpropagation as a textbook would.')
    .version(version(), '-V, --version', 'print the version')
    .option('--lang <language>', `language: ${languageNames.join(' or ')}`, oneOf('--lang', languageNames))
    .option('--debug', 'show the stack of an error')
    .option('--no-color', 'no colours (NO_COLOR does the same)')
    .helpOption('-h, --help', 'print help')
    .helpCommand(false)
    .showHelpAfterError(false)
    .configureHelp(helpStyle)
    .configureOutput({ writeOut, outputError: () => {} })
    .exitOverride();
  for (const make of commands) program.addCommand(inheriting(make(), program));
  program
    .command('help')
    .description('Print help for a command.')
    .argument('[command]')
    .action((name: string | undefined) => named(program, name).outputHelp());
  return program;
}

/** A command with its parent's settings, and those within it too. */
function inheriting(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent);
  if (command.commands.length > 0) command.helpCommand(false);
  for (const inner of command.commands) inheriting(inner, command);
  return command;
}

/** Help itself is spoken piece by piece; what is told below it, here. */
function writeOut(text: string): void {
  process.stdout.write(text.startsWith(spoken('Usage:')) ? text : spoken(text));
}

function named(program: Command, name: string | undefined): Command {
  const command = name === undefined ? program : program.commands.find((one) => one.name() === name);
  if (command !== undefined) return command;
  const names = program.commands.map((one) => one.name());
  throw new UsageError(`there is no command "${name}"${didYouMean(name ?? '', names)}; "chainrule --help" lists them.`);
}

/** A reader that stops early (`| head`) is no error. */
function endQuietlyWhenUnread(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
}

process.stdout.on('error', endQuietlyWhenUnread);
process.stderr.on('error', endQuietlyWhenUnread);

await speak(languageToSpeak(process.argv));
const program = chainrule();
try {
  if (process.argv.length > 2) await program.parseAsync(process.argv);
  else program.outputHelp();
} catch (error) {
  process.exitCode = report(error, program);
}
