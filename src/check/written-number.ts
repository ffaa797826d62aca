// Numbers as students write them: 0.597, −3.81e−2, 3/7, 12 %, ０．５９７. What they were meant to be is not asked here.
import { ChainruleError } from '../errors.ts';

/** A number with the precision it was written to. */
export interface WrittenNumber {
  /** As it stands on the sheet. */
  readonly text: string;
  readonly value: number;
  /** One unit of the last digit; 0 where the number is exact, as a fraction is. */
  readonly unit: number;
  /** One unit of the last digit written, where the sheet's other numbers suggest that zeros were left off behind it. */
  readonly coarseUnit?: number;
}

const decimal = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?`;
const wholeNumber = new RegExp(`^${decimal}$`);
const fraction = new RegExp(`^(${decimal})/(${decimal})$`);

/**
 * Reads a number.
 * @param place what is being read, for the error's sentence
 * @throws ChainruleError `bad-data` where it is none
 */
export function readNumber(text: string, place: string): WrittenNumber {
  const plain = plainNumber(text, place);
  const percent = plain.endsWith('%');
  const body = percent ? plain.slice(0, -1) : plain;
  const scale = percent ? 0.01 : 1;
  const parts = fraction.exec(body);
  if (parts !== null && Number(parts[2]) !== 0) {
    return { text, value: (scale * Number(parts[1])) / Number(parts[2]), unit: 0 };
  }
  const value = Number(body);
  if (wholeNumber.test(body) && Number.isFinite(value))
    return { text, value: scale * value, unit: scale * unitOf(body) };
  throw new ChainruleError(
    'bad-data',
    `${place} is ${JSON.stringify(text.slice(0, 40))}, which is no number; write one such as 0.597, -3.8e-2 or 3/7, or leave it empty.`,
  );
}

/** The same number in ASCII: full-width characters, typographic signs, and powers of ten as people write them. */
function plainNumber(text: string, place: string): string {
  const plain = text
    .normalize('NFKC')
    .replace(/[−–—﹣‐‑]/g, '-')
    .replace(/。/g, '.')
    .replace(/[、،]/g, ',')
    .replace(/\s+/g, '')
    .replace(/^[=≈≃~約约]+/, '')
    .replace(/(?:…|\.{2,})$/, '')
    .replace(/(?:[×x*·⋅]10(?:\^|\*\*)?[{(]?([+-]?\d+)[})]?)$/i, 'e$1')
    .replace(/E/g, 'e')
    .replace(/[⁄∕÷]/g, '/')
    .replace(/['’](?=\d{3})/g, '');
  return withoutCommas(plain, text, place);
}

/** A comma is the decimal one, unless it can only separate thousands; where it can be either, nobody guesses. */
function withoutCommas(plain: string, text: string, place: string): string {
  const commas = plain.split(',').length - 1;
  if (commas === 0) return plain;
  const thousands = /^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?(e[+-]?\d+)?$/.test(plain);
  if (thousands && commas === 1 && !plain.includes('.')) {
    throw new ChainruleError(
      'bad-data',
      `${place} is ${JSON.stringify(text)}, where the comma may separate decimals or thousands; write ${plain.replace(',', '.')} or ${plain.replace(',', '')}.`,
    );
  }
  if (thousands) return plain.replaceAll(',', '');
  return commas === 1 && !plain.includes('.') ? plain.replace(',', '.') : plain;
}

/** One unit of the last written digit. */
function unitOf(body: string): number {
  const [mantissa, exponent = '0'] = body.split('e');
  const point = mantissa.indexOf('.');
  const decimals = point < 0 ? 0 : mantissa.length - point - 1;
  // A lone digit is a short way to write 0.0 or 1.00 more often than a number rounded to units.
  const lone = point < 0 && /^[+-]?\d$/.test(mantissa) ? 1 : 0;
  return 10 ** (Number(exponent) - decimals - lone);
}
