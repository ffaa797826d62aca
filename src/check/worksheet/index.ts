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
export { worksheetNotes } from './page.ts';
export { renderWorksheet, type WorksheetFormat, worksheetFormats } from './render.ts';
export type { Distinctness } from './telling-apart.ts';
export { type Worksheet, worksheet } from './worksheet.ts';
