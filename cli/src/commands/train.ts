// `train`: reads and cuts the data, chooses what was not said and says it, trains, scores, and writes a model.
import type { Model } from 'chainrule/formats';
import { requireWritable, saveModel, writeWhole } from 'chainrule/node';
import { Command } from 'commander';
import { isFullBatchName } from '../automatic.ts';
import { type CheckpointWriter, checkpointWriter, readResumed } from '../checkpoints.ts';
import { sayCurves } from '../curves-text.ts';
import { sayDoctor, warnings } from '../doctor.ts';
import { exitStatus } from '../errors.ts';
import { type Folds, foldsJson, foldsTable, sayFoldsBaseline, trainFolds } from '../folds.ts';
import { historyText } from '../history.ts';
import { languageOf } from '../language.ts';
import { spoken } from '../languages/index.ts';
import { networkArgument } from '../network-source.ts';
import { printData, printJson, say, sayChoice } from '../output.ts';
import { type Prepared, prepareTraining } from '../prepare-training.ts';
import { record } from '../recording.ts';
import { trainingReport } from '../report/training.ts';
import { scoresTable } from '../scores.ts';
import {
  addOwnOptions,
  addTrainingOptions,
  checkOwnFlags,
  dataArgument,
  defaultOut,
  type OwnTrainFlags,
} from '../train-flags.ts';
import { conclude, type Outcome, outcomeJson, sayChoices, scoresOf, summary } from '../train-report.ts';
import { interruption, trainLive } from '../training.ts';

export function trainCommand(): Command {
  const command = new Command('train')
    .description('Train a network on DATA and write a model.')
    .argument('<data>', dataArgument);
  const trained = addTrainingOptions(command, (network) =>
    network.option('--network <network>', `${networkArgument}; nothing is then added that was not asked for`),
  );
  return addOwnOptions(trained).action(train);
}

async function train(name: string, flags: OwnTrainFlags, command: Command): Promise<void> {
  const begun = performance.now();
  const out = flags.out ?? (flags.folds === undefined ? defaultOut : '');
  checkOwnFlags(flags, out);
  for (const path of [out, flags.history, flags.checkpoint, flags.report]) if (path) await requireWritable(path);
  if (flags.folds !== undefined) return crossValidation(name, flags, flags.folds, out);
  const prepared = await prepareTraining(name, flags, streamingOf(flags));
  const { net, settings } = prepared;
  const { parts, plan, backend } = settings;
  const resume = flags.resume === undefined ? undefined : await readResumed(flags.resume, net, settings);
  const recording =
    flags.record === undefined ? undefined : await record(flags.record, name, flags, command, prepared, resume);
  if (!flags.quiet) sayChoices({ ...settings, name, net, scaling: flags });
  if (!flags.quiet && resume !== undefined) sayChoice('Resumed', `${flags.resume}, after epoch ${resume.epoch}\n`);

  const loaded = performance.now();
  const { signal, release } = interruption();
  const quiet = flags.quiet ?? false;
  const checkpoints = writerFor(flags, prepared);
  const result = await trainLive(net, {
    ...settings,
    ...parts,
    ...plan,
    ...(resume && { resume }),
    ...(recording && { onStep: recording.onStep }),
    ...(flags.trainingScores && { trainingScores: true }),
    remarks: quiet ? undefined : warnings({ ...settings, net }, languageOf(command)),
    async onEpoch(epoch) {
      await checkpoints?.afterEpoch(epoch);
      await recording?.afterEpoch(epoch);
    },
    signal,
    quiet,
  }).catch(async (error: unknown) => {
    await recording?.withdraw();
    throw error;
  });
  await checkpoints?.atEnd(result);
  await recording?.atEnd(result);

  const outcome: Outcome = {
    result,
    scores: scoresOf(result.network, parts, backend),
    ...settings,
    seconds: { load: (loaded - begun) / 1000, training: result.seconds },
  };
  await saveModel(out, modelOf(outcome));
  // Only now: Ctrl-C while scores are computed must not cost the model.
  release();
  if (flags.history !== undefined) await writeWhole(flags.history, historyText(flags.history, result.history));
  if (flags.report !== undefined)
    await writeWhole(flags.report, trainingReport({ ...outcome, name, net, language: languageOf(command) }));
  if (flags.json) printJson(outcomeJson(outcome, out, (performance.now() - begun) / 1000));
  else printData(scoresTable(outcome.scores.map(([part, one]) => [spoken(part), one])));
  if (flags.curves || (process.stderr.isTTY && !quiet)) sayCurves(result.history);
  process.exitCode = conclude(outcome, { ...flags, out }, quiet);
  if (!quiet) await sayDoctor({ ...settings, net, result }, languageOf(command));
}

/** Whether tables are streamed: all, or those too large for memory; undefined where all samples are needed in memory. */
function streamingOf({ stream = false, record, optimizer }: OwnTrainFlags): boolean | undefined {
  return stream || (record === undefined && !isFullBatchName(optimizer)) ? stream : undefined;
}

/** What is kept of a training. */
function modelOf(outcome: Outcome): Model {
  const { preprocessing } = outcome.parts.training;
  return { network: outcome.result.network, ...(preprocessing && { preprocessing }), training: summary(outcome) };
}

function writerFor(
  { checkpoint, checkpointEvery = 1 }: OwnTrainFlags,
  prepared: Prepared,
): CheckpointWriter | undefined {
  return checkpoint === undefined ? undefined : checkpointWriter(checkpoint, checkpointEvery, prepared.settings);
}

/** `--folds`: as many trainings, and with `--out` one more on everything, whose model is written. */
async function crossValidation(name: string, flags: OwnTrainFlags, folds: number, out: string): Promise<void> {
  const none = { fraction: 0, asked: true };
  const prepared = await prepareTraining(name, { ...flags, test: none, validation: none });
  const { net, settings } = prepared;
  const quiet = flags.quiet ?? false;
  if (!quiet) sayChoices({ ...settings, name, net, scaling: flags, folds });
  const { signal, release } = interruption();
  const found = await trainFolds(prepared, folds, { signal, quiet });
  const wanted = out !== '' && !found.aborted;
  const model = wanted && (await trainOnAll(prepared, out, { folds, ...found, signal, quiet })) ? out : null;
  release();
  if (flags.json) printJson({ model, ...foldsJson(found, prepared) });
  else if (found.scores !== null) printData(foldsTable(found));
  if (found.aborted) {
    say(`interrupted after ${found.results.length} of ${folds} folds; no model was written.`);
    process.exitCode = exitStatus.interrupted;
  } else if (!quiet) {
    sayFoldsBaseline(prepared);
    if (model !== null) sayChoice('Model', `${model}, trained on all the data`);
    if (wanted && model === null)
      say('The training on all the data was interrupted or diverged: no model was written.');
  }
  const diverged = found.results.find(({ ending }) => ending === 'diverged');
  if (diverged === undefined || found.aborted) return;
  say(`diverged: the loss was no finite number in fold ${diverged.fold + 1}; try a smaller learning rate.`);
  process.exitCode = exitStatus.no;
}

/** Trains on all the data and writes the model, the scores of the folds in it; false where training came to no good end. */
async function trainOnAll(
  { net, settings }: Prepared,
  out: string,
  { scores, folds, signal, quiet }: Folds & { folds: number; signal: AbortSignal; quiet: boolean },
): Promise<boolean> {
  const { parts, plan, backend } = settings;
  const result = await trainLive(net, { ...settings, ...parts, ...plan, signal, quiet });
  if (result.ending === 'aborted' || result.ending === 'diverged') return false;
  const seconds = { load: 0, training: result.seconds };
  const model = modelOf({ result, scores: scoresOf(result.network, parts, backend), ...settings, seconds });
  await saveModel(out, { ...model, training: { ...model.training, crossValidation: { folds, ...scores } } });
  return true;
}
