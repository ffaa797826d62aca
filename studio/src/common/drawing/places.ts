// A quantity's place in a step, and its public name: `samples.2.layers.0.a[1]`.

/** One number of a slot, or with an empty index all of a slot that has one; `sample` is null where it is the batch's. */
export interface Place {
  readonly slot: string;
  readonly index: readonly number[];
  readonly sample: number | null;
}

export const placeOf = (slot: string, index: readonly number[], sample: number | null): Place => ({
  slot,
  index,
  sample,
});

/** The public name; the sample is named where the batch has several. */
export function quantityName({ slot, index, sample }: Place, samples: number): string {
  const prefix = samples > 1 && sample !== null ? `samples.${sample}.` : '';
  return `${prefix}${slot}${index.length > 0 ? `[${index.join(',')}]` : ''}`;
}

/** The place of a public name; undefined where it is none. */
export function placeNamed(name: string): Place | undefined {
  const match = /^(?:samples\.(\d{1,9})\.)?([A-Za-z]\w*(?:\.\w+)*)(?:\[(\d{1,9}(?:,\d{1,9})*)\])?$/.exec(name);
  if (match === null) return undefined;
  const [, sample, slot, index] = match;
  return {
    slot,
    index: index?.split(',').map(Number) ?? [],
    sample: sample === undefined ? null : Number(sample),
  };
}
