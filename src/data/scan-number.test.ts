// Numbers read from bytes are what `Number` reads from the text, to the bit.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NumberScanner } from './scan-number.ts';

const scanner = new NumberScanner();

function read(text: string): number {
  const bytes = new TextEncoder().encode(text);
  const value = scanner.read(bytes, 0, bytes.length);
  if (!Number.isNaN(value)) expect(scanner.at).toBe(text.length);
  return value;
}

const digits = (minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength, maxLength });
const decimal = fc
  .tuple(fc.constantFrom('', '-', '+'), digits(0, 12), fc.constantFrom('', '.'), digits(0, 20))
  .map((parts) => parts.join(''))
  .filter((text) => /\d/.test(text));

test('is what Number makes of the text, or is left to others', () => {
  fc.assert(
    fc.property(decimal, (text) => {
      const value = read(text);
      if (!Number.isNaN(value)) expect(value).toBe(Number(text));
      else expect(text.replace(/^[+-]?[0.]*/, '').length).toBeGreaterThan(15);
    }),
    { numRuns: 20_000 },
  );
});

test('the shortest texts of doubles, as programs write them, are read without help', () => {
  let left = 0;
  fc.assert(
    fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (number) => {
      const text = String(number);
      if (text.includes('e')) return;
      const value = read(text);
      if (Number.isNaN(value)) left++;
      else expect(value).toBe(Number(text));
    }),
    { numRuns: 20_000 },
  );
  // Beyond 22 decimal places, or rounded too close to a tie.
  expect(left).toBeLessThan(1000);
});

test.each(['', '.', '-', '+.', 'x', '1e5', '1E5', ' 1', '12345678901234567890', '9007199254740993'])(
  '%j is left to others',
  (text) => {
    expect(read(text)).toBeNaN();
  },
);

test.each(['-0', '5.', '.5', '007', '0.000000000000000001', '90071992547409931', '999999999999999999'])(
  '%s',
  (text) => {
    expect(read(text)).toBe(Number(text));
  },
);
