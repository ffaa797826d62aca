// Successive halving: which runs there are depends on their results alone, not on when they come in.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareResults, halvingRungs, nextRuns, type Run, type RunResult, resultFrom } from './index.ts';

test('rungs divide trials and multiply epochs by the factor', () => {
  expect(halvingRungs({ trials: 27, epochs: 81 })).toEqual([
    { trials: 27, epochs: 3 },
    { trials: 9, epochs: 9 },
    { trials: 3, epochs: 27 },
    { trials: 1, epochs: 81 },
  ]);
  expect(halvingRungs({ trials: 5, epochs: 10, factor: 2 }).map(({ trials }) => trials)).toEqual([5, 2, 1]);
  expect(halvingRungs({ trials: 1, epochs: 7 })).toEqual([{ trials: 1, epochs: 7 }]);
  expect(halvingRungs({ trials: 100, epochs: 2 })).toHaveLength(2);
  expect(() => halvingRungs({ trials: 9, epochs: 9, factor: 1 })).toThrow(/factor is 1; it must be at least 2/);
});

/** What a run comes to, as a function of nothing but the run; every seventh fails. */
function outcome(run: Run, salt: number): RunResult {
  const hash = Math.abs(Math.imul(run.trial * 2654435761 + (run.epochs ?? 0) * 40503 + salt, 0x9e3779b9));
  const failed = hash % 7 === 0;
  return {
    ...run,
    score: failed ? null : (hash % 10) / 10,
    loss: failed ? null : (hash % 3) / 3,
    firstLoss: null,
    lastLoss: null,
    epochsRun: failed ? 0 : (run.epochs ?? 0),
    bestEpoch: null,
    ending: failed ? 'failed' : 'epochs',
  };
}

/** Runs a search with `jobs` at a time, of which any may end first; gives the names of all its runs. */
function simulate(rungs: ReturnType<typeof halvingRungs>, salt: number, jobs: number, pick: (n: number) => number) {
  const results = new Map<string, RunResult>();
  const active: Run[] = [];
  const started = new Set<string>();
  for (;;) {
    const ready = nextRuns({ rungs, settings: () => ({}), results }).filter(({ name }) => !started.has(name));
    for (const run of ready.slice(0, jobs - active.length)) {
      active.push(run);
      started.add(run.name);
    }
    if (active.length === 0) return [...started].sort();
    const [run] = active.splice(pick(active.length), 1);
    results.set(run.name, outcome(run, salt));
  }
}

describe('a search', () => {
  const sizes = fc.record({
    trials: fc.integer({ min: 1, max: 40 }),
    epochs: fc.integer({ min: 1, max: 100 }),
    factor: fc.integer({ min: 2, max: 5 }),
  });

  test('has the same runs whatever the number of jobs and the order in which they end', () => {
    fc.assert(
      fc.property(
        sizes,
        fc.nat(),
        fc.integer({ min: 1, max: 9 }),
        fc.infiniteStream(fc.nat()),
        (size, salt, jobs, order) => {
          const rungs = halvingRungs(size);
          const alone = simulate(rungs, salt, 1, () => 0);
          expect(simulate(rungs, salt, jobs, (n) => (order.next().value ?? 0) % n)).toEqual(alone);
          expect(alone).toHaveLength(rungs.reduce((sum, { trials }) => sum + trials, 0));
        },
      ),
    );
  });

  test('lets a trial go on before its rung is done where no other can push it out', () => {
    const rungs = halvingRungs({ trials: 3, epochs: 9, factor: 3 });
    const all = [1, 2, 3].map((trial) => ({ name: `trial-000${trial}-epochs-3`, trial, epochs: 3, settings: {} }));
    const known = (n: number) => new Map(all.slice(0, n).map((run) => [run.name, { ...outcome(run, 1), score: 1 }]));
    expect(nextRuns({ rungs, settings: () => ({}), results: known(2) }).map(({ trial }) => trial)).toEqual([3]);
    expect(nextRuns({ rungs, settings: () => ({}), results: known(3) }).map(({ epochs }) => epochs)).toEqual([9]);
  });
});

test('the order of results is total: score, loss, trial; what failed comes last', () => {
  const result = (trial: number, score: number | null, loss: number | null) => ({
    ...outcome({ name: `${trial}`, trial, settings: {} }, 0),
    score,
    loss,
  });
  const sorted = [result(4, null, null), result(3, 0.5, 1), result(2, 0.5, 0.1), result(1, 0.9, 5)].sort(
    compareResults,
  );
  expect(sorted.map(({ trial }) => trial)).toEqual([1, 2, 3, 4]);
});

test('a result goes to a file and comes back; a damaged one is named', () => {
  const result = outcome({ name: 'trial-0001-epochs-3', trial: 1, settings: { batch: 8 }, epochs: 3 }, 3);
  expect(resultFrom(JSON.parse(JSON.stringify(result)), 'a.json')).toEqual(result);
  expect(() => resultFrom({ ...result, trial: 'x' }, 'a.json')).toThrow(/a\.json\.trial is "x"/);
  expect(() => resultFrom({ ...result, settings: { bach: 8 } }, 'a.json')).toThrow(/did you mean "batch"/);
});
