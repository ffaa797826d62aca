// One training with its live progress. What to train and what comes of it is the commands' business.
import {
  type Backend,
  type Epoch,
  type FitResult,
  fitEpochs,
  type Network,
  type StepRecord,
  sampleCount,
} from 'chainrule';
import type { TrainingState } from 'chainrule/formats';
import type { TrainingPlan } from './automatic.ts';
import { say } from './output.ts';
import type { Parts } from './parts.ts';
import { TrainingBar } from './progress.ts';

/** How to train. */
export interface LiveOptions extends TrainingPlan, Pick<Parts, 'training' | 'validation'> {
  readonly seed: number;
  readonly backend: Backend;
  readonly shuffle: boolean;
  readonly dropLast: boolean;
  readonly signal: AbortSignal;
  readonly quiet: boolean;
  /** Whether the training part is scored after each epoch too. */
  readonly trainingScores?: boolean;
  /** Where to go on. */
  readonly resume?: TrainingState;
  /** Waited for at each epoch's end. */
  readonly onEpoch?: ((epoch: Epoch) => Promise<void>) | undefined;
  /** What is to be said about an epoch, a line each. */
  readonly remarks?: ((epoch: Epoch) => readonly string[]) | undefined;
  /** Told of each step. */
  readonly onStep?: (step: StepRecord) => void;
}

/** Trains on the training part and watches the validation part, with a progress bar unless quiet. */
export async function trainLive(
  net: Network,
  { training, validation, quiet, patience, onEpoch, remarks, ...options }: LiveOptions,
): Promise<FitResult> {
  const count = sampleCount(training);
  const perEpoch = options.dropLast ? count - (count % options.batch) : count;
  const bar = quiet ? undefined : new TrainingBar(options.epochs, perEpoch);
  try {
    const epochs = fitEpochs(net, training, {
      ...options,
      ...(patience !== undefined && { patience }),
      ...(validation && { validation }),
      onProgress: (progress) => bar?.update(progress),
    });
    for (;;) {
      const next = await epochs.next();
      if (next.done) return next.value;
      bar?.validated(next.value.validation);
      for (const line of remarks?.(next.value) ?? []) {
        bar?.stepAside();
        say(line);
      }
      await onEpoch?.(next.value);
    }
  } finally {
    bar?.stop();
  }
}

/** Ctrl-C as a signal to stop; pressed again it ends the process at once. */
export function interruption(): { readonly signal: AbortSignal; readonly release: () => void } {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  process.on('SIGINT', interrupt);
  return { signal: controller.signal, release: () => process.off('SIGINT', interrupt) };
}
