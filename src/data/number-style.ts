// How the numbers of a column are written: 1234.5, or with commas 1.234,5 or 1,234.5. Which cells are missing is columns.ts's business.

/** Gives the number that a trimmed cell writes, NaN where it writes none. */
export type NumberReader = (text: string) => number;

const plainPattern = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const decimalPattern = /^[+-]?(?:\d+|\d{1,3}(?:\.\d{3})+)(?:,\d+)?(?:[eE][+-]?\d+)?$/;
const thousandsPattern = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$/;

/** Numbers as programs write them. */
export const readPlain: NumberReader = (text) => (plainPattern.test(text) ? Number(text) : Number.NaN);

const readDecimal: NumberReader = (text) =>
  decimalPattern.test(text) ? Number(text.replaceAll('.', '').replace(',', '.')) : Number.NaN;

const readThousands: NumberReader = (text) =>
  thousandsPattern.test(text) ? Number(text.replaceAll(',', '')) : readPlain(text);

/**
 * How to read a column's numbers, by all of its cells together: a single `1,234` may be either.
 * @param texts its cells that are not missing, trimmed
 * @param delimiter what separated the cells, where the table was delimited text: where it is no comma, a comma within a number is the decimal mark
 * @returns undefined where commas may be either and nothing decides, or the cells are no numbers with commas at all
 */
export function commaReader(texts: readonly string[], delimiter: string | undefined): NumberReader | undefined {
  const decimal = texts.every((text) => decimalPattern.test(text));
  const thousands = texts.every((text) => thousandsPattern.test(text) || plainPattern.test(text));
  if (decimal && thousands) return delimiter === undefined || delimiter === ',' ? undefined : readDecimal;
  if (decimal) return readDecimal;
  return thousands ? readThousands : undefined;
}

/** Whether a cell looks like a number with a comma. */
export const hasComma = (text: string): boolean =>
  text.includes(',') && (decimalPattern.test(text) || thousandsPattern.test(text));
