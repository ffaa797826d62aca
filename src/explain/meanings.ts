// What a notation's conventions make of a program's quantities: which change their sign, and which lose their bias. No formulas.
import { callOf, type Program, slotOf } from '../plan/index.ts';
import { type Conventions, isScale } from './notations/notation.ts';

/** States and sums of a parameter that stay the same where its sign changes: they are made of squares, or of none of it. */
const even = /^(v|sum|stepSize|momentum|correction|grad\.squares)(\.|$)/;

/** A program's quantities under a notation's conventions. */
export class Meanings {
  readonly program: Program;
  readonly conventions: Conventions;
  /** Layers whose neurons subtract a threshold, −b. */
  private readonly thresholds: ReadonlySet<number>;

  constructor(program: Program, conventions: Conventions) {
    this.program = program;
    this.conventions = conventions;
    const layers = program.network.layers.map((_, layer) => layer);
    // Neurons: a bias added to weighted inputs, and an activation function behind it.
    const neurons = layers.filter(
      (layer) =>
        callOf(program, `layers.${layer}.z`)?.inputs.bias === `layers.${layer}.bias` &&
        program.slots.has(`layers.${layer}.a`) &&
        !isScale(program.network, layer),
    );
    this.thresholds = new Set(conventions.bias === 'threshold' ? neurons : []);
  }

  /** Whether any sign differs from the program's. */
  get changesSigns(): boolean {
    return this.conventions.delta === 'negated' || this.thresholds.size > 0;
  }

  /** Whether the notation means minus the quantity: −∂C/∂z by δ, a threshold −b and what is derived from it. */
  isNegated(slot: string): boolean {
    const [, layer, base, suffix = ''] = /^layers\.(\d+)\.([^.]+)(?:\.(.+))?$/.exec(slot) ?? [];
    if (base === 'delta') return this.conventions.delta === 'negated';
    return base === 'bias' && this.thresholds.has(Number(layer)) && !even.test(suffix);
  }

  /** What a neuron's weighted input is made of where the notation has thresholds: the sum without the bias, and the bias. */
  thresholdOf(slot: string): { readonly sum: string; readonly bias: string } | undefined {
    const [, layer] = /^layers\.(\d+)\.z$/.exec(slot) ?? [];
    if (layer === undefined || !this.thresholds.has(Number(layer))) return undefined;
    return { sum: `layers.${layer}.sum`, bias: `layers.${layer}.bias` };
  }

  /** The slot of the program that one of the notation's own is made from: z of a sum, the parameter of an increment. */
  sourceOf(slot: string): string {
    return slot.replace(/^(layers\.\d+)\.sum$/, '$1.z').replace(/\.step$/, '');
  }

  /** The parameter that a slot is the next value of, where the notation forms its increment first. */
  incrementOf(slot: string): { readonly parameter: string; readonly increment: string } | undefined {
    if (this.conventions.update === 'direct') return undefined;
    const to = this.program.carries.find(({ from }) => from === slot)?.to;
    const isTrained =
      to !== undefined && slotOf(this.program, to).role === 'parameter' && this.program.slots.has(`${to}.grad`);
    return isTrained ? { parameter: to, increment: `${to}.step` } : undefined;
  }

  /** Whether the notation's matrix of a slot is the transpose of the program's. */
  isTransposed(slot: string): boolean {
    const found = this.program.slots.get(this.sourceOf(slot));
    if (found === undefined) return false;
    if (found.perSample) return this.conventions.samples === 'rows' && found.shape.length === 1;
    return this.conventions.weights === 'from' && found.shape.length === 2 && /^layers\.\d+\.weight(\.|$)/.test(slot);
  }
}
