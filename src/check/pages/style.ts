// How marked sheets look: on screen, in the dark, on a narrow one, and on paper. Colours are Okabe and Ito's.

/** The style sheet. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #fff; --ink: #1b1d20; --faint: #5a6068; --rule: #d9dce0; --panel: #f6f7f8;
  --right: #00694b; --follows: #005a9c; --rounding: #7a5200; --wrong: #a83c00;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #16181b; --ink: #e6e8ea; --faint: #a0a7af; --rule: #363a40; --panel: #1e2125;
    --right: #4cc9a0; --follows: #6fbcf0; --rounding: #e8b04a; --wrong: #ff9a62;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 52rem; padding: 1.5rem clamp(1rem, 4vw, 2.5rem) 4rem;
  background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif;
}
header { display: flex; flex-wrap: wrap; gap: .5rem 2rem; align-items: baseline; justify-content: space-between; }
h1 { font-size: 1.5rem; margin: 0; line-height: 1.25; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; padding-top: .75rem; border-top: 1px solid var(--rule); }
h3 { font-size: 1rem; margin: 0 0 .25rem; font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-weight: 600; }
p { margin: .25rem 0 .5rem; }
.faint { color: var(--faint); }
.points { font-size: 1.25rem; font-weight: 600; white-space: nowrap; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem .75rem .3rem 0; text-align: left; vertical-align: baseline; }
th.number, td.number { text-align: right; white-space: nowrap; }
thead th { border-bottom: 1px solid var(--rule); font-weight: 600; }
tbody tr { border-bottom: 1px solid var(--rule); }
td.mark { white-space: nowrap; font-weight: 600; }
th:last-child, td:last-child { padding-left: .75rem; }
td.mark small { font-weight: 400; color: var(--faint); white-space: normal; }
.right { color: var(--right); } .follows { color: var(--follows); }
.rounding { color: var(--rounding); } .wrong { color: var(--wrong); }
tr.is-wrong td.given { text-decoration: underline wavy var(--wrong) 1px; text-underline-offset: .2em; }
.cause { background: var(--panel); border-left: 3px solid var(--wrong); padding: .75rem 1rem; margin: .75rem 0; overflow-wrap: anywhere; }
.said { background: var(--panel); border-left: 3px solid var(--follows); padding: .75rem 1rem; margin: .75rem 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 1.5rem 0 0; font-size: .875rem; color: var(--faint); }
dd { margin: 0; }
.bar { display: inline-block; height: .6rem; background: var(--follows); border-radius: 1px; vertical-align: middle; margin-right: .5rem; }
@media (max-width: 34rem) {
  th, td { padding-right: .5rem; font-size: .875rem; }
  dl { grid-template-columns: 1fr; }
  dd { margin-bottom: .35rem; }
}
@media print {
  :root {
    color-scheme: light;
    --paper: #fff; --ink: #000; --faint: #444; --rule: #bbb; --panel: #fff;
    --right: #00583f; --follows: #004a80; --rounding: #5f4000; --wrong: #8a3100;
  }
  @page { margin: 18mm 16mm; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  h2 { break-after: avoid; }
  tr, .cause, .said, dl { break-inside: avoid; }
  thead { display: table-header-group; }
  .cause, .said { border: 1px solid var(--rule); border-left-width: 3px; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
