// What is written comes back bit for bit, here and in Python; other dtypes are read exactly.
// Damaged and hostile files are in safetensors.hostile.test.ts.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChainruleError } from '../errors.ts';
import { sizeOf } from '../memory/shape.ts';
import { dtypeOf, sameTensor, type Tensor } from '../memory/tensor.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';

/** A file with this header, its data all zeros unless given. */
function file(header: string, data: Uint8Array = new Uint8Array(0)): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

/** A file with one tensor `t` of the given numbers, as they lie in memory. */
function fileOf(dtype: string, values: ArrayBufferView, length: number): Uint8Array {
  const data = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return file(`{"t":{"dtype":"${dtype}","shape":[${length}],"data_offsets":[0,${data.length}]}}`, data);
}

function readT(bytes: Uint8Array): Tensor {
  return readSafetensors(bytes, 'x.safetensors').tensors.t;
}

const f32 = (...values: number[]): Tensor => ({ shape: [values.length], data: Float32Array.from(values) });
const f64 = (...values: number[]): Tensor => ({ shape: [values.length], data: Float64Array.from(values) });

const name = fc
  .oneof(
    fc.constantFrom(
      '__proto__',
      'constructor',
      'toString',
      '',
      '0',
      '10',
      '9',
      'layers.0.weight',
      '权重',
      '\u{1f600}',
      '"\\\n',
    ),
    fc.string({ unit: 'binary' }),
  )
  .filter((text) => text !== '__metadata__');

/** Numbers by their bits, so that every NaN, both zeros and the subnormals occur. */
const tensor: fc.Arbitrary<Tensor> = fc
  .tuple(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 4 }), fc.constantFrom('F64', 'F32'))
  .chain(([shape, dtype]) => {
    const count = sizeOf(shape);
    const bytes = dtype === 'F64' ? 8 * count : 4 * count;
    return fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((bits) => {
      const { buffer } = new Uint8Array(bits);
      return { shape, data: dtype === 'F64' ? new Float64Array(buffer) : new Float32Array(buffer) };
    });
  });

const tensors = fc.dictionary(name, tensor, { maxKeys: 6 });
const metadata = fc.dictionary(fc.oneof(name, fc.constant('__metadata__')), fc.string({ unit: 'binary' }), {
  maxKeys: 4,
});

describe('a round trip', () => {
  it('keeps every name, shape, bit and metadata text', () => {
    fc.assert(
      fc.property(tensors, metadata, (tensors, metadata) => {
        const back = readSafetensors(writeSafetensors(tensors, metadata), 'x.safetensors');
        expect(Object.keys(back.tensors).sort()).toEqual(Object.keys(tensors).sort());
        for (const key of Object.keys(tensors)) expect(sameTensor(back.tensors[key], tensors[key])).toBe(true);
        expect(Object.entries(back.metadata).sort()).toEqual(Object.entries(metadata).sort());
      }),
    );
  });

  it('keeps NaN payloads, signalling NaNs, the sign of zero and subnormals', () => {
    const singles = Uint32Array.of(0x7fc00001, 0x7f800001, 0xffc12345, 0x80000000, 1, 0x7f800000);
    const doubles = BigUint64Array.of(0x7ff8000000000001n, 0x7ff0000000000001n, 1n << 63n, 1n);
    const given = {
      singles: { shape: [6], data: new Float32Array(singles.buffer) },
      doubles: { shape: [2, 2], data: new Float64Array(doubles.buffer) },
    };
    const { tensors } = readSafetensors(writeSafetensors(given), 'x.safetensors');
    expect(new Uint32Array(tensors.singles.data.buffer)).toEqual(singles);
    expect(new BigUint64Array(tensors.doubles.data.buffer)).toEqual(doubles);
  });

  it('keeps scalars, empty tensors and a file without tensors', () => {
    const given = {
      scalar: { shape: [], data: Float64Array.of(7) },
      empty: { shape: [3, 0, 2], data: new Float32Array(0) },
    };
    const { tensors } = readSafetensors(writeSafetensors(given), 'x.safetensors');
    expect(tensors.scalar).toEqual(given.scalar);
    expect(tensors.empty).toEqual(given.empty);
    expect(Object.keys(readSafetensors(writeSafetensors({}), 'x.safetensors').tensors)).toEqual([]);
  });

  it('takes names that mean something to JavaScript as mere names', () => {
    const given: Record<string, Tensor> = Object.create(null);
    for (const key of ['__proto__', 'constructor', 'hasOwnProperty', '0']) given[key] = f32(1, 2);
    const back = readSafetensors(writeSafetensors(given, JSON.parse('{"__proto__":"text"}')), 'x.safetensors');
    expect(Object.keys(back.tensors).sort()).toEqual(['0', '__proto__', 'constructor', 'hasOwnProperty']);
    expect(back.tensors.toString).toBeUndefined();
    expect(Object.entries(back.metadata)).toEqual([['__proto__', 'text']]);
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('shape');
  });

  it('writes only the part of a buffer that a tensor views', () => {
    const whole = Float32Array.of(1, 2, 3, 4);
    const { tensors } = readSafetensors(
      writeSafetensors({ t: { shape: [2], data: whole.subarray(1, 3) } }),
      'x.safetensors',
    );
    expect(tensors.t.data).toEqual(Float32Array.of(2, 3));
  });
});

describe('the bytes written', () => {
  it('are those of the format: length, JSON, spaces to a multiple of 8, numbers', () => {
    const header = '{"__metadata__":{"a":"1"},"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}'.padEnd(80);
    expect(writeSafetensors({ t: f32(1) }, { a: '1' })).toEqual(file(header, Uint8Array.of(0, 0, 0x80, 0x3f)));
    expect(writeSafetensors({})).toEqual(file('{}      '));
  });

  it('depend on names and values, not on the order they are given in', () => {
    const entries = [...Object.entries({ b: f32(1), a: f64(2), '10': f64(3), '9': f32(4), é: f32(5) })];
    const texts: [string, string][] = [
      ['y', '1'],
      ['x', '2'],
    ];
    const forward = writeSafetensors(Object.fromEntries(entries), Object.fromEntries(texts));
    const backward = writeSafetensors(Object.fromEntries(entries.reverse()), Object.fromEntries(texts.reverse()));
    expect(backward).toEqual(forward);
  });

  it('lie by descending alignment, then by the UTF-8 bytes of the name', () => {
    const bytes = writeSafetensors({ '\uffee': f32(1), '\u{1f600}': f32(2), b: f32(3), c: f64(4), a: f32(5) });
    const { tensors } = readSafetensors(bytes, 'x.safetensors');
    expect(Object.keys(tensors)).toEqual(['c', 'a', 'b', '\uffee', '\u{1f600}']);
  });

  it.each<[string, Record<string, Tensor>, Record<string, string>, string, RegExp]>([
    ['a tensor named __metadata__', { __metadata__: f32(1) }, {}, 'bad-option', /rename it/],
    ['half a surrogate pair in a name', { '\ud800': f32(1) }, {}, 'bad-option', /surrogate/],
    ['half a surrogate pair in the metadata', {}, { a: '\udc00' }, 'bad-option', /surrogate/],
    [
      'a shape that does not count the numbers',
      { t: { shape: [3], data: new Float32Array(2) } },
      {},
      'bad-shape',
      /"t" has 2 numbers/,
    ],
    ['a shape of negative axes', { t: { shape: [-1, -2], data: new Float32Array(2) } }, {}, 'bad-shape', /\[-1, -2\]/],
    ['a shape of fractions', { t: { shape: [0.5, 4], data: new Float32Array(2) } }, {}, 'bad-shape', /0\.5/],
  ])('are refused for %s', (_, tensors, metadata, code, message) => {
    const error = (() => {
      try {
        return writeSafetensors(tensors, metadata);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(ChainruleError);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
  });
});

describe('other dtypes', () => {
  /** Every 16-bit float, checked against the value its fields spell. */
  const halves = Uint16Array.from({ length: 65536 }, (_, i) => i);
  const spell = (bits: number, exponentBits: number) => {
    const fractionBits = 15 - exponentBits;
    const bias = 2 ** (exponentBits - 1) - 1;
    const sign = bits & 0x8000 ? -1 : 1;
    const exponent = (bits & 0x7fff) >> fractionBits;
    const fraction = (bits & (2 ** fractionBits - 1)) / 2 ** fractionBits;
    if (exponent === 2 ** exponentBits - 1) return fraction === 0 ? sign * Infinity : Number.NaN;
    return sign * (exponent === 0 ? fraction * 2 ** (1 - bias) : (1 + fraction) * 2 ** (exponent - bias));
  };

  it.each([
    ['F16', 5],
    ['BF16', 8],
  ])('%s becomes the float32 of the same value, for all 65,536 of them', (dtype, exponentBits) => {
    const { data } = readT(fileOf(dtype, halves, halves.length));
    expect(data).toBeInstanceOf(Float32Array);
    expect(halves.filter((bits, i) => !Object.is(data[i], spell(bits, exponentBits)))).toEqual(new Uint16Array(0));
  });

  it('F16 and BF16 keep the payload of a NaN in the leading bits of the fraction', () => {
    const bits = (dtype: string) =>
      new Uint32Array(readT(fileOf(dtype, Uint16Array.of(0x7e01, 0xfd55), 2)).data.buffer);
    expect([...bits('F16')]).toEqual([0x7fc02000, 0xffaaa000]);
    expect([...bits('BF16')]).toEqual([0x7e010000, 0xfd550000]);
  });

  it.each<[string, ArrayBufferView, number[]]>([
    ['U8', Uint8Array.of(0, 255), [0, 255]],
    ['I8', Int8Array.of(-128, 127), [-128, 127]],
    ['U16', Uint16Array.of(0, 65535), [0, 65535]],
    ['I16', Int16Array.of(-32768, 32767), [-32768, 32767]],
    ['U32', Uint32Array.of(0, 2 ** 32 - 1), [0, 2 ** 32 - 1]],
    ['I32', Int32Array.of(-(2 ** 31), 2 ** 31 - 1), [-(2 ** 31), 2 ** 31 - 1]],
    ['I64', BigInt64Array.of(-(2n ** 53n) + 1n, 2n ** 53n - 1n), [-(2 ** 53) + 1, 2 ** 53 - 1]],
    ['U64', BigUint64Array.of(0n, 2n ** 53n - 1n), [0, 2 ** 53 - 1]],
  ])('%s becomes float64 exactly', (dtype, stored, values) => {
    expect(readT(fileOf(dtype, stored, values.length)).data).toEqual(Float64Array.from(values));
  });

  it.each<[string, ArrayBufferView]>([
    ['I64', BigInt64Array.of(2n ** 53n)],
    ['I64', BigInt64Array.of(-(2n ** 53n))],
    ['U64', BigUint64Array.of(2n ** 64n - 1n)],
  ])('%s beyond ±(2^53 − 1) is refused, not rounded', (dtype, stored) => {
    expect(() => readT(fileOf(dtype, stored, 1))).toThrow(/"t" holds [IU]64 beyond/);
  });

  it.each([
    ['BOOL', 8],
    ['F8_E4M3', 8],
    ['F8_E5M2', 8],
    ['F8_E8M0', 8],
    ['F8_E4M3FNUZ', 8],
    ['F8_E5M2FNUZ', 8],
    ['F6_E2M3', 6],
    ['F6_E3M2', 6],
    ['F4', 4],
    ['C64', 64],
  ])('%s is known for its size and refused by name', (dtype, bytes) => {
    const right = fileOf(dtype, new Uint8Array(bytes), 8);
    const wrong = fileOf(dtype, new Uint8Array(bytes + 1), 8);
    expect(() => readT(right)).toThrow(
      expect.objectContaining({ code: 'unsupported', message: expect.stringContaining(dtype) }),
    );
    expect(() => readT(wrong)).toThrow(expect.objectContaining({ code: 'bad-file' }));
  });
});

describe('the bytes read', () => {
  const written = writeSafetensors({ a: f64(1, 2), b: f32(3, 4, 5) });

  it('may begin anywhere in a larger buffer', () => {
    for (let shift = 0; shift < 9; shift++) {
      const larger = new Uint8Array(written.length + 16);
      larger.set(written, shift);
      const { tensors } = readSafetensors(larger.subarray(shift, shift + written.length), 'x.safetensors');
      expect([tensors.a, tensors.b]).toEqual([f64(1, 2), f32(3, 4, 5)]);
    }
  });

  it('may hold tensors that are not aligned, in any order of the header', () => {
    const header =
      '{"b":{"dtype":"F64","shape":[1],"data_offsets":[3,11]},"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}}';
    const data = Uint8Array.of(1, 2, 3, ...new Uint8Array(Float64Array.of(0.1).buffer));
    for (const padding of ['', ' ', '   \n']) {
      const { tensors } = readSafetensors(file(header + padding, data), 'x.safetensors');
      expect(tensors.b.data).toEqual(Float64Array.of(0.1));
    }
  });

  it('may be a Node Buffer or memory shared between threads, and are not shared with the tensors', () => {
    const shared = new Uint8Array(new SharedArrayBuffer(written.length));
    shared.set(written);
    for (const bytes of [Buffer.from(written), shared]) {
      const { tensors } = readSafetensors(bytes, 'x.safetensors');
      tensors.a.data.fill(9);
      expect(new Uint8Array(bytes)).toEqual(written);
    }
  });

  it('may have empty tensors between others and at the end', () => {
    const at = (begin: number, end: number) =>
      `{"dtype":"U8","shape":[${end - begin}],"data_offsets":[${begin},${end}]}`;
    const header = `{"d":${at(2, 2)},"c":${at(1, 2)},"b":${at(1, 1)},"a":${at(0, 1)},"z":${at(0, 0)}}`;
    expect(Object.keys(readSafetensors(file(header, new Uint8Array(2)), 'x.safetensors').tensors)).toHaveLength(5);
  });
});

describe('Python', () => {
  const python = '/usr/bin/python3';

  it('reads what is written, by a reader of its own written from the specification', (context) => {
    if (!existsSync(python)) context.skip(`${python} is not installed`);
    const script = fileURLToPath(new URL('../../test/fixtures/read_safetensors.py', import.meta.url));
    const given = {
      'layers.0.weight': { shape: [2, 3], data: Float32Array.of(0.1, -0, Infinity, Number.NaN, 1e-45, 3.4e38) },
      '权重\u{1f600}"\\\u0001': f64(0.1, -0, -Infinity, 5e-324, 1.7976931348623157e308),
      ['__proto__']: { shape: [], data: Float64Array.of(Math.PI) },
      empty: { shape: [0, 4], data: new Float32Array(0) },
    };
    const metadata = { chainrule: '{"version":1}', 注: '\u2028 “quoted”' };
    const input = writeSafetensors(given, metadata);
    const { stdout, stderr, status } = spawnSync(python, ['-I', '-B', script], { input, encoding: 'utf8' });
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    const expected = Object.entries(given).map(([key, { shape, data }]) => {
      const bits = Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('hex');
      return [key, { dtype: dtypeOf({ shape, data }), shape, bits, values: [...data] }];
    });
    const read = JSON.parse(stdout);
    for (const key of Object.keys(read.tensors)) {
      read.tensors[key].values = read.tensors[key].values.map((text: string) =>
        Number(text.replace('inf', 'Infinity')),
      );
    }
    expect(Object.entries(read.tensors).sort()).toEqual(expected.sort());
    expect(read.metadata).toEqual(metadata);
  });
});
