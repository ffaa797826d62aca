// How a report looks: light and dark, on paper, on a narrow screen. Colours are Okabe and Ito's, told apart by the colour-blind.

/** The style sheet of a report. */
export const styles = `
:root {
  color-scheme: light dark;
  --paper: #fff; --ink: #1b1d20; --faint: #5a6068; --rule: #d9dce0; --panel: #f6f7f8;
  --first: #0072b2; --second: #c04d00; --first-rgb: 0 114 178; --second-rgb: 213 94 0; --deep: .75;
  --third: #00785a; --fourth: #9c3d78; --fifth: #1b1d20; --sixth: #8a6d00;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #16181b; --ink: #e6e8ea; --faint: #a0a7af; --rule: #363a40; --panel: #1e2125;
    --first: #56b4e9; --second: #f0a030; --first-rgb: 86 180 233; --second-rgb: 240 160 48; --deep: .5;
    --third: #35c99f; --fourth: #e08fc0; --fifth: #e6e8ea; --sixth: #d8c24a;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 68rem; padding: 1.5rem clamp(1rem, 4vw, 2.5rem) 4rem;
  background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif;
}
header p { max-width: none; overflow-wrap: anywhere; }
.scroll + dl { margin-top: 1rem; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; line-height: 1.25; }
h2 { font-size: 1.15rem; margin: 2.5rem 0 .75rem; padding-top: .75rem; border-top: 1px solid var(--rule); }
p { margin: .25rem 0 .75rem; max-width: 46rem; }
.faint { color: var(--faint); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .25rem .75rem; text-align: right; white-space: nowrap; }
th { font-weight: 600; }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
thead th { border-bottom: 1px solid var(--rule); }
tr.average td { color: var(--faint); }
tr.average:not(tr.average + tr.average) td { border-top: 1px solid var(--rule); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.25rem; margin: 0; }
dt { color: var(--faint); }
dd { margin: 0; overflow-wrap: anywhere; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 21rem), 1fr)); gap: 1.25rem 2rem; }
figure { margin: 0; min-width: 0; }
figcaption { font-weight: 600; margin-bottom: .25rem; }
svg { display: block; width: 100%; max-width: 34rem; height: auto; }
svg text { font-size: 12px; fill: var(--ink); }
svg .faint { fill: var(--faint); }
svg .grid { stroke: var(--rule); }
svg .axis { stroke: var(--faint); fill: none; }
svg .line { fill: none; stroke-width: 2; stroke-linejoin: round; }
svg .first { stroke: var(--first); }
svg .second { stroke: var(--second); stroke-dasharray: 6 3; }
svg .third { stroke: var(--third); stroke-dasharray: 2 3; }
svg .fourth { stroke: var(--fourth); stroke-dasharray: 9 3 2 3; }
svg .fifth { stroke: var(--fifth); stroke-dasharray: 14 4; }
svg .sixth { stroke: var(--sixth); stroke-dasharray: 1 5; stroke-linecap: round; }
svg .dot.first { fill: var(--first); }
svg .dot.second, svg .dot.third, svg .dot.fourth, svg .dot.fifth, svg .dot.sixth { fill: var(--paper); stroke-width: 2; stroke-dasharray: none; }
svg .mark { stroke: var(--faint); stroke-dasharray: 2 3; }
.confusion td, .confusion th { padding: .3rem .55rem; text-align: center; min-width: 2.2rem; }
.confusion th:first-child { text-align: left; }
.confusion td { border: 1px solid var(--rule); }
.right-answer { background: rgb(var(--first-rgb) / calc(var(--share) * var(--deep))); }
.wrong-answer { background: rgb(var(--second-rgb) / calc(var(--share) * var(--deep))); }
.pixels { image-rendering: pixelated; display: block; width: 100%; height: auto; }
.figures td:first-child { white-space: normal; min-width: 12rem; }
.claims { list-style: none; padding: 0; margin: .75rem 0; }
.bars td { padding-block: .15rem; }
.bar { width: clamp(6rem, 30vw, 18rem); }
.bar i { display: block; height: .55rem; margin: .15rem 0; border-radius: 1px; }
.bar .before { background: var(--second); }
.bar .after { background: var(--first); }
.key { display: inline-block; width: .8rem; height: .55rem; margin-right: .35rem; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(6.5rem, 1fr)); gap: 1rem; padding: 0; margin: 0; list-style: none; }
.cards li { font-size: .875rem; line-height: 1.35; overflow-wrap: anywhere; }
.cards img { width: 84px; height: 84px; object-fit: contain; image-rendering: pixelated; border: 1px solid var(--rule); display: block; margin-bottom: .35rem; }
@media (max-width: 30rem) {
  svg text { font-size: 14px; }
  table, dl { font-size: .875rem; }
  th, td { padding-inline: .3rem; }
  .figures thead th { white-space: normal; }
  .figures td:first-child { min-width: 6rem; }
}
@media print {
  :root { --paper: #fff; --ink: #000; --faint: #444; --rule: #bbb; --first: #0072b2; --second: #c04d00; --first-rgb: 0 114 178; --second-rgb: 213 94 0; --deep: .75; --third: #00785a; --fourth: #9c3d78; --fifth: #000; --sixth: #8a6d00; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  h2, section > p { break-after: avoid; }
  .scroll { overflow: visible; }
  th { white-space: normal; }
  th, td { padding-inline: .35rem; }
  .figures td:first-child { min-width: 8rem; }
  .pair { grid-template-columns: 1fr; }
  figure, tr, .cards li, dl { break-inside: avoid; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
