// Recognises columns that name rows instead of telling something about them.
import type { TypedColumn } from './columns.ts';

/** Names that columns of running numbers have. */
const identifierNames = /(?:^|[_ .-])(?:id|index|uuid|guid|rownum|row[_ ]?(?:id|no|number)?)$|^#$|[编序行学]号$/i;
const camelCase = /[a-z]I[dD]$/;

/** With fewer rows than this, all different says little. */
const leastRows = 20;

/** Whether a column names rows: texts that are all different, or integers that are, under a name that says so. */
export function isIdentifier(typed: TypedColumn, rows: Uint32Array): boolean {
  // Asked first, as it costs nothing.
  if (typed.kind === 'number' && !(typed.integer && hasIdentifierName(typed.name))) return false;
  const cells = Array.from(rows, (row) => (typed.kind === 'number' ? typed.values[row] : typed.codes[row]));
  const present = cells.filter((cell) => (typed.kind === 'number' ? !Number.isNaN(cell) : cell >= 0));
  return present.length >= leastRows && new Set(present).size === present.length;
}

const hasIdentifierName = (name: string): boolean => identifierNames.test(name.trim()) || camelCase.test(name.trim());
