// Strokes of a pen as an image like those of a data set of digits: fitted into a box, smooth at the edges, centred as they are.

/** A point of a stroke, in any unit; the image does not depend on where or how large it was drawn. */
export type InkPoint = readonly [x: number, y: number];

/** How a data set's digits lie in their images. */
export interface InkStyle {
  /** Pixels along one side of the image. */
  readonly side: number;
  /** The side of the box that the digit is fitted into, its proportions kept. */
  readonly box: number;
  /** Half the width of the pen, in pixels of the image. */
  readonly pen: number;
  /** Where the ink's centre of mass lies, both across and down; the middle of its box lies in the middle unless given. */
  readonly mass?: number;
}

/**
 * MNIST's: 20 × 20 in 28 × 28, the centre of mass in the middle (LeCun, Cortes, Burges), which in their images is that of pixel 14.
 * With this pen a digit has about as much ink as theirs.
 */
export const mnistInk: InkStyle = { side: 28, box: 20, pen: 1.3, mass: 14.5 };

/** The 8 × 8 digits fill their images. */
export const digitsInk: InkStyle = { side: 8, box: 8, pen: 0.62 };

/** Ink of 0 … 1 in each pixel, row after row; all 0 where there are no strokes. */
export function inkImage(strokes: readonly (readonly InkPoint[])[], style: InkStyle): Float64Array {
  const points = strokes.flat();
  if (points.length === 0) return new Float64Array(style.side ** 2);
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const reach = style.box - 2 * style.pen;
  const scale = reach / Math.max(right - left, bottom - top, 1e-9);
  const middle = style.side / 2;
  const placed = (dx: number, dy: number) =>
    strokes.map((stroke) =>
      stroke.map(
        ([x, y]): InkPoint => [
          middle + dx + (x - (left + right) / 2) * scale,
          middle + dy + (y - (top + bottom) / 2) * scale,
        ],
      ),
    );
  const image = drawn(placed(0, 0), style);
  if (style.mass === undefined) return image;
  const [x, y] = centreOfMass(image, style.side);
  return drawn(placed(style.mass - x, style.mass - y), style);
}

/** Each pixel's ink: all of it inside the pen's width, none a pixel further out. */
function drawn(strokes: readonly (readonly InkPoint[])[], { side, pen }: InkStyle): Float64Array {
  const image = new Float64Array(side * side);
  for (const stroke of strokes) {
    for (const [i, from] of stroke.entries()) {
      const to = stroke[i + 1] ?? from;
      const reach = pen + 1;
      const rows = span(from[1], to[1], reach, side);
      const columns = span(from[0], to[0], reach, side);
      for (let row = rows[0]; row <= rows[1]; row++) {
        for (let column = columns[0]; column <= columns[1]; column++) {
          const ink = Math.max(0, Math.min(1, pen + 0.5 - distance([column + 0.5, row + 0.5], from, to)));
          const at = row * side + column;
          if (ink > image[at]) image[at] = ink;
        }
      }
    }
  }
  return image;
}

/** The first and last pixel that ink between two places may touch. */
function span(a: number, b: number, reach: number, side: number): [number, number] {
  return [Math.max(0, Math.floor(Math.min(a, b) - reach)), Math.min(side - 1, Math.ceil(Math.max(a, b) + reach))];
}

/** How far a point is from a line between two others. */
function distance([x, y]: InkPoint, [ax, ay]: InkPoint, [bx, by]: InkPoint): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length));
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}

function centreOfMass(image: Float64Array, side: number): InkPoint {
  let [mass, x, y] = [0, 0, 0];
  for (const [i, ink] of image.entries()) {
    mass += ink;
    x += ink * ((i % side) + 0.5);
    y += ink * (Math.floor(i / side) + 0.5);
  }
  return mass === 0 ? [side / 2, side / 2] : [x / mass, y / mass];
}
