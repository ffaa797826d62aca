// What the page gives away as a file: made here, saved by the browser.
import { safeName } from './names.ts';

/** Types by the ending of a name. */
const types: Readonly<Record<string, string>> = {
  csv: 'text/csv;charset=utf-8',
  html: 'text/html;charset=utf-8',
  js: 'text/javascript;charset=utf-8',
  json: 'application/json',
  md: 'text/markdown;charset=utf-8',
  svg: 'image/svg+xml',
};

/** How long a browser may take to begin with saving. */
const patience = 60_000;

/** Saves a file under a name that is made safe. */
export function download(name: string, content: string | Uint8Array<ArrayBuffer>): void {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  const type = types[ending] ?? 'application/octet-stream';
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = safeName(name);
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), patience);
}
