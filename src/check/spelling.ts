// Symbols as people type them, folded so that equal ones are equal: δ²₁, δ^2_1, delta2_1; ∂E/∂w5, dE/dw_5; w5⁺, w5_new.
// Which quantity a spelling means is not known here.

const greek: Readonly<Record<string, string>> = {
  α: 'alpha',
  β: 'beta',
  γ: 'gamma',
  δ: 'delta',
  ε: 'epsilon',
  η: 'eta',
  θ: 'theta',
  κ: 'kappa',
  λ: 'lambda',
  μ: 'mu',
  σ: 'sigma',
  Δ: 'increment',
  '∆': 'increment',
  '∂': 'd',
};

const raised = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const lowered = '₀₁₂₃₄₅₆₇₈₉';

/** The folded form of a symbol: letters and numbers in a fixed order, with `/` and a final `+` kept. */
export function folded(symbol: string): string {
  const plain = asciiOf(symbol);
  const updated = updatedMarks.some((mark) => mark.test(plain));
  const bare = updatedMarks.reduce((text, mark) => text.replace(mark, ''), plain);
  return bare.split('/').map(foldedPart).join('/') + (updated ? '+' : '');
}

/** Ways to say that a parameter is the one after the update. */
const updatedMarks = [
  /\s*\^?[{(]?(?:\+|'|\*)[})]?\s*$/,
  /[\s_^]*[({]?(?:new|updated|next|after)[)}]?\s*$/,
  /^(?:new|updated|next)[\s_]+/,
  /[\s_]*(?:新|更新后)\s*$/,
  /^\s*(?:新|更新后的?)\s*/,
];

/** Lower-case ASCII with ^ and _ before what is raised and lowered; Chinese stays. */
function asciiOf(symbol: string): string {
  return symbol
    .trim()
    .replace(/\\(?:d|t)?frac\s*\{((?:[^{}]|\{[^{}]*\})*)\}\s*\{((?:[^{}]|\{[^{}]*\})*)\}/g, '$1/$2')
    .replace(/\\(?:text|mathrm|mathit|mathcal|boldsymbol|operatorname|left|right|,|;|!|quad)\b|[$\\]/g, ' ')
    .replace(/\bpartial\b\s*/gi, 'd')
    .replace(/\bDelta\b/g, 'Δ')
    .replace(/⁽([⁰¹²³⁴⁵⁶⁷⁸⁹]+)⁾/g, (_, digits: string) => `^(${plainDigits(digits, raised)})`)
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]+/g, (digits) => `^${plainDigits(digits, raised)}`)
    .replace(/[₀₁₂₃₄₅₆₇₈₉]/g, (digit) => `_${plainDigits(digit, lowered)}`)
    .replace(/[⁺＋]/g, '+')
    .replace(/[′’ʹ`´]/g, "'")
    .replace(/[α-ωΔ∆∂]/g, (letter) => greek[letter] ?? letter)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/([a-z])_?hat|([a-z])\u0302/g, (_, named?: string, marked?: string) => `hat${named ?? marked}`)
    .replace(/ŷ/g, 'haty')
    .replace(/\bd\s+(?=[a-z])/g, 'd');
}

const plainDigits = (digits: string, alphabet: string) => [...digits].map((digit) => alphabet.indexOf(digit)).join('');

/** Letters with the numbers raised and lowered beside them. */
interface Lettered {
  letters: string;
  readonly raised: string[];
  readonly others: string[];
}

/** What is raised, letters, and other numbers. */
const token = /\^\s*(?:[{([]\s*([^})\]]*)[})\]]|(\w+?)(?=[^a-z0-9]|$))|(\p{L}+)|(\d+)/gu;

/** One side of a fraction: what is raised is put before what is lowered, letters that stand together are joined. */
function foldedPart(text: string): string {
  const groups: Lettered[] = [];
  for (const [, bracketed, bare, letters, digits] of text.matchAll(token)) {
    const last = groups[groups.length - 1];
    const up = bracketed ?? bare;
    if (letters !== undefined && last !== undefined && last.raised.length + last.others.length === 0) {
      last.letters += letters;
    } else if (letters !== undefined) groups.push({ letters, raised: [], others: [] });
    else if (last === undefined) groups.push({ letters: '', raised: [], others: [digits ?? up] });
    else if (up !== undefined) last.raised.push(...up.split(/[^a-z0-9]+/).filter((part) => part !== ''));
    else last.others.push(digits);
  }
  return groups.map((group) => [group.letters, ...group.raised, ...group.others].join('.')).join('.');
}
