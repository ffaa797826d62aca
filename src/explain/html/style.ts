// The look of the page: light and dark, from a phone's width to paper. Nothing is loaded from anywhere.

export const style = `
:root { color-scheme: light dark; --ink: #1a1a1e; --soft: #55555f; --paper: #fff; --line: #d5d5dc; --box: #f6f6f8; --path: #a3350a; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8e8ea; --soft: #b0b0ba; --paper: #16161a; --line: #3c3c46; --box: #1e1e24; --path: #ffb385; }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; color: var(--ink); background: var(--paper);
  font: 1rem/1.6 system-ui, "Noto Sans", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
main { max-width: 54rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
main.wide { max-width: 84rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .75rem; }
h2, h3, h4 { display: inline; line-height: 1.3; }
h2 { font-size: 1.3rem; }
h3 { font-size: 1.05rem; }
h4 { font-size: .95rem; color: var(--soft); }
p { margin: .5rem 0; overflow-wrap: anywhere; }
summary { cursor: pointer; padding: .25rem 0; }
summary:focus-visible, .math:focus-visible, figure:focus-visible { outline: 2px solid var(--path); outline-offset: 2px; }
details { margin-top: 1.75rem; }
details.layer { margin: .75rem 0 0; padding: .25rem .75rem .5rem; border: 1px solid var(--line); border-radius: .5rem; }
.forms { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); gap: 0 2rem; }
.form { min-width: 0; }
.equation { margin: .35rem 0; padding-top: .35rem; scroll-margin-top: 1rem; }
.equation + .equation { border-top: 1px solid var(--line); }
.equation:target { background: var(--box); }
.equation p { color: var(--soft); }
.math { overflow-x: auto; overflow-y: hidden; padding: .15rem .1rem; }
figure { margin: 1.25rem 0; padding: .75rem; overflow-x: auto; background: var(--box); border-radius: .5rem; }
figcaption { color: var(--soft); font-size: .9rem; }
footer { margin-top: 2rem; padding-top: .5rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .9rem; }
math { font-family: "Latin Modern Math", "STIX Two Math", "Cambria Math", "Noto Sans Math", math; font-size: 1.06rem; text-align: left; }
math.tml-display { width: max-content; margin: 0; }
math * { border-color: currentColor; }
.tml-right { text-align: -webkit-right; text-align: right; }
.tml-left { text-align: -webkit-left; text-align: left; }
mtable.tml-jot > mtr > mtd { padding-top: .45ex; padding-bottom: .45ex; }
svg { display: block; color: var(--ink); font-family: inherit; }
svg text { fill: currentColor; font-size: 11px; text-anchor: middle; }
svg .value { font-size: 10px; }
svg .soft { fill: var(--soft); }
svg .edge { stroke: var(--soft); stroke-width: 1; opacity: .75; fill: none; }
svg .unit { fill: var(--paper); stroke: currentColor; stroke-width: 1.25; }
svg .path { stroke: var(--path); stroke-width: 2; opacity: 1; }
svg .chosen { stroke: var(--path); stroke-width: 4; opacity: 1; }
svg .label { fill: var(--path); font-weight: 600; paint-order: stroke; stroke: var(--box); stroke-width: 4px; }
@media (max-width: 30rem) { main { padding: 1rem .75rem 3rem; } details.layer { padding: .25rem .5rem .5rem; } math { font-size: .98rem; } }
@media print {
  :root { color-scheme: light; --ink: #000; --soft: #333; --paper: #fff; --line: #bbb; --box: #fff; --path: #a3350a; }
  body { font-size: 10pt; }
  main, main.wide { max-width: none; padding: 0; }
  details::details-content { content-visibility: visible; display: block; }
  summary { list-style: none; }
  h2, h3, h4, summary { break-after: avoid; }
  .equation { break-inside: avoid; }
  .math, figure { overflow: visible; }
}
`;
