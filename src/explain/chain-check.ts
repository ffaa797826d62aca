// The chain of factors that a parameter's gradient is made of, each factor by itself against its own central difference.
import { offsetOf, type Samples, sizeOf } from '../memory/index.ts';
import type { Network } from '../network/index.ts';
import { callOf, compile, elementOf, type Program, slotOf } from '../plan/index.ts';
import { type Element, elementsOf } from '../symbolic/index.ts';
import { centralDifferences, greatestOf, relativeError, slopeOfSize } from './differences.ts';
import { expand } from './expand.ts';
import { quantityName } from './quantities.ts';
import { Segment } from './segment.ts';
import { ofSample } from './step-maker.ts';
import { runStep, type StepRun } from './step-run.ts';

/** One factor, at the place where backprop and differences are furthest apart, each weighed by the error handed to it. */
export interface ChainFactor {
  /** `∂a/∂z` */
  readonly factor: string;
  /** What is differentiated, and by what: `layers.1.a[0]` by `layers.1.z[0]`. */
  readonly of: string;
  readonly by: string;
  /** By backprop, and by central differences. */
  readonly analytic: number;
  readonly numeric: number;
  /** |analytic − numeric| / max(|analytic|, |numeric|, 10⁻³ of the factor's greatest) */
  readonly error: number;
}

/** The most places at which one factor is checked; of more, such as the pixels of maps, every second, third … is taken. */
const mostPlaces = 300;

/** The factors of a parameter's gradient, from the loss back to the parameter. */
export function chainFactors(
  net: Network,
  samples: Samples,
  parameter: string,
  index: readonly number[],
): ChainFactor[] {
  return new Chain(net, samples).factors(parameter, index);
}

/** Two quantities next to each other in the chain, with the slots of the errors ∂C/∂quantity as the factor has them. */
interface Link {
  readonly of: string;
  readonly by: string;
  readonly ofError: string;
  readonly byError: string;
}

class Chain {
  private readonly net: Network;
  private readonly data: Samples;
  private readonly program: Program;
  private readonly run: StepRun;

  constructor(net: Network, data: Samples) {
    this.net = net;
    this.data = data;
    this.program = compile(net, undefined, { sampleWeights: data.weights !== undefined });
    this.run = runStep({ program: this.program, data, learningRate: 0, step: 1, simplify: false });
  }

  factors(parameter: string, index: readonly number[]): ChainFactor[] {
    const links = this.links(parameter);
    const element: Element = { kind: 'element', slot: links[0].byError, index, sample: null };
    const found: ChainFactor[] = [];
    let places: readonly Element[] = [element];
    for (const link of links) {
      const before = link.of === 'loss' ? [] : evenly(this.read(places, link.ofError));
      found.unshift(...(link.of === 'loss' ? this.fromLoss(link, places) : this.factor(link, before, places)));
      places = before;
    }
    return links[0].byError.endsWith('.data') ? [...found, this.penalty(parameter, index)] : found;
  }

  /** The links of the chain, from the parameter up to the loss. */
  private links(parameter: string): Link[] {
    const layer = Number(parameter.split('.')[1]);
    const above = this.net.layers.slice(layer).flatMap((_, i) => {
      const name = `layers.${layer + i}`;
      return [this.node(`${name}.z`, `${name}.delta`), this.node(`${name}.a`, `${name}.a.grad`)];
    });
    const data = `${parameter}.grad.data`;
    const error = this.program.slots.has(data) ? data : `${parameter}.grad`;
    const nodes = [
      { quantity: parameter, error, madeError: error },
      // A layer without activation has one slot for z and a.
      ...above.filter(({ quantity }, i) => i === 0 || quantity !== above[i - 1].quantity),
      { quantity: 'loss', error: 'loss', madeError: 'loss' },
    ];
    return nodes.slice(1).map(({ quantity, error }, i) => {
      return { of: quantity, ofError: error, by: nodes[i].quantity, byError: nodes[i].madeError };
    });
  }

  /** A quantity with its error, and that error as it is made: before samples are weighted. */
  private node(quantity: string, error: string) {
    const [slot, resolved] = [quantity, error].map((name) => slotOf(this.program, name).name);
    const unweighted = `${resolved}.unweighted`;
    return { quantity: slot, error: resolved, madeError: this.program.slots.has(unweighted) ? unweighted : resolved };
  }

  /** The elements of an error that some of the one below it are made from. */
  private read(places: readonly Element[], error: string): Element[] {
    const found = new Map<string, Element>();
    const seen = new Set<string>();
    const visit = (element: Element): void => {
      const name = quantityName(element, 2);
      if (seen.has(name)) return;
      seen.add(name);
      if (element.slot === error) found.set(name, element);
      else for (const used of this.uses(element)) visit(used);
    };
    for (const place of places) visit(place);
    return [...found.values()];
  }

  /** What of the backward pass an element is made from, in every sample that it depends on. */
  private uses({ slot, index, sample }: Element): Element[] {
    const call = callOf(this.program, slot);
    if (call?.origin.phase !== 'backward') return [];
    const form = ofSample(elementOf(this.program, call, index), sample);
    return elementsOf(expand(form, this.data.inputs.count));
  }

  /** ∂C_x/∂a: what the loss hands to the output. */
  private fromLoss(link: Link, places: readonly Element[]): ChainFactor[] {
    const { activation } = this.net.layers[this.net.layers.length - 1];
    const [low, high] = activation?.range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    const segment = this.segment(link.by, 'loss.terms');
    const found = places.flatMap((by): Pair[] => {
      const value = this.run.value({ ...by, slot: link.by });
      // An output that can be no larger is differenced as near to its bound as it lies.
      const most = Math.min(value - low, high - value) / 100;
      if (most === 0) return [];
      // C_x = Σ terms
      const numeric = this.slopes(segment, { ...by, slot: link.by }, most).reduce((sum, slope) => sum + slope, 0);
      const of: Element = { ...by, slot: 'loss', index: [], sample: null };
      return [{ of, by, weight: 1, analytic: this.run.value({ ...by, slot: link.byError }), numeric }];
    });
    return this.worst(link, found);
  }

  /** A factor in the middle of the chain: every ∂of/∂by among the given places, each weighed by the error of `of`. */
  private factor(link: Link, above: readonly Element[], below: readonly Element[]): ChainFactor[] {
    const backward = this.segment(link.ofError, link.byError);
    const forward = this.segment(link.by, link.of);
    // A parameter's gradient is the mean over the batch.
    const scale = slotOf(this.program, link.byError).perSample ? 1 : this.data.inputs.count;
    const unit = new Float64Array(this.run.values(link.ofError).length);
    const handedBack = above.map((of) => {
      unit.fill(0)[this.placeOf(of)] = 1;
      return backward.at(unit);
    });
    const pairs = below.flatMap((by) => {
      const slopes = this.slopes(forward, { ...by, slot: link.by });
      return above.map(
        (of, i): Pair => ({
          of,
          by,
          weight: this.run.value(of),
          analytic: handedBack[i][this.placeOf(by)] * scale,
          numeric: slopes[this.placeOf(of)],
        }),
      );
    });
    return this.worst(link, pairs);
  }

  /** What the penalties add to a weight's gradient. */
  private penalty(parameter: string, index: readonly number[]): ChainFactor {
    const by: Element = { kind: 'element', slot: parameter, index, sample: null };
    const { l1, l2 } = this.net;
    const [whole, data] = [`${parameter}.grad`, `${parameter}.grad.data`].map((slot) =>
      this.run.value({ ...by, slot }),
    );
    // An L1 penalty is differenced by itself, as everywhere.
    const smooth = l2 === 0 ? 0 : new Chain({ ...this.net, l1: 0 }, this.data).slopeOfPenalty(by);
    const [analytic, numeric] = [whole - data, smooth + l1 * slopeOfSize(this.run.value(by))];
    return {
      factor: '∂penalty/∂w',
      of: 'loss.penalty',
      by: quantityName(by, 1),
      analytic,
      numeric,
      error: relativeError(analytic, numeric, Math.abs(analytic)),
    };
  }

  private slopeOfPenalty(by: Element): number {
    return this.slopes(this.segment(by.slot, 'loss.penalty'), by)[0];
  }

  /** The pair whose share of the error is furthest off. */
  private worst(link: Link, pairs: readonly Pair[]): ChainFactor[] {
    const sizes = pairs.map(({ weight, analytic }) => weight * analytic);
    const greatest = greatestOf(Float64Array.from(sizes));
    const errors = pairs.map(({ weight, numeric }, i) => relativeError(sizes[i], weight * numeric, greatest));
    const at = errors.reduce((worst, error, i) => (error <= errors[worst] ? worst : i), 0);
    if (pairs.length === 0) return [];
    const { of, by, analytic, numeric } = pairs[at];
    const count = this.data.inputs.count;
    return [
      {
        factor: `∂${letterOf(link.of)}/∂${letterOf(link.by)}`,
        of: quantityName({ ...of, slot: link.of }, count),
        by: quantityName({ ...by, slot: link.by }, count),
        analytic,
        numeric,
        error: errors[at],
      },
    ];
  }

  private segment(given: string, wanted: string): Segment {
    return new Segment(this.program, this.data, this.run, given, wanted);
  }

  /** The derivatives of all that a segment gives by one element of what it is given. */
  private slopes(segment: Segment, by: Element, most?: number): number[] {
    const values = this.run.values(by.slot);
    const place = this.placeOf(by);
    const at = (value: number) => segment.at(values.with(place, value));
    return centralDifferences(at, values[place], most);
  }

  private placeOf({ slot, index, sample }: Element): number {
    const { shape } = slotOf(this.program, slot);
    return Number(sample ?? 0) * sizeOf(shape) + offsetOf(shape, index.map(Number));
  }
}

/** One ∂of/∂by as both ways have it. */
interface Pair {
  readonly of: Element;
  readonly by: Element;
  /** The error of `of`, by which the factor is multiplied. */
  readonly weight: number;
  readonly analytic: number;
  readonly numeric: number;
}

/** At most so many of the elements, evenly chosen. */
function evenly(elements: readonly Element[]): readonly Element[] {
  const every = Math.ceil(elements.length / mostPlaces);
  return elements.filter((_, i) => i % every === 0);
}

/** C, z, a, w, b, or a parameter's own name. */
function letterOf(slot: string): string {
  if (slot === 'loss') return 'C';
  const name = slot.split('.').slice(2).join('.');
  const letters: Readonly<Record<string, string>> = { weight: 'w', bias: 'b' };
  return Object.hasOwn(letters, name) ? letters[name] : name;
}
