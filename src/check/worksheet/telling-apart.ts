// Which mistakes a sheet can tell apart: each is carried out, and the numbers that the sheet asks for are compared.
import { type Exercise, type Quantity, Run, rightRun } from '../exercise.ts';
import * as misconceptions from '../misconceptions/index.ts';
import type { NumberFormat } from './options.ts';

/** What a sheet does not show. */
export interface Distinctness {
  /** Mistakes that come to the right numbers throughout, asked for or not. */
  readonly unseen: readonly string[];
  /** Pairs of mistakes that come to the same numbers in what is asked. */
  readonly alike: readonly (readonly [string, string])[];
}

/** How numbers are written on the sheet. */
interface Precision {
  readonly numbers: NumberFormat;
  readonly digits: number;
}

/** How many units of the last digit two numbers must differ by, so that rounding on the way does not blur them. */
const clearly = 5;

/** What can be seen of every mistake that can be made on an exercise. */
export function distinctness(
  exercise: Exercise,
  asked: readonly Quantity[],
  all: readonly Quantity[],
  precision: Precision,
): Distinctness {
  const right = rightRun(exercise);
  const unseen: string[] = [];
  const seen: { readonly id: string; readonly ways: readonly (readonly number[])[] }[] = [];
  const valuesIn = (run: Run, quantities: readonly Quantity[]) => quantities.map((one) => run.value(one));
  const expected = valuesIn(right, asked);
  for (const { id, mutate } of Object.values(misconceptions)) {
    const runs = mutate(exercise.program).map(({ program }) => new Run(exercise, program));
    if (runs.length === 0) continue;
    const ways = runs.map((run) => valuesIn(run, asked)).filter((values) => differ(values, expected, precision));
    if (ways.length > 0) seen.push({ id, ways });
    else if (runs.every((run) => !differ(valuesIn(run, all), valuesIn(right, all), precision))) unseen.push(id);
  }
  const alike = seen.flatMap(({ id, ways }, i) =>
    seen
      .slice(i + 1)
      .filter((other) => ways.some((a) => other.ways.some((b) => !differ(a, b, precision))))
      .map((other): readonly [string, string] => [id, other.id]),
  );
  return { unseen, alike };
}

/** Whether two lists of numbers would be told apart somewhere, as a sheet writes them. */
function differ(a: readonly number[], b: readonly number[], { numbers, digits }: Precision): boolean {
  return a.some((value, i) => {
    const size = numbers === 'scientific' ? Math.max(Math.abs(value), Math.abs(b[i])) : 1;
    // What is not finite differs from all that is.
    return !(Math.abs(value - b[i]) <= clearly * size * 10 ** -digits) && !Object.is(value, b[i]);
  });
}
