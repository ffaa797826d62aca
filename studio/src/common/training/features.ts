// What a network is given of a point of the plane: its coordinates and functions of them.

/** The functions by the names they are shown and kept under; each of about the size of the coordinates, which are in −1 … 1. */
export const features = {
  x: (x: number) => x,
  y: (_: number, y: number) => y,
  'x²': (x: number) => x * x,
  'y²': (_: number, y: number) => y * y,
  xy: (x: number, y: number) => x * y,
  'sin 2πx': (x: number) => Math.sin(2 * Math.PI * x),
  'sin 2πy': (_: number, y: number) => Math.sin(2 * Math.PI * y),
} as const;

export type Feature = keyof typeof features;

/** Their names, in the order they are shown and given to the network. */
export const featureNames: readonly Feature[] = ['x', 'y', 'x²', 'y²', 'xy', 'sin 2πx', 'sin 2πy'];

/** A list of points as the network's inputs, one row a point: its chosen features in turn. */
export function featureRows(points: readonly (readonly [number, number])[], chosen: readonly Feature[]): Float64Array {
  const rows = new Float64Array(points.length * chosen.length);
  for (const [i, [x, y]] of points.entries()) {
    for (const [k, name] of chosen.entries()) rows[i * chosen.length + k] = features[name](x, y);
  }
  return rows;
}

/** The middles of `side` × `side` cells of the square −1 … 1, row after row from the top left. */
export function gridPoints(side: number): [number, number][] {
  const middle = (i: number) => -1 + (2 * i + 1) / side;
  return Array.from({ length: side * side }, (_, i) => [middle(i % side), -middle(Math.floor(i / side))]);
}
