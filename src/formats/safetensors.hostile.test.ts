// Damaged and hostile safetensors files: each is refused with one sentence, never read wrongly, never a crash.
// What sound files hold is tested in safetensors.test.ts.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChainruleError } from '../errors.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';

function file(header: string | Uint8Array, dataLength = 0): Uint8Array {
  const text = typeof header === 'string' ? new TextEncoder().encode(header) : header;
  const bytes = new Uint8Array(8 + text.length + dataLength);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

/** What reading throws, or undefined where the file is read. */
function errorOf(bytes: Uint8Array): unknown {
  try {
    readSafetensors(bytes, 'hostile.safetensors');
    return undefined;
  } catch (error) {
    return error;
  }
}

function expectRefused(bytes: Uint8Array, message: RegExp): void {
  const error = errorOf(bytes);
  expect(error).toBeInstanceOf(ChainruleError);
  expect(error).toMatchObject({ code: 'bad-file', message: expect.stringMatching(message) });
  expect(error).toMatchObject({ message: expect.stringMatching(/^hostile\.safetensors: [^\n]{1,500}\.$/) });
}

const u8 = (begin: number, end: number) => `{"dtype":"U8","shape":[${end - begin}],"data_offsets":[${begin},${end}]}`;
const withShape = (shape: string, begin = 0, end = 0) =>
  `{"t":{"dtype":"U8","shape":${shape},"data_offsets":[${begin},${end}]}}`;
const withOffsets = (offsets: string) => `{"t":{"dtype":"U8","shape":[4],"data_offsets":${offsets}}}`;

describe('the header', () => {
  it('must have its length', () => {
    for (let length = 0; length < 8; length++)
      expectRefused(new Uint8Array(length), /where the length of the header alone takes 8/);
  });

  it('must not be longer than 100 MB, whatever 64-bit length is claimed', () => {
    for (const length of [100_000_001n, 2n ** 31n, 2n ** 32n, 2n ** 53n + 1n, 2n ** 63n, 2n ** 64n - 1n]) {
      const bytes = file('{}');
      new DataView(bytes.buffer).setBigUint64(0, length, true);
      expectRefused(bytes, new RegExp(`a header of ${length} bytes`));
    }
  });

  it('must end within the file', () => {
    const bytes = file('{}');
    bytes[0] = 3;
    expectRefused(bytes, /should end at byte 11 and the file has 10 bytes/);
  });

  it.each<[string, string | number[], RegExp]>([
    ['is empty', '', /header is empty/],
    ['begins with a space', ' {}', /0x20/],
    ['begins with a byte order mark', '\ufeff{}', /0xef/],
    ['is an array', '[]', /0x5b/],
    ['is not UTF-8', [0x7b, 0x22, 0xff, 0x22, 0x7d], /not valid UTF-8/],
    ['has an over-long UTF-8 form', [0x7b, 0x22, 0xc0, 0xaf, 0x22, 0x7d], /not valid UTF-8/],
    ['has a surrogate in UTF-8', [0x7b, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x7d], /not valid UTF-8/],
    ['breaks off', '{', /has the end at character 1/],
    ['breaks off in a string', '{"a', /has the end at character 3/],
    ['breaks off in an escape', '{"a\\', /has the end at character/],
    ['goes on after its end', '{}{}', /has "\{" at character 2 where nothing but spaces is expected/],
    ['has zero bytes after its end', '{}\0', /has "\\u0000" at character 2/],
    ['has a trailing comma', '{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},}', /has "\}"/],
    ['has a comment', '{/**/}', /has "\/"/],
    ['has a key without quotes', '{a:1}', /has "a" at character 1/],
    ['has single quotes', "{'a':1}", /has "'"/],
    ['has a raw line break in a string', '{"a\nb":{}}', /at character 3/],
    ['has an unknown escape', '{"\\x41":{}}', /escape that is not JSON/],
    ['has a short \\u escape', '{"\\u41":{}}', /escape that is not JSON/],
    ['has half of a surrogate pair, escaped', '{"\\ud800":{}}', /half of a surrogate pair/],
    ['has a form feed as white space', '{\f}', /at character 1/],
    ['has a no-break space as white space', '{\u00a0}', /at character 1/],
  ])('is refused where it %s', (_, header, message) => {
    expectRefused(file(typeof header === 'string' ? header : Uint8Array.from(header)), message);
  });

  it.each([
    ['arrays', '{"t":', '['],
    ['objects', '{', '"a":{'],
    ['arrays as a shape', '{"t":{"dtype":"U8","shape":', '['],
  ])('is refused without a stack overflow where it nests a million deep in %s', (_, opening, nesting) => {
    expectRefused(file(opening + nesting.repeat(1e6)), /is expected|besides/);
  });
});

describe('a key given twice', () => {
  it.each([
    ['tensors', `{"a":${u8(0, 0)},"a":${u8(0, 0)}}`, /the header has the key "a" twice/],
    ['tensors, one of them escaped', `{"a":${u8(0, 0)},"\\u0061":${u8(0, 0)}}`, /the key "a" twice/],
    ['tensors named __proto__', `{"__proto__":${u8(0, 0)},"__proto__":${u8(0, 0)}}`, /the key "__proto__" twice/],
    ['tensors with others between', `{"a":${u8(0, 0)},"b":${u8(0, 0)},"a":${u8(0, 0)}}`, /the key "a" twice/],
    ['the metadata', '{"__metadata__":{},"__metadata__":{}}', /the key "__metadata__" twice/],
    ['texts of the metadata', '{"__metadata__":{"k":"1","k":"1"}}', /"__metadata__" has the key "k" twice/],
    [
      'the dtype',
      '{"t":{"dtype":"U8","dtype":"U8","shape":[0],"data_offsets":[0,0]}}',
      /tensor "t" has the key "dtype" twice/,
    ],
    ['the shape, escaped', '{"t":{"dtype":"U8","shape":[0],"sh\\u0061pe":[0],"data_offsets":[0,0]}}', /"shape" twice/],
  ])('is refused for %s', (_, header, message) => expectRefused(file(header), message));
});

describe('an entry', () => {
  it.each([
    ['is null', '{"t":null}', /has "n"/],
    ['is a string', '{"t":"x"}', /'\{' is expected \(in tensor "t"\)/],
    ['has no dtype', '{"t":{"shape":[0],"data_offsets":[0,0]}}', /tensor "t" has no "dtype"/],
    ['has no shape', '{"t":{"dtype":"U8","data_offsets":[0,0]}}', /tensor "t" has no "shape"/],
    ['has no data_offsets', '{"t":{"dtype":"U8","shape":[0]}}', /tensor "t" has no "data_offsets"/],
    ['has another key', '{"t":{"dtype":"U8","shape":[0],"data_offsets":[0,0],"x":1}}', /has the key "x" besides/],
    [
      'has the key __proto__',
      '{"t":{"__proto__":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}}',
      /the key "__proto__" besides/,
    ],
    ['has an unknown dtype', '{"t":{"dtype":"F31","shape":[0],"data_offsets":[0,0]}}', /dtype "F31" \(did you mean/],
    ['has a dtype in small letters', '{"t":{"dtype":"f32","shape":[0],"data_offsets":[0,0]}}', /dtype "f32"/],
    ['has the dtype toString', '{"t":{"dtype":"toString","shape":[0],"data_offsets":[0,0]}}', /none of the format's/],
    ['has a number as dtype', '{"t":{"dtype":1,"shape":[0],"data_offsets":[0,0]}}', /has "1"/],
  ])('is refused where it %s', (_, header, message) => expectRefused(file(header), message));
});

describe('a shape', () => {
  it.each([
    ['negative', '[-1]', /has "-"/],
    ['minus zero', '[-0]', /has "-"/],
    ['a fraction', '[1.5]', /has "."/],
    ['a whole number written as a fraction', '[0.0]', /has "."/],
    ['in scientific notation', '[1e2]', /has "e"/],
    ['with a leading zero', '[01]', /leading 0/],
    ['with a plus sign', '[+1]', /has "\+"/],
    ['beyond 2^53', '[9007199254740992]', /"9007199254740992", which is more than 2\^53 - 1/],
    ['beyond every float64', `[${'9'.repeat(400)}]`, /which is more than/],
    ['text', '["1"]', /whole number/],
    ['null', '[null]', /whole number/],
    ['NaN', '[NaN]', /whole number/],
    ['nested', '[[1]]', /whole number/],
    ['a number alone', '1', /'\[' is expected/],
    ['with a trailing comma', '[0,]', /whole number/],
    ['not closed', '[0;', /',' or '\]' is expected/],
  ])('is refused where it is %s', (_, shape, message) => expectRefused(file(withShape(shape)), message));

  it('is refused where its product overflows, even to nothing', () => {
    expectRefused(file(withShape('[9007199254740991,9007199254740991]')), /too large to count/);
    expectRefused(file(withShape('[4294967296,4294967296,0]')), /too large to count/);
    expectRefused(file(withShape(`[${'2,'.repeat(2000)}2]`)), /of 2001 axes, too large/);
  });

  it('is refused where it needs more or fewer bytes than the tensor has', () => {
    expectRefused(file(withShape('[5]', 0, 4), 4), /"t" takes 4 bytes where its shape \[5\] of U8 needs 5/);
    expectRefused(file(withShape('[3]', 0, 4), 4), /takes 4 bytes/);
    expectRefused(file(withShape('[]', 0, 0)), /takes 0 bytes where its shape \[\] of U8 needs 1/);
    expectRefused(file(withShape('[0]', 0, 4), 4), /needs 0/);
    expectRefused(file('{"t":{"dtype":"F64","shape":[2],"data_offsets":[0,15]}}', 15), /needs 16/);
    expectRefused(file('{"t":{"dtype":"F4","shape":[3],"data_offsets":[0,1]}}', 1), /needs 1\.5/);
  });
});

describe('data_offsets', () => {
  it.each([
    ['missing one', '[0]', /1 data_offsets where 2 are expected/],
    ['missing both', '[]', /0 data_offsets where 2 are expected/],
    ['three', '[0,4,4]', /more than 2 numbers/],
    ['negative', '[-4,0]', /has "-"/],
    ['fractional', '[0.5,4.5]', /has "\."/],
    ['text', '["0","4"]', /whole number/],
    ['beyond 2^53', '[0,18446744073709551615]', /more than 2\^53 - 1/],
    ['reversed', '[4,0]', /begins at byte 4 of the data, after its end at 0/],
    ['past the end', '[1,5]', /ends at byte 5 of the data, of which the file has 4/],
    ['far past the end', '[9007199254740987,9007199254740991]', /of which the file has 4/],
  ])('are refused where they are %s', (_, offsets, message) => expectRefused(file(withOffsets(offsets), 4), message));

  it.each([
    ['overlap', `{"a":${u8(0, 3)},"b":${u8(2, 4)}}`, /"b" begins at byte 2 of the data, inside tensor "a"/],
    ['are those of another tensor', `{"a":${u8(0, 4)},"b":${u8(0, 4)}}`, /inside tensor/],
    [
      'lie inside another tensor',
      `{"a":${u8(0, 4)},"b":${u8(1, 2)}}`,
      /"b" begins at byte 1 of the data, inside tensor "a"/,
    ],
    ['are empty inside another tensor', `{"a":${u8(0, 4)},"b":${u8(2, 2)}}`, /inside tensor "a"/],
    ['leave a hole at the beginning', `{"a":${u8(1, 4)}}`, /no tensor uses bytes 0 to 1/],
    ['leave a hole between', `{"a":${u8(0, 1)},"b":${u8(2, 4)}}`, /no tensor uses bytes 1 to 2/],
    ['leave bytes at the end', `{"a":${u8(0, 3)}}`, /no tensor uses bytes 3 to 4/],
    ['are of no tensor at all', '{}', /no tensor uses bytes 0 to 4/],
  ])('are refused where they %s', (_, header, message) => expectRefused(file(header, 4), message));
});

describe('the metadata', () => {
  it.each([
    ['null', 'null', /has "n"/],
    ['an array', '[]', /has "\["/],
    ['a text', '"x"', /'\{' is expected/],
    ['a map to a number', '{"a":1}', /'"' is expected/],
    ['a map to null', '{"a":null}', /'"' is expected/],
    ['a map to a map', '{"a":{}}', /'"' is expected/],
  ])('is refused where it is %s', (_, metadata, message) =>
    expectRefused(file(`{"__metadata__":${metadata}}`), message),
  );
});

describe('an error’s sentence', () => {
  it('shows nothing of the file that a terminal would act on, and no more than a glimpse', () => {
    const name = `\\u001b[31m\u009b\u202e\u2028${'x'.repeat(100_000)}`;
    const error = errorOf(file(`{"${name}":{}}`));
    expect(error).toBeInstanceOf(ChainruleError);
    const { message } = error instanceof Error ? error : { message: '' };
    expect(message.length).toBeLessThan(300);
    expect(message).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}]/u);
  });
});

describe('damage', () => {
  const sound = writeSafetensors(
    {
      'layers.0.weight': { shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) },
      '权重"': { shape: [], data: Float64Array.of(7) },
      ['__proto__']: { shape: [0], data: new Float64Array(0) },
    },
    { chainrule: '{"version":1}' },
  );
  const headerEnd = 8 + Number(new DataView(sound.buffer).getBigUint64(0, true));

  it('that cuts the file short is refused at every length', () => {
    for (let length = 0; length < sound.length; length++) expectRefused(sound.slice(0, length), /safetensors/);
  });

  it('that adds bytes to the file is refused', () => {
    for (const extra of [1, 7, 8, 100]) {
      const longer = new Uint8Array(sound.length + extra);
      longer.set(sound);
      expectRefused(longer, /no tensor uses bytes 32 to/);
    }
  });

  it('of any single bit of the header is read or refused, and nothing else', () => {
    for (let bit = 0; bit < headerEnd * 8; bit++) {
      const damaged = sound.slice();
      damaged[bit >> 3] ^= 1 << (bit & 7);
      const error = errorOf(damaged);
      if (error !== undefined) expect(error, `bit ${bit}`).toMatchObject({ name: 'ChainruleError', code: 'bad-file' });
    }
  });

  it('of several bytes of the header is read or refused, and nothing else', () => {
    const change = fc.tuple(fc.nat(headerEnd - 9), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
        const damaged = sound.slice();
        for (const [at, byte] of changes) damaged[8 + at] = byte;
        const error = errorOf(damaged);
        if (error !== undefined) expect(error).toBeInstanceOf(ChainruleError);
      }),
      { numRuns: 1000 },
    );
  });

  it('never makes a header pass that JSON.parse refuses or reads otherwise', () => {
    const token = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      ' ',
      '0',
      '1',
      '-',
      '.5',
      '"t"',
      '"\\u0074"',
      '"__metadata__"',
      '"__proto__"',
      '"a"',
      'null',
      '"dtype"',
      '"shape"',
      '"data_offsets"',
      '"U8"',
      '[0,0]',
      '[0]',
      '{}',
      '{"a":"b"}',
      `"u":${u8(0, 0)}`,
      `:${u8(0, 0)},`,
    );
    let read = 0;
    fc.assert(
      fc.property(fc.array(token, { maxLength: 8 }), (tokens) => {
        const header = `{${tokens.join('')}}`;
        const bytes = file(header);
        const error = errorOf(bytes);
        if (error !== undefined) {
          expect(error).toBeInstanceOf(ChainruleError);
          return;
        }
        read++;
        const { tensors, metadata } = readSafetensors(bytes, 'hostile.safetensors');
        const { __metadata__: texts = {}, ...entries } = JSON.parse(header);
        expect(Object.keys(tensors).sort()).toEqual(Object.keys(entries).sort());
        expect(Object.entries(metadata)).toEqual(Object.entries(texts));
      }),
      { numRuns: 3000 },
    );
    expect(read).toBeGreaterThan(0);
  });
});
