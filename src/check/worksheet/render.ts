// A worksheet in any of its formats.
import { renderCsv } from './render-csv.ts';
import { renderHtml } from './render-html.ts';
import { renderJson } from './render-json.ts';
import { renderLatex } from './render-latex.ts';
import { renderMarkdown } from './render-markdown.ts';
import type { Worksheet } from './worksheet.ts';

/** The formats of worksheets. */
export const worksheetFormats = ['md', 'latex', 'html', 'csv', 'json'] as const;
/** What a worksheet is written as. */
export type WorksheetFormat = (typeof worksheetFormats)[number];

const writers: Readonly<Record<WorksheetFormat, (sheet: Worksheet, isKey: boolean) => string>> = {
  md: renderMarkdown,
  latex: renderLatex,
  html: renderHtml,
  csv: renderCsv,
  json: renderJson,
};

/**
 * A worksheet to fill in, or its answers. Markdown, CSV and JSON say what they are about, and are marked as they come back;
 * LaTeX and HTML are for printing.
 * @param key whether the answers are filled in; false unless given
 */
export const renderWorksheet = (sheet: Worksheet, format: WorksheetFormat, key = false): string =>
  writers[format](sheet, key);
