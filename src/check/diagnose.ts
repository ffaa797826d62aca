// Which misconceptions explain a sheet: each is a program that makes the mistake, and the sheet is marked by it.
import type { Call, Program } from '../plan/index.ts';
import { type Exercise, Run, rightRun } from './exercise.ts';
import { type HiddenSlip, hiddenSlip } from './hidden-slip.ts';
import { misfits } from './marking.ts';
import * as misconceptions from './misconceptions/index.ts';
import type { Misconception, Mutant } from './misconceptions/misconception.ts';
import { type Answer, type Answers, mostSteps, Reckoning } from './reckoning.ts';
import { type SlipKind, slipIn } from './slips.ts';

/** One cause of wrong numbers. */
export interface Cause {
  /** The misconception; undefined for a slip. */
  readonly misconception?: Misconception;
  /** The kind of slip; with a misconception, a slip that would explain the only wrong number as well. */
  readonly slip?: SlipKind;
  /** Other misconceptions that explain the same numbers just as well: on this sheet nobody can tell. */
  readonly alternatives: readonly Misconception[];
  /** Where the slip is, if its number is not on the sheet; the evidence follows from it. */
  readonly hidden?: HiddenSlip;
  /** The names of the wrong numbers that it explains, first first. */
  readonly evidence: readonly string[];
  /** The sheet marked by the program that makes this mistake. */
  readonly reckoning: Reckoning;
}

/** What explains a sheet. */
export interface Explanation {
  readonly causes: readonly Cause[];
  /** The names of the wrong numbers that nothing explains. */
  readonly unexplained: readonly string[];
}

/** A way to make a mistake, and how the sheet looks by it. */
interface Hypothesis {
  readonly misconceptions: readonly Misconception[];
  readonly program: Program;
  readonly reckoning: Reckoning;
  /** Answers that do not fit. */
  readonly apart: ReadonlySet<string>;
  /** How many fit only nearly. */
  readonly near: number;
  /** Wrong numbers that fit now. */
  readonly gained: readonly string[];
}

/** The most combinations of two misconceptions that are tried. */
const mostPairs = 4000;

/** Explains the wrong numbers of a sheet, given in the order of computing. */
export function diagnose(exercise: Exercise, answers: Answers, wrong: readonly string[]): Explanation {
  if (wrong.length === 0) return { causes: [], unexplained: [] };
  const diagnosis = new Diagnosis(exercise, answers, wrong);
  const singles = diagnosis.singles();
  const complete = best(singles.filter(isComplete));
  const slips = diagnosis.slips(wrong);
  if (complete.length > 0) return diagnosis.explained(complete, wrong.length === 1 ? slips[0]?.slip : undefined);
  if (slips.length === wrong.length && wrong.length <= 2) return { causes: slips, unexplained: [] };
  const pairs = best(diagnosis.pairs(singles).filter(isComplete));
  if (pairs.length > 0) return diagnosis.byBoth(pairs, singles);
  const hidden = hiddenSlip(exercise, answers, wrong);
  return hidden === undefined ? diagnosis.piecemeal(singles) : diagnosis.byHiddenSlip(hidden);
}

/** The hypotheses that leave the least unexplained: fewest misfits, then fewest that fit only nearly. */
function best(hypotheses: readonly Hypothesis[]): Hypothesis[] {
  const cost = ({ apart, near }: Hypothesis) => apart.size * 1e4 + near;
  const least = Math.min(...hypotheses.map(cost));
  return hypotheses.filter((one) => cost(one) === least);
}

/**
 * The misconceptions by which numbers are exactly what was written that would else pass for badly rounded ones;
 * none where no misconception makes every number of the sheet fit.
 */
export function diagnoseRounded(exercise: Exercise, answers: Answers, rounded: readonly string[]): Explanation {
  if (rounded.length === 0) return { causes: [], unexplained: [] };
  const diagnosis = new Diagnosis(exercise, answers, rounded);
  const exact = diagnosis.singles().filter(({ apart, near }) => apart.size === 0 && near === 0);
  return exact.length === 0 ? { causes: [], unexplained: [] } : diagnosis.explained(exact);
}

/** Whether every call still finds what it reads: a second mistake may need what the first has done away with. */
export const isWhole = ({ program }: Mutant): boolean =>
  program.calls.every(({ inputs }) => Object.values(inputs).every((slot) => program.slots.has(slot)));

const isComplete = ({ apart }: Hypothesis): boolean => apart.size === 0;

/** The misconceptions listed behind this one. */
const laterThan = (first: Misconception): Misconception[] => {
  const all = Object.values(misconceptions);
  return all.slice(all.indexOf(first) + 1);
};

class Diagnosis {
  private readonly exercise: Exercise;
  private readonly answers: Answers;
  private readonly wrong: readonly string[];
  private readonly right: Reckoning;
  private readonly rightCalls: ReadonlySet<Call>;
  private readonly isOneStep: boolean;

  constructor(exercise: Exercise, answers: Answers, wrong: readonly string[]) {
    this.exercise = exercise;
    this.answers = answers;
    this.wrong = wrong;
    this.rightCalls = new Set(exercise.program.calls);
    this.isOneStep = [...answers.values()].every(({ quantity }) => quantity.after === 0);
    this.right = new Reckoning(rightRun(exercise), answers, { misfits: 'carried' });
  }

  /** Every misconception by itself, where it explains something. */
  singles(): Hypothesis[] {
    return Object.values(misconceptions).flatMap((misconception) =>
      misconception
        .mutate(this.exercise.program)
        .flatMap(({ program }) => this.hypothesis([misconception], program) ?? []),
    );
  }

  /**
   * Two at once: first those of which one explains something by itself, then those that only do so together. Among so
   * many, some fit one or two numbers by chance: the fewer are wrong, the fewer are tried.
   */
  pairs(singles: readonly Hypothesis[]): Hypothesis[] {
    if (this.wrong.length < 2) return [];
    const gaining = singles.toSorted((a, b) => a.apart.size - b.apart.size);
    const found = this.pairsOf(gaining.map(({ misconceptions: [first], program }) => ({ first, program })));
    if (this.wrong.length < 3 || found.some(isComplete)) return found;
    const all = Object.values(misconceptions).flatMap((first) =>
      first.mutate(this.exercise.program).map(({ program }) => ({ first, program })),
    );
    const reaching = all.filter(({ program }) => this.reaches(program));
    const later = this.pairsOf(reaching, laterThan);
    // Which of two is made first hardly ever matters.
    return later.some(isComplete) ? later : [...found, ...later, ...this.pairsOf(reaching)];
  }

  private pairsOf(
    firsts: readonly { readonly first: Misconception; readonly program: Program }[],
    seconds = (first: Misconception) => Object.values(misconceptions).filter((one) => one !== first),
  ): Hypothesis[] {
    const found: Hypothesis[] = [];
    let tried = 0;
    for (const { first, program: half } of firsts) {
      for (const second of seconds(first)) {
        for (const { program } of second.mutate(half).filter(isWhole)) {
          if (tried++ >= mostPairs) return found;
          const both = this.explainsFirst(program) ? this.hypothesis([first, second], program) : undefined;
          if (both !== undefined) found.push(both);
        }
      }
    }
    return found;
  }

  /** Whether the first wrong number fits, which is quickly asked. */
  private explainsFirst(program: Program): boolean {
    const answer = this.answers.get(this.wrong[0]);
    if (answer === undefined || answer.quantity.after > mostSteps) return true;
    const reckoning = new Reckoning(new Run(this.exercise, program), this.answers, { misfits: 'carried' });
    return reckoning.closeness(answer) !== 'apart';
  }

  /** Undefined where the program explains none of the wrong numbers. */
  private hypothesis(made: readonly Misconception[], program: Program): Hypothesis | undefined {
    if (!this.reaches(program)) return undefined;
    const reckoning = new Reckoning(new Run(this.exercise, program), this.answers, { misfits: 'carried' });
    const all = [...this.answers.values()];
    const isLate = ({ quantity }: Answer) => quantity.after > mostSteps;
    const apart = misfits(
      reckoning,
      all.filter((answer) => !isLate(answer)),
    );
    const early = this.wrong.filter((name) => !this.isNamedLate(name));
    if (early.length > 0 && early.every((name) => apart.has(name))) return undefined;
    for (const name of misfits(reckoning, all.filter(isLate))) apart.add(name);
    const gained = this.wrong.filter((name) => !apart.has(name));
    if (gained.length === 0) return undefined;
    const near = all.filter((answer) => reckoning.closeness(answer) === 'near').length;
    return { misconceptions: made, program, reckoning, apart, near, gained };
  }

  /** Whether what a program does otherwise can have changed a wrong number: cheaper to ask than to run it. */
  private reaches(program: Program): boolean {
    const changed = new Set<string>();
    let size = -1;
    // What one step changes the next one reads.
    while (changed.size > size) {
      size = changed.size;
      for (const call of program.calls) {
        const inputs = Object.values(call.inputs);
        if (!this.rightCalls.has(call) || inputs.some((slot) => changed.has(slot))) changed.add(call.output);
      }
      for (const { from, to } of this.isOneStep ? [] : program.carries) if (changed.has(from)) changed.add(to);
    }
    return this.wrong.some((name) => changed.has(this.answers.get(name)?.quantity.element.slot ?? ''));
  }

  private isNamedLate(name: string): boolean {
    return (this.answers.get(name)?.quantity.after ?? 0) > mostSteps;
  }

  /** Slips that explain some of the numbers, one each. */
  slips(names: readonly string[]): Cause[] {
    return names.flatMap((name) => {
      const answer = this.answers.get(name);
      const slip = answer && slipIn(this.right, answer);
      return slip ? [{ slip, alternatives: [], evidence: [name], reckoning: this.right }] : [];
    });
  }

  /** The cause that equally good hypotheses come to, and a slip that would come to the same. */
  explained(group: readonly Hypothesis[], slip?: SlipKind): Explanation {
    const [{ misconceptions, gained, reckoning }] = group;
    const [misconception] = misconceptions;
    const others = new Set(group.flatMap((one) => one.misconceptions).filter((one) => one !== misconception));
    const cause = { misconception, alternatives: [...others], evidence: gained, reckoning };
    return { causes: [{ ...cause, ...(slip && { slip }) }], unexplained: [] };
  }

  /** Two causes at once: each with the numbers that it explains by itself, or all of them where it needs the other. */
  byBoth(pairs: readonly Hypothesis[], singles: readonly Hypothesis[]): Explanation {
    const [pair] = pairs;
    const causes = pair.misconceptions.map((misconception, i): Cause => {
      const alone = singles.filter((one) => one.misconceptions[0] === misconception);
      const evidence = this.wrong.filter((name) => alone.some(({ gained }) => gained.includes(name)));
      const partner = pair.misconceptions[1 - i];
      const others = pairs
        .filter((one) => one.misconceptions.includes(partner))
        .flatMap((one) => one.misconceptions)
        .filter((one) => one !== misconception && one !== partner);
      return {
        misconception,
        alternatives: [...new Set(others)],
        evidence: evidence.length > 0 ? evidence : this.wrong,
        reckoning: pair.reckoning,
      };
    });
    return { causes: causes.toSorted((a, b) => this.place(a) - this.place(b)), unexplained: [] };
  }

  byHiddenSlip(hidden: HiddenSlip): Explanation {
    return { causes: [{ hidden, alternatives: [], evidence: this.wrong, reckoning: this.right }], unexplained: [] };
  }

  private place({ evidence }: Cause): number {
    return this.wrong.indexOf(evidence[0]);
  }

  /** Where nothing explains everything: the misconception that leaves least over, then slips, then honest ignorance. */
  piecemeal(singles: readonly Hypothesis[]): Explanation {
    const chosen = best(singles.filter(({ apart }) => apart.size < this.wrong.length));
    const gained = new Set(chosen[0]?.gained ?? []);
    const rest = this.wrong.filter((name) => !gained.has(name));
    const slips = this.slips(rest);
    const slipped = new Set(slips.flatMap(({ evidence }) => evidence));
    const unexplained = rest.filter((name) => !slipped.has(name));
    const { causes } = chosen.length > 0 ? this.explained(chosen) : { causes: [] };
    return { causes: [...causes, ...slips].toSorted((a, b) => this.place(a) - this.place(b)), unexplained };
  }
}
