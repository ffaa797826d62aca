// Weights held as W = s V while a tape runs that shrinks them by s alone (wasm/kernels/scaled.ts): which weights these can be, and the
// way between W, which everybody else sees, and s and V.
import * as kernels from '../../kernels/index.ts';
import { numeric } from '../../kernels/index.ts';
import type { Tensor } from '../../memory/index.ts';
import type { Call, Plan } from '../../plan/index.ts';
import type { Engine } from './engine.ts';
import type { GradientGroup } from './gradients.ts';
import { type Layout, padded, panel } from './layout.ts';

/** Numbers of a panel's record: s and Σ v². */
const recordLength = 2;

/** Whether a gradient's update is plain SGD under an L2 penalty, and only `readers` of the input's lists need the weight. */
export function canBeScaled(
  { gradient, penalty, updates, stored }: GradientGroup,
  plan: Plan,
  readers: (slot: string) => readonly Call[],
): boolean {
  const [update, ...others] = updates;
  if (gradient.kernel !== kernels.weightGradient || penalty === undefined || stored !== undefined) return false;
  if (update?.kernel !== kernels.sgdUpdate || others.length > 0 || numeric(penalty.attributes, 'l1') !== 0)
    return false;
  const weight = update.inputs.parameter;
  const isKnown = (call: Call) =>
    call === penalty ||
    call === update ||
    call.kernel === kernels.l2Penalty ||
    ((call.kernel === kernels.affine || call.kernel === kernels.weightedSum) && call.inputs.x === gradient.inputs.x);
  return !plan.kept.has(weight) && readers(weight).every(isKnown);
}

/** One such weight. It is W = V, s = 1 until a tape takes it over. */
export class ScaledWeight {
  readonly slot: string;
  /** Where the panels' records lie. */
  readonly address: number;
  readonly panels: number;
  private readonly engine: Engine;
  private readonly layout: Layout;
  private isScaled = false;

  constructor(slot: string, engine: Engine, layout: Layout) {
    this.slot = slot;
    this.engine = engine;
    this.layout = layout;
    this.panels = Math.ceil(layout.matrix(slot).outputs / panel);
    this.address = layout.reserve(this.panels * recordLength * 8);
  }

  /** Before a tape that holds W as s V. */
  take(): void {
    if (!this.isScaled) this.begin();
    this.isScaled = true;
  }

  /** Before any other: V becomes W. */
  settle(): void {
    if (this.isScaled) this.layout.write(this.slot, this.read());
    this.isScaled = false;
  }

  /** W in its public order. */
  read(): Float32Array {
    const values = this.layout.read(this.slot, 0);
    if (!this.isScaled) return values;
    const [scale] = this.records();
    return values.map((value) => scale * value);
  }

  /** Sets W. */
  write(slot: string, values: ArrayLike<number>): void {
    this.layout.write(slot, values);
    if (this.isScaled) this.begin();
  }

  /** V and the records: W alone is rounded, and training that goes on from it gives other bits. */
  extras(): Record<string, Tensor> {
    if (!this.isScaled) return {};
    return {
      [`${this.slot}.unscaled`]: { shape: this.layout.shape(this.slot), data: this.layout.read(this.slot, 0) },
      [`${this.slot}.scale`]: { shape: [this.panels, recordLength], data: this.records().slice() },
    };
  }

  /** Takes back what {@link extras} gave, if it is what the W that is there now was made from. */
  writeExtras(tensors: Readonly<Record<string, Tensor>>): void {
    const [values, records] = ['unscaled', 'scale'].map((name) => tensors[`${this.slot}.${name}`]?.data);
    if (values === undefined || records?.length !== this.panels * recordLength) return;
    const present = this.read();
    this.layout.write(this.slot, values);
    this.records().set(records);
    this.isScaled = true;
    if (this.read().every((w, i) => w === present[i])) return;
    this.layout.write(this.slot, present);
    this.isScaled = false;
  }

  /** Notes all of it; the function it gives back restores it. */
  checkpoint(): () => void {
    const [saved, wasScaled] = [this.records().slice(), this.isScaled];
    return () => {
      this.records().set(saved);
      this.isScaled = wasScaled;
    };
  }

  /** V = W, s = 1. */
  private begin(): void {
    const { address, bytes, inputs } = this.layout.matrix(this.slot);
    const numbers = this.engine.floats(address, bytes / 4);
    const records = this.records();
    const length = panel * padded(inputs);
    for (let p = 0; p < this.panels; p++) {
      const own = numbers.subarray(p * length, (p + 1) * length);
      records.set([1, own.reduce((sum, v) => sum + v * v, 0)], p * recordLength);
    }
  }

  private records(): Float64Array {
    return this.engine.doubles(this.address, this.panels * recordLength);
  }
}
