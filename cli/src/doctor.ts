// What the doctor says about a training, for people: after `train` in a few lines, in `doctor` in full.
import type { Epoch, FitOptions, FitResult, Network } from 'chainrule';
import {
  type Autopsy,
  autopsy,
  type Diagnosis,
  type DoctorLanguage,
  diagnose,
  renderAutopsy,
  watch,
} from 'chainrule/doctor';
import { colors, say, sayChoice } from './output.ts';
import type { Settings } from './train-report.ts';

/** A finished training. */
export interface FinishedTraining extends Settings {
  /** As it was before. */
  readonly net: Network;
  readonly result: FitResult;
}

/** The doctor's language for one of the command line's. */
export const doctorLanguage = (language: string): DoctorLanguage => (language === 'zh' ? 'zh' : 'en');

/** What is wrong with a training. */
export function diagnoseTraining({ net, result, ...settings }: FinishedTraining): Diagnosis {
  return diagnose({ network: net, data: settings.parts.training, options: optionsOf(settings), result });
}

/** The autopsy of a training that diverged. */
export async function autopsyOf({ net, result, ...settings }: FinishedTraining): Promise<Autopsy | undefined> {
  // It goes over the last steps again, whose samples it must have in memory.
  if (result.divergedAt === undefined || settings.parts.training.stream !== undefined) return undefined;
  return autopsy(net, settings.parts.training, optionsOf(settings), result.divergedAt);
}

/** A training as `fit` takes it. */
export function optionsOf({ parts, plan, seed, backend, shuffle, dropLast }: Settings): FitOptions {
  const { patience, ...rest } = plan;
  return {
    ...rest,
    seed,
    backend,
    shuffle,
    dropLast,
    ...(patience !== undefined && { patience }),
    ...(parts.validation && { validation: parts.validation }),
  };
}

/** While `train` runs: what is evident after an epoch, a line for each thing, once. */
export function warnings({ net, ...settings }: Omit<FinishedTraining, 'result'>, language: string) {
  const own = doctorLanguage(language);
  const { yellow } = colors(process.stderr);
  const look = watch(net, settings.parts.training, optionsOf(settings));
  const head = yellow(own === 'zh' ? '警告：' : 'warning:');
  return (epoch: Epoch): string[] => look(epoch).map(({ text }) => `${head}${own === 'zh' ? '' : ' '}${text[own]}`);
}

/** After `train`: the first finding in a line or two, and the autopsy where training diverged. */
export async function sayDoctor(training: FinishedTraining, language: string): Promise<void> {
  const own = doctorLanguage(language);
  const [first] = diagnoseTraining(training).findings;
  if (first !== undefined) {
    const { name, what, remedy } = first.text[own];
    const flags = first.remedies.find((one) => one.flags !== undefined)?.flags;
    const [colon, open, close] = own === 'zh' ? ['：', '（', '）'] : [': ', ' (', ')'];
    sayChoice('Doctor', `${name}${colon}${what}`);
    sayChoice('', `${remedy}${flags === undefined ? '' : `${open}${flags}${close}`}`);
  }
  const opened = await autopsyOf(training);
  if (opened === undefined) return;
  const { bold } = colors(process.stderr);
  say(`\n${renderAutopsy(opened, { language: own, width: widthOf(process.stderr), emphasis: bold }).trimEnd()}`);
}

/** Columns to wrap at. */
export function widthOf(stream: NodeJS.WriteStream): number {
  return Math.min(stream.columns ?? 80, 100);
}
