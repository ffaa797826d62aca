// A class's worksheets: every sheet of a folder marked, and the table of who made which mistake.
import { readdir } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { ChainruleError } from 'chainrule';
import {
  type CheckReport,
  type ClassReport,
  type ClassSheet,
  classCsv,
  classReport,
  mistakesOf,
  renderClassHtml,
} from 'chainrule/check';
import { UsageError } from './errors.ts';
import { spoken } from './languages/index.ts';
import { table } from './output.ts';

const extensions = new Set(['.csv', '.json', '.md', '.txt']);

/**
 * Marks every sheet of a folder. A sheet that cannot be read is in the table with the reason.
 * @throws UsageError where there is no sheet
 */
export async function classOf(folder: string, mark: (path: string) => Promise<CheckReport>): Promise<ClassReport> {
  const names = await readdir(folder).catch(() => {
    throw new UsageError(`${folder} is no folder that can be read; give the folder with the class's sheets.`);
  });
  const sheets = names.filter((name) => extensions.has(extname(name).toLowerCase()));
  if (sheets.length === 0) {
    throw new UsageError(
      `${folder} has no worksheets (${[...extensions].join(', ')}); give the folder with the class's sheets.`,
    );
  }
  const marked: ClassSheet[] = [];
  for (const name of sheets.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))) {
    marked.push(await markOne(join(folder, name), mark));
  }
  return classReport(marked);
}

async function markOne(path: string, mark: (path: string) => Promise<CheckReport>): Promise<ClassSheet> {
  const stem = basename(path, extname(path));
  try {
    const report = await mark(path);
    return { name: report.student ?? stem, report };
  } catch (error) {
    if (error instanceof ChainruleError || error instanceof UsageError)
      return { name: stem, problem: spoken(error.message) };
    throw error;
  }
}

/** The class as text, CSV or a page. */
export function classText(report: ClassReport, format: string, language: string): string {
  if (format === 'csv') return classCsv(report);
  if (format === 'html') return renderClassHtml(report, language);
  const columns = [{ name: 'name' }, { name: 'points', align: 'right' }, { name: 'mistakes' }] as const;
  const rows = report.sheets.map(({ name, report: own, problem = '' }) =>
    own === undefined
      ? [name, '–', problem]
      : [name, `${own.score.points}/${own.score.total}`, mistakesOf(own).join(', ')],
  );
  const common = report.mistakes.map(({ misconception, students }) => [
    misconception,
    String(students.length),
    students.join(', '),
  ]);
  const tables = [
    table(columns, rows),
    ...(common.length > 0
      ? [table([{ name: 'mistake' }, { name: 'students', align: 'right' }, { name: 'who' }], common)]
      : []),
  ];
  return tables.join('\n\n');
}
