// What an image file's first bytes say: its kind, its size and whether it has colours. Nothing is unpacked here.
import { ChainruleError } from '../errors.ts';

/** What a header says. */
export interface ImageHeader {
  readonly height: number;
  readonly width: number;
  readonly colored: boolean;
}

/** Images of more pixels than this are refused by what their headers say. */
const mostPixels = 2 ** 26;

/**
 * Reads the header of a PNG, JPEG or WebP file.
 * @param bytes the file, or as much of its beginning as holds the header
 * @throws ChainruleError `bad-file` where it is none of them, damaged, or of too many pixels
 */
export function imageHeader(bytes: Uint8Array, name: string): ImageHeader {
  const read = readers.find(({ begins }) => begins(bytes));
  if (read === undefined) throw unreadableImage(name, 'its first bytes are not those of PNG, JPEG or WebP');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = headerOrNothing(() => read.header(view));
  if (header === undefined || header.height === 0 || header.width === 0)
    throw unreadableImage(name, 'its header is damaged or cut short');
  const { height, width } = header;
  if (height * width > mostPixels) {
    const [w, h, most] = [width, height, mostPixels].map((number) => number.toLocaleString('en'));
    throw new ChainruleError(
      'bad-file',
      `${name} has ${w}×${h} pixels, more than the ${most} that are read; scale it down.`,
    );
  }
  return header;
}

/** A file that is no image, and why. */
export function unreadableImage(name: string, reason: unknown): ChainruleError {
  const said = (reason instanceof Error ? reason.message : String(reason)).split('\n')[0].replace(/\.$/, '');
  return new ChainruleError(
    'bad-file',
    `${name} is no picture that can be read (${said}); replace it or take it away.`,
    reason instanceof Error ? { cause: reason } : {},
  );
}

/** Reading past the end means that the header is cut short. */
function headerOrNothing(read: () => ImageHeader | undefined): ImageHeader | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const text = (bytes: Uint8Array, from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to));

const readers: readonly {
  begins(bytes: Uint8Array): boolean;
  header(view: DataView): ImageHeader | undefined;
}[] = [
  { begins: (bytes) => text(bytes, 0, 8) === '\x89PNG\r\n\x1a\n', header: pngHeader },
  { begins: ([a, b, c]) => a === 0xff && b === 0xd8 && c === 0xff, header: jpegHeader },
  { begins: (bytes) => text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 12) === 'WEBP', header: webpHeader },
];

const pngPalette = 3;
const pngColorBit = 2;

function pngHeader(view: DataView): ImageHeader {
  const [width, height, kind] = [view.getUint32(16), view.getUint32(20), view.getUint8(25)];
  const colored = kind === pngPalette ? paletteHasColors(view) : (kind & pngColorBit) !== 0;
  return { height, width, colored };
}

/** Whether the palette, which stands before the pixels, has a colour that is no grey. */
function paletteHasColors(view: DataView): boolean {
  const palette = 0x504c5445;
  let at = 8;
  while (view.getUint32(at + 4) !== palette) at += 12 + view.getUint32(at);
  const end = at + 8 + view.getUint32(at);
  for (let entry = at + 8; entry + 3 <= end; entry += 3) {
    const red = view.getUint8(entry);
    if (view.getUint8(entry + 1) !== red || view.getUint8(entry + 2) !== red) return true;
  }
  return false;
}

/** Goes from segment to segment until one begins a frame, which has the size. */
function jpegHeader(view: DataView): ImageHeader | undefined {
  for (let at = 2; view.getUint8(at) === 0xff; ) {
    const marker = view.getUint8(at + 1);
    // Bytes that fill up are 0xff too.
    if (marker === 0xff) at++;
    else if (beginsFrame(marker))
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7), colored: view.getUint8(at + 9) >= 3 };
    else at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

/** 0xc0 … 0xcf, but for tables of Huffman codes and of arithmetic ones, and what is reserved. */
const beginsFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

function webpHeader(view: DataView): ImageHeader | undefined {
  const threeBytes = (at: number) => view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
  switch (view.getUint32(12)) {
    case 0x56503820: // VP8, with losses
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff, colored: true };
    case 0x5650384c: {
      // VP8L, without: 14 bits of width less one, then as many of height
      const sizes = view.getUint32(21, true);
      return { width: (sizes & 0x3fff) + 1, height: ((sizes >>> 14) & 0x3fff) + 1, colored: true };
    }
    case 0x56503858: // VP8X, extended
      return { width: threeBytes(24) + 1, height: threeBytes(27) + 1, colored: true };
    default:
      return undefined;
  }
}
