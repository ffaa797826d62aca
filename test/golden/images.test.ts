// Images brought to other sizes, against PyTorch's antialiased interpolation: images.py writes the numbers.
import { readFileSync } from 'node:fs';
import { imageBytes } from 'chainrule/images';
import { expect, test } from 'vitest';

interface Case {
  readonly width: number;
  readonly height: number;
  readonly rgb: readonly number[];
  readonly size: readonly [height: number, width: number];
  readonly grey: boolean;
  readonly scaled: readonly number[];
}

const cases: readonly Case[] = JSON.parse(readFileSync(new URL('fixtures/images.json', import.meta.url), 'utf8'));

test.each(cases.map((one) => [`${one.width}×${one.height} to ${one.size[1]}×${one.size[0]}`, one] as const))(
  '%s',
  (_, { width, height, rgb, size, grey, scaled }) => {
    const opaque = rgb.flatMap((value, i) => (i % 3 === 2 ? [value, 255] : [value]));
    const bytes = imageBytes({ width, height, rgba: Uint8Array.from(opaque) }, [grey ? 1 : 3, ...size]);
    expect(bytes).toHaveLength(scaled.length);
    // A half may be rounded either way.
    for (const [i, value] of scaled.entries()) expect(Math.abs(bytes[i] - value)).toBeLessThanOrEqual(0.500002);
  },
);
