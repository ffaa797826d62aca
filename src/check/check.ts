// A student's numbers marked and their mistakes named. Reading files and printing what was found live elsewhere.
import { ChainruleError } from '../errors.ts';
import { notations } from '../explain/index.ts';
import { conventionsOf } from '../explain/notations/notation.ts';
import type { Network } from '../network/index.ts';
import { type ConventionName, conventionSets, conventionsIn, withoutConventions } from './conventions.ts';
import { diagnose, diagnoseRounded, type Explanation } from './diagnose.ts';
import { type Exercise, type ExerciseOptions, exerciseOf, rightRun } from './exercise.ts';
import { type Mark, markAnswers, misfits } from './marking.ts';
import { type Answers, closenessTo, Reckoning } from './reckoning.ts';
import { type Reading, readings } from './resolve.ts';
import type { SheetEntry } from './sheet.ts';

/** Answers by name, as a student's program has them: numbers, text as it was written, or whole tensors as nested lists. */
export type GivenAnswers = Readonly<Record<string, number | string | readonly unknown[]>>;

/** How to read names. */
export interface CheckOptions {
  /** The notation that names are written in; found out from the names unless given. */
  readonly notation?: string | undefined;
}

/** A sheet, marked. */
export interface Checked {
  readonly exercise: Exercise;
  readonly marks: readonly Mark[];
  readonly explanation: Explanation;
  /** Ways of writing that the student has and that are no mistakes. */
  readonly conventions: readonly ConventionName[];
  /** The notation the sheet is written in; undefined where it uses canonical names. */
  readonly notation: string | undefined;
  /** How the sheet names each quantity. */
  readonly spellings: ReadonlyMap<string, string>;
}

/**
 * Marks a student's numbers for one step of training (or several), carries errors forward, and names the misconception.
 * @example
 * const { marks, explanation } = check(net, { inputs: [[0.05, 0.1]], targets: [[0.01, 0.99]] }, { 'layers.1.delta[0]': 0.138 });
 * @throws ChainruleError where a name or value cannot be read, or the numbers belong to another network
 */
export function check(
  network: Network,
  step: ExerciseOptions,
  answers: GivenAnswers | readonly SheetEntry[],
  { notation }: CheckOptions = {},
): Checked {
  const exercise = exerciseOf(network, step);
  const entries = isEntries(answers) ? answers : entriesOf(answers);
  const candidates = readings(exercise, entries, notation).map((reading) => plainReading(exercise, reading, notation));
  const fewest = Math.min(...candidates.map(({ misfits }) => misfits));
  const [best, second] = candidates.filter((one) => one.misfits === fewest);
  if (best.reading.answers.size === 0) {
    throw new ChainruleError('bad-data', 'the sheet is empty: no quantity has a value; fill in at least one.');
  }
  if (second !== undefined) throw ambiguous(best.reading, second.reading);
  return marked(exercise, best);
}

const isEntries = (answers: GivenAnswers | readonly SheetEntry[]): answers is readonly SheetEntry[] =>
  Array.isArray(answers);

const entriesOf = (answers: GivenAnswers): SheetEntry[] =>
  Object.entries(answers).map(([quantity, value]) => ({
    quantity,
    value: typeof value === 'string' ? value : JSON.stringify(value),
  }));

/** Answers without some conventions, and how many of them do not fit then. */
interface ConventionSet {
  readonly names: readonly ConventionName[];
  readonly answers: Answers;
  readonly misfits: number;
}

/** A reading under the conventions that it may have. */
interface PlainReading {
  readonly reading: Reading;
  /** The notation's own first. */
  readonly sets: readonly ConventionSet[];
  /** The fewest of any set. */
  readonly misfits: number;
}

/** The sets of conventions that a reading may have, its notation's own first, and how well it fits under each. */
function plainReading(exercise: Exercise, reading: Reading, asked: string | undefined): PlainReading {
  const run = rightRun(exercise);
  const notation = Object.values(notations).find(({ name }) => name === (reading.notation ?? asked));
  const own = notation === undefined ? [] : conventionsIn(conventionsOf(notation));
  const sets: ConventionSet[] = [];
  for (const wanted of [own, ...conventionSets]) {
    const { answers, names } = withoutConventions(exercise, reading.answers, wanted);
    if (sets.length > 0 && names.length < wanted.length) continue;
    const reckoning = new Reckoning(run, answers, { misfits: 'carried' });
    sets.push({ names, answers, misfits: misfits(reckoning, answers.values()).size });
    if (sets[0].misfits === 0) break;
  }
  return { reading, sets, misfits: Math.min(...sets.map((one) => one.misfits)) };
}

function ambiguous(a: Reading, b: Reading): ChainruleError {
  const name = [...a.answers.keys()].find((one) => !b.answers.has(one)) ?? '';
  const spelling = a.spellings.get(name) ?? name;
  const other = [...b.spellings].find(([, text]) => text === spelling)?.[0] ?? '';
  return new ChainruleError(
    'unknown-name',
    `"${spelling}" is ${name} in the notation ${a.notation} and ${other} in ${b.notation}, and the numbers fit both; name the notation (# notation: ${a.notation}).`,
  );
}

/** Every set of conventions that fits better than the plain one is tried with its diagnosis; the least unexplained wins. */
function marked(exercise: Exercise, { reading, sets }: PlainReading): Checked {
  const [plain] = sets;
  const better = sets.filter((one) => one === plain || one.misfits < plain.misfits);
  const tried = better.map(({ names, answers }) => {
    const { marks, explanation } = explained(exercise, answers);
    const cost = 1e6 * explanation.unexplained.length + 1e3 * explanation.causes.length + names.length;
    return { names, answers, marks, explanation, cost };
  });
  const best = tried.reduce((a, b) => (b.cost < a.cost ? b : a));
  requireOwnNetwork(exercise, best.marks, best.explanation, reading);
  return {
    exercise,
    marks: best.marks,
    explanation: best.explanation,
    conventions: [...reading.layouts, ...best.names],
    notation: reading.notation,
    spellings: spelled(reading, best.answers),
  };
}

/** Answers marked, and their wrong ones explained. */
function explained(exercise: Exercise, answers: Answers): Pick<Checked, 'marks' | 'explanation'> {
  const marks = markAnswers(exercise, answers);
  const named = (wanted: (mark: Mark) => boolean) => marks.filter(wanted).map(({ name }) => name);
  const wrong = named(({ verdict }) => verdict === 'wrong');
  if (wrong.length > 0) {
    const explanation = diagnose(exercise, answers, wrong);
    // One slip off the sheet costs one mark: the first number that shows it.
    const later = new Set(explanation.causes.flatMap(({ hidden, evidence }) => (hidden ? evidence.slice(1) : [])));
    return { explanation, marks: marks.map((mark) => (later.has(mark.name) ? { ...mark, verdict: 'follows' } : mark)) };
  }
  const rounded = named(({ verdict }) => verdict === 'rounding');
  const short = named(({ verdict, answer }) => verdict === 'rounding' && answer.number.coarseUnit !== undefined);
  const explanation = diagnoseRounded(exercise, answers, rounded.length > 1 ? rounded : short);
  const explains = new Set(explanation.causes.flatMap(({ evidence }) => evidence));
  return { explanation, marks: marks.map((mark) => (explains.has(mark.name) ? { ...mark, verdict: 'wrong' } : mark)) };
}

/** The spellings by the names that quantities have without the conventions. */
function spelled(reading: Reading, answers: Answers): ReadonlyMap<string, string> {
  const texts = [...reading.spellings.values()];
  return new Map([...answers.keys()].map((name, i) => [name, texts[i]]));
}

/**
 * Numbers none of which fits, by any rule, belong to another exercise.
 * @throws ChainruleError `bad-data`
 */
function requireOwnNetwork(
  exercise: Exercise,
  marks: readonly Mark[],
  explanation: Explanation,
  { spellings }: Reading,
) {
  const run = rightRun(exercise);
  const given = marks.find(
    ({ answer: { quantity, number } }) =>
      run.definition(quantity).kind === 'given' &&
      closenessTo({ low: run.value(quantity), high: run.value(quantity) }, number) === 'apart',
  );
  const remedy = 'check --network, --input, --target and --lr, or the lines at the top of the sheet';
  if (given !== undefined) {
    throw new ChainruleError(
      'bad-data',
      `the sheet has ${spellings.get(given.name) ?? given.name} = ${given.answer.number.text} where the network has ${given.expected}: it seems to be for another network or sample; ${remedy}.`,
    );
  }
  const fitting = marks.filter(({ verdict }) => verdict === 'right' || verdict === 'rounding');
  if (marks.length < 3 || fitting.length > 0 || explanation.causes.length > 0) return;
  throw new ChainruleError(
    'bad-data',
    `none of the ${marks.length} numbers fits this network: the sheet seems to be for another network, sample or learning rate; ${remedy}.`,
  );
}
