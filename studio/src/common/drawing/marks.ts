// What can be said of a drawing's parts beside their values.

/** Chosen by the reader; what that is computed from directly, or further back; or a number that is wrong. */
export type Mark = 'chosen' | 'near' | 'far' | 'wrong';

/** Values moving along the lines, layer after layer. The loss counts as a layer after the last, in two: its terms, and their sum. */
export interface Flow {
  readonly direction: 'forward' | 'backward';
  /** The layers that they move into or, backward, out of. */
  readonly first: number;
  readonly last: number;
}

/** After how many times `--motion` the values set out along the lines into a layer; undefined where none move. */
export function turnOf({ direction, first, last }: Flow, layer: number): number | undefined {
  if (layer < first || layer > last) return undefined;
  return direction === 'forward' ? layer - first : last - layer;
}
