// Reading protobuf messages field by field, within bounds. It knows the wire format and no message.
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { ChainruleError } from '../errors.ts';

/** What to do at a field: reads its value. */
export type FieldReader = (reader: BinaryReader, wireType: WireType) => void;

/** Messages, names and single numbers that a file may hold: far more than a network needs, far fewer than fill the memory. */
const mostEntries = 2 ** 20;

/** The error for a file that breaks the format. */
export function damaged(source: string, problem: string, options?: ErrorOptions): ChainruleError {
  return new ChainruleError(
    'bad-file',
    `${source}: ${problem}; the file is damaged or is no ONNX model, so export it or download it again.`,
    options,
  );
}

/** Reads the fields of one file's messages; every field is counted. */
export class FieldSource {
  readonly source: string;
  private entries = 0;

  constructor(source: string) {
    this.source = source;
  }

  /** Calls the reader of each field; fields without one are passed over. */
  message(bytes: Uint8Array, fields: Readonly<Record<number, FieldReader>>): void {
    const reader = new BinaryReader(bytes);
    while (reader.pos < reader.len) {
      this.count();
      const [number, wireType] = reader.tag();
      const read = fields[number];
      if (read === undefined) reader.skip(wireType, number);
      else read(reader, wireType);
      if (reader.pos > reader.len) throw damaged(this.source, 'a field ends beyond the end of its message');
    }
  }

  /** A field whose value is bytes: a message inside, or a text. */
  bytes(use: (value: Uint8Array) => void): FieldReader {
    return (reader, wireType) => {
      this.expect(wireType, WireType.LengthDelimited);
      use(reader.bytes());
    };
  }

  text(use: (value: string) => void): FieldReader {
    return (reader, wireType) => {
      this.expect(wireType, WireType.LengthDelimited);
      use(reader.string(true));
    };
  }

  int(use: (value: number) => void): FieldReader {
    return (reader, wireType) => {
      this.expect(wireType, WireType.Varint);
      use(this.integer(reader));
    };
  }

  float(use: (value: number) => void): FieldReader {
    return (reader, wireType) => {
      this.expect(wireType, WireType.Bit32);
      use(reader.float());
    };
  }

  /** A list of integers, in one piece or one by one. */
  ints(values: number[]): FieldReader {
    return (reader, wireType) => {
      if (wireType === WireType.Varint) values.push(this.integer(reader));
      else {
        this.expect(wireType, WireType.LengthDelimited);
        const list = new BinaryReader(reader.bytes());
        while (list.pos < list.len) {
          this.count();
          values.push(this.integer(list));
        }
      }
    };
  }

  /** A list of numbers of fixed width, in one piece or one by one; `parts` are their bytes. */
  fixed(width: 4 | 8, parts: Uint8Array[]): FieldReader {
    const single = width === 4 ? WireType.Bit32 : WireType.Bit64;
    return (reader, wireType) => {
      if (wireType === single) parts.push(reader.skip(single));
      else {
        this.expect(wireType, WireType.LengthDelimited);
        parts.push(reader.bytes());
      }
    };
  }

  private integer(reader: BinaryReader): number {
    const value = Number(reader.int64());
    if (Number.isSafeInteger(value)) return value;
    throw damaged(this.source, `it holds the integer ${value}, larger than any that can be meant`);
  }

  private expect(found: WireType, expected: WireType): void {
    if (found !== expected) throw damaged(this.source, `a field of wire type ${expected} has wire type ${found}`);
  }

  private count(): void {
    if (++this.entries <= mostEntries) return;
    throw new ChainruleError(
      'bad-file',
      `${this.source} has more than ${mostEntries.toLocaleString('en')} fields, and no network that can be imported needs as many; give the file that was meant.`,
    );
  }
}
