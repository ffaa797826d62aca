// The files of a class's worksheets: the sheets in a folder, and what teachers keep in its folder `keys`.
import { mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { renderWorksheet, type Worksheet, type WorksheetFormat } from 'chainrule/check';
import { writeWhole } from 'chainrule/node';
import { rendered } from './commands/explain.ts';
import { UsageError } from './errors.ts';
import { counted } from './numbers.ts';
import { say } from './output.ts';

const endings: Readonly<Record<WorksheetFormat, string>> = {
  md: 'md',
  latex: 'tex',
  html: 'html',
  csv: 'csv',
  json: 'json',
};

/** A file still to be written. */
interface File {
  readonly path: string;
  readonly text: string;
}

/**
 * Writes each sheet and its key in each format, and the derivation behind the key.
 * @throws UsageError where a file is there already: it may be a sheet that a student has filled in
 */
export async function writeWorksheets(
  sheets: readonly Worksheet[],
  formats: readonly WorksheetFormat[],
  folder: string,
): Promise<void> {
  const files = (await Promise.all(sheets.map((sheet) => filesOf(sheet, sheets.length, formats)))).flat();
  const paths = files.map(({ path }) => join(folder, path));
  for (const path of paths) await requireNew(path);
  for (const parent of new Set(paths.map(dirname))) await made(parent);
  for (const [i, { text }] of files.entries()) await writeWhole(paths[i], text);
  say(`Wrote ${counted(sheets.length, 'worksheet')} to ${folder}, and their answer keys to ${join(folder, 'keys')}.`);
}

async function filesOf(sheet: Worksheet, count: number, formats: readonly WorksheetFormat[]): Promise<File[]> {
  const { number } = sheet.choices;
  const name = `worksheet-${String(number).padStart(Math.max(2, String(count).length), '0')}`;
  const sheets = formats.flatMap((format): File[] => [
    { path: `${name}.${endings[format]}`, text: renderWorksheet(sheet, format) },
    { path: join('keys', `${name}.${endings[format]}`), text: renderWorksheet(sheet, format, true) },
  ]);
  const derivations = formats
    .filter((format) => format !== 'csv')
    .map((format) => derivationFiles(sheet, join('keys', 'derivations', name), format));
  return [...sheets, ...(await Promise.all(derivations)).flat()];
}

/** The derivation of each step. */
function derivationFiles(
  { derivations, choices: { language, notation, digits } }: Worksheet,
  name: string,
  format: Exclude<WorksheetFormat, 'csv'>,
): Promise<File[]> {
  const files = derivations.map(async (derivation): Promise<File> => {
    const step = derivations.length === 1 ? '' : `-step-${derivation.step}`;
    const text = await rendered(derivation, format, { language, notation, digits });
    return { path: `${name}${step}.${endings[format]}`, text };
  });
  return Promise.all(files);
}

async function requireNew(path: string): Promise<void> {
  if ((await stat(path).catch(() => undefined)) === undefined) return;
  throw new UsageError(
    `${path} is there already, and may be a sheet that was filled in; name another folder with --out.`,
  );
}

async function made(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : error;
    throw new UsageError(`${folder} cannot be made: the system says ${code}; name another folder with --out.`);
  }
}
