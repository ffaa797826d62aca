// The skeleton of a report and the pieces that all its parts are made of. Everything that comes from data passes `escaped`.
import { styles } from './styles.ts';

/** Text that means itself in HTML, inside elements and inside quoted attributes. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** A page that is one file: no script, nothing fetched. */
export function page({ language, title, subtitle, sections }: PageParts): string {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
  return `<!doctype html>
<html lang="${escaped(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escaped(`${title}: ${subtitle}`)}</title>
<style>${styles}</style>
</head>
<body>
<header><h1>${escaped(title)}</h1><p class="faint">${escaped(subtitle)}</p></header>
<main>
${sections.filter((one) => one !== '').join('\n')}
</main>
</body>
</html>
`;
}

/** What a page is made of. */
export interface PageParts {
  readonly language: string;
  readonly title: string;
  readonly subtitle: string;
  /** As HTML; empty ones are left out. */
  readonly sections: readonly string[];
}

/** A part of the page under a heading. */
export function section(heading: string, ...parts: readonly string[]): string {
  return `<section><h2>${escaped(heading)}</h2>\n${parts.join('\n')}\n</section>`;
}

/** A paragraph of plain text. */
export const paragraph = (text: string): string => `<p class="faint">${escaped(text)}</p>`;

/** One row of a table: its cells as plain text. */
export interface Row {
  readonly cells: readonly string[];
  readonly kind?: 'average';
}

/** A table of plain text, the first column to the left and the others to the right. */
export function table(header: readonly string[], rows: readonly Row[]): string {
  const head = header.map((name) => `<th scope="col">${escaped(name)}</th>`).join('');
  const body = rows.map(
    ({ cells, kind }) =>
      `<tr${kind ? ` class="${kind}"` : ''}>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`,
  );
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>\n${body.join('\n')}\n</tbody></table></div>`;
}

/** Names and what they are, as plain text; those without a value are left out. */
export function descriptions(pairs: readonly (readonly [name: string, value: string | undefined])[]): string {
  const shown = pairs.filter(([, value]) => value !== undefined && value !== '');
  return `<dl>${shown.map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value ?? '')}</dd>`).join('\n')}</dl>`;
}
