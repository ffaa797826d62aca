// Pictures for tests: a folder of two classes, and PNG headers that lie. No test itself.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';

/** A picture of one colour. */
export const plain = (width: number, height: number, red: number, blue: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: red, g: 40, b: blue } } });

/** Red and blue pictures of differing sizes and kinds, or of one kind, in a folder per colour. */
export async function writePictures(folder: string, only?: 'png'): Promise<void> {
  for (const color of ['red', 'blue']) {
    mkdirSync(join(folder, color), { recursive: true });
    for (let i = 0; i < 24; i++) {
      const shade = 120 + ((i * 37) % 100);
      const picture = plain(10 + (i % 5), 12, color === 'red' ? shade : 20, color === 'red' ? 20 : shade);
      const kind = only ?? (['png', 'jpeg', 'webp'] as const)[i % 3];
      const ending = kind === 'jpeg' ? 'jpg' : kind;
      await picture.toFormat(kind).toFile(join(folder, color, `${String(i).padStart(2, '0')}.${ending}`));
    }
  }
}

/** A PNG whose header promises this size, with next to nothing behind it. */
export function writeHugePng(file: string, width: number, height: number): void {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  writeFileSync(
    file,
    Buffer.concat([
      signature,
      chunk('IHDR', header),
      chunk('IDAT', Buffer.from([0x78])),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  );
}
