// `explain --run DIR --step N`: its flags, and the derivation they ask for. The replay itself is recorded-run.ts.
import type { Derivation, ExplainOptions } from 'chainrule/explain';
import type { Command } from 'commander';
import { integer } from './arguments.ts';
import { UsageError } from './errors.ts';
import { say } from './output.ts';
import { explainRecorded, recordedStep } from './recorded-run.ts';
import { flagOf } from './train-flags.ts';

/** The flags that name a step of a recorded run. */
export interface RunFlags {
  readonly run?: string;
  readonly step?: number;
  readonly data?: string;
}

/** Adds the flags that name a step of a recorded run. */
export function addRunOptions(command: Command): Command {
  return command
    .option('--run <folder>', 'a step of the run that train --record kept there; --data says where its data are now')
    .option('--step <n>', 'which step of the run, counted from 1 through all epochs', integer('--step', 1));
}

/** What is shown, whatever the step; everything else comes from the run. */
const presentation = [
  'run',
  'step',
  'data',
  'of',
  'depth',
  'verify',
  'full',
  'notation',
  'form',
  'format',
  'digits',
  'out',
];

/**
 * The derivation of the step that the flags name.
 * @throws UsageError where flags say what the run says, or it has no such step
 */
export async function derivedFromRun(
  folder: string,
  name: string | undefined,
  flags: RunFlags,
  options: Pick<ExplainOptions, 'of' | 'depth' | 'verify' | 'full'>,
): Promise<Derivation> {
  if (name !== undefined)
    throw new UsageError(`--run brings the network that the run trained; leave ${name} out, or leave --run out.`);
  const own = Object.keys(flags).find((key) => !presentation.includes(key));
  if (own !== undefined)
    throw new UsageError(`--run brings its own network, batch and optimizer; leave ${flagOf(own)} or --run out.`);
  if (flags.step === undefined)
    throw new UsageError('--run needs to know which of its steps to derive; add --step N, such as --step 1.');
  const found = await recordedStep(folder, { step: flags.step, data: flags.data });
  for (const notice of found.notices) say(notice);
  return explainRecorded(found, options);
}

/** @throws UsageError where neither a network nor a run is named, or a step of no run */
export function requireNetworkName(name: string | undefined, { step }: RunFlags): string {
  if (step !== undefined)
    throw new UsageError(
      '--step is a step of a recorded run; add --run FOLDER, or use --steps for steps on one batch.',
    );
  if (name !== undefined) return name;
  throw new UsageError('no network is named; give one, such as example:mazur, or a recorded run with --run FOLDER.');
}
