// A worksheet as a page: what is said, what is given and what is to be filled in. How that looks is its writers' business.
import { flat } from '../../explain/formula.ts';
import type { MathSymbol } from '../../explain/notations/notation.ts';
import { allIndices } from '../../explain/quantities.ts';
import { Rendering } from '../../explain/render.ts';
import { layerShapes } from '../../network/index.ts';
import { slotOf } from '../../plan/index.ts';
import type { Element } from '../../symbolic/index.ts';
import type { AskedQuantity } from './asked.ts';
import { answerText, givenText, shownNumber } from './numbers.ts';
import { askable } from './options.ts';
import { type SheetWords, sheetWords } from './words.ts';
import type { Worksheet } from './worksheet.ts';

/** A symbol and what it is: a number or a formula. */
export interface Equation {
  readonly symbol: MathSymbol;
  readonly is: MathSymbol;
}

/** Something given: words, then equations, on one line where they are short. */
export interface Given {
  readonly words: string;
  readonly equations: readonly Equation[];
}

/** A blank to fill in, or filled. */
export interface Blank {
  readonly name: string;
  readonly symbol: MathSymbol;
  /** Empty on the sheet, written in on its key. */
  readonly value: string;
}

/** Part of a page. */
export interface Section<Content> {
  readonly heading: string;
  readonly content: readonly Content[];
}

/** A worksheet ready to be written. */
export interface Page {
  readonly language: string;
  readonly words: SheetWords;
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly given: readonly Section<Given>[];
  readonly blanks: readonly Section<Section<Blank>>[];
  /** For the teacher, on the key alone. */
  readonly notes: readonly string[];
}

/** The page of an exercise: the sheet, or with its answers the key. */
export function pageOf(sheet: Worksheet, isKey: boolean): Page {
  const { choices, batch } = sheet;
  const words = sheetWords[choices.language];
  return {
    language: choices.language,
    words,
    title: words.title(choices.number),
    paragraphs: [
      words.task(choices.steps, batch.inputs.length),
      words.precision(choices.digits, choices.numbers === 'scientific'),
      words.marking,
    ],
    given: new GivenWriter(sheet, words).sections(),
    blanks: blanksOf(sheet, words, isKey),
    notes: isKey ? worksheetNotes(sheet) : [],
  };
}

/** What a teacher should know of the exercise, in its language: which mistakes it does not show. */
export function worksheetNotes({ alike, unseen, isWorkable, choices }: Worksheet): string[] {
  const words = sheetWords[choices.language];
  const pairs = alike.map((pair) => pair.join(' = ')).join(words.comma);
  return [
    ...(isWorkable ? [] : [words.saturated]),
    ...(alike.length > 0 ? [words.alike(pairs)] : []),
    ...(unseen.length > 0 ? [words.unseen(unseen.join(words.comma))] : []),
  ];
}

function blanksOf({ asked, choices }: Worksheet, words: SheetWords, isKey: boolean): Page['blanks'] {
  const blank = ({ name, symbol, value }: AskedQuantity): Blank => ({
    name,
    symbol,
    value: isKey ? answerText(value, choices) : '',
  });
  return Array.from({ length: choices.steps }, (_, i) => ({
    heading: words.answers(i + 1, choices.steps),
    content: askable
      .map((part) => ({
        heading: words.parts[part],
        content: asked.filter((one) => one.step === i + 1 && one.part === part).map(blank),
      }))
      .filter(({ content }) => content.length > 0),
  }));
}

/** Writes what an exercise gives: the network, the loss, the optimizer, the samples and the parameters. */
class GivenWriter {
  private readonly sheet: Worksheet;
  private readonly words: SheetWords;
  private readonly text: Rendering;
  private readonly latex: Rendering;

  constructor(sheet: Worksheet, words: SheetWords) {
    const { notation, language } = sheet.choices;
    this.sheet = sheet;
    this.words = words;
    this.text = new Rendering(sheet.derivations[0], { notation, language }, 'text');
    this.latex = new Rendering(sheet.derivations[0], { notation, language }, 'latex');
  }

  sections(): Page['given'] {
    const { words, sheet } = this;
    const { layers } = sheet.network;
    const parameters = layers.map((_, layer) => this.parametersOf(layer));
    return [
      { heading: words.network, content: [...this.layers(), this.loss(), ...this.optimizer(), ...this.frozen()] },
      { heading: words.inputs(sheet.batch.inputs.length), content: this.samples() },
      ...parameters.flatMap((content, layer) =>
        content.length === 0 ? [] : [{ heading: words.parametersOf(layer), content }],
      ),
    ];
  }

  private layers(): Given[] {
    const { words, sheet, text } = this;
    const { layers, input } = sheet.network;
    const shapes = layerShapes(input, layers);
    return layers.map(({ type, options, activation }, i) => {
      const name = text.language.layer(i, i === layers.length - 1 ? 'output' : 'hidden', type);
      const shape = shapes[i + 1];
      const output = shape.length === 1 ? words.neurons(shape[0]) : shape.join(' × ');
      const { units: _, ...others } = options;
      const settings = Object.entries(others).map(([key, value]) => `${key} ${JSON.stringify(value)}`);
      const parts = [output, ...settings].join(words.comma);
      return { words: words.layerIs(name, parts, activation?.name ?? null), equations: [] };
    });
  }

  private loss(): Given {
    const { network, batch } = this.sheet;
    const terms = this.formulaOf((slot) => slot === 'loss.terms');
    return { words: this.words.loss(batch.inputs.length, network), equations: terms };
  }

  /** The rules of an optimizer other than plain descent, for the first parameter: textbooks differ in their signs. */
  private optimizer(): Given[] {
    const { optimizer, learningRate, network } = this.sheet;
    const rate = { kind: 'element', slot: 'learningRate', index: [], sample: null } as const;
    const trained = Object.keys(network.parameters).find((name) => !network.frozen.includes(name));
    const isRule = (slot: string) => trained !== undefined && slot.startsWith(`${trained}.`) && !slot.includes('.grad');
    const rules = optimizer.name === 'sgd' ? [] : this.formulaOf(isRule);
    const equations = [{ symbol: this.symbolOf(rate), is: shownNumber(String(learningRate)) }, ...rules];
    return [{ words: this.words.optimizer(optimizer.name), equations }];
  }

  private frozen(): Given[] {
    const { frozen } = this.sheet.network;
    if (frozen.length === 0) return [];
    const elements = frozen.flatMap((name) => this.elementsOf(name, null));
    // A notation may have one symbol for all biases of a layer.
    const names = [...new Set(elements.map((element) => this.symbolOf(element).text))];
    return [{ words: this.words.frozen(names.join(this.words.comma)), equations: [] }];
  }

  private samples(): Given[] {
    const { inputs } = this.sheet.batch;
    return inputs.map((_, sample) => ({
      words: inputs.length === 1 ? '' : this.words.sample(sample + 1),
      equations: ['input', 'target'].flatMap((slot) =>
        this.elementsOf(slot, sample).map((element) => this.equation(element)),
      ),
    }));
  }

  private parametersOf(layer: number): Given[] {
    const names = Object.keys(this.sheet.network.parameters).filter((name) => name.startsWith(`layers.${layer}.`));
    return names.map((name) => ({
      words: '',
      equations: this.elementsOf(name, null).map((element) => this.equation(element)),
    }));
  }

  /** The formulas of the step's quantities in these slots, one a slot. */
  private formulaOf(isMeant: (slot: string) => boolean): Equation[] {
    const seen = new Set<string>();
    return this.text.derivation.steps.flatMap(({ element, expression }): Equation[] => {
      if (!isMeant(element.slot) || seen.has(element.slot)) return [];
      seen.add(element.slot);
      const is = {
        text: flat(this.text.write(expression, 'bodies')),
        latex: flat(this.latex.write(expression, 'bodies')),
      };
      return [{ symbol: this.symbolOf(element), is }];
    });
  }

  private equation(element: Element): Equation {
    const digits = givenText(this.text.derivation.value(element), this.sheet.choices.numbers);
    return { symbol: this.symbolOf(element), is: shownNumber(digits) };
  }

  private symbolOf(element: Element): MathSymbol {
    return { text: this.text.symbol(element), latex: this.latex.symbol(element) };
  }

  private elementsOf(slot: string, sample: number | null): Element[] {
    const { program } = this.sheet.derivations[0];
    return allIndices(slotOf(program, slot).shape).map((index): Element => ({ kind: 'element', slot, index, sample }));
  }
}
