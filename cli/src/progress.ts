// The live line of a training on a terminal: epoch, loss, validation, speed and the time left.
import type { Evaluation, Progress } from 'chainrule';
import cliProgress from 'cli-progress';
import { spoken } from './languages/index.ts';
import { clock, count, percent, significant } from './numbers.ts';

const look = {
  barCompleteChar: '█',
  barIncompleteChar: '░',
  stream: process.stderr,
  hideCursor: true,
  clearOnComplete: true,
  gracefulExit: false,
  linewrap: false,
} as const;

/** A training's progress bar; it draws only on a terminal. */
export class TrainingBar {
  private readonly bar: cliProgress.SingleBar | undefined;
  private readonly started = performance.now();
  private validation = '';
  /** Samples of the epochs that a resumed training had behind it. */
  private before: number | undefined;

  constructor(epochs: number, samplesPerEpoch: number) {
    if (!process.stderr.isTTY) return;
    const barsize = Math.max(4, Math.min(24, (process.stderr.columns ?? 80) - 70));
    this.bar = new cliProgress.SingleBar({ ...look, barsize, format: '{bar} {line}' });
    this.bar.start(epochs * samplesPerEpoch, 0, { line: spoken('starting') });
  }

  /** Within an epoch. */
  update({ epoch, epochs, samples, samplesPerEpoch, loss, stepsPerSecond }: Progress): void {
    const done = (epoch - 1) * samplesPerEpoch + samples;
    const elapsed = (performance.now() - this.started) / 1000;
    // What was done before an interruption took none of this time.
    this.before ??= (epoch - 1) * samplesPerEpoch;
    const left = (elapsed / (done - this.before)) * (epochs * samplesPerEpoch - done);
    const [speed, place] = [count(Math.round(stepsPerSecond)), `${epoch}/${epochs}`];
    const line = `${place}  loss ${significant(loss, 3)}${this.validation}  ${speed} steps/s  ${clock(left)} left`;
    this.bar?.update(done, { line: spoken(line) });
  }

  /** At an epoch's end. */
  validated(evaluation: Evaluation | null): void {
    if (evaluation === null) return;
    const score = 'accuracy' in evaluation ? percent(evaluation.accuracy) : `R² ${evaluation.r2.toFixed(3)}`;
    this.validation = spoken(`  validation ${score}`);
  }

  /** Makes room for a line of its own; the next update draws the bar below it. */
  stepAside(): void {
    if (this.bar !== undefined) process.stderr.write('\r\u001b[K');
  }

  stop(): void {
    this.bar?.stop();
  }
}

/** A bar for a share from 0 to 1, drawn from the first that is told. */
export function shareBar(what: string): { update: (share: number) => void; stop: () => void } {
  if (!process.stderr.isTTY) return { update: () => {}, stop: () => {} };
  const bar = new cliProgress.SingleBar({ ...look, barsize: 30, format: `{bar} {percentage} % ${spoken(what)}` });
  let started = false;
  return {
    update(share) {
      if (!started) bar.start(1, 0);
      started = true;
      bar.update(share);
    },
    stop: () => bar.stop(),
  };
}

/** A plain bar for counting up to a number known at the first count. */
export function countingBar(noun: string): { update: (done: number, all: number) => void; stop: () => void } {
  if (!process.stderr.isTTY) return { update: () => {}, stop: () => {} };
  const bar = new cliProgress.SingleBar({ ...look, barsize: 30, format: `{bar} {value}/{total} ${spoken(noun)}` });
  let started = false;
  return {
    update(done, all) {
      if (!started) bar.start(all, 0);
      started = true;
      bar.update(done);
    },
    stop: () => bar.stop(),
  };
}
