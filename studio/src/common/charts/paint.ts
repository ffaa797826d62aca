// Painting numbers as small images on canvases. What the numbers are is their callers' business.
import { placeOnScale } from './colours.ts';
import type { Palette } from './theme-colours.svelte.ts';

/** Paints `width` × `height` numbers of −1 … 1, one a pixel, over the whole canvas. */
export function paintNumbers(
  canvas: HTMLCanvasElement,
  palette: Palette,
  [width, height]: readonly [number, number],
  value: (index: number) => number,
): void {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext('2d');
  if (context === null) return;
  const image = context.createImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    const at = placeOnScale(value(i));
    for (let channel = 0; channel < 4; channel++) image.data[4 * i + channel] = palette[at + channel];
  }
  context.putImageData(image, 0, 0);
}

/** Makes a canvas as fine as the screen where it is `width` × `height` CSS pixels, and clears it; undefined without a context. */
export function freshCanvas(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
): CanvasRenderingContext2D | undefined {
  const ratio = devicePixelRatio || 1;
  const [wide, high] = [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))];
  if (canvas.width !== wide) canvas.width = wide;
  if (canvas.height !== high) canvas.height = high;
  const context = canvas.getContext('2d');
  if (context === null) return undefined;
  context.setTransform(wide / width, 0, 0, high / height, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}
