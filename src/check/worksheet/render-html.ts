// A worksheet as one HTML file to print and write on. Nothing in it is loaded or runs.
import { shownNumber } from './numbers.ts';
import { type Blank, type Equation, type Given, pageOf, type Section } from './page.ts';
import type { Worksheet } from './worksheet.ts';

/** The sheet, or with its answers the key. */
export function renderHtml(sheet: Worksheet, isKey: boolean): string {
  const { language, words, title, paragraphs, given, blanks, notes } = pageOf(sheet, isKey);
  const body = [
    '<header>',
    `<h1>${escaped(title)}</h1>`,
    ...(isKey ? [] : [`<p class="name">${words.name}<span class="line"></span></p>`]),
    '</header>',
    ...paragraphs.map((text) => `<p>${escaped(text)}</p>`),
    ...given.map(({ heading, content }) => section(heading, `<ul class="given">${content.map(item).join('')}</ul>`)),
    ...blanks.map(({ heading, content }) => section(heading, content.map(part).join('\n'))),
    ...(notes.length === 0 ? [] : [section(words.teacher, notes.map((text) => `<p>${escaped(text)}</p>`).join(''))]),
  ];
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-Hans' : language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
${body.join('\n')}
</main>
</body>
</html>
`;
}

const section = (heading: string, inner: string) => `<section>\n<h2>${escaped(heading)}</h2>\n${inner}\n</section>`;

/** Words, and equations that each stay on one line where they can. */
const item = ({ words, equations }: Given) =>
  `<li>${[words === '' ? '' : `<span>${escaped(words)}</span>`, ...equations.map(equation)].join(' ')}</li>`;

const equation = ({ symbol, is }: Equation) =>
  `<span class="math">${escaped(symbol.text)} = ${escaped(is.text)}</span>`;

const part = ({ heading, content }: Section<Blank>) =>
  `<h3>${escaped(heading)}</h3>\n<ul class="blanks">${content.map(blank).join('')}</ul>`;

const blank = ({ symbol, value }: Blank) =>
  `<li><span class="math">${escaped(symbol.text)} =</span><span class="line">${escaped(shownNumber(value).text)}</span></li>`;

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`);

const style = `
:root { color-scheme: light dark; --ink: #1c1c1c; --paper: #fff; --rule: #767676; --soft: #595959 }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e8e8; --paper: #161616; --rule: #8c8c8c; --soft: #a8a8a8 } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif }
main { max-width: 50rem; margin: 0 auto; padding: 1.5rem 1rem }
header { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline; gap: 0 2rem }
h1 { font-size: 1.5rem; margin: 0 } h2 { font-size: 1.15rem; margin: 1.5rem 0 .4rem } h3 { font-size: 1rem; margin: 1rem 0 .3rem; color: var(--soft) }
p { margin: .4rem 0 } ul { list-style: none; margin: 0; padding: 0 }
.math { font-family: "STIX Two Math", "Cambria Math", "DejaVu Serif", serif; overflow-wrap: anywhere }
.given li { margin: .2rem 0 } .given .math { display: inline-block; margin-right: 1.2rem }
.blanks { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(15rem, 100%), 1fr)); gap: .7rem 2rem }
.blanks li { display: flex; align-items: flex-end; gap: .5rem; break-inside: avoid }
.blanks .math { white-space: nowrap } .line { flex: 1; border-bottom: 1px solid var(--rule); min-width: 5rem; min-height: 1.5rem }
.name { display: flex; gap: .5rem; flex: 1; max-width: 20rem }
@media print {
  :root { --ink: #000; --paper: #fff; --rule: #000; --soft: #333 }
  body { font-size: 10.5pt } main { max-width: none; padding: 0 } h2, h3 { break-after: avoid } @page { margin: 1.8cm }
}
`;
