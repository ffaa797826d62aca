// The canonical program made ready to run: safer calls for the loss, dead calls dropped, memory laid out and reused.
// A lowered program computes the same values; what someone wants to read is never dropped or overwritten.
import type { Shape } from '../memory/index.ts';
import { sizeOf } from '../memory/index.ts';
import { type Call, type Program, type Slot, slotOf } from './program.ts';

/** Where a slot lies: in numbers, per sample in the arena of per-sample slots, else in the arena of the others. */
export interface Place {
  readonly offset: number;
  readonly size: number;
  readonly shape: Shape;
  readonly perSample: boolean;
}

/** A program ready for a backend. */
export interface Plan {
  readonly program: Program;
  readonly calls: readonly Call[];
  readonly places: ReadonlyMap<string, Place>;
  /** Numbers per sample, and numbers for the batch, that the arenas hold. */
  readonly perSampleSize: number;
  readonly fixedSize: number;
  /** Slots that stay readable after a run. */
  readonly kept: ReadonlySet<string>;
  /** What becomes what when the step ends; nothing where the plan ends before the update. */
  readonly carries: Program['carries'];
  /** What to copy when a step ends, because it could not be done in place. */
  readonly copies: readonly { readonly from: string; readonly to: string }[];
  /** What lowering did, for `inspect`. */
  readonly dropped: number;
}

/** What a plan is for. */
export interface LowerOptions {
  /** Slots that are read after a run, by their public names. */
  readonly keep: readonly string[];
  /** Whether the step's end makes the next parameters the current ones; false unless given. */
  readonly carry?: boolean;
  /** Whether the loss's simplifications apply; true unless given. */
  readonly simplify?: boolean;
}

/** Lowers a program: the same values for the slots in `keep`, by fewer calls and in less memory. */
export function lower(program: Program, { keep, carry = false, simplify = true }: LowerOptions): Plan {
  const kept = new Set(keep.map((name) => slotOf(program, name).name));
  const carries = carry ? program.carries : [];
  const wanted = new Set([...kept, ...carries.map(({ from }) => from)]);
  const simplified = simplify ? program.calls.map((call) => simplification(program, call) ?? call) : program.calls;
  const calls = withoutDead(simplified, wanted);
  const layout = layOut(program, calls, kept, carries);
  return { program, calls, kept, carries, ...layout, dropped: program.calls.length - calls.length };
}

function simplification(program: Program, call: Call): Call | undefined {
  return program.simplifications.find(({ output }) => output === call.output);
}

/** The calls that something wanted depends on. */
function withoutDead(calls: readonly Call[], wanted: ReadonlySet<string>): Call[] {
  const needed = new Set(wanted);
  const live = calls.toReversed().filter((call) => {
    if (!needed.has(call.output)) return false;
    for (const input of Object.values(call.inputs)) needed.add(input);
    return true;
  });
  return live.reverse();
}

/** Gives every slot a place; a slot that nobody reads any more makes room for the next. */
function layOut(program: Program, calls: readonly Call[], kept: ReadonlySet<string>, carries: Program['carries']) {
  const lastRead = new Map<string, number>();
  for (const [index, call] of calls.entries()) {
    for (const input of Object.values(call.inputs)) lastRead.set(input, index);
  }
  const carriedTo = new Map(carries.map(({ from, to }) => [from, to]));
  const carriedInto = new Set(carriedTo.values());
  const written = new Set(calls.map((call) => call.output));
  const places = new Map<string, Place>();
  const arenas = { perSample: new Arena(), fixed: new Arena() };
  const arenaOf = (slot: Slot) => (slot.perSample ? arenas.perSample : arenas.fixed);
  const put = (slot: Slot, offset: number) =>
    places.set(slot.name, { offset, size: sizeOf(slot.shape), shape: slot.shape, perSample: slot.perSample });

  // Inputs, parameters and states live throughout.
  for (const slot of program.slots.values()) {
    if (![written, lastRead, kept, carriedInto].some((names) => names.has(slot.name))) continue;
    if (['input', 'parameter', 'state'].includes(slot.role)) put(slot, arenaOf(slot).take(sizeOf(slot.shape)));
  }
  const dies = (name: string, index: number) =>
    written.has(name) && !kept.has(name) && !carriedTo.has(name) && (lastRead.get(name) ?? -1) <= index;
  const copies: { from: string; to: string }[] = [];
  for (const [index, call] of calls.entries()) {
    const slot = slotOf(program, call.output);
    const to = carriedTo.get(call.output);
    const overwritable = (port: string) => call.kernel.inPlace?.includes(port) ?? false;
    const inputs = Object.entries(call.inputs);
    const ports = inputs.filter(([, name]) => name === to).map(([port]) => port);
    if (to !== undefined && !kept.has(call.output) && (lastRead.get(to) ?? -1) <= index && ports.every(overwritable)) {
      put(slot, placeIn(places, to).offset);
      continue;
    }
    if (to !== undefined) copies.push({ from: call.output, to });
    const heir = inputs.find(
      ([port, name]) =>
        overwritable(port) &&
        dies(name, index) &&
        sameSize(placeIn(places, name), slot) &&
        inputs.filter(([, other]) => other === name).length === 1,
    );
    put(slot, heir ? placeIn(places, heir[1]).offset : arenaOf(slot).take(sizeOf(slot.shape)));
    const freed = new Set(inputs.map(([, name]) => name).filter((name) => name !== heir?.[1] && dies(name, index)));
    for (const name of freed)
      arenas[placeIn(places, name).perSample ? 'perSample' : 'fixed'].give(placeIn(places, name));
  }
  return { places, copies, perSampleSize: arenas.perSample.size, fixedSize: arenas.fixed.size };
}

const sameSize = (place: Place, slot: Slot) => place.perSample === slot.perSample && place.size === sizeOf(slot.shape);

function placeIn(places: ReadonlyMap<string, Place>, name: string): Place {
  const place = places.get(name);
  if (place === undefined) throw new Error(`slot ${name} has no place`);
  return place;
}

/** A line of numbers from which stretches are taken, first fit, and given back. */
class Arena {
  size = 0;
  private free: { offset: number; size: number }[] = [];

  take(size: number): number {
    const index = this.free.findIndex((stretch) => stretch.size >= size);
    if (index < 0) {
      const offset = this.size;
      this.size += size;
      return offset;
    }
    const { offset, size: found } = this.free[index];
    this.free.splice(index, 1, ...(found > size ? [{ offset: offset + size, size: found - size }] : []));
    return offset;
  }

  give({ offset, size }: { offset: number; size: number }): void {
    const stretches = [...this.free, { offset, size }].sort((a, b) => a.offset - b.offset);
    this.free = [];
    for (const stretch of stretches) {
      const before = this.free[this.free.length - 1];
      if (before !== undefined && before.offset + before.size === stretch.offset) before.size += stretch.size;
      else this.free.push({ ...stretch });
    }
  }
}
