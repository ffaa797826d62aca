// What a chosen quantity was computed from, back to what is given, as marks of the drawing. It follows the library's derivations.
import type { Derivation } from 'chainrule/explain';
import type { Mark } from '../common/drawing/marks.ts';
import { placeNamed, quantityName } from '../common/drawing/places.ts';
import { partOf, placesOf, slotNamed } from './parts.ts';

/** What quantities are computed from, by their names. */
export type Uses = ReadonlyMap<string, readonly string[]>;

/** What a quantity reads outside its own part of the drawing: an activation reads what the weighted input beside it reads. */
export function readOutside(
  name: string,
  uses: readonly string[],
  usesOf: (names: readonly string[]) => Uses,
): string[] {
  const isInside = (one: string) => partOf(one) === partOf(name);
  const inside = uses.filter(isInside);
  const further = inside.length === 0 ? undefined : usesOf(inside);
  return uses.flatMap((one) => (isInside(one) ? (further?.get(one) ?? []) : [one]));
}

/** Everything that quantities were computed from, one by one. */
export function quantitiesBehind(names: readonly string[], uses: Uses): Set<string> {
  const found = new Set(names.flatMap((name) => uses.get(name) ?? []));
  for (const name of found) for (const used of uses.get(name) ?? []) found.add(used);
  return found;
}

/** Layers of more numbers are drawn as blocks. */
const mostDrawn = 400;

/** The same of a large network: whole slots by the calls that made them, where each of many numbers would be too much. */
export function slotsBehind({ program, samples }: Derivation, names: readonly string[], sample: number): Set<string> {
  const inputs = new Map(program.calls.map((call) => [call.output, Object.values(call.inputs)]));
  const start = names.map((name) => slotNamed(program, placeNamed(name)?.slot ?? '')?.name ?? '');
  const slots = new Set(start.flatMap((slot) => inputs.get(slot) ?? []));
  for (const slot of slots) for (const read of inputs.get(slot) ?? []) slots.add(read);
  return new Set(
    [...slots].flatMap((slot) => {
      const { shape = [], perSample } = slotNamed(program, slot) ?? {};
      const whole = quantityName({ slot, index: [], sample: perSample ? sample : null }, samples);
      if (shape.reduce((total, axis) => total * axis, 1) > mostDrawn) return [whole];
      return [whole, ...placesOf(program, slot, sample).map((place) => quantityName(place, samples))];
    }),
  );
}

/** The marks of a chosen quantity, of what it reads, and of what that was computed from. */
export function marksOf(name: string, near: Iterable<string>, far: Iterable<string>): Map<string, Mark> {
  const marks = new Map<string, Mark>();
  const mark = (names: Iterable<string>, as: Mark) => {
    for (const one of names) {
      const part = partOf(one);
      // A layer that is drawn as a block is marked for each of its numbers.
      for (const drawn of [part, part.replace(/\[.*$/, '')]) if (!marks.has(drawn)) marks.set(drawn, as);
    }
  };
  // A layer as a whole is its block, and what leads into it.
  marks.set(name, 'chosen');
  mark([name], 'chosen');
  mark(near, 'near');
  mark(far, 'far');
  return marks;
}
