// `explain`: the worked derivation of one step of training, in a notation and a language.
import { explain, notations, renderJson, renderText } from 'chainrule/explain';
import { Command } from 'commander';
import { integer, oneOf, positive } from '../arguments.ts';
import { addBatchOptions, type BatchFlags, requireBatch } from '../batch.ts';
import { languageOf } from '../language.ts';
import { exampleNotation, networkArgument, readNetwork } from '../network-source.ts';
import { print, printJson } from '../output.ts';

interface ExplainFlags extends BatchFlags {
  readonly lr?: number;
  readonly steps?: number;
  readonly of?: readonly string[];
  readonly unfreeze?: boolean;
  readonly notation?: string;
  readonly format?: 'text' | 'json';
  readonly digits?: number;
}

export function explainCommand(): Command {
  const names = Object.keys(notations);
  return addBatchOptions(
    new Command('explain')
      .description('The worked derivation of one step of training.')
      .argument('<network>', networkArgument),
  )
    .option('--lr <rate>', "the learning rate (the network's own, or 0.1)", positive('--lr', '0.5'))
    .option('--steps <n>', 'derive step n, after n − 1 steps on the same batch (1)', integer('--steps', 1, 1e9))
    .option(
      '--of <quantity>',
      'derive only this quantity and what it reads, such as layers.1.weight.grad[0,0]; may be repeated',
      (text: string, before: readonly string[] = []) => [...before, text],
    )
    .option('--unfreeze', 'update frozen parameters too')
    .option('--notation <name>', names.join(', '), oneOf('--notation', names))
    .option('--format <format>', 'text or json (text)', oneOf('--format', ['text', 'json']))
    .option('--digits <n>', 'decimals shown (9)', integer('--digits', 0, 20))
    .addHelpText('after', "\nWithout --input, --target and --data the network's own sample is used.")
    .action(run);
}

async function run(name: string, flags: ExplainFlags, command: Command): Promise<void> {
  const { network } = await readNetwork(name);
  const derivation = explain(flags.unfreeze ? { ...network, frozen: [] } : network, {
    ...(await requireBatch(network, name, flags)),
    ...(flags.lr !== undefined && { learningRate: flags.lr }),
    ...(flags.steps !== undefined && { steps: flags.steps }),
    ...(flags.of && { of: flags.of }),
  });
  const notation = flags.notation ?? exampleNotation(name);
  const options = {
    language: languageOf(command),
    ...(notation !== undefined && { notation }),
    ...(flags.digits !== undefined && { digits: flags.digits }),
  };
  if (flags.format === 'json') printJson(renderJson(derivation, options));
  else print(renderText(derivation, options).trimEnd());
}
