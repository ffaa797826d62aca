// The Train view's own arithmetic, none of which is a network's: drawn points, curves, strokes of a pen, and what links may say.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Curve, type CurvePoint } from './curve.ts';
import { featureRows, gridPoints } from './features.ts';
import { digitsInk, inkImage, mnistInk } from './ink.ts';
import { layerFields, optimizerFields } from './rules.ts';
import { presets, setupSchema } from './setup.ts';
import { toyNames, toyPoints } from './toy-data.ts';

describe('points of the plane', () => {
  it.each(toyNames)('%s are the same for the same seed, and others for another', (name) => {
    const draw = (seed: number) => toyPoints(name, { samples: 100, noise: 0.2, seed });
    expect(draw(3)).toEqual(draw(3));
    expect(draw(3)).not.toEqual(draw(4));
    expect(draw(3).every(({ at: [x, y], target }) => [x, y, target].every(Number.isFinite))).toBe(true);
  });

  it('lie on the grid row after row from the top left', () => {
    expect(gridPoints(2)).toEqual([
      [-0.5, 0.5],
      [0.5, 0.5],
      [-0.5, -0.5],
      [0.5, -0.5],
    ]);
    expect([...featureRows([[0.5, -0.25]], ['xy', 'x²', 'y'])]).toEqual([-0.125, 0.25, -0.25]);
  });
});

describe('a curve', () => {
  const point = (epoch: number): CurvePoint => ({
    epoch,
    trainingLoss: 0,
    testLoss: 0,
    trainingScore: 0,
    testScore: 0,
  });

  it('keeps its first and last point, in order, and never grows beyond bounds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), (count) => {
        const curve = new Curve();
        for (let epoch = 0; epoch < count; epoch++) curve.add(point(epoch));
        const epochs = curve.all.map(({ epoch }) => epoch);
        expect(epochs.length).toBeLessThanOrEqual(1201);
        expect([epochs[0], epochs.at(-1)]).toEqual([0, count - 1]);
        expect(epochs).toEqual(epochs.toSorted((a, b) => a - b));
      }),
      { numRuns: 20 },
    );
  });
});

describe('a drawing', () => {
  const seven = [
    [
      [20, 20],
      [70, 20],
      [40, 90],
    ],
  ] as const;

  it('is the same wherever and however large it was drawn', () => {
    const moved = seven.map((stroke) => stroke.map(([x, y]) => [3 * x + 100, 3 * y - 50] as const));
    const [here, there] = [inkImage(seven, mnistInk), inkImage(moved, mnistInk)];
    for (const [i, ink] of here.entries()) expect(there[i]).toBeCloseTo(ink, 9);
  });

  it('has its centre of mass where MNIST has it, and fits the box', () => {
    const image = inkImage(seven, mnistInk);
    let [mass, x, y] = [0, 0, 0];
    for (const [i, ink] of image.entries()) {
      mass += ink;
      x += ink * ((i % 28) + 0.5);
      y += ink * (Math.floor(i / 28) + 0.5);
    }
    expect(x / mass).toBeCloseTo(14.5, 1);
    expect(y / mass).toBeCloseTo(14.5, 1);
    const rows = Array.from({ length: 28 }, (_, row) => image.subarray(28 * row, 28 * row + 28).some((ink) => ink > 0));
    expect(rows.filter(Boolean).length).toBeLessThanOrEqual(22);
  });

  it('of nothing is empty, and of a dot is no more than a dot', () => {
    expect(inkImage([], digitsInk).every((ink) => ink === 0)).toBe(true);
    const dot = inkImage([[[5, 5]]], mnistInk).filter((ink) => ink > 0).length;
    expect(dot).toBeGreaterThan(0);
    expect(dot).toBeLessThan(20);
  });
});

describe('a setup', () => {
  it.each(Object.keys(presets))('of the preset %s is one that a link may have', (name) => {
    const preset = Object.entries(presets).find(([key]) => key === name)?.[1];
    expect(setupSchema.parse(JSON.parse(JSON.stringify(preset)))).toEqual(preset);
  });

  it.each([
    ['nothing', null],
    ['an unknown layer', { ...presets.circles, layers: [{ type: 'magic' }] }],
    ['more samples than a page takes', { ...presets.circles, samples: 1e9 }],
    ['an unknown key', { ...presets.circles, script: 'alert(1)' }],
    ['an optimizer of the prototype', { ...presets.circles, optimizer: 'constructor' }],
  ])('with %s is refused', (_, setup) => expect(setupSchema.safeParse(setup).success).toBe(false));
});

describe('the rules to choose from', () => {
  it('have the settings that the library gives them', () => {
    expect(layerFields.get('dense')?.map(({ name }) => name)).toEqual(['units', 'activation', 'bias', 'initializer']);
    expect(optimizerFields.get('momentum')).toMatchObject([
      { name: 'learningRate', kind: 'number', usual: 0.1, above: 0 },
      { name: 'momentum', usual: 0.9, least: 0, below: 1 },
    ]);
  });
});
