// Names of files that are shown and saved: whatever a name held, it is one line that a system takes.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeName } from './names.ts';

describe('safeName', () => {
  it.each([
    ['练习 3.csv', '练习 3.csv'],
    ['../../etc/passwd', '-..-etc-passwd'],
    ['C:\\sheets\\a.csv', 'C-sheets-a.csv'],
    ['a\u202Egpj.exe', 'agpj.exe'],
    ['line\nbreak\u0000.csv', 'linebreak.csv'],
    ['  .hidden. ', 'hidden'],
    ['...', 'file'],
    ['', 'file'],
  ])('makes %j %j', (name, safe) => expect(safeName(name)).toBe(safe));

  it('is short, has no path in it, and is its own safe name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        const safe = safeName(name);
        expect(safe).not.toMatch(/[\\/:*?"<>|\p{Cc}\p{Cf}]|^\.|\.$|^$/u);
        expect([...safe].length).toBeLessThanOrEqual(80);
      }),
    );
  });
});
