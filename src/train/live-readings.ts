// What a live training is looked at for: scores and views, each taken as often as its cost allows. When is live.ts's business.
import type { Backend } from '../backends/index.ts';
import type { Network, Parameters } from '../network/index.ts';
import { type Evaluation, Evaluator } from './evaluate.ts';
import { type Quantities, QuantityReader } from './quantities.ts';
import { fittingDataset, type TrainingData } from './training-data.ts';

/** Quantities on data, by their public names, as `quantities` reads them. */
export interface View {
  readonly data: TrainingData;
  readonly names: readonly string[];
}

/** A network's scores at one moment. */
export interface LiveScores {
  readonly training: Evaluation;
  /** Null where there is no validation data. */
  readonly validation: Evaluation | null;
}

/** Scores may take this part of the time, and all views together as much again. */
const readingShare = 0.05;

/** What is looked at. */
interface Looks {
  readonly training: TrainingData;
  readonly validation: TrainingData | undefined;
  readonly views: Readonly<Record<string, View>>;
}

/** The readings of one training. */
export class Readings {
  private readonly evaluator: Evaluator;
  private readonly scores: Reading<LiveScores>;
  private readonly views: readonly (readonly [string, Reading<Quantities>])[];
  private readonly readers: QuantityReader[] = [];

  constructor(net: Network, backend: Backend, { training, validation, views }: Looks) {
    this.evaluator = new Evaluator(net, backend);
    const [own, other] = [fittingDataset(net, training), validation && fittingDataset(net, validation)];
    const scoresOn = (parameters: Parameters): LiveScores => ({
      training: this.evaluator.evaluate(own, parameters),
      validation: other === undefined ? null : this.evaluator.evaluate(other, parameters),
    });
    this.scores = new Reading(scoresOn, readingShare);
    this.views = Object.entries(views).map(([name, { data, names }]) => {
      const reader = new QuantityReader(net, data, names, { backend });
      this.readers.push(reader);
      return [
        name,
        new Reading((parameters) => reader.read(parameters), readingShare / Object.keys(views).length),
      ] as const;
    });
  }

  /** What is due at present, or everything. */
  take(
    parameters: Parameters,
    everything: boolean,
  ): { readonly scores?: LiveScores; readonly views: Readonly<Record<string, Quantities>> } {
    const scores = this.scores.take(parameters, everything);
    const taken = this.views.map(([name, view]) => [name, view.take(parameters, everything)] as const);
    const views = Object.fromEntries(
      taken.flatMap(([name, numbers]) => (numbers === undefined ? [] : [[name, numbers]])),
    );
    return { ...(scores && { scores }), views };
  }

  dispose(): void {
    this.evaluator.dispose();
    for (const reader of this.readers) reader.dispose();
  }
}

/** Something that takes time to read. */
class Reading<Read> {
  private readonly read: (parameters: Parameters) => Read;
  private readonly share: number;
  private due = Number.NEGATIVE_INFINITY;

  /** @param share the part of the time that it may take */
  constructor(read: (parameters: Parameters) => Read, share: number) {
    this.read = read;
    this.share = share;
  }

  take(parameters: Parameters, always: boolean): Read | undefined {
    const start = performance.now();
    if (!always && start < this.due) return undefined;
    const read = this.read(parameters);
    const end = performance.now();
    this.due = end + (end - start) / this.share;
    return read;
  }
}
