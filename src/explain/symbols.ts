// The symbol of any element of a program, from a notation's table.
import type { Program } from '../plan/index.ts';
import type { Element } from '../symbolic/index.ts';
import {
  counted,
  type MathSymbol,
  type Notation,
  type Place,
  type Symbols,
  superscript,
} from './notations/notation.ts';

/** Writes the elements of one program. */
export class SymbolWriter {
  private readonly symbols: Symbols;
  private readonly samples: number;

  constructor(program: Program, notation: Notation, samples: number) {
    this.symbols = notation.symbols(program.network);
    this.samples = samples;
  }

  /** The symbol of an element, with its sample raised in brackets where the batch has several. */
  of(element: Element): MathSymbol {
    const symbol = this.bare(element);
    if (element.sample === null || this.samples === 1) return symbol;
    const sample = counted(element.sample);
    return {
      latex: `{${symbol.latex}}^{(${sample})}`,
      text: `${symbol.text}⁽${typeof sample === 'number' ? superscript(sample) : sample}⁾`,
    };
  }

  /** ∂of/∂by */
  partial(of: Element, by: Element): MathSymbol {
    return of.slot === 'loss' ? this.gradientOf(this.of(by)) : partial(this.of(of), this.of(by));
  }

  private bare({ slot, index }: Element): MathSymbol {
    const { symbols } = this;
    if (slot === 'input') return symbols.input(index);
    if (slot === 'target') return symbols.target(index);
    if (slot === 'loss.terms') return symbols.lossTerm(index);
    if (slot === 'learningRate') return symbols.learningRate;
    if (slot === 'step') return { latex: 't', text: 't' };
    if (slot === 'sampleWeight') return { latex: 'v', text: 'v' };
    if (slot === 'loss.weighted') return marked(symbols.lossTerm(index), 'weighted');
    if (slot === 'gradient.norm') return { latex: '\\left\\|g\\right\\|', text: '‖g‖' };
    if (slot === 'gradient.scale') return { latex: '\\kappa', text: 'κ' };
    if (slot.startsWith('loss')) return this.lossPart(slot);
    const match = /^layers\.(\d+)\.(.+)$/.exec(slot);
    return match === null ? plain(slot) : this.layerQuantity(Number(match[1]), match[2], index);
  }

  /** `loss`, and with penalties its parts `loss.data`, `loss.penalty…`. */
  private lossPart(slot: string): MathSymbol {
    const { loss } = this.symbols;
    if (slot === 'loss') return loss;
    const part = slot.slice('loss.'.length);
    return { latex: `${loss.latex}^{\\text{${part}}}`, text: `${loss.text}[${part}]` };
  }

  private layerQuantity(layer: number, quantity: string, index: Element['index']): MathSymbol {
    const { symbols } = this;
    const place = { layer, index };
    const [base, ...rest] = quantity.split('.');
    const suffix = rest.join('.');
    if (base === 'a') return suffix === 'grad' ? this.gradientOf(symbols.activation(place)) : symbols.activation(place);
    if (base === 'z') return symbols.weightedInput(place);
    if (base === 'delta') return suffix === '' ? symbols.delta(place) : marked(symbols.delta(place), suffix);
    // A single number of a whole parameter has no element's symbol to stand by.
    const parameter = index.length > 0 ? this.named(base, place) : plain(`layers.${layer}.${base}`);
    if (suffix === '') return parameter;
    if (suffix === 'grad') return this.gradientOf(parameter);
    if (suffix === 'next') return next(parameter);
    if (suffix === 'grad.data') return partial(this.lossPart('loss.data'), parameter);
    if (suffix === 'grad.clipped') return marked(this.gradientOf(parameter), 'clipped');
    if (suffix === 'grad.squares') return marked(this.gradientOf(parameter), 'squares');
    if (suffix === 'decayed') return marked(parameter, suffix);
    return this.state(suffix, parameter);
  }

  /** A parameter, or a quantity of the layer's own. */
  private named(base: string, place: Place): MathSymbol {
    if (base === 'weight') return this.symbols.weight(place);
    return base === 'bias' ? this.symbols.bias(place) : this.symbols.quantity(base, place);
  }

  /** velocity, m, v of a parameter: the letter with the parameter below it. */
  private state(suffix: string, parameter: MathSymbol): MathSymbol {
    const [name, change] = suffix.split('.');
    const letter = stateLetters[name] ?? { latex: name, text: name };
    const corrected = change === 'corrected';
    const symbol = {
      latex: `${corrected ? `\\hat{${letter.latex}}` : letter.latex}_{${parameter.latex}}`,
      text: `${letter.text}${corrected ? '̂' : ''}[${parameter.text}]`,
    };
    if (change === 'unbounded') return marked(symbol, change);
    return change === 'next' || change === 'ahead' ? next(symbol) : symbol;
  }

  private gradientOf(symbol: MathSymbol): MathSymbol {
    return this.symbols.gradient?.(symbol) ?? partial(this.symbols.loss, symbol);
  }
}

/** The letters of states whose names are words. */
const stateLetters: Readonly<Record<string, MathSymbol>> = {
  velocity: { latex: 'v', text: 'v' },
  sum: { latex: 'G', text: 'G' },
  stepSize: { latex: '\\Delta', text: 'Δ' },
  previous: { latex: 'g', text: 'g' },
  momentum: { latex: '\\mu', text: 'μ' },
  correction: { latex: 'c', text: 'c' },
};

/** A symbol with a word beside it: δ[unweighted]. */
const marked = ({ latex, text }: MathSymbol, word: string): MathSymbol => ({
  latex: `{${latex}}^{\\text{${word}}}`,
  text: `${text}[${word}]`,
});

const plain = (text: string): MathSymbol => ({ latex: `\\text{${text}}`, text });

const partial = (of: MathSymbol, by: MathSymbol): MathSymbol => ({
  latex: `\\frac{\\partial ${of.latex}}{\\partial ${by.latex}}`,
  text: `∂${of.text}/∂${by.text}`,
  compound: true,
});

const next = ({ latex, text }: MathSymbol): MathSymbol => ({ latex: `{${latex}}^{+}`, text: `${text}⁺` });
