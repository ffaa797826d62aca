// What a network kept ready must keep to: the answers of `predict`, whatever the batch, the form of the numbers and the backend.
import { describe, expect, test } from 'vitest';
import { predict } from '../../test/exact.ts';
import { type Backend, referenceBackend, wasmBackend } from '../backends/index.ts';
import { conv2d, dense, flatten, maxPool2d } from '../layers/index.ts';
import { network } from '../network/index.ts';
import { predictor } from './predictor.ts';

const flat = network([dense(3, 'tanh'), dense(2, 'softmax')], { input: 4, seed: 4 });
const wide = network([dense(40, 'relu'), dense(37, 'relu'), dense(3, 'softmax')], { input: 100, seed: 5 });
const image = network([conv2d(4, 3, 'relu'), maxPool2d(2), flatten(), dense(3, 'softmax')], {
  input: [2, 8, 8],
  seed: 6,
});

/** Numbers of which this share is not zero. */
const numbers = (count: number, share = 1) =>
  Float32Array.from({ length: count }, (_, i) => ((i * 7919) % 1000 < share * 1000 ? Math.sin(i) : 0));

const backends: [string, () => Backend][] = [
  ['reference', () => referenceBackend()],
  ['wasm on one thread', () => wasmBackend({ threads: 1 })],
  ['wasm on two threads', () => wasmBackend({ threads: 2 })],
];

describe('a predictor of one sample', () => {
  test('answers what predict answers, again and again', () => {
    const answer = predictor(flat, { backend: referenceBackend() });
    for (const input of [
      [1, 2, 3, 4],
      [0, 0, 0, 0],
      [1, 2, 3, 4],
    ])
      expect(answer(input)).toEqual(predict(flat, [input])[0]);
  });

  test('takes an image nested, flat or as a typed array', () => {
    const answer = predictor(image, { backend: referenceBackend() });
    const list = numbers(128);
    const plain = Array.from(list);
    const nested = [0, 1].map((c) =>
      Array.from({ length: 8 }, (_, r) => plain.slice(c * 64 + r * 8, c * 64 + r * 8 + 8)),
    );
    expect(answer(list)).toEqual(answer(nested));
    expect(answer(plain)).toEqual(answer(nested));
  });

  test('refuses what is no list of as many finite numbers, and goes on', () => {
    const answer = predictor(flat, { backend: referenceBackend() });
    const before = answer([1, 2, 3, 4]);
    expect(() => answer([1, 2])).toThrow('input has 2 entries where 4 are expected');
    expect(() => answer(Float32Array.of(1, 2))).toThrow('input has 2 entries where 4 are expected');
    expect(() => answer([1, Number.NaN, 3, 4])).toThrow('input[1] is NaN; every value must be a finite number');
    expect(() => answer([1, Number.POSITIVE_INFINITY, 3, 4])).toThrow('input[1] is Infinity');
    expect(answer([1, 2, 3, 4])).toEqual(before);
  });
});

describe.each(backends)('a predictor of rows on %s', (_, open) => {
  test.each([
    ['mostly zero', 0.2],
    ['dense', 1],
  ])('gives the bits that samples one by one give, of inputs %s', (_, share) => {
    const backend = open();
    const answer = predictor(wide, { backend });
    const inputs = numbers(700 * 100, share);
    const together = answer.rows(inputs);
    expect(together.length).toBe(700 * 3);
    for (const row of [0, 1, 255, 256, 699]) {
      const alone = answer(inputs.subarray(row * 100, (row + 1) * 100));
      expect(alone).toEqual(Array.from(together.subarray(row * 3, (row + 1) * 3)));
    }
    backend.dispose?.();
  });

  test('takes bytes with their scale, and images', () => {
    const backend = open();
    const answer = predictor(image, { backend });
    const values = Uint8Array.from({ length: 5 * 128 }, (_, i) => (i * 31) % 256);
    const found = answer.rows({ count: 5, width: 128, values, scale: 1 / 255 });
    const exact = predict(
      image,
      Array.from({ length: 5 }, (_, i) => Array.from(values.subarray(i * 128, (i + 1) * 128), (byte) => byte / 255)),
    ).flat();
    for (const [i, value] of exact.entries()) expect(found[i]).toBeCloseTo(value, 5);
    backend.dispose?.();
  });

  test('gives arrays that later calls leave alone', () => {
    const backend = open();
    const answer = predictor(flat, { backend });
    const first = answer.rows(Float32Array.of(1, 2, 3, 4));
    const copy = first.slice();
    answer.rows(Float32Array.of(4, 3, 2, 1, 1, 1, 1, 1));
    expect(first).toEqual(copy);
    backend.dispose?.();
  });
});

describe('a predictor', () => {
  test('answers with lists of what is not zero as it does with rows, to the bit', () => {
    const backend = wasmBackend({ threads: 1 });
    const answer = predictor(wide, { backend });
    // Whether a batch is mostly zero is asked of some rows: the same row comes by lists in one batch, and not in the other.
    const sparse = numbers(100, 0.1);
    const [asLists, asRows] = [sparse, numbers(700)].map((others) => {
      const batch = new Float32Array(800);
      batch.set(others, 100);
      batch.copyWithin(0, 100, 200);
      batch.set(sparse, 100);
      return answer.rows(batch).subarray(3, 6);
    });
    expect(asLists).toEqual(asRows);
  });

  test('keeps the parameters it was made with until it is told of others', () => {
    const net = network([dense(1, 'linear')], { input: 1, seed: 1 });
    const [before] = predict(net, [[2]]);
    const answer = predictor(net, { backend: referenceBackend() });
    net.parameters['layers.0.weight'].data[0] = 10;
    net.parameters['layers.0.bias'].data[0] = 1;
    expect(answer([2])).toEqual(before);
    // More samples at once than there was room for: the network is prepared anew, its parameters are not.
    expect(Array.from(answer.rows(Float64Array.of(2, 2, 2)))).toEqual([...before, ...before, ...before]);
    answer.update(net);
    expect(answer([2])).toEqual([21]);
    expect(Array.from(answer.rows(Float64Array.of(2, 3)))).toEqual([21, 31]);
  });

  test('refuses the parameters of another network', () => {
    const answer = predictor(flat);
    expect(() => answer.update(wide)).toThrow('layers.0.weight is of shape [40,100] where [3,4] is expected');
  });

  test('refuses numbers that are no whole samples', () => {
    expect(() => predictor(flat).rows(new Float32Array(6))).toThrow(
      'inputs has 6 numbers where each sample takes 4; give whole samples, one after another.',
    );
    expect(predictor(flat).rows(new Float32Array(0)).length).toBe(0);
  });

  test('answers no more once it has been disposed of, and may be disposed of twice', () => {
    const answer = predictor(flat);
    answer([1, 2, 3, 4]);
    answer.dispose();
    answer.dispose();
    expect(() => answer([1, 2, 3, 4])).toThrow('the predictor has been disposed of; make another.');
    expect(() => answer.rows(new Float32Array(4))).toThrow('disposed');
  });
});
