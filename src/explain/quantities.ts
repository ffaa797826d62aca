// The public names of quantities, `samples.2.layers.0.weight.grad[1,3]`, read and written.
import { ChainruleError, nearest } from '../errors.ts';
import type { Program, Slot } from '../plan/index.ts';
import type { Element } from '../symbolic/index.ts';

/** The name of one element: its slot, its index where it has one, its sample where the batch has several. */
export function quantityName({ slot, index, sample }: Element, samples: number): string {
  const prefix = samples > 1 && sample !== null ? `samples.${sample}.` : '';
  return `${prefix}${slot}${index.length > 0 ? `[${index.join(',')}]` : ''}`;
}

/**
 * The elements a name stands for: one where it has an index, all of the slot's where it has none.
 * @throws ChainruleError `unknown-name` for a quantity, with the nearest and those of its layer; `bad-option` for an index or
 * sample that there is not
 */
export function elementsNamed(program: Program, name: string, samples: number): Element[] {
  const match = /^(?:samples\.(\d+)\.)?([^[\]]+)(?:\[([\d,\s]*)\])?$/.exec(name.trim());
  if (match === null) {
    throw new ChainruleError(
      'unknown-name',
      `"${name}" is no name of a quantity; write it like layers.0.weight.grad[0,1].`,
    );
  }
  const [, sample, base, index] = match;
  const slot = slotNamed(program, base);
  if (sample !== undefined && Number(sample) >= samples) {
    throw new ChainruleError(
      'bad-option',
      `${name}: there is no sample ${sample}; the batch has ${samples === 1 ? 'sample 0 only' : `samples 0 to ${samples - 1}`}.`,
    );
  }
  if (sample !== undefined && !slot.perSample) {
    throw new ChainruleError('bad-option', `${name}: ${base} is one for the whole batch; leave samples.${sample} out.`);
  }
  const chosen = sample === undefined ? Array.from({ length: samples }, (_, s) => s) : [Number(sample)];
  const indices = index === undefined ? allIndices(slot.shape) : [checkedIndex(index, slot, name)];
  const sampleNumbers: (number | null)[] = slot.perSample ? chosen : [null];
  return sampleNumbers.flatMap((s) =>
    indices.map((i): Element => ({ kind: 'element', slot: slot.name, index: i, sample: s })),
  );
}

/** Every index of a shape, in row-major order. */
export function allIndices(shape: readonly number[]): number[][] {
  return shape.reduce<number[][]>(
    (indices, axis) => indices.flatMap((index) => Array.from({ length: axis }, (_, i) => [...index, i])),
    [[]],
  );
}

function checkedIndex(text: string, { shape }: Slot, name: string): number[] {
  const index = text.split(',').map((part) => Number.parseInt(part, 10));
  if (index.length === shape.length && index.every((i, axis) => i >= 0 && i < shape[axis])) return index;
  const base = name.slice(0, name.indexOf('['));
  const there = shape.length === 0 ? `it is a single number, ${base}` : `there are ${base}${range(shape)}`;
  throw new ChainruleError('bad-option', `${name} is out of range: ${there}.`);
}

/** The slot of a public name, aliases followed. */
function slotNamed(program: Program, name: string): Slot {
  const slot = program.slots.get(program.aliases.get(name) ?? name);
  if (slot !== undefined) return slot;
  const names = [...program.slots.keys(), ...program.aliases.keys()];
  const guess = nearest(name, names);
  throw new ChainruleError(
    'unknown-name',
    `there is no quantity "${name}"${guess === undefined ? '' : ` (did you mean "${guess}"?)`}; ${neighbours(program, name, guess)}.`,
  );
}

/** What there is in the layer that a name speaks of, or that the nearest name does. */
function neighbours(program: Program, name: string, guess: string | undefined): string {
  const { layers } = program.network;
  const [first, number] = name.split('.');
  const guessed = /^layers\.(\d+)/.exec(guess ?? '')?.[1];
  const layer = first === 'layers' && number !== undefined && Number(number) in layers ? number : guessed;
  if (layer === undefined || (first === 'layers' && Number(number) >= layers.length)) {
    const others = ['input', 'target', 'loss.terms', 'loss'].map((one) => named(one, program));
    return `there are ${others.join(', ')} and those of layers.0${layers.length > 1 ? ` to layers.${layers.length - 1}` : ''}`;
  }
  return `layers.${layer} has ${quantitiesOf(program, `layers.${layer}.`).join(', ')}`;
}

/** A layer's quantities with their ranges; what belongs to another of them, such as `.grad`, behind that one. */
function quantitiesOf(program: Program, prefix: string): string[] {
  const own = [...program.slots.keys(), ...program.aliases.keys()]
    .filter((slot) => slot.startsWith(prefix))
    .map((slot) => slot.slice(prefix.length));
  return own
    .filter((slot) => !slot.includes('.'))
    .map((base) => {
      const parts = own.filter((slot) => slot.startsWith(`${base}.`)).map((slot) => slot.slice(base.length));
      return named(base, program, prefix) + (parts.length === 0 ? '' : ` (also ${parts.join(', ')})`);
    });
}

function named(name: string, program: Program, prefix = ''): string {
  const slot = program.slots.get(program.aliases.get(prefix + name) ?? prefix + name);
  return name + (slot === undefined ? '' : range(slot.shape));
}

/** `[0…1, 0…783]` */
function range(shape: readonly number[]): string {
  if (shape.length === 0) return '';
  return `[${shape.map((axis) => (axis === 1 ? '0' : `0…${axis - 1}`)).join(', ')}]`;
}
