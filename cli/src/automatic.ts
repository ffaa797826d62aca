// What `train` chooses where nothing was said: a network, a loss, an optimizer and a length of training that suit the data.
import { type Dataset, losses, type Network, type Optimizer, optimizers } from 'chainrule';
import { networkFrom } from 'chainrule/formats';
import { UsageError } from './errors.ts';
import { answers } from './parts.ts';

/** What the user said about the network. */
export interface NetworkWishes {
  readonly hidden?: readonly number[];
  readonly activation?: string;
  readonly loss?: string;
  readonly l1?: number;
}

/** Dense layers for the data, their parameters drawn from the seed. */
export function networkFor(dataset: Dataset, wishes: NetworkWishes, seed: number): Network {
  const { hidden = [dataset.samples.inputs.count < 5000 ? 32 : 64], activation = 'tanh' } = wishes;
  const loss = wishes.loss ?? lossFor(dataset);
  const layers = [
    ...hidden.map((units) => ({ type: 'dense', units, activation })),
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
  return task === 'regression' && rule?.outputs === undefined ? 'linear' : 'sigmoid';
}

/** How training goes. */
export interface TrainingPlan {
  readonly optimizer: Optimizer;
  readonly epochs: number;
  readonly batch: number;
  /** Epochs without improvement before stopping; undefined for never. */
  readonly patience: number | undefined;
}

/** What the user said about training. */
export interface TrainingWishes {
  readonly optimizer?: string;
  readonly lr?: number;
  readonly momentum?: number;
  readonly epochs?: number;
  readonly batch?: number;
  readonly patience?: number;
}

/** Small data needs many epochs to come to this many steps. */
const leastSteps = 3000;

/** Training for a network of the house's choosing: Adam, and early stopping where there is something to watch. */
export function planFor(training: Dataset, watched: boolean, wishes: TrainingWishes): TrainingPlan {
  const samples = training.samples.inputs.count;
  const chosen = wishes.optimizer ?? (wishes.momentum === undefined ? 'adam' : 'momentum');
  const batch = wishes.batch ?? Math.max(8, Math.min(64, 2 ** Math.round(Math.log2(samples / 32))));
  const epochs = wishes.epochs ?? Math.max(200, Math.ceil(leastSteps / Math.ceil(samples / batch)));
  return {
    optimizer: optimizerFor({ ...wishes, optimizer: chosen }, chosen === 'adam' ? 0.005 : undefined),
    epochs,
    batch,
    patience: wishes.patience ?? (watched ? Math.max(20, Math.ceil(epochs / 10)) : undefined),
  };
}

/** Training for a network that the user brought: nothing that was not asked for. */
export function plainPlan(net: Network, wishes: TrainingWishes): TrainingPlan {
  return {
    optimizer: optimizerFor(wishes, net.learningRate),
    epochs: wishes.epochs ?? 30,
    batch: wishes.batch ?? 10,
    patience: wishes.patience,
  };
}

/** A maker of optimizers, and the schema of what it takes. */
type Maker = ((rates: { readonly learningRate?: number; readonly momentum?: number }) => Optimizer) & {
  readonly schema: { safeParse(value: unknown): { readonly success: boolean } };
};

/** @throws UsageError where the optimizer does not take a rate that was asked for */
function optimizerFor({ optimizer, lr, momentum }: TrainingWishes, rate: number | undefined): Optimizer {
  const makers: Readonly<Record<string, Maker>> = optimizers;
  const name = optimizer ?? (momentum === undefined ? 'sgd' : 'momentum');
  const make = makers[name];
  const takes = (key: string) => make.schema.safeParse({ [key]: 0.5 }).success;
  if (lr !== undefined && !takes('learningRate'))
    throw new UsageError(`--optimizer ${name} takes no --lr; leave it out.`);
  if (momentum !== undefined && !takes('momentum'))
    throw new UsageError(`--optimizer ${name} takes no --momentum; leave one of them out.`);
  const learningRate = lr ?? (takes('learningRate') ? rate : undefined);
  return make({ ...(learningRate !== undefined && { learningRate }), ...(momentum !== undefined && { momentum }) });
}
