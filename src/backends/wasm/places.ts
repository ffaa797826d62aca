// Which slots of a plan share a place in memory, and which calls are done as one because of what nobody looks at.
// Places are only names here; where they lie is layout.ts's business.
import * as kernels from '../../kernels/index.ts';
import { type Call, type Plan, slotOf } from '../../plan/index.ts';
import { keepsOrder } from './images.ts';
import { activationCodes, inPlacePort, samePort, usedInputs } from './kernels.ts';
import { callsOf, type PooledBackward, type PooledConvolution, pooledConvolutions } from './pooled.ts';

/** Which slots lie in one place: what a call only hands on, what it may write over, what a step makes the next of. */
export class Places {
  private readonly plan: Plan;
  private readonly roots = new Map<string, string>();
  private readonly readersOf = new Map<string, Call[]>();
  private readonly handsOn = new Set<Call>();
  private readonly carriedTo: ReadonlyMap<string, string>;
  /** Convolutions that are done with their pooling. */
  readonly pooled: readonly PooledConvolution[];

  constructor(plan: Plan) {
    this.plan = plan;
    this.carriedTo = new Map(plan.carries.map(({ from, to }) => [from, to]));
    for (const call of plan.calls) {
      for (const slot of new Set(usedInputs(call))) this.readersOf.set(slot, [...this.readers(slot), call]);
    }
    this.pooled = pooledConvolutions(plan, this.readers);
    const together = new Set(this.pooled.flatMap(callsOf));
    for (const { pool, backward } of this.pooled) {
      if (backward !== undefined) this.readersOf.set(pool.output, [...this.readers(pool.output), backward.activation]);
    }
    for (const call of plan.calls) if (!together.has(call)) this.join(call);
    for (const { backward } of this.pooled) if (backward !== undefined) this.joinPooled(backward);
  }

  readonly rootOf = (slot: string): string => this.roots.get(slot) ?? slot;

  readonly readers = (slot: string): readonly Call[] => this.readersOf.get(slot) ?? [];

  /** Whether a call makes the next value from the present one, over it. */
  readonly inPlace = (call: Call): boolean => {
    const to = this.carriedTo.get(call.output);
    return this.isCarried(call.output) && Object.values(call.inputs).some((slot) => slot === to);
  };

  isCarried(slot: string): boolean {
    const to = this.carriedTo.get(slot);
    return to !== undefined && this.rootOf(slot) === this.rootOf(to);
  }

  /** Whether a call does nothing, its output being its input. */
  isAlias(call: Call): boolean {
    return this.handsOn.has(call);
  }

  /** The activation that a convolution can carry out itself: nobody else looks at z, whose place a takes. */
  activationOf(call: Call): Call | undefined {
    if (call.kernel !== kernels.convolution && call.kernel !== kernels.convolutionWithoutBias) return undefined;
    return this.readers(call.output).find((reader) => this.takesOver(reader));
  }

  /** Whether a call is an activation that the convolution before it has carried out. */
  isActivated(call: Call): boolean {
    const from = this.takesOver(call) && this.plan.calls.find(({ output }) => output === call.inputs.z);
    return from !== undefined && from !== false && this.activationOf(from) === call;
  }

  private takesOver(call: Call): boolean {
    const { z } = call.inputs;
    return activationCodes.has(call.kernel) && !this.isAlias(call) && this.rootOf(call.output) === this.rootOf(z);
  }

  private join(call: Call): void {
    const same = call.kernel === kernels.reshape && !keepsOrder(this.plan, call) ? undefined : samePort(call);
    const over = inPlacePort(call);
    const to = this.carriedTo.get(call.output);
    if (same !== undefined) {
      this.roots.set(call.output, this.rootOf(call.inputs[same]));
      this.handsOn.add(call);
    } else if (over !== undefined && this.isFree(call.inputs[over], call)) {
      this.roots.set(call.output, this.rootOf(call.inputs[over]));
    } else if (to !== undefined && !this.plan.kept.has(call.output) && this.isReplaceable(to, call)) {
      this.roots.set(call.output, to);
    }
  }

  /** δ takes the place of the pooled map's error, where that is not looked at. */
  private joinPooled({ pool, activation }: PooledBackward): void {
    const error = pool.inputs.delta;
    if (this.isFree(error, pool)) this.roots.set(activation.output, this.rootOf(error));
  }

  /** Whether nobody but `call` needs what lies in the place of `slot`. */
  private isFree(slot: string, call: Call): boolean {
    const root = this.rootOf(slot);
    const sharing = [...this.plan.places.keys()].filter((other) => this.rootOf(other) === root);
    return sharing.every(
      (other) =>
        !this.plan.kept.has(other) &&
        ['activation', 'gradient'].includes(slotOf(this.plan.program, other).role) &&
        this.readers(other).every((reader) => reader === call || this.handsOn.has(reader)),
    );
  }

  /** Whether a call may write over the present value: it works element by element, and nobody reads that value after it. */
  private isReplaceable(to: string, call: Call): boolean {
    const { calls } = this.plan;
    const own = Object.entries(call.inputs).filter(([, slot]) => slot === to);
    const inPlace = own.every(([port]) => call.kernel.inPlace?.includes(port) ?? false);
    const index = calls.indexOf(call);
    return inPlace && this.readers(to).every((reader) => calls.indexOf(reader) <= index);
  }
}
