// Everything that a training needs, read and chosen from the flags: data, network, plan and backend.
import { type Dataset, type Network, type Shape, sampleCount } from 'chainrule';
import type { Model } from 'chainrule/formats';
import { fullBatchPlan, isFullBatchName, networkFor, plainPlan, planFor, type TrainingPlan } from './automatic.ts';
import { backendNamed } from './backend.ts';
import { UsageError } from './errors.ts';
import { readNetwork } from './network-source.ts';
import { type Parts, readParts } from './parts.ts';
import { prepareOf, preparingFlags } from './predicting-flags.ts';
import { readingOf } from './reading-flags.ts';
import { techniquesFor } from './techniques.ts';
import { flagOf, type TrainFlags } from './train-flags.ts';
import type { Settings } from './train-report.ts';

/** What is to be trained, and how. */
export interface Prepared {
  readonly net: Network;
  readonly settings: Settings;
  /** The network for a part of the data, drawn from this seed; undefined where the user brought one. */
  readonly networkMaker: ((training: Dataset, seed: number) => Network) | undefined;
  /** The network that the user brought, as it was brought. */
  readonly given: Model | undefined;
}

/**
 * Reads the data and the network, and chooses what was not said.
 * @param stream whether a table is to be streamed; one that is too large is where false is said, and none where nothing is
 * @throws UsageError or ChainruleError naming the file, row, column or option
 */
export async function prepareTraining(name: string, flags: TrainFlags, stream?: boolean): Promise<Prepared> {
  const given =
    flags.network === undefined
      ? undefined
      : await readNetwork(flags.network, flags.seed === undefined ? {} : { seed: flags.seed });
  const seed = flags.seed ?? given?.network.seed ?? 0;
  const parts = await partsFor(name, flags, given, seed, stream);
  const { training } = parts;
  const net = networkOf(flags, given, training, seed);
  const watched = parts.validation !== undefined;
  const plan = { ...planOf(flags, given, net, parts), ...techniquesFor(training, name, flags) };
  if (plan.patience !== undefined && !watched)
    throw new UsageError('--patience needs validation data to watch; add --validation 0.1, or leave --patience out.');
  if (plan.chosenSchedule?.text.endsWith('accuracy') && (!watched || training.task === 'regression'))
    throw new UsageError(
      `--schedule ${plan.chosenSchedule.text} needs an accuracy on validation data to watch; leave ":accuracy" out to watch the loss.`,
    );
  const backend = await backendNamed(isFullBatchName(flags.optimizer) ? { backend: 'reference' } : flags);
  return {
    net,
    settings: { parts, plan, backend, seed, shuffle: flags.shuffle, dropLast: flags.dropLast ?? false },
    given,
    networkMaker: given === undefined ? (part, own) => networkOf(flags, undefined, part, own) : undefined,
  };
}

function planOf(flags: TrainFlags, given: Model | undefined, net: Network, parts: Parts): TrainingPlan {
  const { optimizer } = flags;
  if (optimizer !== undefined && isFullBatchName(optimizer))
    return fullBatchPlan(parts.training, { ...flags, optimizer });
  return given === undefined ? planFor(parts.training, parts.validation !== undefined, flags) : plainPlan(net, flags);
}

/** The parts; a model trained further keeps its own preprocessing. */
function partsFor(
  name: string,
  flags: TrainFlags,
  given: Model | undefined,
  seed: number,
  stream: boolean | undefined,
): Promise<Parts> {
  const preprocessing = given?.preprocessing;
  if (preprocessing !== undefined) {
    const own = preparingFlags.find((flag) => flags[flag] !== undefined);
    if (own !== undefined) {
      throw new UsageError(
        `${flagOf(own)} cannot be changed for ${flags.network}, a model that brings its own preprocessing; leave it out.`,
      );
    }
  }
  return readParts(name, {
    test: flags.test ?? { fraction: given === undefined ? 0.2 : 0, asked: false },
    validation: flags.validation ?? { fraction: given === undefined ? 0.1 : 0, asked: false },
    seed,
    prepare: prepareOf(flags),
    reading: { ...readingOf(flags), shape: shapeOf(flags, given) },
    ...(stream !== undefined && {
      streaming: { asked: stream, dtype: flags.backend === 'reference' ? ('F64' as const) : ('F32' as const) },
    }),
    ...(preprocessing && { preprocessing }),
    ...(flags.sampleWeights !== undefined && { weights: flags.sampleWeights }),
  });
}

/** The shape that images have to have for the network that was brought. */
function shapeOf({ imageSize, grey }: TrainFlags, given: Model | undefined): Shape | undefined {
  if (given === undefined || given.network.input.length !== 3) return undefined;
  if (imageSize === undefined && grey === undefined) return given.network.input;
  throw new UsageError(
    `the network takes images of ${given.network.input.join('×')}; leave --image-size and --grey out.`,
  );
}

function networkOf(flags: TrainFlags, given: Model | undefined, training: Dataset, seed: number): Network {
  const built = given === undefined ? networkFor(training, flags, seed) : given.network;
  const { lambda } = flags;
  const l2 = lambda === undefined ? (flags.l2 ?? built.l2) : lambda / sampleCount(training);
  return { ...built, l2, l1: flags.l1 ?? built.l1, frozen: flags.unfreeze ? [] : built.frozen, seed };
}
