// The rules behind a sheet's mistakes as formulas to be typeset: the right one and the one the sheet shows. Said in words by report.ts.
import type { MathSymbol } from '../explain/notations/notation.ts';
import type { Checked } from './check.ts';
import { nameOf, type Quantity, type Run, rightRun } from './exercise.ts';
import { FormulaWriter } from './formulas.ts';
import { type ReportOptions, wordsOf } from './report.ts';

/** The rule that a mistake was made in. */
export interface WrittenRule {
  /** Canonical name of the quantity whose rule it is; it need not be on the sheet. */
  readonly id: string;
  readonly symbol: MathSymbol;
  readonly right: MathSymbol;
  /** As the mistake has it, where a misconception explains it. */
  readonly wrong?: MathSymbol;
}

/**
 * The rule behind each of the diagnoses of a sheet, in the order in which {@link reportOf} lists them.
 * @example
 * const [{ right, wrong }] = writtenRules(check(net, step, { 'layers.1.delta[0]': '0.741' }), { notation: 'mazur' });
 */
export function writtenRules(checked: Checked, options: ReportOptions = {}): WrittenRule[] {
  const { exercise, explanation, marks } = checked;
  const notation = options.notation ?? checked.notation ?? 'nielsen';
  const words = wordsOf(options.language);
  const text = new FormulaWriter(exercise, words, notation);
  const latex = new FormulaWriter(exercise, words, notation, 'latex');
  const both = (write: (writer: FormulaWriter) => string): MathSymbol => ({ text: write(text), latex: write(latex) });
  const right = rightRun(exercise);
  const written = (quantity: Quantity, wrong?: Run): WrittenRule => ({
    id: nameOf(quantity, exercise.count),
    symbol: both((writer) => writer.plainSymbol(quantity)),
    right: both((writer) => writer.rule(right, quantity)),
    ...(wrong && { wrong: both((writer) => writer.rule(wrong, quantity)) }),
  });
  const quantityOf = (name: string): Quantity => {
    const mark = marks.find((one) => one.name === name);
    if (mark === undefined) throw new Error(`${name} is not on the sheet`);
    return mark.answer.quantity;
  };
  return [
    ...explanation.causes.map(({ misconception, hidden, evidence, reckoning }) => {
      const first = hidden?.quantity ?? quantityOf(evidence[0]);
      if (misconception === undefined) return written(first);
      const { run } = reckoning;
      return written(text.changedAt(run, first) ?? first, run);
    }),
    ...explanation.unexplained.map((name) => written(quantityOf(name))),
  ];
}
