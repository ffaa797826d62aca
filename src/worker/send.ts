// A training as data that can be sent to a worker, and a sentence about each thing that cannot.
import * as activations from '../activations/index.ts';
import type { Backend } from '../backends/index.ts';
import type { Dataset } from '../data/index.ts';
import { ChainruleError } from '../errors.ts';
import { describeNetwork, networkFrom } from '../formats/index.ts';
import * as layerTypes from '../layers/index.ts';
import type { Layer } from '../layers/layer.ts';
import * as losses from '../losses/index.ts';
import { isLabels, type Rows, type Tensor } from '../memory/index.ts';
import type { Network } from '../network/index.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import {
  type FitOptions,
  type FullBatchOptimizer,
  fittingDataset,
  type LiveOptions,
  type TrainingData,
} from '../train/index.ts';
import type { ScheduleDescription, SentBackend, SentFit, SentLooks, SentNetwork, SentOptimizer } from './messages.ts';
import { backendFrom, optimizerFrom, scheduleFrom } from './rules.ts';

/** How a network is trained in a worker: as by `fit`, but what is code is named instead of given. */
export interface WorkerFitOptions extends Omit<FitOptions, 'schedule' | 'onStep'> {
  /** How the learning rate changes, by name: `{ name: 'cosine' }`; it stays unless given. */
  readonly schedule?: ScheduleDescription;
  /**
   * Whether the memory of the data and the validation data is handed over instead of copied. They are empty afterwards.
   * False unless given; memory in a `SharedArrayBuffer` is shared in any case.
   */
  readonly transfer?: boolean;
}

/** A message, and the memory that goes with it. */
export interface Parcel {
  readonly fit: SentFit;
  readonly buffers: readonly ArrayBuffer[];
}

/**
 * A training as what can be sent.
 * @throws ChainruleError `unsupported` at the first thing that is code, else as `fit`
 */
export function parcel(net: Network, data: TrainingData, options: WorkerFitOptions): Parcel {
  const { optimizer, schedule, validation, backend, signal, onProgress, transfer = false, ...others } = options;
  if (schedule !== undefined) checkSchedule(schedule);
  const packing = new Packing();
  const give = (given: TrainingData) => packing.dataset(fittingDataset(net, given), transfer || !('samples' in given));
  const fit = {
    network: sendNetwork(net, packing),
    data: give(data),
    ...(validation && { validation: give(validation) }),
    ...(optimizer && { optimizer: sendOptimizer(optimizer) }),
    ...(schedule && { schedule }),
    ...(backend && { backend: sendBackend(backend) }),
    options: others,
    progress: onProgress !== undefined,
    aborted: signal?.aborted ?? false,
  };
  return { fit, buffers: [...packing.buffers] };
}

/** A live training as what can be sent: its settings, and what it is looked at on. */
export function liveParcel(
  net: Network,
  data: TrainingData,
  { views = {}, trainingSample, ...options }: LiveOptions,
): Parcel & { readonly looks: SentLooks } {
  const { fit, buffers } = parcel(net, data, options);
  const packing = new Packing();
  const give = (given: TrainingData) => packing.dataset(fittingDataset(net, given), !('samples' in given));
  const sent = Object.entries(views).map(([name, { data, names }]) => [name, { data: give(data), names }] as const);
  const looks = { views: Object.fromEntries(sent), ...(trainingSample && { trainingSample: give(trainingSample) }) };
  return { fit, looks, buffers: [...buffers, ...packing.buffers] };
}

/** A typed array, as far as it matters for sending it. */
interface Sendable<Own> {
  readonly buffer: ArrayBufferLike;
  readonly byteLength: number;
  slice(): Own;
}

/** Collects the memory that is handed over: copies of the caller's, made once, or the caller's own where it may be given away. */
class Packing {
  readonly buffers = new Set<ArrayBuffer>();

  dataset(dataset: Dataset, give: boolean): Dataset {
    const { inputs, targets, weights } = dataset.samples;
    return {
      ...dataset,
      samples: {
        inputs: this.rows(inputs, give),
        targets: isLabels(targets)
          ? { ...targets, labels: this.array(targets.labels, give) }
          : this.rows(targets, give),
        ...(weights && { weights: this.array(weights, give) }),
      },
    };
  }

  tensor({ shape, data }: Tensor): Tensor {
    return { shape, data: this.array(data, false) };
  }

  private rows(rows: Rows, give: boolean): Rows {
    return { ...rows, values: this.array(rows.values, give) };
  }

  private array<Own extends Sendable<Own>>(own: Own, give: boolean): Own {
    if (!(own.buffer instanceof ArrayBuffer)) return own;
    // A part of a larger memory is copied: handing over would take the rest along.
    const sent = give && own.byteLength === own.buffer.byteLength ? own : own.slice();
    if (sent.buffer instanceof ArrayBuffer) this.buffers.add(sent.buffer);
    return sent;
  }
}

function sendNetwork(net: Network, packing: Packing): SentNetwork {
  const { layers, ...rest } = describeNetwork(net, { parameters: false });
  // Its parameters are sent, so that it does not matter how they once began; an initializer may be anyone's.
  const entries = net.layers.map(({ type, options: { initializer: _, ...options }, activation }) => ({
    type,
    ...options,
    ...(activation && { activation: activation.name }),
  }));
  const description = { ...rest, layers: entries };
  for (const [index, layer] of net.layers.entries()) requireHouse(layer, `layers[${index}]`);
  if (!isOneOf(losses, net.loss)) throw cannotSend(`the loss ${net.loss.name}`);
  const rebuilt = networkFrom(description, 'the network');
  for (const [index, layer] of net.layers.entries()) {
    if (!sameCode(layer, rebuilt.layers[index])) throw cannotSend(`layers[${index}] (${layer.type})`);
  }
  const parameters = Object.entries(net.parameters).map(([name, tensor]) => [name, packing.tensor(tensor)] as const);
  return { description, parameters: Object.fromEntries(parameters) };
}

const houseTypes = new Set(Object.values(layerTypes).map(({ type }) => type.type));

function requireHouse({ type, activation }: Layer, place: string): void {
  if (!houseTypes.has(type)) throw cannotSend(`${place} (${type})`);
  if (activation !== null && !isOneOf(activations, activation)) {
    throw cannotSend(`the activation ${activation.name} of ${place} (${type})`);
  }
}

const isOneOf = (rules: object, rule: unknown): boolean => Object.values(rules).includes(rule);

/** Whether two rules have functions of the same text: one that only goes by a name of the house has not. */
function sameCode(one: object, other: object): boolean {
  const code = (rule: object) =>
    Object.entries(rule).map(([key, value]) => (typeof value === 'function' ? `${key}: ${value}` : key));
  return code(one).sort().join('\n') === code(other).sort().join('\n');
}

function sendOptimizer(optimizer: Optimizer | FullBatchOptimizer): SentOptimizer {
  const { name } = optimizer;
  const { clipValue: _, clipNorm: __, ...settings } = optimizer.settings;
  const sent =
    'minimize' in optimizer
      ? { name, settings }
      : {
          name,
          settings: { ...settings, learningRate: optimizer.learningRate },
          ...(optimizer.clip && { clip: optimizer.clip }),
        };
  const rebuilt = optimizerFrom(sent);
  if (rebuilt === undefined || !sameCode(optimizer, rebuilt)) throw cannotSend(`the optimizer ${name}`);
  return sent;
}

function checkSchedule(schedule: ScheduleDescription): void {
  if ('factor' in schedule && typeof schedule.factor === 'function') {
    throw new ChainruleError(
      'unsupported',
      `the schedule ${schedule.name} is given as code, which cannot be sent to a worker; give it by name, as { name: 'cosine' }.`,
    );
  }
  scheduleFrom(schedule);
}

function sendBackend({ name, threads }: Backend): SentBackend {
  const sent = { name, ...(threads !== undefined && { threads }) };
  if (backendFrom(sent) !== undefined) return sent;
  throw new ChainruleError(
    'unsupported',
    `the backend ${name} cannot run in a worker; use the wasm or the reference backend, or train with fit.`,
  );
}

const cannotSend = (what: string) =>
  new ChainruleError(
    'unsupported',
    `${what} is none of the library's own, and code cannot be sent to a worker; use one of the library's, or train with fit.`,
  );
