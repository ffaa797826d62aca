// The drawing of a network: that every quantity has its part, that nothing covers anything, and the ways of the arrow keys.
import { conv2d, dense, flatten, type Layer, network } from 'chainrule';
import { describe, expect, test } from 'vitest';
import { type Item, layoutOf } from './layout.ts';
import { shortNumber } from './numbers.ts';
import { placeNamed, quantityName } from './places.ts';
import { stopAfter } from './roving.ts';

const net = (input: number | number[], ...layers: Layer[]) => network(layers, { input });
const ids = (parts: readonly { readonly id: string }[]) => parts.map(({ id }) => id).sort();

describe('a drawing has a part for', () => {
  test('every input, neuron, bias, δ, target, share of the loss and weight of a small network', () => {
    const { items, lines } = layoutOf(net(2, dense(3, 'sigmoid'), dense(1, 'sigmoid')), { withLoss: true });
    expect(ids(items)).toEqual(
      [
        ...['input[0]', 'input[1]', 'target[0]', 'loss.terms[0]', 'loss'],
        ...[0, 1, 2].flatMap((j) => ['a', 'bias', 'delta'].map((name) => `layers.0.${name}[${j}]`)),
        ...['a', 'bias', 'delta'].map((name) => `layers.1.${name}[0]`),
      ].sort(),
    );
    const weights = [0, 1, 2].flatMap((j) => [
      `layers.0.weight[${j},0]`,
      `layers.0.weight[${j},1]`,
      `layers.1.weight[0,${j}]`,
    ]);
    expect(ids(lines)).toEqual(weights.sort());
  });

  test('every pixel, and every weight of a kernel', () => {
    const { items } = layoutOf(net([1, 3, 3], conv2d(2, 2, 'sigmoid'), flatten(), dense(1, 'sigmoid')));
    expect(items.filter(({ kind }) => kind === 'kernel')).toHaveLength(8);
    expect(items.filter(({ kind, layer }) => kind === 'cell' && layer === -1)).toHaveLength(9);
    expect(items.filter(({ kind, layer }) => kind === 'cell' && layer === 0)).toHaveLength(8);
  });

  test('a larger layer as a whole, and all weights into it', () => {
    const { items, lines } = layoutOf(net(784, dense(13, 'sigmoid'), dense(12, 'sigmoid')));
    expect(ids(items.filter(({ kind }) => kind === 'block'))).toEqual(['input', 'layers.0.a']);
    expect(ids(lines)).toEqual(['layers.0.weight', 'layers.1.weight']);
  });

  test('the shown sample of a batch, by its name', () => {
    const { items } = layoutOf(net(1, dense(1, 'sigmoid')), { samples: 4, sample: 2, withLoss: true });
    expect(ids(items)).toEqual(
      ['input[0]', 'layers.0.a[0]', 'layers.0.delta[0]', 'loss.terms[0]', 'target[0]']
        .map((name) => `samples.2.${name}`)
        .concat('layers.0.bias[0]', 'loss')
        .sort(),
    );
  });
});

test.each([
  ['a small network', net(2, dense(2, 'sigmoid'), dense(2, 'sigmoid'))],
  ['a wide one', net(12, dense(12, 'relu'), dense(10, 'softmax'))],
  ['one of images', net([2, 5, 5], conv2d(3, 2, 'sigmoid'), conv2d(2, 2, 'sigmoid'), flatten(), dense(3, 'sigmoid'))],
  ['one with blocks', net(64, dense(30, 'sigmoid'), dense(10, 'softmax'))],
  ['one neuron', net(1, dense(1, 'sigmoid'))],
])('nothing of %s covers anything else or leaves the drawing', (_, one) => {
  const { items, width, height } = layoutOf(one, { withLoss: true });
  const overlap = (a: Item, b: Item) =>
    Math.abs(a.x - b.x) < (a.width + b.width) / 2 - 0.01 && Math.abs(a.y - b.y) < (a.height + b.height) / 2 - 0.01;
  const covering = items.flatMap((a, i) =>
    items
      .slice(i + 1)
      .filter((b) => overlap(a, b))
      .map((b) => [a.id, b.id]),
  );
  expect(covering).toEqual([]);
  for (const { x, y, id, ...size } of items) {
    expect(x - size.width / 2, id).toBeGreaterThanOrEqual(0);
    expect(x + size.width / 2, id).toBeLessThanOrEqual(width);
    expect(y - size.height / 2, id).toBeGreaterThanOrEqual(0);
    expect(y + size.height / 2, id).toBeLessThanOrEqual(height);
  }
});

test.each([
  [2, 2],
  [3, 3],
  [2, 5],
  [4, 2],
  [1, 1],
])('the labels of weights from %d to %d neurons do not cover each other', (from, to) => {
  const labels = layoutOf(net(from, dense(to, 'sigmoid'))).lines.flatMap(({ label }) => label ?? []);
  expect(labels).toHaveLength(from * to);
  const near = labels.flatMap((a, i) =>
    labels.slice(i + 1).filter((b) => Math.abs(a.x - b.x) < 60 && Math.abs(a.y - b.y) < 15),
  );
  expect(near).toEqual([]);
});

test('the arrow keys lead through all parts, and back', () => {
  const { items, lines } = layoutOf(net(2, dense(2, 'sigmoid')), { withLoss: true });
  const stops = [
    ...items,
    ...lines.map((line) => ({ ...line, x: (line.x1 + line.x2) / 2, y: (line.y1 + line.y2) / 2 })),
  ];
  const first = stops.find(({ id }) => id === 'input[0]');
  if (first === undefined) throw new Error('there is no first input');
  const reached = new Set([first]);
  for (const stop of reached)
    for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']) {
      const next = stopAfter(stops, stop, key);
      const found = stops.find(({ id }) => id === next?.id);
      if (found !== undefined) reached.add(found);
    }
  expect(reached.size).toBe(stops.length);
});

test('names of quantities are read and written', () => {
  for (const name of ['loss', 'input[3]', 'layers.0.weight.grad[1,2]']) {
    const place = placeNamed(name);
    expect(place && quantityName(place, 1)).toBe(name);
  }
  expect(placeNamed('samples.2.layers.0.a[1]')).toEqual({ slot: 'layers.0.a', index: [1], sample: 2 });
  for (const name of ['', '<b>', 'a[', 'a[1,]', 'samples.2.', 'a[-1]']) expect(placeNamed(name), name).toBeUndefined();
});

test.each([
  [0.593269992, '0.593'],
  [-0.0380982, '−0.0381'],
  [0, '0'],
  [1, '1'],
  [1234567, '1.23e6'],
  [-0.000012345, '−1.23e−5'],
  [Number.NaN, 'NaN'],
  [Number.NEGATIVE_INFINITY, '−∞'],
])('%d fits into a circle as %s', (value, text) => {
  expect(shortNumber(value)).toBe(text);
});
