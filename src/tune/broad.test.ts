// The broad strategy ends, asks in order, starts each question from the last answer, and always has words.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { broadBest, broadStage, type Decision, decide, type Run, type RunResult, tuneLanguages } from './index.ts';

type Score = (run: Run) => number | null;

function run(score: Score, facts = { samples: 1000, baseline: 0.1, epochs: 30 }): Decision[] {
  const decisions: Decision[] = [];
  for (let stage = broadStage(facts, decisions); stage !== undefined; stage = broadStage(facts, decisions)) {
    const results = stage.runs.map((one): RunResult => {
      const value = score(one);
      const falls = { firstLoss: 1, lastLoss: value === null ? null : 1 - value };
      return { ...one, score: value, loss: null, ...falls, epochsRun: 1, bestEpoch: 1, ending: 'epochs' };
    });
    decisions.push(decide(stage, results, facts));
  }
  return decisions;
}

const asked = (decisions: readonly Decision[]) => decisions.map(({ stage }) => stage);

describe('the strategy', () => {
  test('insists only where nothing learnt', () => {
    expect(asked(run(() => 0.5))).toEqual(['signal', 'network', 'rate', 'batch', 'penalty', 'refine', 'full']);
    expect(asked(run(() => null)).slice(0, 3)).toEqual(['signal', 'insist', 'network']);
  });

  test('starts with a part of the data and no hidden layer, and ends with all of it at full length', () => {
    const decisions = run(() => 0.5);
    expect(decisions[0].results.every(({ share, settings }) => share === 0.5 && settings.hidden?.length === 0)).toBe(
      true,
    );
    expect(decisions[6].results.every(({ share, epochs }) => share === undefined && epochs === 30)).toBe(true);
    expect(run(() => 0.5, { samples: 100, baseline: 0, epochs: 5 })[0].results[0].share).toBeUndefined();
  });

  test('finds the learning rate that is best', () => {
    const near =
      (target: number): Score =>
      ({ settings: { learningRate = 1 } }) =>
        1 / (1 + Math.abs(Math.log(learningRate / target)));
    const best = broadBest(run(near(0.03)));
    expect(best?.settings.learningRate).toBeGreaterThan(0.01);
    expect(best?.settings.learningRate).toBeLessThan(0.1);
  });

  test('ends, with names that occur once, and words for every answer, whatever the scores', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.option(fc.double({ min: -1, max: 1, noNaN: true }))), (scores) => {
        const decisions = run(() => scores.next().value ?? null);
        const names = decisions.flatMap(({ results }) => results.map(({ name }) => name));
        expect(new Set(names).size).toBe(names.length);
        for (const language of Object.values(tuneLanguages)) {
          for (const decision of decisions) {
            const wording = { score: (result: RunResult) => String(result.score), baseline: '10 %' };
            expect(language.question[decision.stage]).not.toBe('');
            expect(language.answer(decision, wording)).not.toMatch(/undefined|NaN/);
          }
        }
      }),
    );
  });
});
