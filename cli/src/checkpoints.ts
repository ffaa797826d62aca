// `--checkpoint` and `--resume`: where a training stands as a file, and whether it is the training that is going on.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Dataset, type Epoch, type FitResult, isLabels, type Network, sampleCount } from 'chainrule';
import { describeNetwork as networkJson, readCheckpoint, type TrainingState, writeCheckpoint } from 'chainrule/formats';
import { writeWhole } from 'chainrule/node';
import { describeNetwork } from './descriptions.ts';
import { UsageError } from './errors.ts';
import { techniquesJson } from './techniques.ts';
import { flagOf } from './train-flags.ts';
import type { Settings } from './train-report.ts';

/** What must be the same for a training that goes on to give what one without a stop gives. */
export type Identity = Readonly<Record<string, unknown>>;

/** The entry of a state's settings that holds it. */
const identityKey = 'commandLine';

/** Settings by the names of their flags, and the data by its digest. */
export function identityOf({ parts, plan, backend, seed, shuffle, dropLast }: Settings): Identity {
  const { optimizer, epochs, batch, chosenSchedule } = plan;
  return {
    seed,
    optimizer: optimizer.name,
    ...('learningRate' in optimizer && { lr: optimizer.learningRate }),
    ...optimizer.settings,
    batch,
    noShuffle: !shuffle,
    dropLast,
    ...techniquesJson(plan),
    ...(chosenSchedule?.spansEpochs && { epochs }),
    backend: backend.name,
    data: digest(parts.training, parts.validation),
  };
}

/** A state that says which training it is one of, for `--resume` to know it again. */
export function identified(state: TrainingState, identity: Identity): TrainingState {
  return { ...state, settings: { ...state.settings, [identityKey]: identity } };
}

/** A digest of all the numbers trained on and watched, and of what they mean. */
function digest(...parts: readonly (Dataset | undefined)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    if (part === undefined) continue;
    const { inputs, targets, weights } = part.samples;
    const { task, classNames, inputShape } = part;
    hash.update(JSON.stringify([task, classNames, inputShape, sampleCount(part)]));
    for (const values of [
      inputs.values,
      isLabels(targets) ? targets.labels : targets.values,
      ...(weights ? [weights] : []),
    ])
      hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  return hash.digest('hex').slice(0, 32);
}

/** A writer of checkpoints. */
export interface CheckpointWriter {
  readonly afterEpoch: (epoch: Epoch) => Promise<void>;
  readonly atEnd: (result: FitResult) => Promise<void>;
}

/** Writes checkpoints to a file: whole, or the one before stays. */
export function checkpointWriter(path: string, every: number, settings: Settings): CheckpointWriter {
  const identity = identityOf(settings);
  const { preprocessing } = settings.parts.training;
  const write = (network: Network, state: TrainingState): Promise<void> =>
    writeWhole(
      path,
      writeCheckpoint({
        network,
        ...(preprocessing && { preprocessing }),
        state: identified(state, identity),
      }),
    );
  return {
    async afterEpoch({ epoch, network, state }) {
      if (state !== undefined && epoch % every === 0) await write(network, state());
    },
    async atEnd({ network, state }) {
      if (state !== undefined) await write(network, state);
    },
  };
}

/**
 * Where an earlier training stands, once it is known to be one of this network with these settings and data.
 * @throws UsageError where it is another, ChainruleError where the file is no checkpoint or damaged
 */
export async function readResumed(path: string, net: Network, settings: Settings): Promise<TrainingState> {
  const { network, state } = readCheckpoint(await bytesOf(path), path);
  const saved = state.settings[identityKey];
  const [before, now] = [isRecord(saved) ? saved : {}, identityOf(settings)];
  const refuse = (difference: string): never => {
    throw new UsageError(
      `${path} holds a training ${difference}; give what that one was given, or leave --resume out to begin anew.`,
    );
  };
  // The data decides how wide a network is, and the seed how it begins: they go first, as the cause.
  if (before.data !== undefined && before.data !== now.data) return refuse(otherData(before, now));
  const [theirs, ours] = [network, net].map((one) =>
    JSON.stringify(networkJson({ ...one, seed: 0 }, { parameters: false })),
  );
  if (theirs !== ours)
    return refuse(`of another network, ${describeNetwork(network)}, where this one is of ${describeNetwork(net)}`);
  const keys = new Set([...Object.keys(before), ...Object.keys(now)]);
  for (const key of keys) {
    if (Object.keys(before).length === 0 || before[key] === now[key]) continue;
    refuse(`${withFlag(key, before[key])} where this one is ${withFlag(key, now[key])}`);
  }
  return state;
}

/** Another seed cuts other parts from the same data. */
function otherData(before: Identity, now: Identity): string {
  if (before.seed !== now.seed) return `with --seed ${before.seed} where this one is with --seed ${now.seed}`;
  return 'on other data or other parts of it';
}

function withFlag(key: string, value: unknown): string {
  if (value === undefined || value === false) return `without ${flagOf(key)}`;
  return value === true ? `with ${flagOf(key)}` : `with ${flagOf(key)} ${value}`;
}

const isRecord = (value: unknown): value is Identity => typeof value === 'object' && value !== null;

async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new UsageError(
      `${path} ${missing ? 'does not exist' : 'cannot be read'}; --resume takes the file that --checkpoint wrote.`,
    );
  }
}
