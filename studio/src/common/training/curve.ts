// The curves of a training: scores over epochs, thinned out as they grow so that an hour takes no more memory than a minute.
import type { Evaluation, Snapshot } from 'chainrule';

/** Curves have at most this many points. */
const most = 1200;

/** Loss, and accuracy or R², on both parts; NaN where there is none. */
export interface CurvePoint {
  readonly epoch: number;
  readonly trainingLoss: number;
  readonly testLoss: number;
  readonly trainingScore: number;
  readonly testScore: number;
}

/** A series of points that never grows beyond bounds. */
export class Curve {
  private points: CurvePoint[] = [];
  /** Of so many points that come, one is kept. */
  private every = 1;
  private coming = 0;

  /** The points kept, and the last one. */
  get all(): readonly CurvePoint[] {
    return this.points;
  }

  add(point: CurvePoint): void {
    // The last one always stands, until the next replaces it or stays beside it.
    if (this.coming % this.every !== 0) this.points.pop();
    this.coming++;
    this.points.push(point);
    if (this.points.length <= most) return;
    this.points = this.points.filter((_, i) => i % 2 === 0);
    this.every *= 2;
    this.coming = 1;
  }
}

/** What a snapshot adds to the curves, where its scores were taken. */
export function pointOf({ epoch, samples, samplesPerEpoch, scores }: Snapshot): CurvePoint | undefined {
  if (scores === undefined) return undefined;
  const { training, validation } = scores;
  return {
    epoch: epoch - 1 + samples / samplesPerEpoch,
    trainingLoss: training.loss,
    testLoss: validation?.loss ?? Number.NaN,
    trainingScore: scoreOf(training),
    testScore: validation === null ? Number.NaN : scoreOf(validation),
  };
}

/** Accuracy, or R² of numbers. */
export function scoreOf(evaluation: Evaluation): number {
  return 'accuracy' in evaluation ? evaluation.accuracy : evaluation.r2;
}
