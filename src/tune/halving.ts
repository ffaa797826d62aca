// Successive halving (Jamieson & Talwalkar, 2016) as a pure function: from the results there are to the runs to start next.
// Random search is the case of one rung. It runs nothing itself.
import { ChainruleError } from '../errors.ts';
import { parseWith, size } from '../options.ts';
import { compareResults, type Run, type RunResult } from './results.ts';
import type { Settings } from './settings.ts';

/** How far a search goes. */
export interface HalvingOptions {
  /** How many settings are tried. */
  readonly trials: number;
  /** Epochs of the longest runs. */
  readonly epochs: number;
  /** Of the runs of one rung, one in `factor` goes on to the next, with `factor` times the epochs; 3 unless given. */
  readonly factor?: number;
}

/** A stage of a search: so many trials, for so many epochs each. */
export interface Rung {
  readonly trials: number;
  readonly epochs: number;
}

/**
 * The rungs of a search, shortest runs first: as many as trials and epochs can be divided.
 * @throws ChainruleError `bad-option`
 * @example halvingRungs({ trials: 9, epochs: 27 }) // 9 trials of 3 epochs, 3 of 9, 1 of 27
 */
export function halvingRungs({ trials, epochs, factor = 3 }: HalvingOptions): Rung[] {
  parseWith(size, trials, 'trials');
  parseWith(size, epochs, 'epochs');
  parseWith(size, factor, 'factor');
  if (factor < 2) throw new ChainruleError('bad-option', `factor is ${factor}; it must be at least 2, such as 3.`);
  const divisors = [1];
  for (;;) {
    const [longer, shorter] = [divisors[0], divisors[0] * factor];
    const epochsLeft = Math.round(epochs / shorter);
    if (trials < shorter || epochsLeft < 1 || epochsLeft >= Math.round(epochs / longer)) break;
    divisors.unshift(shorter);
  }
  return divisors.map((divisor, i) => ({
    trials: Math.floor(trials / factor ** i),
    epochs: Math.round(epochs / divisor),
  }));
}

/** A search that stands still: its rungs, the settings of each trial (numbered from 1), and the results so far. */
export interface Halving {
  readonly rungs: readonly Rung[];
  readonly settings: (trial: number) => Settings;
  readonly results: ReadonlyMap<string, RunResult>;
}

/**
 * The runs that can be started now, longest first; runs already started are among them. None when the search is over.
 *
 * A trial goes on as soon as no run that is still out could push it from its place. So which runs there are in the end
 * depends on the results alone, never on the order in which they come in.
 */
export function nextRuns({ rungs, settings, results }: Halving): Run[] {
  const runs: Run[] = [];
  let trials = Array.from({ length: rungs[0].trials }, (_, i) => i + 1);
  for (const [rung, { epochs }] of rungs.entries()) {
    const started = trials.map((trial) => runOf(trial, epochs, settings(trial)));
    const finished = started.flatMap((run) => results.get(run.name) ?? []);
    runs.unshift(...started.filter((run) => !results.has(run.name)));
    const next = rungs[rung + 1]?.trials ?? 0;
    const out = rungs[rung].trials - finished.length;
    const certain = Math.max(0, next - out);
    trials = finished
      .sort(compareResults)
      .slice(0, certain)
      .map(({ trial }) => trial)
      .sort((a, b) => a - b);
  }
  return runs;
}

function runOf(trial: number, epochs: number, settings: Settings): Run {
  return { name: `trial-${String(trial).padStart(4, '0')}-epochs-${epochs}`, trial, settings, epochs };
}
