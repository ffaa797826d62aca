// Nielsen's broad strategy as a sequence of decisions (Neural Networks and Deep Learning, chapter 3, "How to choose a neural
// network's hyper-parameters?"): first get anything that learns, quickly, on a part of the data; then refine one thing after
// another. Pure: it names the runs of each stage and judges their results; languages.ts has the words.
import { compareResults, type Run, type RunResult } from './results.ts';
import type { Settings } from './settings.ts';

/** What the strategy has to know of the data. */
export interface BroadFacts {
  /** Samples of the training part. */
  readonly samples: number;
  /** The score of who knows nothing: the majority class's accuracy, or an R² of 0. */
  readonly baseline: number;
  /** Epochs of the last, longest runs. */
  readonly epochs: number;
}

/** The questions, in the order they are asked; `insist` only where nothing learnt. */
const stageNames = ['signal', 'insist', 'network', 'rate', 'batch', 'penalty', 'refine', 'full'] as const;
/** A stage of the broad strategy, in their order. */
export type StageName = (typeof stageNames)[number];

/** A question and the runs that answer it. */
export interface Stage {
  readonly name: StageName;
  readonly runs: readonly Run[];
}

/** The answer: the best of the stage's runs, whose settings the next stage starts from. */
export interface Decision {
  readonly stage: StageName;
  readonly results: readonly RunResult[];
  readonly best: RunResult;
  /** Whether the best is better than the baseline. */
  readonly learned: boolean;
  /** The largest learning rate at which the training loss fell; null where it fell at none. */
  readonly threshold: number | null;
}

/** Samples that a quick run learns from, where there are clearly more. */
export const quickSamples = 500;

/**
 * The next question; undefined when all are answered.
 * @param decisions the answers so far, in order
 */
export function broadStage(facts: BroadFacts, decisions: readonly Decision[]): Stage | undefined {
  const last = decisions.at(-1);
  const name = nameAfter(last);
  if (name === undefined) return undefined;
  const asked = decisions.reduce((sum, { results }) => sum + results.length, 0);
  const quick = quickRun(facts);
  const tried = trials[name](last?.best.settings ?? {}, facts);
  const runs = tried.map(({ settings, whole, epochs }, i) => ({
    name: `broad-${name}-${i + 1}`,
    trial: asked + i + 1,
    settings,
    epochs: epochs ?? quick.epochs,
    ...(whole || quick.share === 1 ? {} : { share: quick.share }),
  }));
  return { name, runs };
}

function nameAfter(last: Decision | undefined): StageName | undefined {
  if (last === undefined) return 'signal';
  if (last.stage === 'signal' && last.learned) return 'network';
  return stageNames[stageNames.indexOf(last.stage) + 1];
}

/** What a stage's results decide. */
export function decide({ name }: Stage, results: readonly RunResult[], { baseline }: BroadFacts): Decision {
  const [best] = [...results].sort(compareResults);
  const falling = results.flatMap(({ settings, firstLoss, lastLoss, ending }) =>
    ending !== 'diverged' && firstLoss !== null && lastLoss !== null && lastLoss < firstLoss
      ? (settings.learningRate ?? [])
      : [],
  );
  return {
    stage: name,
    results,
    best,
    learned: (best.score ?? Number.NEGATIVE_INFINITY) > baseline,
    threshold: falling.length > 0 ? Math.max(...falling) : null,
  };
}

/** The best run on the whole training part, which training anew repeats; undefined before there is one. */
export function broadBest(decisions: readonly Decision[]): RunResult | undefined {
  return decisions
    .flatMap(({ results }) => results)
    .filter(({ share }) => share === undefined)
    .sort(compareResults)
    .at(0);
}

/** Epochs and the share of the data for a first impression: at least about 150 steps. */
function quickRun({ samples }: BroadFacts): { readonly share: number; readonly epochs: number } {
  const share = samples > 1.2 * quickSamples ? Number((quickSamples / samples).toPrecision(3)) : 1;
  const steps = Math.max(1, (samples * share) / firstBatch);
  return { share, epochs: Math.max(3, Math.ceil(150 / steps)) };
}

const firstBatch = 10;

/** A ReLU passes gradients on undiminished, where sigmoid and tanh flatten: it wants smaller steps than the network without. */
const reluRate = 0.1;

interface Trial {
  readonly settings: Settings;
  /** On the whole training part. */
  readonly whole?: true;
  readonly epochs?: number;
}

/** What each stage tries, from the settings it starts with. */
const trials: Readonly<Record<StageName, (from: Settings, facts: BroadFacts) => readonly Trial[]>> = {
  signal: () =>
    [0.001, 0.01, 0.1, 1, 10].map((learningRate) => ({
      settings: { learningRate, batch: firstBatch, hidden: [], l2: 0, optimizer: 'sgd' },
    })),
  insist: (_, facts) =>
    [0.0001, 0.001, 0.01, 0.1].map((learningRate) => ({
      settings: { learningRate, batch: firstBatch, hidden: [30], activation: 'tanh', l2: 0, optimizer: 'adam' },
      whole: true,
      epochs: 3 * quickRun(facts).epochs,
    })),
  network: (from, facts) =>
    [
      { hidden: [] },
      { hidden: [30], activation: 'sigmoid' },
      { hidden: [30], activation: 'tanh' },
      { hidden: [30], activation: 'relu', ...rateTimes(from, reluRate) },
      { hidden: [100], activation: 'tanh' },
      { hidden: [100], activation: 'relu', ...rateTimes(from, reluRate) },
    ].map((network) => ({ settings: { ...from, ...network }, epochs: 2 * quickRun(facts).epochs })),
  rate: (from, facts) =>
    [0.1, 0.3, 1, 3, 10].map((factor) => ({
      settings: { ...from, ...rateTimes(from, factor) },
      epochs: 2 * quickRun(facts).epochs,
    })),
  batch: (from, facts) =>
    [5, 10, 20, 40]
      .filter((batch) => batch <= Math.max(10, facts.samples / 4))
      .map((batch) => ({ settings: { ...from, batch }, whole: true, epochs: early(facts) })),
  penalty: (from, facts) =>
    [0, 0.1, 1, 10].map((lambda) => ({
      settings: { ...from, l2: twoDigits(lambda / facts.samples) },
      whole: true,
      epochs: 2 * early(facts),
    })),
  refine: (from, facts) =>
    [
      {},
      rateTimes(from, 0.5),
      rateTimes(from, 2),
      ...(from.l2 ? [{ l2: twoDigits(from.l2 / 3) }, { l2: twoDigits(from.l2 * 3) }] : []),
    ].map((change) => ({ settings: { ...from, ...change }, whole: true, epochs: 2 * early(facts) })),
  full: (from, facts) =>
    [
      {},
      ...(from.hidden?.length ? [{ hidden: from.hidden.map((units) => 2 * units) }] : []),
      ...(from.optimizer === 'sgd' ? [{ ...rateTimes(from, 0.2), optimizer: 'momentum', momentum: 0.9 }] : []),
    ].map((change) => ({ settings: { ...from, ...change }, whole: true, epochs: facts.epochs })),
};

/** Epochs after which a comparison on the whole data is made. */
const early = ({ epochs }: BroadFacts): number => Math.max(3, Math.round(epochs / 10));

const rateTimes = ({ learningRate = 0.1 }: Settings, factor: number): Settings => ({
  learningRate: twoDigits(learningRate * factor),
});

/** A number to be read and typed: nobody needs a third digit while searching. */
const twoDigits = (value: number): number => Number(value.toPrecision(2));
