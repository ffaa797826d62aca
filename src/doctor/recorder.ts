// A backend that looks on: it hands steps to another, and keeps every quantity of the last ones, on the reference backend.
// Training cannot tell the difference, so that whatever decides its steps (order, schedule, masks) is as it was.
import { type Backend, type Executable, type Onlooker, onlookingBackend, referenceBackend } from '../backends/index.ts';
import { type FloatArray, offsetOf } from '../memory/index.ts';
import { lower, type Plan, slotOf } from '../plan/index.ts';
import type { Element } from '../symbolic/index.ts';

/** One step with every quantity it computed. */
export interface RecordedStep {
  /** Counted from 1 through all epochs. */
  readonly step: number;
  /** The rows of the data in its batch. */
  readonly rows: Uint32Array;
  readonly values: ReadonlyMap<string, FloatArray>;
}

/** What was recorded. */
export interface Recording {
  readonly plan: Plan;
  readonly steps: readonly RecordedStep[];
}

/** An element's value in a step. */
export function valueIn({ program }: Plan, { values }: RecordedStep, { slot, index, sample }: Element): number {
  const { name, shape } = slotOf(program, slot);
  const position = index.map(Number);
  const place = sample === null ? offsetOf(shape, position) : offsetOf([1, ...shape], [Number(sample), ...position]);
  return values.get(name)?.[place] ?? Number.NaN;
}

/** Records the steps numbered `from` … `to` of a training. */
export class Recorder {
  readonly backend: Backend;
  private readonly from: number;
  private readonly to: number;
  private readonly dtype: Backend['dtype'];
  private readonly steps = new Map<number, RecordedStep>();
  private watching: { readonly plan: Plan; readonly executable: Executable } | undefined;

  constructor(inner: Backend, from: number, to: number) {
    this.from = from;
    this.to = to;
    this.dtype = inner.dtype;
    // Evaluation ends at the loss; only a training carries parameters over.
    this.backend = onlookingBackend(inner, (executable, capacity) =>
      executable.plan.carries.length === 0 ? undefined : this.onlooker(executable, capacity),
    );
  }

  get recording(): Recording | undefined {
    if (this.watching === undefined) return undefined;
    const steps = [...this.steps.values()].sort((a, b) => a.step - b.step);
    return { plan: this.watching.plan, steps };
  }

  private onlooker(inner: Executable, capacity: number): Onlooker {
    const { program } = inner.plan;
    // Everything that training computes is observed, and nothing carried over: each slot keeps the value it was given.
    const { calls } = lower(program, { keep: ['loss'], carry: true });
    const slots = [...new Set(calls.flatMap(({ inputs, output }) => [...Object.values(inputs), output]))];
    const plan = lower(program, { keep: slots, carry: false });
    const executable = referenceBackend(this.dtype).prepare(plan, capacity);
    this.watching = { plan, executable };
    const carried = program.carries.map(({ to }) => to).filter((slot) => plan.places.has(slot));
    return {
      from: this.from,
      to: this.to,
      written(slot, values) {
        if (plan.places.has(slot)) executable.write(slot, values);
      },
      before: ({ step, data, rows }) => {
        for (const slot of carried) executable.write(slot, inner.read(slot));
        if (plan.places.has('step')) executable.write('step', [step]);
        executable.run(data, rows);
        const values = new Map(slots.map((name) => [name, executable.read(name)]));
        this.steps.set(step, { step, rows: rows.slice(), values });
      },
    };
  }
}
