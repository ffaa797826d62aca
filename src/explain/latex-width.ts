// Roughly how wide a LaTeX formula is set, in widths of a digit, so that lines can be broken before they run off the page.

/** Commands that set nothing, and those that set more than a character. */
const widths: Readonly<Record<string, number>> = {
  left: 0,
  right: 0,
  biggl: 0.5,
  biggr: 0.5,
  mathrm: 0,
  text: 0,
  mathbf: 0,
  mathit: 0,
  mathbb: 0,
  boldsymbol: 0,
  tilde: 0,
  hat: 0,
  widehat: 0,
  cdot: 1.6,
  times: 1.8,
  odot: 2,
  quad: 2,
  qquad: 4,
  ln: 2.2,
  tanh: 4,
};

/** Scripts are set this much smaller. */
const scriptSize = 0.7;

/** The width of a formula in digits of the text's size. */
export function latexWidth(latex: string): number {
  const tokens = latex.match(/\\[a-zA-Z]+|\\.|[^\\]/gu) ?? [];
  let position = 0;

  /** What a command or script is applied to: a group, or a single token. */
  const argument = (): number => {
    while (tokens[position] === ' ') position++;
    if (tokens[position] !== '{') return token();
    position++;
    return until('}');
  };
  const environment = () => {
    while (position < tokens.length && tokens[position++] !== '}');
    return 0;
  };
  const token = (): number => {
    const next: string | undefined = tokens[position++];
    if (next === undefined || next === ' ') return 0;
    if (next === '{') return until('}');
    if (next === '^' || next === '_') return scriptSize * argument();
    if (next === '\\frac') return Math.max(argument(), argument()) + 0.5;
    if (next === '\\begin' || next === '\\end') return environment();
    if (next.startsWith('\\')) return widths[next.slice(1)] ?? 1.2;
    if (next === '&') return 2;
    if (/[+\-=<>]/.test(next)) return 2.4;
    return /[\u2e80-\uffef]/.test(next) ? 2 : 1;
  };
  /** Rows of a matrix or of cases stand below each other: the widest counts. */
  const until = (end: string): number => {
    let [row, widest] = [0, 0];
    while (position < tokens.length && tokens[position] !== end) {
      if (tokens[position] === '\\\\') {
        widest = Math.max(widest, row);
        row = 0;
        position++;
      } else row += token();
    }
    position++;
    return Math.max(widest, row);
  };
  return until('');
}
