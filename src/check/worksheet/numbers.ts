// Numbers as a worksheet writes them: given ones in the format asked for, answers with so many decimals.
import type { MathSymbol } from '../../explain/notations/notation.ts';
import { superscript } from '../../explain/notations/writing.ts';
import type { NumberFormat, SheetChoices } from './options.ts';

/** A given number: 0.35, 7/20 or 3.5e-1; as a decimal where it is no short fraction. */
export function givenText(value: number, format: NumberFormat): string {
  if (format === 'scientific' && value !== 0) return rounded(value).toExponential();
  const fraction = format === 'fraction' ? fractionText(value) : undefined;
  return fraction ?? String(rounded(value));
}

/** 0.1 + 0.2 is meant to be 0.3: the last two of float64's sixteen digits may be rounding. */
const rounded = (value: number) => Number(value.toPrecision(14));

/** The largest denominator that is still easy to reckon with. */
const mostBelow = 1000;

function fractionText(value: number): string | undefined {
  for (let below = 1; below <= mostBelow; below++) {
    const above = Math.round(value * below);
    if (Math.abs(value - above / below) < 1e-14) return below === 1 ? String(above) : `${above}/${below}`;
  }
  return undefined;
}

/** An answer; one too small for its decimals has three digits and a power of ten. */
export function answerText(value: number, { numbers, digits }: Pick<SheetChoices, 'numbers' | 'digits'>): string {
  if (numbers === 'scientific' && value !== 0) return value.toExponential(digits);
  const fixed = value.toFixed(digits);
  if (Number(fixed) !== 0 || value === 0) return fixed;
  return Math.abs(value) < 1e-300 ? (0).toFixed(digits) : value.toExponential(2);
}

/** The digits of a number as a page shows them: −1.5e-1 as −1.5 × 10⁻¹. */
export function shownNumber(digits: string): MathSymbol {
  const [mantissa, exponent] = digits.split('e');
  const text = mantissa.replace('-', '−');
  if (exponent === undefined) return { text, latex: mantissa };
  const power = Number(exponent);
  return {
    text: `${text} × 10${power < 0 ? '⁻' : ''}${superscript(Math.abs(power))}`,
    latex: `${mantissa} \\times 10^{${power}}`,
  };
}
