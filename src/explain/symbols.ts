// The symbol of any element of a program, and of any whole matrix, from a notation's table.
import type { Program } from '../plan/index.ts';
import type { Element, Index } from '../symbolic/index.ts';
import { Meanings } from './meanings.ts';
import { conventionsOf, type MathSymbol, type Notation, type Place, type Symbols } from './notations/notation.ts';
import { counted, inBrackets, letter, placed } from './notations/writing.ts';

/** Writes the elements and matrices of one program. */
export class SymbolWriter {
  private readonly meanings: Meanings;
  private readonly symbols: Symbols;
  private readonly samples: number;

  constructor(program: Program, notation: Notation, samples: number) {
    this.meanings = new Meanings(program, conventionsOf(notation));
    this.symbols = notation.symbols(program.network, samples);
    this.samples = samples;
  }

  /** The symbol of an element, with its sample where the batch has several. */
  of({ slot, index, sample }: Element): MathSymbol {
    return this.write(slot, index, this.samples === 1 ? null : sample);
  }

  /** The symbol of a whole slot: w², δ², of all samples of a batch together. */
  matrix(slot: string): MathSymbol {
    // The terms of a loss have its letter, so that they keep an index.
    return this.write(slot, slot === 'loss.terms' || slot === 'loss.weighted' ? ['j'] : [], null);
  }

  /** ∂of/∂by */
  partial(of: Element, by: Element): MathSymbol {
    if (of.slot !== 'loss') return partial(this.of(of), this.of(by));
    return this.gradientOf(this.of(by), this.of(of));
  }

  private write(slot: string, index: Place['index'], sample: Index | null): MathSymbol {
    const { symbols } = this;
    if (slot.endsWith('.average')) return average(this.write(slot.slice(0, -'.average'.length), index, null));
    const outside: Place = { layer: -1, index, sample };
    if (slot === 'input') return symbols.input(outside);
    if (slot === 'target') return symbols.target(outside);
    if (slot === 'loss.terms') return symbols.lossTerm(outside);
    if (slot === 'loss.weighted') return marked(symbols.lossTerm(outside), 'weighted');
    if (slot === 'loss') return sample === null ? symbols.loss : symbols.sampleLoss(sample);
    if (slot.startsWith('loss.')) return this.lossPart(slot.slice('loss.'.length));
    const match = /^layers\.(\d+)\.([^.]+)(?:\.(.+))?$/.exec(slot);
    if (match === null) return this.alone(slot, sample);
    const [, layer, base, suffix = ''] = match;
    return this.layerQuantity({ layer: Number(layer), index, sample }, base, suffix);
  }

  /** What belongs to no layer and is no part of the loss. */
  private alone(slot: string, sample: Index | null): MathSymbol {
    if (slot === 'learningRate') return this.symbols.learningRate;
    const squares = /^gradient\.squares\.(\d+)$/.exec(slot);
    if (squares !== null) return below(letter('‖g‖²', '\\lVert g \\rVert^{2}'), `≤${Number(squares[1]) + 1}`);
    const own = standingAlone[slot] ?? letter(slot, `\\text{${slot}}`);
    return sample === null ? own : placed(own, [inBrackets(counted(sample))], []);
  }

  /** `data` and `penalty`, and what the penalty adds up from: `penalty.layers.0.weight.l2`, `penalty.sum.1`. */
  private lossPart(part: string): MathSymbol {
    if (part === 'data') return this.symbols.dataLoss ?? marked(this.symbols.loss, 'data');
    if (part === 'penalty') return penalty;
    const [, layer, name, kind] = /^penalty\.layers\.(\d+)\.(\w+)\.(\w+)$/.exec(part) ?? [];
    if (kind !== undefined) {
      const of = this.matrix(`layers.${layer}.${name}`);
      const norm = kind.toUpperCase();
      return letter(`Ω_${norm}(${of.text})`, `\\Omega_{${norm}}(${of.latex})`);
    }
    const sum = /^penalty\.sum\.(\d+)$/.exec(part);
    // The sum of the first n of the penalty's terms.
    return sum === null ? marked(this.symbols.loss, part) : below(penalty, `≤${Number(sum[1]) + 1}`);
  }

  private layerQuantity(place: Place, base: string, suffix: string): MathSymbol {
    const { symbols } = this;
    if (base === 'a') return suffix === 'grad' ? this.gradientOf(symbols.activation(place)) : symbols.activation(place);
    if (base === 'z') return this.weightedInput(place);
    // A neuron's weighted input before its threshold is taken off.
    if (base === 'sum' && suffix === '') return symbols.weightedInput(place);
    if (base === 'delta') return suffix === '' ? symbols.delta(place) : marked(symbols.delta(place), suffix);
    if (base === 'bias' && suffix === '') return symbols.sharedBias?.(place.layer) ?? symbols.bias(place);
    const parameter = this.named(base, place);
    switch (suffix) {
      case '':
        return parameter;
      case 'grad':
        return this.gradientOf(parameter);
      case 'next':
        return next(parameter);
      case 'step':
        return { latex: `\\Delta ${parameter.latex}`, text: `Δ${parameter.text}` };
      case 'grad.data':
        return symbols.gradient
          ? marked(symbols.gradient(parameter), 'data')
          : partial(this.lossPart('data'), parameter);
      case 'grad.clipped':
        return marked(this.gradientOf(parameter), 'clipped');
      case 'grad.squares':
        return squaredNorm(this.gradientOf(parameter));
      case 'decayed':
        return marked(parameter, suffix);
      default:
        return this.state(suffix, parameter);
    }
  }

  /** z; α − γ where the notation has thresholds; a where no inputs are weighted: in pooling, dropout, flattening. */
  private weightedInput(place: Place): MathSymbol {
    const { layer, index } = place;
    const { aliases, network } = this.meanings.program;
    const z = `layers.${layer}.z`;
    if (aliases.get(`layers.${layer}.a`) === z && !(`layers.${layer}.weight` in network.parameters))
      return this.symbols.activation(place);
    const sum = this.symbols.weightedInput(place);
    if (this.meanings.thresholdOf(z) === undefined) return sum;
    const threshold = this.symbols.bias({ layer, index: index.slice(0, 1), sample: null });
    return { latex: `${sum.latex} - ${threshold.latex}`, text: `${sum.text} − ${threshold.text}`, compound: true };
  }

  /** A parameter, or a quantity of the layer's own. */
  private named(base: string, place: Place): MathSymbol {
    if (base === 'weight') return this.symbols.weight(place);
    return base === 'bias' ? this.symbols.bias(place) : this.symbols.quantity(base, place);
  }

  /** velocity, m, v of a parameter: the letter with the parameter below it. */
  private state(suffix: string, parameter: MathSymbol): MathSymbol {
    const [name, change] = suffix.split('.');
    const own = this.symbols.states?.[name] ?? stateLetters[name] ?? letter(name, `\\text{${name}}`);
    // Who has a sign for the gradient names the state after it: v_dw.
    const of = this.symbols.gradient?.(parameter) ?? parameter;
    const corrected = change === 'corrected';
    const symbol = {
      latex: `${corrected ? `\\hat{${own.latex}}` : own.latex}_{${of.latex}}`,
      text: `${own.text}${corrected ? '̂' : ''}[${of.text}]`,
    };
    if (change === 'unbounded') return marked(symbol, change);
    return change === 'next' || change === 'ahead' ? next(symbol) : symbol;
  }

  private gradientOf(symbol: MathSymbol, loss = this.symbols.loss): MathSymbol {
    return this.symbols.gradient?.(symbol) ?? partial(loss, symbol);
  }
}

/** The letters of states whose names are words. */
const stateLetters: Readonly<Record<string, MathSymbol>> = {
  velocity: letter('v'),
  m: letter('m'),
  v: letter('v'),
  sum: letter('G'),
  stepSize: letter('Δ', '\\Delta'),
  previous: letter('g'),
  momentum: letter('μ', '\\mu'),
  correction: letter('c'),
};

/** What belongs to no layer. */
const standingAlone: Readonly<Record<string, MathSymbol>> = {
  step: letter('t'),
  sampleWeight: letter('c'),
  'sampleWeight.class': letter('c_class', 'c_{\\text{class}}'),
  'sampleWeight.own': letter('c_own', 'c_{\\text{own}}'),
  'gradient.norm': letter('‖g‖', '\\lVert g \\rVert'),
  'gradient.scale': letter('κ', '\\kappa'),
};

const penalty = letter('Ω', '\\Omega');

/** The mean over a batch's samples. */
const average = ({ latex, text }: MathSymbol): MathSymbol => letter(`mean(${text})`, `\\overline{${latex}}`);

/** A symbol with a word beside it: δ[unweighted]. */
const marked = ({ latex, text }: MathSymbol, word: string): MathSymbol => ({
  latex: `{${latex}}^{\\text{${word}}}`,
  text: `${text}[${word}]`,
});

/** The sum of the first terms of something: Ω_≤2. */
const below = ({ latex, text }: MathSymbol, which: string): MathSymbol => ({
  latex: `${latex}_{${which.replace('≤', '\\le ')}}`,
  text: `${text}_${which}`,
});

const squaredNorm = ({ latex, text }: MathSymbol): MathSymbol => ({
  latex: `\\lVert ${latex} \\rVert^{2}`,
  text: `‖${text}‖²`,
});

const partial = (of: MathSymbol, by: MathSymbol): MathSymbol => ({
  latex: `\\frac{\\partial ${of.latex}}{\\partial ${by.latex}}`,
  text: `∂${of.text}/∂${by.text}`,
  compound: true,
});

const next = ({ latex, text }: MathSymbol): MathSymbol => ({ latex: `{${latex}}^{+}`, text: `${text}⁺` });
