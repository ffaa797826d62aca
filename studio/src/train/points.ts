// The points of the plane on a canvas: classes by shape and colour, numbers by colour; points kept for testing are hollow.
import { placeOnScale, rgbOf, signedScale } from '../common/charts/colours.ts';
import { freshCanvas } from '../common/charts/paint.ts';
import { colourOf } from '../common/charts/theme-colours.svelte.ts';
import type { PreparedData } from '../common/training/prepared.ts';
import type { ToyPoint } from '../common/training/toy-data.ts';

interface Look {
  /** CSS pixels along one side. */
  readonly side: number;
  /** Whether targets are numbers, and the largest of them. */
  readonly numbers: boolean;
  readonly largest: number;
}

/** Draws all points anew. */
export function paintPoints(
  canvas: HTMLCanvasElement,
  { training, test }: NonNullable<PreparedData['plane']>,
  look: Look,
): void {
  const context = freshCanvas(canvas, look.side, look.side);
  if (context === undefined) return;
  const size = Math.max(2.5, look.side / 110);
  const colour = colours(look);
  context.lineWidth = 1.2;
  for (const [points, hollow] of [
    [training, false],
    [test, true],
  ] as const) {
    for (const point of points) {
      context.beginPath();
      outline(context, point, look, size);
      context.fillStyle = hollow ? colourOf('background') : colour(point.target);
      context.strokeStyle = hollow ? colour(point.target) : colourOf('background');
      context.fill();
      context.stroke();
    }
  }
}

function colours({ numbers, largest }: Look): (target: number) => string {
  const [negative, positive] = [colourOf('negative'), colourOf('positive')];
  if (!numbers) return (target) => (target > 0.5 ? positive : negative);
  const scale = signedScale(rgbOf(negative), rgbOf(colourOf('quiet')), rgbOf(positive));
  return (target) => {
    const at = placeOnScale(target / largest);
    return `rgb(${scale[at]} ${scale[at + 1]} ${scale[at + 2]})`;
  };
}

function outline(
  context: CanvasRenderingContext2D,
  { at, target }: ToyPoint,
  { side, numbers }: Look,
  size: number,
): void {
  const [x, y] = [((at[0] + 1) / 2) * side, ((1 - at[1]) / 2) * side];
  if (numbers || target < 0.5) {
    context.arc(x, y, size, 0, 2 * Math.PI);
    return;
  }
  context.moveTo(x, y - 1.2 * size);
  context.lineTo(x + 1.1 * size, y + 0.8 * size);
  context.lineTo(x - 1.1 * size, y + 0.8 * size);
  context.closePath();
}
