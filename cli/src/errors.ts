// Exit statuses and error messages: every failure as one sentence on standard error, and a stack only with --debug.
import { ChainruleError } from 'chainrule';
import { type Command, CommanderError } from 'commander';
import { spoken } from './languages/index.ts';
import { colors } from './output.ts';

/** What the process ends with. */
export const exitStatus = { done: 0, no: 1, bad: 2, interrupted: 130 } as const;

/** Wrong use of the command line itself. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Tells the user and gives the exit status. */
export function report(error: unknown, program: Command): number {
  // Help and version have been printed by then.
  if (error instanceof CommanderError && error.exitCode === 0) return exitStatus.done;
  if (error instanceof CommanderError && error.code === 'commander.help') return exitStatus.bad;
  const { red, dim } = colors(process.stderr);
  process.stderr.write(`${red(spoken('error: '))}${spoken(sentence(error, program))}\n`);
  if (program.opts<{ debug?: boolean }>().debug && error instanceof Error) {
    process.stderr.write(dim(`${error.stack}\n`));
    if (error.cause instanceof Error) process.stderr.write(dim(`caused by ${error.cause.stack}\n`));
  }
  return exitStatus.bad;
}

function sentence(error: unknown, program: Command): string {
  if (error instanceof CommanderError) return commanderSentence(error, program);
  if (error instanceof ChainruleError || error instanceof UsageError) return error.message;
  if (error instanceof RangeError && /allocation failed|array length/i.test(error.message))
    return 'there is not enough memory for a network or data of this size; use smaller layers or less data.';
  const message = error instanceof Error ? error.message : String(error);
  return `something unforeseen happened: ${message}. This is a fault of chainrule's; run with --debug to see where.`;
}

/** Commander's own messages, which name what was found, and what to do about it. */
function commanderSentence(error: CommanderError, program: Command): string {
  const [first, hint] = error.message.replace(/^error: /, '').split('\n');
  const guess = /Did you mean (?:one of )?(.*?)\?/.exec(hint ?? '')?.[1];
  const found = first
    .replace(/'([^']*)'/g, '"$1"')
    .replace(/\.$/, '')
    .replace('. Expected', ': expected');
  const nearest = guess === undefined ? '' : ` (did you mean "${guess.replaceAll(', ', '" or "')}"?)`;
  return `${found}${nearest}; "${helpCommand(program)}" lists what there is.`;
}

/** The help of the command that was called, if one was. */
function helpCommand(program: Command): string {
  const called = program.commands.find((command) => program.args[0] === command.name());
  return called === undefined ? 'chainrule --help' : `chainrule ${called.name()} --help`;
}
