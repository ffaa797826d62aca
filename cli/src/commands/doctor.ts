// `doctor`: trains while watching, or examines a trained model on data, and says what is wrong, why, and what to do.
import type { FitResult } from 'chainrule';
import { type Autopsy, type Diagnosis, diagnose, renderAutopsy, renderFindings } from 'chainrule/doctor';
import { Command } from 'commander';
import { backendNamed } from '../backend.ts';
import { autopsyOf, diagnoseTraining, doctorLanguage, widthOf } from '../doctor.ts';
import { exitStatus, UsageError } from '../errors.ts';
import { languageOf } from '../language.ts';
import { networkArgument, readNetwork } from '../network-source.ts';
import { count } from '../numbers.ts';
import { colors, printData, printJson, say, sayChoice } from '../output.ts';
import { readPrepared } from '../parts.ts';
import { prepareTraining } from '../prepare-training.ts';
import { addTrainingOptions, checkFlags, dataArgument, type TrainFlags } from '../train-flags.ts';
import { sayChoices } from '../train-report.ts';
import { interruption, trainLive } from '../training.ts';

/** What was examined, and what came of it. */
interface Examined extends Diagnosis {
  readonly result?: FitResult;
  readonly autopsy?: Autopsy | undefined;
}

export function doctorCommand(): Command {
  const command = new Command('doctor')
    .description('Say what is wrong with a training or a model, with evidence and a remedy; nothing is written.')
    .argument('<network>', `${networkArgument}; left out, DATA gets the network that train would choose`)
    .argument('[data]', dataArgument);
  return addTrainingOptions(command, (one) => one)
    .optionsGroup('Output:')
    .option('--json', 'print findings and evidence as JSON')
    .option('--quiet', 'say nothing but the findings and errors')
    .addHelpText(
      'after',
      '\nA network, or DATA alone, is trained as train would do it. A model that train wrote is examined\nas it stands, unless --epochs says to train it further. Exit status 1 means something is wrong.',
    )
    .action(doctor);
}

async function doctor(first: string, second: string | undefined, flags: TrainFlags, command: Command): Promise<void> {
  const [network, name] = second === undefined ? [undefined, first] : [first, second];
  const asked = { ...flags, ...(network !== undefined && { network }) };
  checkFlags(asked, '');
  const examined = (await examineModel(network, name, asked)) ?? (await watch(name, asked));
  const language = doctorLanguage(languageOf(command));
  const { findings, autopsy } = examined;
  if (flags.json) printJson(report(examined, language));
  else {
    const { bold } = colors(process.stdout);
    const options = { language, width: widthOf(process.stdout), emphasis: bold };
    printData(renderFindings(findings, options).trimEnd());
    if (autopsy !== undefined) printData(`\n${renderAutopsy(autopsy, options).trimEnd()}`);
  }
  const interrupted = examined.result?.ending === 'aborted';
  if (interrupted) process.exitCode = exitStatus.interrupted;
  else process.exitCode = findings.length > 0 ? exitStatus.no : exitStatus.done;
}

/** A model that was trained already is examined as it stands; undefined where there is something to train. */
async function examineModel(
  network: string | undefined,
  name: string,
  flags: TrainFlags,
): Promise<Examined | undefined> {
  if (network === undefined || flags.epochs !== undefined) return undefined;
  const model = await readNetwork(network);
  if (model.preprocessing === undefined) return undefined;
  const data = await readPrepared(name, model.preprocessing);
  if (!flags.quiet) {
    sayChoice('Model', `${network}, examined as it stands on ${count(data.samples.inputs.count)} samples of ${name}`);
    say('');
  }
  return diagnose({ network: model.network, data, options: { backend: await backendNamed(flags) } });
}

/** Trains while watching. */
async function watch(name: string, flags: TrainFlags): Promise<Examined> {
  const { net, settings } = await prepareTraining(name, flags);
  const { parts, plan } = settings;
  if (plan.epochs === 0) throw new UsageError('--epochs 0 trains nothing; give at least 1.');
  if (!flags.quiet) {
    sayChoices({ ...settings, name, net, scaling: flags });
    if (parts.validation === undefined)
      say('Without validation data over-fitting cannot be seen: --validation 0.2 sets some aside.\n');
  }
  const { signal, release } = interruption();
  const quiet = flags.quiet ?? false;
  const result = await trainLive(net, { ...settings, ...parts, ...plan, trainingScores: true, signal, quiet });
  release();
  const training = { ...settings, net, result };
  return { ...diagnoseTraining(training), result, autopsy: await autopsyOf(training) };
}

/** Findings, autopsy and what they were judged by, as `--json` prints them. */
function report({ findings, evidence, result, autopsy }: Examined, language: 'en' | 'zh'): unknown {
  const { skill, validationSkill, movement, start, end, columns, classes } = evidence;
  const read = ({ loss, layers }: typeof end) => ({ loss, layers });
  return plain({
    examined: result === undefined ? 'model' : 'training',
    findings: findings.map(({ text, ...finding }) => ({ ...finding, ...text[language] })),
    autopsy: autopsy ?? null,
    training: result === undefined ? null : trainingJson(result),
    evidence: {
      skill,
      validationSkill: validationSkill ?? null,
      movement,
      start: read(start),
      end: read(end),
      columns,
      classes: classes ?? null,
    },
  });
}

function trainingJson({ history, ending, divergedAt, bestEpoch, steps }: FitResult): Record<string, unknown> {
  return {
    epochs: history.length,
    steps,
    ending,
    ...(divergedAt && { divergedAt }),
    ...(bestEpoch !== undefined && { bestEpoch }),
  };
}

/** JSON has no NaN and no infinity: they become their names. */
function plain(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, own]) => [key, plain(own)]));
}
