// A quantity's right rule, and a mistaken one, written in a notation; and the place where the two part.
import type { Derivation } from '../explain/derivation.ts';
import { flat } from '../explain/formula.ts';
import { Rendering } from '../explain/render.ts';
import { StepMaker } from '../explain/step-maker.ts';
import { type Element, elementsOf } from '../symbolic/index.ts';
import { type Exercise, nameOf, type Quantity, type Run, rightRun } from './exercise.ts';
import type { CheckWords } from './words/words.ts';

/** Writes the quantities and rules of one exercise. */
export class FormulaWriter {
  private readonly exercise: Exercise;
  private readonly words: CheckWords;
  private readonly notation: string;
  private readonly format: 'text' | 'latex';
  private readonly right: Run;

  constructor(exercise: Exercise, words: CheckWords, notation: string, format: 'text' | 'latex' = 'text') {
    this.exercise = exercise;
    this.words = words;
    this.notation = notation;
    this.format = format;
    this.right = rightRun(exercise);
  }

  /** A quantity's symbol: `E_total after 2 steps`. */
  symbol(quantity: Quantity): string {
    const symbol = this.plainSymbol(quantity);
    return quantity.after === 0 ? symbol : this.words.after(quantity.after, symbol);
  }

  /** A quantity's symbol, whatever step it is of. */
  plainSymbol({ after, element }: Quantity): string {
    return this.rendering(this.right, after).symbol(element);
  }

  /** The right-hand side of a quantity's rule in a program: its symbol where it is given. */
  rule(run: Run, { after, element }: Quantity): string {
    const rendering = this.rendering(run, after);
    const { program } = run;
    const maker = new StepMaker(program, this.exercise.count, (used) => run.value({ after, element: used }));
    const definition = maker.definition(element);
    return definition === undefined ? rendering.symbol(element) : flat(rendering.write(definition, 'bodies'));
  }

  /** The quantity nearest to this one, itself included, whose rule the mistaken program has changed. */
  changedAt(wrong: Run, quantity: Quantity): Quantity | undefined {
    const seen = new Set<string>();
    const queue = [quantity];
    for (let next = queue.shift(); next !== undefined && seen.size < 2000; next = queue.shift()) {
      const name = nameOf(next, this.exercise.count);
      if (seen.has(name)) continue;
      seen.add(name);
      if (!/\.a\.grad$/.test(next.element.slot) && this.rule(this.right, next) !== this.rule(wrong, next)) return next;
      const definition = wrong.definition(next);
      if (definition.kind === 'same') queue.push(definition.as);
      if (definition.kind !== 'formula') continue;
      const { after } = next;
      queue.push(...elementsOf(definition.expression).map((element): Quantity => ({ after, element })));
    }
    return undefined;
  }

  private rendering(run: Run, after: number): Rendering {
    const { count } = this.exercise;
    const derivation: Derivation = {
      program: run.program,
      step: after + 1,
      samples: count,
      steps: [],
      matrices: [],
      after: [],
      value: (element: Element) => run.value({ after, element }),
      values: () => new Float64Array(),
    };
    return new Rendering(derivation, { notation: this.notation, language: this.words.name }, this.format);
  }
}
