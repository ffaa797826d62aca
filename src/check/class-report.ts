// A class's marked sheets together: who made which mistake, and the commonest ones.
import type { CheckReport } from './report.ts';

/** One sheet of the class, marked, or the sentence that says why it could not be. */
export interface ClassSheet {
  /** The student, or the file's name. */
  readonly name: string;
  readonly report?: CheckReport;
  readonly problem?: string;
}

/** How often a mistake was made. */
export interface CommonMistake {
  readonly misconception: string;
  readonly students: readonly string[];
}

/** The marked sheets of a class. */
export interface ClassReport {
  readonly sheets: readonly ClassSheet[];
  /** Commonest first. */
  readonly mistakes: readonly CommonMistake[];
}

/** Puts a class together. */
export function classReport(sheets: readonly ClassSheet[]): ClassReport {
  const students = new Map<string, string[]>();
  for (const { name, report } of sheets) {
    for (const id of report === undefined ? [] : mistakesOf(report))
      students.set(id, [...(students.get(id) ?? []), name]);
  }
  const mistakes = [...students].map(([misconception, names]) => ({ misconception, students: names }));
  return {
    sheets,
    mistakes: mistakes.toSorted(
      (a, b) => b.students.length - a.students.length || a.misconception.localeCompare(b.misconception),
    ),
  };
}

/** The ids of a sheet's mistakes, each once; `unknown` where no known cause matches. */
export const mistakesOf = ({ diagnoses }: CheckReport): string[] => [
  ...new Set(diagnoses.map(({ misconception }) => misconception ?? 'unknown')),
];

/** The class as CSV: a row a student. */
export function classCsv({ sheets }: ClassReport): string {
  const header = ['name', 'points', 'total', 'right', 'rounding', 'follows', 'wrong', 'blank', 'mistakes', 'problem'];
  const rows = sheets.map(({ name, report, problem = '' }) => {
    if (report === undefined) return [name, ...Array<string>(8).fill(''), problem];
    const { points, total, right, rounding, follows, wrong, blank } = report.score;
    return [name, points, total, right, rounding, follows, wrong, blank, mistakesOf(report).join(' '), problem];
  });
  return [header, ...rows].map((cells) => `${cells.map(csvCell).join(',')}\n`).join('');
}

/** A cell that no spreadsheet takes for a formula. */
function csvCell(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
