// How numbers are written in text: 1234.5, or with commas 1.234,5 or 1,234.5. Whole columns of the latter are commas.ts's business.

const plainPattern = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const decimalPattern = /^[+-]?(?:\d+|\d{1,3}(?:\.\d{3})+)(?:,\d+)?(?:[eE][+-]?\d+)?$/;
const thousandsPattern = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$/;

/** The number that a trimmed cell writes as programs do, NaN where it writes none. */
export const readPlain = (text: string): number => (plainPattern.test(text) ? Number(text) : Number.NaN);

/** Whether a trimmed cell is a number whose comma, if it has one, is the decimal mark. */
export const isDecimalComma = (text: string): boolean => decimalPattern.test(text);

/** Whether a trimmed cell is a number whose commas separate thousands. */
export const hasThousands = (text: string): boolean => thousandsPattern.test(text);

/** Whether a trimmed cell is a number with a comma in it, whatever that stands for. */
export const hasComma = (text: string): boolean => text.includes(',') && (isDecimalComma(text) || hasThousands(text));
