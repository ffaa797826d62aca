// Definitions put in place of the quantities they define, level by level, down to what is given.
import { ChainruleError } from '../errors.ts';
import { type Element, type Expression, rewrite } from '../symbolic/index.ts';
import type { Step } from './derivation.ts';
import { expand } from './expand.ts';
import { quantityName } from './quantities.ts';

/** What an element is; undefined for what is given: inputs, targets, parameters, states and settings. */
export type Definitions = (element: Element) => Expression | undefined;

/** The most quantities in one unfolded expression, and in all of a derivation. */
const mostInOne = 100_000;
const mostInAll = 1_000_000;

/** Unfolds the steps of one derivation. */
export class Unfolder {
  private readonly definitions: Definitions;
  private readonly samples: number;
  private readonly depth: number;
  /** How many quantities each element comes to, by its depth. */
  private readonly sizes = new Map<string, number>();
  private total = 0;

  constructor(definitions: Definitions, samples: number, depth: number) {
    this.definitions = definitions;
    this.samples = samples;
    this.depth = depth;
  }

  /**
   * The step with its expression unfolded once, twice … as far as there is something to unfold.
   * @throws ChainruleError `bad-option` where that would be too large
   */
  unfolded(step: Step): Step {
    this.requireSize(step);
    const unfolded: Expression[] = [];
    for (let level = 1; level <= this.depth; level++) {
      const before = unfolded.at(-1) ?? step.expression;
      if (!elementsIn(before).some((element) => this.definitions(element) !== undefined)) break;
      const next = rewrite(before, { element: (element) => this.definitions(element) ?? element });
      unfolded.push(expand(next, this.samples));
    }
    return { ...step, unfolded };
  }

  private requireSize({ id, expression }: Step): void {
    const sizeAt = (depth: number) => this.sizeOf(expression, depth);
    const size = sizeAt(this.depth);
    if (size > mostInOne) {
      const fits = Array.from({ length: this.depth }, (_, depth) => depth).findLast((d) => sizeAt(d) <= mostInOne) ?? 0;
      throw new ChainruleError(
        'bad-option',
        `${id} unfolded ${times(this.depth)} would be made of ${size.toLocaleString('en')} quantities, more than can be read; ask for a depth of at most ${fits}.`,
      );
    }
    this.total += size;
    if (this.total > mostInAll) {
      throw new ChainruleError(
        'bad-option',
        `all quantities unfolded ${times(this.depth)} would be made of more than ${mostInAll.toLocaleString('en')} others; name the ones to derive, or ask for a smaller depth.`,
      );
    }
  }

  /** How many quantities an expression is made of, unfolded so many times. */
  private sizeOf(expression: Expression, depth: number): number {
    return elementsIn(expression).reduce((total, element) => total + this.sizeOfElement(element, depth), 0);
  }

  private sizeOfElement(element: Element, depth: number): number {
    if (depth === 0) return 1;
    const key = `${depth} ${quantityName(element, 2)}`;
    const known = this.sizes.get(key);
    if (known !== undefined) return known;
    const definition = this.definitions(element);
    const size = definition === undefined ? 1 : this.sizeOf(definition, depth - 1);
    this.sizes.set(key, size);
    return size;
  }
}

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

/** The elements an expression is made of, as often as they occur. */
function elementsIn(expression: Expression): Element[] {
  const found: Element[] = [];
  rewrite(expression, {
    element(element) {
      found.push(element);
      return element;
    },
  });
  return found;
}
