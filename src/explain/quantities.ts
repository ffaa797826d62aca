// The public names of quantities, `samples.2.layers.0.weight.grad[1,3]`, read and written.
import { ChainruleError } from '../errors.ts';
import { showShape } from '../memory/index.ts';
import { type Program, type Slot, slotOf } from '../plan/index.ts';
import type { Element } from '../symbolic/index.ts';

/** The name of one element: its slot, its index where it has one, its sample where the batch has several. */
export function quantityName({ slot, index, sample }: Element, samples: number): string {
  const prefix = samples > 1 && sample !== null ? `samples.${sample}.` : '';
  return `${prefix}${slot}${index.length > 0 ? `[${index.join(',')}]` : ''}`;
}

/**
 * The elements a name stands for: one where it has an index, all of the slot's where it has none.
 * @throws ChainruleError `unknown-name` for a quantity, `bad-option` for an index or sample that there is not
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
  const slot = slotOf(program, base);
  if (sample !== undefined && Number(sample) >= samples) {
    throw new ChainruleError(
      'bad-option',
      `${name}: there is no sample ${sample}; the batch has samples 0 to ${samples - 1}.`,
    );
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
  const last = shape.map((axis) => axis - 1).join(',');
  throw new ChainruleError(
    'bad-option',
    `${name} is out of range: its shape is ${showShape(shape)}, so the last index is [${last}].`,
  );
}
