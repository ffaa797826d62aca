import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ChainruleError } from '../errors.ts';
import { imageHeader } from './image-header.ts';

const png = (width: number, height: number, kind: number, after: readonly number[] = []): Uint8Array => {
  const bytes = new Uint8Array(33 + after.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  view.setUint32(8, 13);
  bytes.set([0x49, 0x48, 0x44, 0x52], 12);
  view.setUint32(16, width);
  view.setUint32(20, height);
  bytes.set([8, kind], 24);
  bytes.set(after, 33);
  return bytes;
};
const palette = (...entries: number[]) => [0, 0, 0, entries.length, 0x50, 0x4c, 0x54, 0x45, ...entries];

test.each([
  ['greys', 0, [], false],
  ['greys and opacity', 4, [], false],
  ['colours', 2, [], true],
  ['colours and opacity', 6, [], true],
  ['a palette of greys', 3, palette(1, 1, 1, 9, 9, 9), false],
  ['a palette of colours', 3, palette(1, 1, 1, 9, 9, 8), true],
])('a PNG of %s', (_, kind, after, colored) => {
  expect(imageHeader(png(640, 480, kind, after), 'a.png')).toEqual({ width: 640, height: 480, colored });
});

test('too many pixels are refused before anything is unpacked', () => {
  expect(() => imageHeader(png(50_000, 50_000, 2), 'huge.png')).toThrow(
    'huge.png has 50,000×50,000 pixels, more than the 67,108,864 that are read; scale it down.',
  );
});

const beginnings = [
  [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  [0xff, 0xd8, 0xff],
  [...Buffer.from('RIFF1234WEBPVP8 ')],
  [...Buffer.from('RIFF1234WEBPVP8L')],
  [...Buffer.from('RIFF1234WEBPVP8X')],
];

test('whatever follows a known beginning is a header or is refused in one sentence', () => {
  fc.assert(
    fc.property(fc.constantFrom(...beginnings), fc.uint8Array({ maxLength: 80 }), (beginning, rest) => {
      try {
        const { width, height } = imageHeader(Uint8Array.from([...beginning, ...rest]), 'a.png');
        expect(width * height).toBeGreaterThan(0);
        expect(width * height).toBeLessThanOrEqual(2 ** 26);
      } catch (error) {
        expect(error).toBeInstanceOf(ChainruleError);
        expect(String(error)).toMatch(/a\.png (?:is no picture that can be read \(.+\); replace|has .* scale it down)/);
      }
    }),
  );
});
