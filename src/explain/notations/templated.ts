// The symbols of a reader's own notation: its templates, and those of the notation it starts from where it has none.
import type { Network } from '../../network/index.ts';
import type { Index } from '../../symbolic/index.ts';
import { weightNumber } from './mazur.ts';
import { isScale, type MathSymbol, type Place, type Symbols } from './notation.ts';
import { type Fillings, filled, lastOf, mentions, type SymbolTemplate } from './template.ts';
import { counted, inBrackets, indices, letter, letterOf, placed } from './writing.ts';

/** A symbol's templates: in hidden layers, and in the output layer. */
export interface Entry {
  readonly hidden: SymbolTemplate;
  readonly output: SymbolTemplate;
}

/**
 * The symbols of one network.
 * @param own templates by the names of {@link Symbols}
 * @param whole templates of whole matrices; the elements' without their indices unless given
 * @param base where symbols that are not given come from; undefined where all are given
 */
export function templatedSymbols(
  own: ReadonlyMap<string, Entry>,
  whole: ReadonlyMap<string, Entry>,
  network: Network,
  base: Symbols | undefined,
): Symbols {
  const last = network.layers.length - 1;
  const templateOf = (name: string, { layer, index }: Place): SymbolTemplate | undefined => {
    const entry = (index.length === 0 ? whole.get(name) : undefined) ?? own.get(name);
    return layer === last ? entry?.output : entry?.hidden;
  };
  const write = (name: string, place: Place, fillings: Fillings = neuronFillings(place)): MathSymbol | undefined => {
    const template = templateOf(name, place);
    if (template === undefined) return undefined;
    const symbol = filled(template, fillings);
    return place.sample === null || mentions(template, ['s', 's0']) ? symbol : raised(symbol, place.sample);
  };
  type Neurons = 'input' | 'target' | 'weightedInput' | 'activation' | 'delta' | 'bias' | 'lossTerm';
  const neuron = (name: Neurons) => (place: Place) => write(name, place) ?? base?.[name](place) ?? byName(name, place);
  const quantity = (name: string, place: Place): MathSymbol =>
    write('quantity', place, { ...neuronFillings(place), name: letterOf(name) }) ??
    base?.quantity(name, place) ??
    byName(name, place);
  const weight = (place: Place): MathSymbol => {
    const template = templateOf('weight', place);
    const fillings = template && weightFillings(network, place, template);
    return write('weight', place, fillings) ?? base?.weight(place) ?? byName('weight', place);
  };
  const alone = (name: string) => write(name, nowhere);
  // What goes with a loss of the base's does not go with another.
  const ofBase = own.has('loss') ? undefined : base;
  const loss = alone('loss') ?? base?.loss ?? byName('loss', nowhere);
  const dataLoss = alone('dataLoss') ?? ofBase?.dataLoss;
  const gradient = own.get('gradient')?.output;
  const sharedBias = own.has('bias') ? undefined : base?.sharedBias;
  return {
    ...base,
    input: neuron('input'),
    target: neuron('target'),
    weightedInput: neuron('weightedInput'),
    activation: neuron('activation'),
    delta: neuron('delta'),
    weight: (place) => (isScale(network, place.layer) ? quantity('weight', place) : weight(place)),
    bias: (place) => (isScale(network, place.layer) ? quantity('bias', place) : neuron('bias')(place)),
    sharedBias: (layer) => sharedBias?.(layer),
    quantity,
    lossTerm: neuron('lossTerm'),
    loss,
    sampleLoss: (sample) =>
      write('sampleLoss', { ...nowhere, sample }) ?? ofBase?.sampleLoss(sample) ?? raised(loss, sample),
    ...(dataLoss && { dataLoss }),
    learningRate: alone('learningRate') ?? base?.learningRate ?? byName('learningRate', nowhere),
    ...(gradient && { gradient: (of: MathSymbol) => filled(gradient, { of }) }),
  };
}

const nowhere: Place = { layer: -1, index: [], sample: null };

/** How a quantity is written that neither the file nor its base has a symbol for. */
const byName = (name: string, { layer, index, sample }: Place): MathSymbol => {
  const symbol = placed(letterOf(name), [inBrackets(layer + 1)], index);
  return sample === null ? symbol : raised(symbol, sample);
};

/** A symbol with its sample's number above it. */
function raised({ latex, text }: MathSymbol, sample: Index): MathSymbol {
  const above = inBrackets(counted(sample));
  return { latex: `{${latex}}^{${above.latex}}`, text: text + above.text };
}

const plain = (value: Index | undefined): MathSymbol => letter(value === undefined ? '' : String(value));

const layerFillings = ({ layer, sample }: Place): Fillings => ({
  l: plain(layer + 1),
  l0: plain(layer),
  l2: plain(layer + 2),
  s: plain(sample === null ? undefined : counted(sample)),
  s0: plain(sample ?? undefined),
});

/** A neuron's, pixel's or channel's index under each of the letters that it goes by. */
function neuronFillings(place: Place): Fillings {
  const [fromOne, fromZero] = [plain(indices(place.index)), plain(indices(fromNull(place.index)))];
  const own = { i: fromOne, j: fromOne, k: fromOne, i0: fromZero, j0: fromZero, k0: fromZero };
  return { ...layerFillings(place), ...own };
}

/** Into j, from k; a kernel's row and column follow whichever of them comes last in the template. */
function weightFillings(network: Network, place: Place, template: SymbolTemplate): Fillings {
  const last = lastOf(template, ['j', 'k', 'j0', 'k0']);
  const [into, from, ...pixel] = place.index;
  const index = (own: Index | undefined, names: readonly string[], change: (index: readonly Index[]) => Index[]) => {
    if (own === undefined) return plain(undefined);
    const behind = last !== undefined && names.includes(last) ? pixel : [];
    const [first, ...others] = change([own, ...behind]).map(counted);
    return plain(others.length === 0 ? first : `${first};${others.join(',')}`);
  };
  const same = (index: readonly Index[]) => [...index];
  return {
    ...layerFillings(place),
    j: index(into, ['j', 'j0'], same),
    k: index(from, ['k', 'k0'], same),
    j0: index(into, ['j', 'j0'], fromNull),
    k0: index(from, ['k', 'k0'], fromNull),
    n: place.index.length === 0 ? plain(undefined) : plain(weightNumber(network, place)),
  };
}

/** Indices that read as counted from 0 where others are counted from 1. */
const fromNull = (index: readonly Index[]): Index[] => index.map((i) => (typeof i === 'number' ? i - 1 : i));
