// The search space: what is read, what is refused and in which words, and that draws depend on nothing they should not.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultSpace, drawSettings, settingsFrom, spaceFrom, spaceJson } from './index.ts';

const sentence = (value: unknown): string => {
  try {
    spaceFrom(value, 'space.json');
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
  return 'nothing was thrown';
};

describe('one sentence for', () => {
  test.each<[string, unknown, RegExp]>([
    ['a misspelt key', { learningrate: [1] }, /unknown key "learningrate" \(did you mean "learningRate"\?\)/],
    ['a misspelt kind of range', { l2: { lg: [1, 2] } }, /l2 has an unknown key "lg" \(did you mean "log"\?\)/],
    ['a misspelt name', { activation: ['rleu'] }, /activation\[0\] is "rleu" \(did you mean "relu"\?\)/],
    ['ends the wrong way round', { learningRate: { log: [1, 0.1] } }, /goes from 1 to 0\.1/],
    ['equal ends', { l1: { linear: [1, 1] } }, /goes from 1 to 1/],
    ['a logarithm of 0', { l2: { log: [0, 0.1] } }, /begins at 0, which has no logarithm/],
    [
      'a range beyond what the setting may be',
      { momentum: { linear: [0.5, 1.5] } },
      /momentum\.linear is 1\.5.*below 1/,
    ],
    ['one end only', { l2: { log: [0.1] } }, /l2\.log is too short/],
    ['both kinds of range', { l2: { log: [0.1, 1], linear: [0, 1] } }, /one of "log" and "linear"/],
    ['a range of batches', { batch: { log: [1, 2] } }, /batch is .*; give a list of values/],
    ['an empty list', { batch: [] }, /batch is an empty list/],
    ['half a sample', { batch: [1.5] }, /batch\[0\] is 1\.5; an integer is expected/],
    ['a size without its list', { hidden: [30] }, /hidden\[0\] is 30; .*such as \[\[30\], \[100, 30\]\]/],
    ['nothing', {}, /names nothing to search/],
    ['a list', [], /holds no search space/],
    ['null', null, /holds no search space/],
  ])('%s', (_, value, expected) => {
    expect(sentence(value)).toMatch(expected);
    expect(sentence(value)).toMatch(/^space\.json[^\n]*\.$/);
  });
});

const seeds = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const numbers = fc.integer({ min: 1, max: 1e6 });

describe('a draw', () => {
  test('lies in the space, and is settings', () => {
    fc.assert(
      fc.property(seeds, numbers, (seed, trial) => {
        const settings = drawSettings(defaultSpace, seed, trial);
        expect(settingsFrom(settings, 'settings')).toEqual(settings);
        expect([8, 16, 32, 64]).toContain(settings.batch);
        expect(settings.learningRate).toBeGreaterThanOrEqual(0.0003);
        expect(settings.learningRate).toBeLessThanOrEqual(0.3);
      }),
    );
  });

  test('of one setting does not change with what else is searched', () => {
    fc.assert(
      fc.property(seeds, numbers, (seed, trial) => {
        const { learningRate, batch } = drawSettings(defaultSpace, seed, trial);
        const { l2: _, hidden: __, ...fewer } = defaultSpace;
        expect(drawSettings(fewer, seed, trial)).toMatchObject({ learningRate, batch });
      }),
    );
  });

  test('never has a momentum for an optimizer that takes none', () => {
    const space = spaceFrom({ optimizer: ['adam', 'momentum'], momentum: { linear: [0.5, 0.99] } }, 'space');
    fc.assert(
      fc.property(seeds, (seed) => {
        const { optimizer, momentum } = drawSettings(space, seed, 1);
        expect(momentum !== undefined).toBe(optimizer === 'momentum');
      }),
    );
  });

  test('of a logarithmic range falls into each decade about as often', () => {
    const space = spaceFrom({ learningRate: { log: [1e-4, 1] } }, 'space');
    const decades = [0, 0, 0, 0];
    for (let trial = 1; trial <= 4000; trial++) {
      const { learningRate = 1 } = drawSettings(space, 1, trial);
      decades[Math.min(3, Math.floor(Math.log10(learningRate) + 4))]++;
    }
    for (const share of decades) expect(share).toBeGreaterThan(900);
  });
});

test('a space goes to JSON and comes back', () => {
  expect(spaceFrom(JSON.parse(JSON.stringify(spaceJson(defaultSpace))), 'space')).toEqual(defaultSpace);
});
