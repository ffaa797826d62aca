// What `train` chooses where nothing was said: a network, a loss, an optimizer and a length of training that suit the data.
import {
  clipped,
  type Dataset,
  type FullBatchOptimizer,
  lbfgs,
  lm,
  losses,
  type Network,
  type Optimizer,
  optimizers,
  sampleCount,
} from 'chainrule';
import { networkFrom } from 'chainrule/formats';
import { UsageError } from './errors.ts';
import { answers } from './parts.ts';
import type { Techniques } from './techniques.ts';

/** What the user said about the network. */
export interface NetworkWishes {
  readonly hidden?: readonly number[];
  readonly activation?: string;
  readonly loss?: string;
  readonly l1?: number;
  /** The share of each hidden layer's outputs that training drops. */
  readonly dropout?: number;
}

/** Dense layers for the data, their parameters drawn from the seed. */
export function networkFor(dataset: Dataset, wishes: NetworkWishes, seed: number): Network {
  const { hidden = [sampleCount(dataset) < 5000 ? 32 : 64], activation = 'tanh' } = wishes;
  const loss = wishes.loss ?? lossFor(dataset);
  const dropped = wishes.dropout ? [{ type: 'dropout', rate: wishes.dropout }] : [];
  const layers = [
    ...hidden.flatMap((units) => [{ type: 'dense', units, activation }, ...dropped]),
    { type: 'dense', units: answers(dataset), activation: outputActivation(dataset, loss) },
  ];
  return networkFrom(
    { input: [dataset.samples.inputs.width], layers, loss, l2: penaltyFor(dataset, wishes), seed },
    'the network asked for',
  );
}

/** A little L2 keeps small classifiers from certainty; measured on iris and the digits, it costs nothing elsewhere. */
function penaltyFor({ task }: Dataset, { loss, l1 }: NetworkWishes): number {
  return task === 'classification' && loss === undefined && l1 === undefined ? 0.001 : 0;
}

function lossFor(dataset: Dataset): string {
  if (dataset.task === 'regression') return 'meanSquared';
  return dataset.classNames === undefined ? 'crossEntropy' : 'logLikelihood';
}

/** Outputs that the loss and the task need: any numbers, or shares from 0 to 1. */
function outputActivation({ task }: Dataset, loss: string): string {
  const rule = Object.values(losses).find(({ name }) => name === loss);
  if (rule?.activation !== undefined) return rule.activation;
  // Targets of −1 and 1 are margins to pass, which a bounded output cannot.
  if (rule?.targets !== undefined) return 'linear';
  return task === 'regression' && rule?.outputs === undefined ? 'linear' : 'sigmoid';
}

/** How training goes. */
export interface TrainingPlan extends Techniques {
  readonly optimizer: Optimizer | FullBatchOptimizer;
  readonly epochs: number;
  readonly batch: number;
  /** Epochs without improvement before stopping; undefined for never. */
  readonly patience: number | undefined;
}

/** The same in batches. */
export interface BatchPlan extends TrainingPlan {
  readonly optimizer: Optimizer;
}

/** What the user said about training. */
export interface TrainingWishes {
  readonly optimizer?: string;
  readonly lr?: number;
  readonly momentum?: number;
  readonly weightDecay?: number;
  readonly clipValue?: number;
  readonly clipNorm?: number;
  readonly epochs?: number;
  readonly batch?: number;
  readonly patience?: number;
}

/** The methods that see all samples at once. */
const fullBatch: Readonly<Record<string, () => FullBatchOptimizer>> = { lbfgs, lm };

/** What `--optimizer` takes. */
export const optimizerNames: readonly string[] = [...Object.keys(optimizers), ...Object.keys(fullBatch)];

/** Whether a name is that of a method that sees all samples at once. */
export const isFullBatchName = (name: string | undefined): boolean =>
  name !== undefined && Object.hasOwn(fullBatch, name);

/** Small data needs many epochs to come to this many steps. */
const leastSteps = 3000;

/** Training for a network of the house's choosing: Adam, and early stopping where there is something to watch. */
export function planFor(training: Dataset, watched: boolean, wishes: TrainingWishes): BatchPlan {
  const samples = sampleCount(training);
  const chosen = wishes.optimizer ?? impliedOptimizer(wishes) ?? 'adam';
  const streamed = training.stream !== undefined;
  const mostBatch = streamed ? 256 : 64;
  const batch = wishes.batch ?? Math.max(8, Math.min(mostBatch, 2 ** Math.round(Math.log2(samples / 32))));
  const epochs = wishes.epochs ?? Math.max(streamed ? 20 : 200, Math.ceil(leastSteps / Math.ceil(samples / batch)));
  return {
    optimizer: optimizerFor({ ...wishes, optimizer: chosen }, chosen === 'adam' ? 0.005 : undefined),
    epochs,
    batch,
    patience: wishes.patience ?? (watched ? Math.max(streamed ? 3 : 20, Math.ceil(epochs / 10)) : undefined),
  };
}

/** Training for a network that the user brought: nothing that was not asked for. */
export function plainPlan(net: Network, wishes: TrainingWishes): BatchPlan {
  return {
    optimizer: optimizerFor(wishes, net.learningRate),
    epochs: wishes.epochs ?? 30,
    batch: wishes.batch ?? 10,
    patience: wishes.patience,
  };
}

/** How many iterations a full-batch method gets: it ends by itself where nothing more is to be gained. */
const iterations = 200;

/** Training by a full-batch method: an epoch is one iteration on all samples. */
export function fullBatchPlan(
  training: Dataset,
  wishes: TrainingWishes & { readonly optimizer: string },
): TrainingPlan {
  return {
    optimizer: fullBatch[wishes.optimizer](),
    epochs: wishes.epochs ?? iterations,
    batch: training.samples.inputs.count,
    patience: wishes.patience,
  };
}

/** What optimizers take, by the flags that say it. */
const rateFlags = { learningRate: '--lr', momentum: '--momentum', weightDecay: '--weight-decay' } as const;

/** A maker of optimizers, and the schema of what it takes. */
type Maker = ((rates: { readonly [Rate in keyof typeof rateFlags]?: number }) => Optimizer) & {
  readonly schema: { safeParse(value: unknown): { readonly success: boolean } };
};

/** The optimizer that a rate of its own speaks of, where none is named. */
function impliedOptimizer({ momentum, weightDecay }: TrainingWishes): string | undefined {
  if (momentum !== undefined) return 'momentum';
  return weightDecay === undefined ? undefined : 'adamw';
}

/** @throws UsageError where the optimizer does not take a rate that was asked for */
function optimizerFor(wishes: TrainingWishes, rate: number | undefined): Optimizer {
  const makers: Readonly<Record<string, Maker>> = optimizers;
  const { lr, momentum, weightDecay, clipValue, clipNorm } = wishes;
  const name = wishes.optimizer ?? impliedOptimizer(wishes) ?? 'sgd';
  const make = makers[name];
  const takes = (key: string) => make.schema.safeParse({ [key]: 0.5 }).success;
  const asked = Object.entries({ learningRate: lr, momentum, weightDecay }).filter(([, value]) => value !== undefined);
  for (const [key, flag] of Object.entries(rateFlags)) {
    if (!asked.some(([wish]) => wish === key) || takes(key)) continue;
    const able = Object.keys(makers).filter((other) => makers[other].schema.safeParse({ [key]: 0.5 }).success);
    throw new UsageError(
      `--optimizer ${name} takes no ${flag}; leave it out, or choose ${able.length > 3 ? 'another' : able.join(' or ')}.`,
    );
  }
  const rates = {
    ...(rate !== undefined && takes('learningRate') && { learningRate: rate }),
    ...Object.fromEntries(asked),
  };
  const optimizer = make(rates);
  if (clipValue !== undefined) return clipped(optimizer, { value: clipValue });
  return clipNorm === undefined ? optimizer : clipped(optimizer, { norm: clipNorm });
}
