export type { AskedQuantity, Task } from './asked.ts';
export {
  askable,
  type NumberFormat,
  numberFormats,
  type Part,
  type RandomNetwork,
  type SheetChoices,
  type WorksheetOptions,
} from './options.ts';
export {
  type Blank,
  type Equation,
  type Given,
  type Page as WorksheetPage,
  pageOf as worksheetPage,
  type Section,
  worksheetNotes,
} from './page.ts';
export { renderWorksheet, type WorksheetFormat, worksheetFormats } from './render.ts';
export type { Distinctness } from './telling-apart.ts';
export { type Worksheet, worksheet } from './worksheet.ts';
