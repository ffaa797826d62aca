// What the names on a sheet mean: canonical names and the symbols of every notation, in the spellings people use.
import { ChainruleError, nearest } from '../errors.ts';
import { notations } from '../explain/index.ts';
import type { MathSymbol, Notation } from '../explain/notations/notation.ts';
import { allIndices } from '../explain/quantities.ts';
import { SymbolWriter } from '../explain/symbols.ts';
import { slotOf } from '../plan/index.ts';
import type { Element } from '../symbolic/index.ts';
import { type Exercise, nameOf, type Quantity, quantitiesNamed, stepsIn } from './exercise.ts';
import { folded } from './spelling.ts';

/** A name as one notation reads it. */
export interface Meaning {
  readonly quantity: Quantity;
  /** The notation's name; undefined for a canonical name, which is the same in all. */
  readonly notation: string | undefined;
  /** How near the spelling is to the notation's own: 0 for that itself. */
  readonly rank: number;
  /** Whether it is not the updated parameter that is named but what was added to it: Δw. */
  readonly increment?: boolean;
}

/** Δ, folded. */
const incrementMark = 'increment';

/** Of a network with more quantities than this only canonical names are known. */
const mostSymbols = 4000;

/** What a spelling means in one notation. */
interface Spelled {
  readonly elements: readonly Element[];
  readonly rank: number;
}

/** The spellings of one notation, folded. */
type Table = ReadonlyMap<string, Spelled>;

/** The names of one exercise's quantities. */
export class NameTable {
  private readonly exercise: Exercise;
  private readonly elements: readonly Element[];
  private readonly tables = new Map<string, Table>();

  constructor(exercise: Exercise) {
    this.exercise = exercise;
    const { program, count } = exercise;
    const all = [...program.slots.values()].filter(({ name }) => !/gradient\.|\.squares|penalty\./.test(name));
    const elements = all.flatMap(({ name, shape, perSample }) =>
      (perSample ? Array.from({ length: count }, (_, s) => s) : [null]).flatMap((sample) =>
        allIndices(shape).map((index): Element => ({ kind: 'element', slot: name, index, sample })),
      ),
    );
    this.elements = elements.length > mostSymbols ? [] : elements;
  }

  /**
   * Everything a name can mean, its likeliest spelling in each notation only; canonical names come alone.
   * A whole tensor's name (`layers.0.z`) means all its elements, in order.
   * @throws ChainruleError `unknown-name` with the nearest name there is
   */
  meanings(name: string): readonly Meaning[] {
    const canonical = this.canonical(name);
    if (canonical !== undefined) return canonical.map((quantity) => ({ quantity, notation: undefined, rank: 0 }));
    const { after, sample, symbol } = placed(name);
    const whole = folded(symbol);
    const increment = whole.startsWith(incrementMark);
    const key = increment ? `${whole.slice(incrementMark.length)}+` : whole;
    const found = Object.values(notations).flatMap((notation) => {
      const { elements, rank } = this.table(notation).get(key) ?? { elements: [], rank: 0 };
      return elements
        .filter((element) => sample === undefined || element.sample === null || element.sample === sample)
        .map((element): Meaning => ({ quantity: { after, element }, notation: notation.name, rank, increment }));
    });
    if (found.length > 0) return found;
    throw this.unknown(name, symbol);
  }

  /** The symbols of all quantities in a notation, for suggestions and documentation. */
  private symbols(notation: Notation): readonly (readonly [Element, MathSymbol])[] {
    try {
      const writer = new SymbolWriter(this.exercise.program, notation, this.exercise.count);
      return this.elements.map((element) => [element, writer.of(element)] as const);
    } catch (error) {
      // A notation for networks of one kind says so of others.
      if (error instanceof ChainruleError) return [];
      throw error;
    }
  }

  /** The spellings of one notation: its own first, then those that people use for it where no quantity has them yet. */
  private table(notation: Notation): Table {
    const known = this.tables.get(notation.name);
    if (known !== undefined) return known;
    const symbols = this.symbols(notation);
    const spelled = symbols.map(([element, symbol]) => ({
      element,
      spellings: this.spellings(element, symbol, notation),
    }));
    const table = new Map<string, Spelled>();
    const ranks = Math.max(0, ...spelled.map(({ spellings }) => spellings.length));
    for (let rank = 0; rank < ranks; rank++) {
      const additions = new Map<string, Element[]>();
      for (const { element, spellings } of spelled) {
        for (const spelling of spellings[rank] ?? []) {
          if (table.has(spelling)) continue;
          const others = additions.get(spelling) ?? [];
          if (!others.includes(element)) additions.set(spelling, [...others, element]);
        }
      }
      for (const [spelling, elements] of additions) table.set(spelling, { elements, rank });
    }
    this.tables.set(notation.name, table);
    return table;
  }

  /** The folded spellings of an element's symbol, likeliest first, in groups of the same rank. */
  private spellings(element: Element, symbol: MathSymbol, notation: Notation): readonly (readonly string[])[] {
    const { program, count } = this.exercise;
    const writer = new SymbolWriter(program, notation, count);
    // The sample may be named in front, or be the only one.
    const ofOne = count === 1 ? symbol : new SymbolWriter(program, notation, 1).of(element);
    const written = ({ text, latex }: MathSymbol) => [text, latex].map((one) => folded(one.split(' − ')[0]));
    const partial = (slot: string): string[] => {
      const by = folded(writer.of({ ...element, slot }).text);
      return [...lossLetters.map((loss) => `d${loss}/d${by}`), `d${by}`, `grad${by}`, `gradient${by}`];
    };
    const base = element.slot.replace(/\.grad$/, '');
    const others = [
      ...(base !== element.slot && program.slots.has(base) ? partial(base) : []),
      ...(/\.delta$/.test(element.slot) ? partial(slotOf(program, element.slot.replace(/delta$/, 'z')).name) : []),
      ...(element.slot === 'loss' ? lossLetters : []),
    ];
    const [own, bare] = [written(symbol), written(ofOne)];
    return [own, bare, [...own, ...bare].flatMap(looser), others, others.flatMap(looser)];
  }

  private canonical(name: string): readonly Quantity[] | undefined {
    const { program, count } = this.exercise;
    try {
      return quantitiesNamed(program, name, count);
    } catch (error) {
      // An index out of range belongs to a name that there is; anything else may be a symbol.
      if (error instanceof ChainruleError && error.code === 'unknown-name') return undefined;
      throw error;
    }
  }

  private unknown(name: string, symbol: string): ChainruleError {
    const { program, count } = this.exercise;
    const candidates = new Map<string, string>();
    for (const notation of Object.values(notations)) {
      for (const [, { text }] of this.symbols(notation)) candidates.set(folded(text), text);
    }
    for (const element of this.elements)
      candidates.set(nameOf({ after: 0, element }, count), nameOf({ after: 0, element }, count));
    const guess = nearest(folded(symbol), candidates.keys()) ?? nearest(name, candidates.keys());
    const hint = guess === undefined ? '' : ` (did you mean "${candidates.get(guess)}"?)`;
    const example = [...program.slots.keys()].find((slot) => slot.endsWith('.delta')) ?? 'loss';
    return new ChainruleError(
      'unknown-name',
      `there is no quantity "${name}" in this network${hint}; write a name such as ${example}[0], or a symbol of a notation.`,
    );
  }
}

/** Letters that losses go by, folded. */
const lossLetters = [
  'e',
  'etotal',
  'c',
  'l',
  'j',
  'loss',
  'cost',
  'error',
  'totalerror',
  '损失',
  '误差',
  '总误差',
  '代价',
];

/** Spellings with what separates two indices, or all numbers, left out: w.2.12 and w.212 for w.2.1.2. */
function looser(spelling: string): string[] {
  const joinedLast = spelling.replace(/\.(\d)\.(\d)(?=\+?$)/, '.$1$2');
  const joinedAll = spelling.replace(/(?<=\d)\.(?=\d)/g, '');
  return [joinedLast, joinedAll].filter((one) => one !== spelling);
}

/** What stands before a symbol: `after.3.`, `samples.1.`. */
function placed(name: string): {
  readonly after: number;
  readonly sample: number | undefined;
  readonly symbol: string;
} {
  const match = /^\s*(?:after\.(\d+)\.)?(?:samples\.(\d+)\.)?(.*)$/s.exec(name);
  const [, after, sample, symbol = name] = match ?? [];
  return { after: stepsIn(after ?? '0', name), sample: sample === undefined ? undefined : Number(sample), symbol };
}
