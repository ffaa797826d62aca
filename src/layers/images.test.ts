// Shapes, options and errors of the layers over images.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeNetwork, parseNetwork } from '../formats/index.ts';
import { network, outputShape } from '../network/index.ts';
import { avgPool2d, conv2d, dense, flatten, globalAvgPool2d, maxPool2d } from './index.ts';

const shapeOf = (layer: ReturnType<typeof flatten>, input: readonly number[]) =>
  outputShape(network([layer], { input }));

describe('the shape of an output', () => {
  it('follows kernel, stride and padding, rows that a stride leaves over dropped', () => {
    expect(shapeOf(conv2d(4, 3), [2, 5, 6])).toEqual([4, 3, 4]);
    expect(shapeOf(conv2d(4, [3, 2], 'relu', { stride: 2 }), [2, 6, 6])).toEqual([4, 2, 3]);
    expect(shapeOf(conv2d(1, 3, 'relu', { padding: [1, 2] }), [1, 5, 5])).toEqual([1, 5, 7]);
    expect(shapeOf(maxPool2d(2), [3, 5, 4])).toEqual([3, 2, 2]);
    expect(shapeOf(avgPool2d([3, 2], { stride: 1 }), [3, 5, 4])).toEqual([3, 3, 3]);
    expect(shapeOf(globalAvgPool2d(), [7, 5, 4])).toEqual([7]);
  });

  it('leaves over what no window covers, and says so', () => {
    expect(conv2d(4, 5, 'relu', { stride: 2 }).leftOver?.([1, 28, 27])).toEqual([1, 0]);
    // A row of padding that is left over is no row of the image.
    expect(conv2d(4, 5, 'relu', { stride: 2, padding: 1 }).leftOver?.([1, 28, 28])).toEqual([0, 0]);
    expect(conv2d(4, 3, 'relu', { stride: 3, padding: 'same' }).leftOver?.([1, 8, 8])).toEqual([0, 0]);
    expect(maxPool2d(2).leftOver?.([3, 5, 4])).toEqual([1, 0]);
    expect(avgPool2d([3, 2]).leftOver?.([3, 8, 9])).toEqual([2, 1]);
  });

  it('is ⌈size / stride⌉ with same padding, whatever the kernel', () => {
    const small = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(small, small, small, small, (height, width, kernel, stride) => {
        const layer = conv2d(1, kernel, 'linear', { padding: 'same', stride });
        expect(shapeOf(layer, [1, height, width])).toEqual([1, Math.ceil(height / stride), Math.ceil(width / stride)]);
      }),
    );
  });
});

it('a network file says what was chosen and nothing else, and reads back the same', () => {
  const layers = [
    conv2d(2, [3, 2], 'relu', { stride: [1, 2], padding: 'same', bias: false, initializer: 'heNormal' }),
    maxPool2d(2, { stride: 1 }),
    conv2d(3, 2),
    avgPool2d([2, 1]),
    globalAvgPool2d(),
  ];
  const described = describeNetwork(network(layers, { input: [1, 8, 9], seed: 3 }));
  expect(described.layers).toEqual([
    {
      type: 'conv2d',
      filters: 2,
      kernel: [3, 2],
      stride: [1, 2],
      padding: 'same',
      bias: false,
      initializer: 'heNormal',
      activation: 'relu',
    },
    { type: 'maxPool2d', size: 2, stride: 1 },
    { type: 'conv2d', filters: 3, kernel: 2, activation: 'linear' },
    { type: 'avgPool2d', size: [2, 1] },
    { type: 'globalAvgPool2d' },
  ]);
  expect(describeNetwork(parseNetwork(JSON.stringify(described), 'a file'))).toEqual(described);
});

describe('what does not fit is refused with its layer and a remedy', () => {
  const refused = (layers: Parameters<typeof network>[0], input: readonly number[]) =>
    expect(() => network(layers, { input }));

  it('a kernel or window larger than its input', () => {
    refused([conv2d(1, 3), conv2d(1, 4)], [1, 5, 5]).toThrow(
      /^layers\[1\] \(conv2d\): a kernel of 4 × 4 does not fit into images of 3 × 3 \(padding counted\); use a smaller kernel or more padding/,
    );
    refused([maxPool2d([2, 6])], [1, 5, 5]).toThrow(/a window of 2 × 6 does not fit .* use a smaller window/);
  });

  it('images wanted where there are none, and the other way round', () => {
    for (const layer of [conv2d(1, 2), maxPool2d(2), avgPool2d(2), globalAvgPool2d()]) {
      refused([flatten(), layer], [1, 4, 4]).toThrow(/layers\[1\].*\[16\]; .* before any flatten or dense layer/);
    }
    refused([conv2d(1, 2), dense(2)], [1, 4, 4]).toThrow(/layers\[1\] \(dense\).*put a flatten layer before it/);
    refused([conv2d(1, 2, 'softmax')], [1, 4, 4]).toThrow(/layers\[0\] \(conv2d\): softmax .* flatten/);
  });

  it('options that are no sizes', () => {
    expect(() => conv2d(0, 3)).toThrow(/conv2d filters is 0/);
    expect(() => conv2d(1, 0)).toThrow(/conv2d kernel is 0; it must be at least 1/);
    expect(() => conv2d(1, 2, 'relu', { padding: -1 })).toThrow(/conv2d padding is -1; it must be at least 0/);
    const file = (layer: unknown) => () =>
      parseNetwork(JSON.stringify({ input: [1, 4, 4], layers: [layer] }), 'a file');
    expect(file({ type: 'maxPool2d', size: [2, 2, 2] })).toThrow(/layers\[0\] \(maxPool2d\)\.size is a list.*pair/);
    expect(file({ type: 'maxPool2d', size: 'big' })).toThrow(/\(maxPool2d\)\.size is "big".*pair \[height, width\]/);
    expect(file({ type: 'conv2d', filters: 1, kernel: 2, padding: 'full' })).toThrow(/\.padding is "full".*"same"/);
  });
});
