import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { alphabet, binary } from './binary.ts';
import { bytesOf } from './text.ts';

describe('the kernels as text', () => {
  it('give the bytes of a module that WebAssembly accepts', () => {
    const bytes = bytesOf(binary, alphabet);
    expect([...bytes.subarray(0, 8)]).toEqual([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
    expect(WebAssembly.validate(bytes)).toBe(true);
  });

  it('reads bytes of every kind: alone, and behind either mark', () => {
    expect([...bytesOf('a~bb#a', 'ab#~')]).toEqual([0, 5, 1, 2]);
  });

  it('need no escape in any string literal, whatever a bundler makes of it', () => {
    const module = readFileSync(new URL('./binary.ts', import.meta.url), 'utf8');
    expect(module).not.toMatch(/["`\\$]/);
  });
});
