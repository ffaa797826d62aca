// Paragraphs in a terminal: as wide as asked, marks where a typesetter would put them.
import { expect, test } from 'vitest';
import { columns, wrapped } from './wrap.ts';

test.each([
  ['abc', 3],
  ['残差 δ', 6],
  ['m̂', 1],
  ['z²₁ − ≈', 7],
  ['𝑥', 1],
])('%s takes its columns', (text, width) => expect(columns(text)).toBe(width));

test('words are not broken', () =>
  expect(wrapped('One sample, learning rate', 12)).toEqual(['One sample,', 'learning', 'rate']));

test('Chinese is broken anywhere, but no line begins with a closing mark or ends with an opening one', () => {
  const text = '由链式法则，权重的梯度等于残差与激活值之积（BP4）；偏置的梯度就是“残差”。';
  for (let width = 10; width < 60; width++) {
    const lines = wrapped(text, width);
    expect(lines.join('')).toBe(text);
    for (const line of lines) {
      expect(line).not.toMatch(/^[，。；：、）”]|[（“]$/);
      expect(columns(line)).toBeLessThanOrEqual(width);
    }
  }
});
