// The one error type that users meet: a code for programs, a sentence for people.

/** What went wrong, as a stable word that programs may switch on. */
export type ErrorCode =
  | 'bad-option' // an option or argument outside its range
  | 'bad-shape' // sizes that do not fit together
  | 'bad-network' // a network description that cannot be built
  | 'bad-data' // a table, image or sample that cannot be used
  | 'bad-file' // a file that is missing, damaged or of another kind
  | 'unknown-name' // a name that nothing answers to
  | 'diverged' // training left the finite numbers
  | 'unsupported'; // a legal request that this build cannot carry out

/**
 * An error a user can mend: its message is one sentence that names the place, what was found,
 * what was expected and how to put it right.
 */
export class ChainruleError extends Error {
  override readonly name = 'ChainruleError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The candidate nearest to `word` by edit distance, if it is near enough to be a slip of the keyboard. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

/** `(did you mean "x"?)` with a leading space, or nothing. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const guess = nearest(word, candidates);
  return guess === undefined ? '' : ` (did you mean "${guess}"?)`;
}

/** Insertions, deletions, substitutions and swaps of neighbours that turn `a` into `b`. */
function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = rows[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(rows[i - 1][j] + 1, row[j - 1] + 1, substitution);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j], rows[i - 2][j - 2] + 1);
    }
    rows.push(row);
  }
  return rows[a.length][b.length];
}
