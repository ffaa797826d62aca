// The generator against its published known answers, and its numbers against their distributions.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inverseNormal, permutation, philox, random, streams } from './random.ts';

const draws = 100_000;
const numbers = (draw: (i: number) => number) => Array.from({ length: draws }, (_, i) => draw(i));
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const moment = (values: readonly number[], power: number) => mean(values.map((value) => value ** power));

describe('Philox 4×32-10 gives the known answers of Random123', () => {
  test.each([
    [
      [0, 0, 0, 0],
      [0, 0],
      [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    ],
    [
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    ],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ])('counter %j, key %j', ([c0, c1, c2, c3], [k0, k1], expected) => {
    const block = new Uint32Array(4);
    philox(block, c0, c1, c2, c3, k0, k1);
    expect([...block]).toEqual(expected);
  });
});

describe('a sequence', () => {
  test('packs seed, stream, step and index into the key and the counter', () => {
    const [seed, step, index] = [5 + 3 * 2 ** 32, 7 + 9 * 2 ** 32, 4 * (11 + 13 * 2 ** 32) + 2];
    const block = new Uint32Array(4);
    philox(block, 11, 13, 7, 9, 5, 3 ^ Math.imul(streams.shuffle, 0x9e3779b9));
    expect(random(seed, streams.shuffle, step).bits(index)).toBe(block[2]);
  });

  test('does not depend on the order of asking', () => {
    fc.assert(
      fc.property(fc.nat(), fc.array(fc.nat(1000), { minLength: 1 }), (seed, order) => {
        const one = random(seed, streams.initialize);
        const straight = Array.from({ length: 1001 }, (_, i) => [one.bits(i), one.uniform(i), one.normal(i)]);
        const other = random(seed, streams.initialize);
        for (const i of order) {
          expect([other.bits(i), other.uniform(i), other.normal(i)]).toEqual(straight[i]);
        }
      }),
      { numRuns: 10 },
    );
  });

  test('is another one for another seed, stream or step', () => {
    const first = [
      random(1, streams.shuffle, 0),
      random(2, streams.shuffle, 0),
      random(1 + 2 ** 32, streams.shuffle, 0),
      random(1, streams.mask, 0),
      random(1, streams.shuffle, 1),
      random(1, streams.shuffle, 2 ** 32),
    ].map((source) => source.bits(0));
    expect(new Set(first).size).toBe(first.length);
  });
});

describe('the distributions, by their moments within five standard errors', () => {
  test('uniform: mean ½, variance 1/12, always below 1', () => {
    const values = numbers(random(1, streams.check).uniform);
    expect(Math.abs(mean(values) - 1 / 2)).toBeLessThan(5 * Math.sqrt(1 / 12 / draws));
    expect(Math.abs(moment(values, 2) - 1 / 3)).toBeLessThan(5 * Math.sqrt(4 / 45 / draws));
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
  });

  test('normal: mean 0, variance 1, third moment 0, fourth 3', () => {
    const values = numbers(random(2, streams.check).normal);
    const variances = [1, 2, 15, 96];
    for (const [i, expected] of [0, 1, 0, 3].entries()) {
      expect(Math.abs(moment(values, i + 1) - expected)).toBeLessThan(5 * Math.sqrt(variances[i] / draws));
    }
  });

  test('bits: each of 32 is set half the time', () => {
    const source = random(3, streams.check);
    const values = numbers(source.bits);
    for (let bit = 0; bit < 32; bit++) {
      const share = mean(values.map((value) => (value >>> bit) & 1));
      expect(Math.abs(share - 0.5)).toBeLessThan(5 * Math.sqrt(0.25 / draws));
    }
  });
});

describe('the normal quantile', () => {
  test.each([
    [0.5, 0],
    [0.75, 0.6744897501960817],
    [0.975, 1.959963984540054],
    [0.999, 3.090232306167813],
    [1e-10, -6.361340902404056],
  ])('of %f is %f', (p, quantile) => {
    expect(inverseNormal(p)).toBeCloseTo(quantile, 5 + (p === 1e-10 ? 0 : 8));
  });

  test('is finite and symmetric at the first and last of all uniforms', () => {
    expect(inverseNormal(1 - 2 ** -53)).toBe(-inverseNormal(0));
    expect(inverseNormal(0)).toBeCloseTo(-8.2927, 3);
  });
});

describe('a permutation', () => {
  test('holds each number once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), fc.nat(), (count, seed) => {
        const order = permutation(count, random(seed, streams.shuffle));
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
      }),
    );
  });

  test('takes each order of three equally often', () => {
    const counts = new Map<string, number>();
    for (let step = 0; step < 6000; step++) {
      const order = permutation(3, random(4, streams.shuffle, step)).join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt(1000));
  });
});
