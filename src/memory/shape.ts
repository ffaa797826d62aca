// Shapes and the order of elements in memory: row-major, no strides.

/** Sizes of a tensor's axes, outermost first; `[]` is a single number. */
export type Shape = readonly number[];

/** How many numbers a tensor of this shape holds. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, axis) => product * axis, 1);
}

/** Whether two shapes are the same. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((axis, i) => axis === b[i]);
}

/** The place of an element in row-major order: [1, 2] in a [3, 4] tensor is 6. */
export function offsetOf(shape: Shape, index: readonly number[]): number {
  return shape.reduce((offset, axis, i) => offset * axis + index[i], 0);
}

/** The index of the element at `offset` in row-major order: the inverse of {@link offsetOf}. */
export function indexOf(shape: Shape, offset: number): number[] {
  const index: number[] = new Array(shape.length);
  let rest = offset;
  for (let i = shape.length - 1; i >= 0; i--) {
    index[i] = rest % shape[i];
    rest = Math.floor(rest / shape[i]);
  }
  return index;
}

/** Written as people do: `[3, 4]`. */
export function showShape(shape: Shape): string {
  return `[${shape.join(', ')}]`;
}
