// What layers over images share: options given as a number or a pair, and how a window fits into an image.
import * as z from 'zod/mini';
import { ChainruleError } from '../errors.ts';
import { placesOf, type Slide, slides, type WindowAttributes } from '../kernels/window.ts';
import { type Shape, showShape } from '../memory/index.ts';
import { count, size } from '../options.ts';

/** One number for both axes, or [vertical, horizontal]. */
export type NumberOrPair = number | readonly [number, number];

/** A size along both axes. */
export const sizes = z.union([size, z.tuple([size, size])], {
  error: 'a positive integer, or a pair [height, width] of them, is expected',
});

/** Pixels of padding on both sides of each axis, none (`valid`), or as many as keep the size at stride 1 (`same`). */
export const paddings = z.union([count, z.tuple([count, count]), z.enum(['valid', 'same'])], {
  error: 'an integer from 0, a pair [vertical, horizontal] of them, "valid" or "same" is expected',
});

/** Both numbers of a pair. */
export const pair = (value: NumberOrPair): readonly [number, number] =>
  typeof value === 'number' ? [value, value] : value;

/** A layer's window as people choose it. */
export interface WindowOptions {
  readonly size: NumberOrPair;
  readonly stride: NumberOrPair;
  readonly padding: NumberOrPair | 'valid' | 'same';
}

/** The attributes that a window's kernels take, for images of this shape. */
export function windowAttributes(input: Shape, options: WindowOptions): WindowAttributes {
  const [size, stride] = [pair(options.size), pair(options.stride)];
  const [top, bottom] = paddingOf(options.padding, 0, input[1], size[0], stride[0]);
  const [left, right] = paddingOf(options.padding, 1, input[2], size[1], stride[1]);
  return { size, stride, padding: [top, bottom, left, right] };
}

/** Padding before and after an axis. `same` gives ⌈length / stride⌉ places; an odd pixel of it goes after. */
function paddingOf(
  padding: WindowOptions['padding'],
  axis: 0 | 1,
  length: number,
  size: number,
  stride: number,
): readonly [number, number] {
  if (padding === 'valid') return [0, 0];
  if (padding !== 'same') return [pair(padding)[axis], pair(padding)[axis]];
  const all = Math.max(0, (Math.ceil(length / stride) - 1) * stride + size - length);
  return [Math.floor(all / 2), Math.ceil(all / 2)];
}

/**
 * How many places a window has, [rows, columns]. Rows and columns that a stride leaves over are not looked at.
 * @param layer the layer's type, and what its window is called: for the error's sentence
 * @throws ChainruleError `bad-shape` where the input is no image, or the window does not fit into it
 */
export function placesIn(input: Shape, options: WindowOptions, layer: string, name: string): readonly [number, number] {
  requireImage(input, layer);
  const [vertical, horizontal] = slides(input, windowAttributes(input, options));
  const places = [placesOf(vertical), placesOf(horizontal)] as const;
  if (places[0] > 0 && places[1] > 0) return places;
  const [height, width] = pair(options.size);
  const padded = [vertical, horizontal].map(({ length, before, after }) => length + before + after).join(' × ');
  const remedy = layer === 'conv2d' ? `a smaller ${name} or more padding` : `a smaller ${name}`;
  throw new ChainruleError(
    'bad-shape',
    `a ${name} of ${height} × ${width} does not fit into images of ${padded}${layer === 'conv2d' ? ' (padding counted)' : ''}; use ${remedy}.`,
  );
}

/** Rows and columns at the end of an image that no place of the window covers, because its stride leaves them over. */
export function leftOverIn(input: Shape, options: WindowOptions): readonly [number, number] {
  const [vertical, horizontal] = slides(input, windowAttributes(input, options));
  const unseen = ({ length, size, stride, before, after }: Slide) =>
    Math.max(0, ((length + before + after - size) % stride) - after);
  return [unseen(vertical), unseen(horizontal)];
}

/** @throws ChainruleError `bad-shape` where the input is not `[channels, height, width]` */
export function requireImage(input: Shape, layer: string): void {
  if (input.length === 3) return;
  throw new ChainruleError(
    'bad-shape',
    `a ${layer} layer takes images [channels, height, width], not an input of shape ${showShape(input)}; give the network images, and put the layer before any flatten or dense layer.`,
  );
}
