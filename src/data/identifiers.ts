// Recognises columns that name rows instead of telling something about them.
import type { TypedColumn } from './columns.ts';
import { valuesAt } from './scaling.ts';

/** Names that columns of running numbers have. */
const identifierNames = /(?:^|[_ .-])(?:id|index|uuid|guid|rownum|row[_ ]?(?:id|no|number)?)$|^#$|[编序行学]号$/i;
const camelCase = /[a-z]I[dD]$/;

/** With fewer rows than this, that texts are all different says little: categories may be. */
const leastRows = 20;

/** Whether a column names rows: texts that are all different, or integers that are, under a name that says so. */
export function isIdentifier(typed: TypedColumn, rows: Uint32Array): boolean {
  // Asked first, as it costs nothing.
  if (typed.kind === 'number' && !(typed.integer && hasIdentifierName(typed.name))) return false;
  const cells = typed.kind === 'number' ? valuesAt(typed.values, rows) : valuesAt(typed.codes, rows);
  const present = cells.filter((cell) => (typed.kind === 'number' ? !Number.isNaN(cell) : cell >= 0));
  if (present.length < (typed.kind === 'number' ? 2 : leastRows)) return false;
  // Sorted, since a set of millions takes a hundred bytes for each.
  return present.sort().every((cell, i) => i === 0 || cell !== present[i - 1]);
}

const hasIdentifierName = (name: string): boolean => identifierNames.test(name.trim()) || camelCase.test(name.trim());
