// A stretch of a program between two of its slots: one given instead of computed, the other read, all else as it was.
import { type Executable, referenceBackend } from '../backends/index.ts';
import type { Samples } from '../memory/index.ts';
import { type Call, lower, type Program, type Slot, slotOf } from '../plan/index.ts';
import type { StepRun } from './step-run.ts';

/** What a slot would be if another one had other values. */
export class Segment {
  private readonly executable: Executable;
  private readonly data: Samples;
  private readonly rows: Uint32Array;
  private readonly given: string;
  private readonly wanted: string;

  /** @param run the program's run, which gives every slot that the stretch reads and does not compute */
  constructor(program: Program, data: Samples, run: StepRun, given: string, wanted: string) {
    this.given = slotOf(program, given).name;
    this.wanted = slotOf(program, wanted).name;
    this.data = data;
    this.rows = Uint32Array.from({ length: data.inputs.count }, (_, s) => s);
    const calls = between(program.calls, this.given, this.wanted);
    const written = new Set(calls.map(({ output }) => output));
    const read = new Set(calls.flatMap(({ inputs }) => Object.values(inputs)).filter((name) => !written.has(name)));
    const slots = new Map([...program.slots].map(([name, slot]) => [name, read.has(name) ? asInput(slot) : slot]));
    const part: Program = { ...program, slots, calls, carries: [], simplifications: [] };
    this.executable = referenceBackend().prepare(lower(part, { keep: [this.wanted] }), this.rows.length);
    for (const name of read) this.executable.write(name, run.values(name));
  }

  /** The wanted slot's values for these values of the given one. */
  at(values: ArrayLike<number>): Float64Array {
    this.executable.write(this.given, values);
    this.executable.run(this.data, this.rows);
    return Float64Array.from(this.executable.read(this.wanted));
  }
}

const asInput = (slot: Slot): Slot => ({ ...slot, role: 'input' });

/** The calls by which the one slot depends on the other, in the order of computing. */
function between(calls: readonly Call[], given: string, wanted: string): Call[] {
  const reached = new Set([given]);
  const after = calls.filter(({ inputs, output }) => {
    if (output === given || !Object.values(inputs).some((name) => reached.has(name))) return false;
    reached.add(output);
    return true;
  });
  const needed = new Set([wanted]);
  const before = after.toReversed().filter(({ inputs, output }) => {
    if (!needed.has(output)) return false;
    for (const name of Object.values(inputs)) needed.add(name);
    return true;
  });
  return before.reverse();
}
