// Which part of the drawing a quantity belongs to, which quantities a part has, and what a quantity was computed from.
import type { Derivation } from 'chainrule/explain';
import { type Place, placeNamed, placeOf, quantityName } from '../common/drawing/places.ts';

type Program = Derivation['program'];

/** The slot behind a name, aliases followed; undefined where there is none. */
export const slotNamed = (program: Program, name: string) => program.slots.get(program.aliases.get(name) ?? name);

/** The part of the drawing that shows a quantity, by its name: the weight of a gradient, the neuron of a weighted input. */
export function partOf(name: string): string {
  const place = placeNamed(name);
  const match = /^(layers\.\d+\.)(\w+)/.exec(place?.slot ?? '');
  if (place === undefined || match === null)
    return place?.slot.startsWith('loss.') && place.slot !== 'loss.terms' ? 'loss' : name;
  const [, layer, base] = match;
  if (base === 'weight' || base === 'bias') return nameLike(name, `${layer}${base}`, place);
  return base === 'delta' ? name : nameLike(name, `${layer}a`, place);
}

function nameLike(name: string, slot: string, { index }: Place): string {
  const prefix = /^samples\.\d+\./.exec(name)?.[0] ?? '';
  return prefix + quantityName({ slot, index, sample: null }, 1);
}

/** What a quantity means, where a sentence can say it. */
const meanings = ['input', 'target', 'z', 'a', 'delta', 'weight', 'bias', 'grad', 'next', 'term', 'loss'] as const;
export type Meaning = (typeof meanings)[number];

/** The meaning of a slot's quantities. */
export function meaningOf(slot: string): Meaning | undefined {
  const name = slot === 'loss.terms' ? 'term' : slot.replace(/^layers\.\d+\./, '');
  const last = /^(?:weight|bias)\.(grad|next)$/.exec(name)?.[1] ?? name;
  return meanings.find((one) => one === last);
}

/** The quantities of the part that a quantity belongs to, in the order of computing: w, ∂C/∂w, w⁺; z, a, δ. */
export function siblingsOf({ program, samples }: Derivation, name: string): string[] {
  const place = placeNamed(name);
  const match = /^(layers\.\d+\.)(\w+)/.exec(place?.slot ?? '');
  if (place === undefined || match === null) return [name];
  const [, layer, base] = match;
  const isParameter = base === 'weight' || base === 'bias';
  const slots = isParameter
    ? [...program.slots.keys()].filter((slot) => slot === layer + base || slot.startsWith(`${layer}${base}.`))
    : ['z', 'a', 'delta'].map((one) => layer + one).filter((slot) => program.slots.has(slot));
  const fitting = slots.filter(
    (slot) => place.index.length === 0 || program.slots.get(slot)?.shape.length === place.index.length,
  );
  return fitting.map((slot) => quantityName({ ...place, slot }, samples));
}

/** Whether a name is one of a quantity of this program, in range. */
export function isQuantity({ program, samples }: Derivation, name: string): boolean {
  const place = placeNamed(name);
  const slot = place && slotNamed(program, place.slot);
  if (place === undefined || slot === undefined) return false;
  const { index, sample } = place;
  if (index.length > 0 && (index.length !== slot.shape.length || index.some((i, axis) => i >= slot.shape[axis])))
    return false;
  return sample === null ? !slot.perSample || samples === 1 : slot.perSample && samples > 1 && sample < samples;
}

/** The index of a number in a tensor, by its position in row-major order. */
export function indexAt(shape: readonly number[], position: number): number[] {
  let rest = position;
  const index = shape.toReversed().map((axis) => {
    const i = rest % axis;
    rest = Math.floor(rest / axis);
    return i;
  });
  return index.reverse();
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((total, axis) => total * axis, 1);

/** Every place of a slot, of one sample where it has several. */
export function placesOf(program: Program, slotName: string, sample: number): Place[] {
  const slot = slotNamed(program, slotName);
  if (slot === undefined) return [];
  const { name, shape, perSample } = slot;
  return Array.from({ length: sizeOf(shape) }, (_, i) => placeOf(name, indexAt(shape, i), perSample ? sample : null));
}

/** The first number that is not finite, in the order of computing, of the slots that are known. */
export function firstNotFinite({ program, values }: Derivation, isKnown: (slot: string) => boolean): Place | undefined {
  for (const { output } of program.calls.filter(({ output }) => isKnown(output) && !isHidden(output))) {
    const found = values(output).findIndex((value) => !Number.isFinite(value));
    const slot = slotNamed(program, output);
    if (found < 0 || slot === undefined) continue;
    const size = sizeOf(slot.shape);
    return placeOf(output, indexAt(slot.shape, found % size), slot.perSample ? Math.floor(found / size) : null);
  }
  return undefined;
}

/** Whether a slot is a step on the way to others that derivations write out there: ∂C/∂a. */
export const isHidden = (slot: string): boolean => /^input\.grad$|\.a\.grad$/.test(slot);
