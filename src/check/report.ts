// A marked sheet in words: what `check --json` prints and the pages show. In a language and a notation; laid out nowhere.
import { formatNumber } from '../explain/numbers.ts';
import { choose } from '../options.ts';
import type { Checked } from './check.ts';
import type { ConventionName } from './conventions.ts';
import type { Cause } from './diagnose.ts';
import { type Quantity, type Run, rightRun } from './exercise.ts';
import { FormulaWriter } from './formulas.ts';
import type { HiddenSlip } from './hidden-slip.ts';
import type { Mark, Verdict } from './marking.ts';
import * as languages from './words/index.ts';
import type { CheckWords } from './words/words.ts';

/** How a marked sheet is put into words. */
export interface ReportOptions {
  /** `en` unless given. */
  readonly language?: string | undefined;
  /** The notation of explanations; the sheet's own, else `nielsen`. */
  readonly notation?: string | undefined;
  /** How many lines of the sheet were left empty. */
  readonly blank?: number;
  /** Who filled the sheet in. */
  readonly student?: string | undefined;
}

/** One number of the sheet. */
export interface ReportItem {
  /** As the sheet names it. */
  readonly quantity: string;
  /** Its canonical name. */
  readonly id: string;
  readonly symbol: string;
  readonly given: number;
  /** As the student wrote it. */
  readonly written: string;
  /** The right value. */
  readonly expected: number;
  readonly verdict: Verdict;
  /** What the right rule gives from the student's own earlier numbers, where that is something else. */
  readonly following?: number;
}

/** One cause of wrong numbers. */
export interface ReportDiagnosis {
  /** Its id; `arithmetic-slip`; null where no known cause matches. */
  readonly misconception: string | null;
  readonly slip?: string;
  readonly explanation: string;
  /** Canonical names of the numbers that show it. */
  readonly evidence: readonly string[];
  /** Misconceptions that would have led to the same numbers. */
  readonly indistinguishable: readonly string[];
}

/** A marked sheet in words. */
export interface CheckReport {
  readonly language: string;
  readonly student: string | null;
  readonly items: readonly ReportItem[];
  readonly diagnoses: readonly ReportDiagnosis[];
  readonly convention: { readonly names: readonly ConventionName[]; readonly explanation: string } | null;
  readonly score: Readonly<Record<Verdict | 'total' | 'points' | 'blank', number>>;
}

/** The words of a language. @throws ChainruleError `unknown-name` */
export const wordsOf = (language: string | undefined): CheckWords =>
  choose<CheckWords>(language ?? 'en', languages, 'language');

/** Puts a marked sheet into words. */
export function reportOf(checked: Checked, options: ReportOptions = {}): CheckReport {
  const words = wordsOf(options.language);
  const writer = new Reporter(checked, words, options.notation ?? checked.notation ?? 'nielsen');
  const count = (verdict: Verdict) => checked.marks.filter((mark) => mark.verdict === verdict).length;
  const verdicts = {
    right: count('right'),
    rounding: count('rounding'),
    follows: count('follows'),
    wrong: count('wrong'),
  };
  const total = checked.marks.length;
  const { conventions } = checked;
  return {
    language: words.name,
    student: options.student ?? null,
    items: checked.marks.map((mark) => writer.item(mark)),
    diagnoses: writer.diagnoses(),
    convention:
      conventions.length === 0
        ? null
        : { names: conventions, explanation: conventions.map((name) => words.conventions[name]).join(' ') },
    score: { ...verdicts, total, points: total - verdicts.wrong, blank: options.blank ?? 0 },
  };
}

/** The most quantities that are named in one sentence. */
const mostNamed = 4;

class Reporter {
  private readonly checked: Checked;
  private readonly words: CheckWords;
  private readonly writer: FormulaWriter;
  private readonly right: Run;
  private readonly marks: ReadonlyMap<string, Mark>;

  constructor(checked: Checked, words: CheckWords, notation: string) {
    this.checked = checked;
    this.words = words;
    this.writer = new FormulaWriter(checked.exercise, words, notation);
    this.right = rightRun(checked.exercise);
    this.marks = new Map(checked.marks.map((mark) => [mark.name, mark]));
  }

  item(mark: Mark): ReportItem {
    const { name, answer, verdict, expected, following } = mark;
    const written = asWritten(mark);
    return {
      quantity: this.checked.spellings.get(name) ?? name,
      id: name,
      symbol: this.writer.symbol(answer.quantity),
      given: written(answer.number.value),
      written: answer.number.text,
      expected: written(expected),
      verdict,
      ...(verdict !== 'right' && deviates(mark) && { following: written(following) }),
    };
  }

  diagnoses(): ReportDiagnosis[] {
    const { causes, unexplained } = this.checked.explanation;
    const unknown = unexplained.map((name) => ({ misconception: null, evidence: [name], indistinguishable: [] }));
    return [
      ...causes.map((cause) => this.diagnosis(cause)),
      ...unknown.map((one) => ({ ...one, explanation: this.words.unexplained(this.found(one.evidence[0])) })),
    ];
  }

  private diagnosis(cause: Cause): ReportDiagnosis {
    const { misconception, slip, hidden, evidence, alternatives } = cause;
    if (misconception === undefined) {
      const explanation = hidden
        ? this.hiddenSlip(hidden)
        : slip
          ? this.words.slips[slip](this.found(evidence[0]))
          : '';
      return { misconception: 'arithmetic-slip', ...(slip && { slip }), explanation, evidence, indistinguishable: [] };
    }
    const indistinguishable = [...alternatives.map(({ id }) => id), ...(slip ? ['arithmetic-slip'] : [])];
    const sentences = [
      this.explained(cause),
      this.wouldBe(evidence[0]),
      ...(evidence.length > 1 ? [this.alsoAt(evidence.slice(1))] : []),
      ...(indistinguishable.length > 0 ? [this.words.alternatives(indistinguishable.join(', '))] : []),
    ];
    const separator = this.words.name === 'zh' ? '' : ' ';
    return { misconception: misconception.id, explanation: sentences.join(separator), evidence, indistinguishable };
  }

  /** The misconception's own words, at the quantity whose rule it changes. */
  private explained({ misconception, evidence, reckoning }: Cause): string {
    const first = this.quantity(evidence[0]);
    const at = this.writer.changedAt(reckoning.run, first) ?? first;
    const circumstances = {
      quantity: this.writer.symbol(at),
      right: this.writer.rule(this.right, at),
      wrong: this.writer.rule(reckoning.run, at),
    };
    return misconception?.explanation[this.words.name === 'zh' ? 'zh' : 'en'](circumstances) ?? '';
  }

  private hiddenSlip({ quantity, value }: HiddenSlip): string {
    return this.words.hiddenSlip({
      quantity: this.writer.symbol(quantity),
      given: String(Number(value.toPrecision(4))).replace('-', '−'),
      expected: formatNumber(this.right.value(quantity), { decimals: 9, format: 'text' }),
      right: this.writer.rule(this.right, quantity),
    });
  }

  private wouldBe(name: string): string {
    const { quantity, given, expected } = this.found(name);
    return this.words.wouldBe(quantity, given, expected, deviates(this.mark(name)));
  }

  private alsoAt(names: readonly string[]): string {
    const shown = names.slice(0, mostNamed).map((name) => this.writer.symbol(this.quantity(name)));
    return this.words.alsoAt(shown.join(this.words.name === 'zh' ? '、' : ', '), names.length - shown.length);
  }

  private found(name: string) {
    const mark = this.mark(name);
    const { quantity, number } = mark.answer;
    const value = deviates(mark) ? mark.following : mark.expected;
    return {
      quantity: this.writer.symbol(quantity),
      given: number.text,
      expected: formatNumber(asWritten(mark)(value), { decimals: 9, format: 'text' }),
      right: this.writer.rule(this.right, quantity),
    };
  }

  private quantity(name: string): Quantity {
    return this.mark(name).answer.quantity;
  }

  private mark(name: string): Mark {
    const mark = this.marks.get(name);
    if (mark === undefined) throw new Error(`${name} is not on the sheet`);
    return mark;
  }
}

/** Whether what follows from the student's own numbers is another value than the right one, and not just differently rounded. */
function deviates({ answer, expected, following }: Mark): boolean {
  return Math.abs(following - expected) > Math.max(answer.number.unit, 1e-6 * Math.abs(expected));
}

/** Values of a mark's quantity in the student's own conventions. */
const asWritten = ({ answer }: Mark): ((value: number) => number) => answer.asWritten ?? ((value) => value);
