// Experiments by the names that people give.

import { didYouMean } from 'chainrule';
import { type Experiment, experiments } from '#experiments';
import { UsageError } from '../errors.ts';

/**
 * The experiments named, in the order of the book; all where none is.
 * @throws UsageError at a name that none has
 */
export function experimentsNamed(ids: readonly string[]): readonly Experiment[] {
  const known = experiments.map(({ id }) => id);
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown !== undefined)
    throw new UsageError(
      `there is no experiment "${unknown}"${didYouMean(unknown, known)}; "chainrule experiment list" has their names.`,
    );
  return ids.length === 0 ? experiments : experiments.filter(({ id }) => ids.includes(id));
}
