// The reference backend: every kernel's own float64 reference, one after another. Written to be read.
import { ChainruleError } from '../../errors.ts';
import type { View } from '../../kernels/index.ts';
import {
  copyRow,
  copyTarget,
  type Dtype,
  type FloatArray,
  floats,
  type Samples,
  targetWidth,
} from '../../memory/index.ts';
import { type Call, type Place, type Plan, slotOf } from '../../plan/index.ts';
import type { Backend, Executable, StepsResult } from '../backend.ts';

/** Runs plans in float64 (or with float32 slots, for comparison with faster backends). */
export function referenceBackend(dtype: Dtype = 'F64'): Backend {
  return { name: 'reference', dtype, prepare: (plan, capacity) => new ReferenceExecutable(plan, capacity, dtype) };
}

class ReferenceExecutable implements Executable {
  readonly plan: Plan;
  readonly dtype: Dtype;
  readonly fallbacks: readonly string[] = [];
  readonly threads = 1;
  private readonly capacity: number;
  private readonly views = new Map<string, View>();
  private readonly prepared: readonly PreparedCall[];
  private readonly reportsLoss: boolean;
  private samples = 0;

  constructor(plan: Plan, capacity: number, dtype: Dtype) {
    this.plan = plan;
    this.dtype = dtype;
    this.capacity = capacity;
    const fixed = floats(dtype, plan.fixedSize);
    const perSample = allocate(dtype, plan.perSampleSize, capacity);
    for (const [name, place] of plan.places) this.views.set(name, viewOf(place, fixed, perSample, capacity));
    this.prepared = plan.calls.map((call) => this.prepareCall(call));
    this.reportsLoss = plan.calls.some(({ output }) => output === 'loss');
  }

  read(slot: string): FloatArray {
    const { data, shape, perSample } = this.view(slot);
    return perSample ? data.slice(0, this.samples * size(shape)) : data.slice();
  }

  write(slot: string, values: ArrayLike<number>): void {
    this.view(slot).data.set(values);
  }

  run(data: Samples, rows: Uint32Array): void {
    this.gather(data, rows);
    for (const { call, out, inputs } of this.prepared) call.kernel.run(out, inputs, call.attributes, rows.length);
    for (const { from, to } of this.plan.copies) this.view(to).data.set(this.view(from).data);
  }

  runSteps(data: Samples, order: Uint32Array, batch: number, firstStep: number, sum = 0): StepsResult {
    let lossSum = sum;
    let steps = 0;
    for (let start = 0; start < order.length; start += batch) {
      const rows = order.subarray(start, start + batch);
      if (this.views.has('step')) this.write('step', [firstStep + steps]);
      this.run(data, rows);
      steps++;
      const loss = this.reportsLoss ? this.view('loss').data[0] : 0;
      if (!Number.isFinite(loss)) return { steps, lossSum, samples: start, diverged: true };
      lossSum += loss * rows.length;
    }
    return { steps, lossSum, samples: order.length, diverged: false };
  }

  checkpoint(): () => void {
    const saved = this.plan.carries.map(({ to }) => [to, this.view(to).data.slice()] as const);
    return () => {
      for (const [slot, values] of saved) this.write(slot, values);
    };
  }

  dispose(): void {
    this.views.clear();
  }

  private gather({ inputs, targets, weights }: Samples, rows: Uint32Array): void {
    if (rows.length > this.capacity) throw new Error(`a batch of ${rows.length} exceeds the capacity ${this.capacity}`);
    this.samples = rows.length;
    const input = this.views.get('input');
    const target = this.views.get('target');
    const weight = this.views.get('sampleWeight.own');
    for (let i = 0; i < rows.length; i++) {
      if (input) copyRow(inputs, rows[i], input.data, i * inputs.width);
      if (target) copyTarget(targets, rows[i], target.data, i * targetWidth(targets));
      if (weight) weight.data[i] = weights?.[rows[i]] ?? 1;
    }
  }

  private prepareCall(call: Call): PreparedCall {
    const inputs = Object.entries(call.inputs).map(([port, slot]) => [port, this.view(slot)] as const);
    return { call, out: this.view(call.output).data, inputs: Object.fromEntries(inputs) };
  }

  private view(name: string): View {
    const view = this.views.get(slotOf(this.plan.program, name).name);
    if (view === undefined) throw new Error(`slot ${name} was not kept in this plan`);
    return view;
  }
}

interface PreparedCall {
  readonly call: Call;
  readonly out: FloatArray;
  readonly inputs: Readonly<Record<string, View>>;
}

const size = (shape: View['shape']) => shape.reduce((product, axis) => product * axis, 1);

function viewOf(
  { offset, size, shape, perSample }: Place,
  fixed: FloatArray,
  samples: FloatArray,
  capacity: number,
): View {
  const [arena, scale] = perSample ? [samples, capacity] : [fixed, 1];
  return { data: arena.subarray(offset * scale, (offset + size) * scale), shape, perSample };
}

function allocate(dtype: Dtype, perSample: number, capacity: number): FloatArray {
  try {
    return floats(dtype, perSample * capacity);
  } catch (error) {
    const bytes = perSample * capacity * (dtype === 'F64' ? 8 : 4);
    throw new ChainruleError(
      'bad-option',
      `a batch of ${capacity} needs ${Math.ceil(bytes / 2 ** 20)} MiB, more than can be had; use a smaller batch.`,
      { cause: error },
    );
  }
}
