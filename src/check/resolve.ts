// The entries of a sheet to answers: what each name means in one notation, and what each value is.
import { ChainruleError } from '../errors.ts';
import { slotOf } from '../plan/index.ts';
import { type ConventionName, rewritten } from './conventions.ts';
import { type Exercise, nameOf, type Quantity, type Run, rightRun } from './exercise.ts';
import { type Meaning, NameTable } from './names.ts';
import { atUsualPrecision, usualUnit } from './precision.ts';
import type { Answer, Answers } from './reckoning.ts';
import type { SheetEntry } from './sheet.ts';
import { readNumber } from './written-number.ts';

/** A sheet as one notation reads it. */
export interface Reading {
  /** The notation's name; undefined where all names are canonical. */
  readonly notation: string | undefined;
  readonly answers: Answers;
  /** How the sheet names each quantity. */
  readonly spellings: ReadonlyMap<string, string>;
  /** Layouts of whole tensors that their shapes gave away, and that have been undone. */
  readonly layouts: readonly ConventionName[];
}

/** An entry with everything its name can mean. */
interface Understood {
  readonly entry: SheetEntry;
  readonly meanings: readonly Meaning[];
}

/**
 * The ways a sheet can be read: one for each notation that knows all its names, equal ones once.
 * @throws ChainruleError at an unknown name, a name that no single notation agrees on, a value that is no number, two values for one quantity
 */
export function readings(exercise: Exercise, entries: readonly SheetEntry[], notation: string | undefined): Reading[] {
  const table = new NameTable(exercise);
  const filled = entries.filter(({ value }) => value.trim() !== '');
  const understood = filled.map((entry) => ({ entry, meanings: table.meanings(entry.quantity) }));
  // A blank line is checked too: a sheet for another network shows in the names that it asks for.
  for (const { quantity } of entries.filter(({ value }) => value.trim() === '')) table.meanings(quantity);
  const named = new Set(understood.flatMap(({ meanings }) => meanings.map((one) => one.notation)));
  const candidates = [...named].filter((one) => one !== undefined);
  const chosen =
    notation !== undefined && candidates.includes(notation)
      ? [notation]
      : bestOf(candidates, (one) => understood.reduce((sum, entry) => sum + familiarity(entry, one), 0));
  const found = (chosen.length > 0 ? chosen : [undefined]).map((one) => reading(exercise, understood, one));
  return found.filter((one, i) => found.findIndex((other) => sameReading(one, other)) === i);
}

/** How familiar a name looks in a notation: most where it is the notation's own spelling, not at all where it is unknown. */
function familiarity({ meanings }: Understood, notation: string): number {
  const ranks = meanings
    .filter((one) => one.notation === notation || one.notation === undefined)
    .map(({ rank }) => rank);
  return ranks.length === 0 ? 0 : 10 - Math.min(...ranks);
}

/** The candidates with the highest score. */
function bestOf<T>(candidates: readonly T[], score: (candidate: T) => number): T[] {
  const highest = Math.max(0, ...candidates.map(score));
  return candidates.filter((candidate) => score(candidate) === highest);
}

const sameReading = (a: Reading, b: Reading) =>
  a.answers.size === b.answers.size && [...a.answers.keys()].every((name) => b.answers.has(name));

function reading(exercise: Exercise, understood: readonly Understood[], notation: string | undefined): Reading {
  const answers = new Map<string, Answer>();
  const spellings = new Map<string, string>();
  const layouts = new Set<ConventionName>();
  const run = rightRun(exercise);
  for (const one of understood) {
    const meant = meaningsOf(one, notation, exercise);
    for (const [i, text] of valuesOf(
      exercise,
      one.entry,
      meant.map(({ quantity }) => quantity),
      layouts,
    ).entries()) {
      const { quantity, increment } = meant[i];
      const name = nameOf(quantity, exercise.count);
      const spelling = meant.length > 1 ? name : one.entry.quantity;
      const number = readNumber(text, `the value of ${spelling}`);
      const answer = increment ? fromIncrement(run, { quantity, number }) : { quantity, number };
      const before = answers.get(name);
      if (before !== undefined && Math.abs(before.number.value - answer.number.value) > 1.5 * before.number.unit) {
        throw new ChainruleError(
          'bad-data',
          `${spelling} is given twice, as ${before.number.text} and as ${text}; leave one of them out.`,
        );
      }
      answers.set(name, answer);
      spellings.set(name, spelling);
    }
  }
  const unitOf = usualUnit([...answers.values()].map(({ number }) => number));
  for (const [name, answer] of answers)
    answers.set(name, { ...answer, number: atUsualPrecision(answer.number, unitOf) });
  return { notation, answers, spellings, layouts: [...layouts] };
}

/** What a name means in a notation: canonical names by themselves, others by it or, where it does not know them, by one that does. */
function meaningsOf({ entry, meanings }: Understood, notation: string | undefined, exercise: Exercise): Meaning[] {
  const plain = meanings.map((one) => ({ ...one, quantity: named(exercise, one.quantity) }));
  const canonical = plain.filter((one) => one.notation === undefined);
  if (canonical.length > 0) return canonical;
  const own = plain.filter((one) => one.notation === notation);
  const possible = new Map((own.length > 0 ? own : plain).map((one) => [nameOf(one.quantity, exercise.count), one]));
  const [first, second] = possible.values();
  if (second === undefined) return [first];
  const both = [...possible].slice(0, 3).map(([name, one]) => `${name} (${one.notation})`);
  throw new ChainruleError(
    'unknown-name',
    `"${entry.quantity}" can mean ${both.join(' or ')}; name the notation (# notation: ${first.notation}) or use the canonical name.`,
  );
}

/** Δw with the parameter it is added to: the updated one. */
function fromIncrement(run: Run, answer: Answer): Answer {
  const { after, element } = answer.quantity;
  const parameter = run.value({ after, element: { ...element, slot: element.slot.replace(/\.next$/, '') } });
  return rewritten(
    answer,
    (value) => value + parameter,
    (value) => value - parameter,
  );
}

/** A parameter after some steps is what the step before made of it. */
function named({ program }: Exercise, { after, element }: Quantity): Quantity {
  const carried = program.carries.find(({ to }) => to === element.slot);
  if (after === 0 || carried === undefined) return { after, element };
  return { after: after - 1, element: { ...element, slot: carried.from } };
}

/** The texts of an entry's values in the order of its quantities: one, or as many as the tensor has elements. */
function valuesOf(
  exercise: Exercise,
  { quantity, value }: SheetEntry,
  quantities: readonly Quantity[],
  layouts: Set<ConventionName>,
): string[] {
  const isList = /^\s*[[{(]/.test(value);
  const rows = value.split(/[\]})]\s*,?\s*[[{(]|;/).map(partsOf);
  const texts = isList ? rows.flat() : [value];
  const { length: count } = quantities;
  if (texts.length !== count) {
    const index = count > 1 ? `, such as ${quantity}[0]` : '';
    throw new ChainruleError(
      'bad-data',
      `${quantity} has ${count === 1 ? 'one number' : `${count} numbers`} and ${texts.length === 1 ? 'one is' : `${texts.length} are`} given; give them all as a list, or one by one with an index${index}.`,
    );
  }
  const [{ element }] = quantities;
  const { shape, perSample } = slotOf(exercise.program, element.slot);
  const [height, width] = perSample ? [exercise.count, ...shape] : shape;
  const onItsSide = height !== width && rows.length === width && rows.every((row) => row.length === height);
  if (!onItsSide || count === 1) return texts;
  layouts.add(perSample ? 'samples-as-columns' : 'weights-transposed');
  return texts.map((_, i) => rows[i % width][Math.floor(i / width)]);
}

const partsOf = (text: string) => text.split(/[\s,;[\](){}]+/).filter((part) => part !== '');
