// How a window of a convolution or pooling moves over an image: which pixels each of its places covers. No kernel by itself.
import type { Shape } from '../memory/index.ts';
import { add, type Expression, type Index, number } from '../symbolic/index.ts';
import type { Attributes } from './kernel.ts';

/** A window's movement along one axis; it stops where it would no longer fit. */
export interface Slide {
  /** How many pixels the axis has. */
  readonly length: number;
  /** How many the window covers. */
  readonly size: number;
  /** How far it moves from one place to the next. */
  readonly stride: number;
  /** Pixels of padding before the first and after the last. */
  readonly before: number;
  readonly after: number;
}

/** A pixel under a window: its position on the axis, and its offset from the window's first pixel. */
export interface Covered {
  readonly position: number;
  readonly offset: number;
}

/** Attributes of a kernel with a window: pairs (vertical, horizontal), and padding at the top, bottom, left and right. */
export interface WindowAttributes extends Attributes {
  readonly size: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly padding: readonly [number, number, number, number];
}

/** How many places a window has along an axis: ⌊(length + before + after − size) / stride⌋ + 1, or 0. */
export function placesOf({ length, size, stride, before, after }: Slide): number {
  return Math.max(0, Math.floor((length + before + after - size) / stride) + 1);
}

/** The movements along both axes of images `[channels, height, width]`. */
export function slides([, height, width]: Shape, attributes: Attributes): readonly [Slide, Slide] {
  const [size, stride] = [list(attributes.size), list(attributes.stride)];
  const [top, bottom, left, right] = list(attributes.padding, [0, 0, 0, 0]);
  return [
    { length: height, size: size[0], stride: stride[0], before: top, after: bottom },
    { length: width, size: size[1], stride: stride[1], before: left, after: right },
  ];
}

/** A list of numbers among attributes. */
export function list(value: Attributes[string] | undefined, otherwise: readonly number[] = [1, 1]): readonly number[] {
  return Array.isArray(value) ? value : otherwise;
}

/** The window's offsets inside the image at `place`: the first, and the one after the last. */
export function offsetsInside({ length, size, stride, before }: Slide, place: number): readonly [number, number] {
  const start = place * stride - before;
  return [Math.max(0, -start), Math.min(size, length - start)];
}

/** The pixels that the window covers at `place`, those of the padding left out. */
export function covered(slide: Slide, place: number): Covered[] {
  const [first, end] = offsetsInside(slide, place);
  const start = place * slide.stride - slide.before;
  return Array.from({ length: Math.max(0, end - first) }, (_, i) => ({
    offset: first + i,
    position: start + first + i,
  }));
}

/** The places at which the window covers a pixel, with the pixel's offset in each. */
export function covering(slide: Slide, position: number): { readonly place: number; readonly offset: number }[] {
  return Array.from({ length: placesOf(slide) }, (_, place) => ({
    place,
    offset: position - (place * slide.stride - slide.before),
  })).filter(({ offset }) => offset >= 0 && offset < slide.size);
}

/** The sum of the terms there are: 0 where no window reaches. */
export function total(terms: readonly Expression[]): Expression {
  return terms.length === 0 ? number(0) : add(...terms);
}

/**
 * An index in numbers. Which pixels lie inside an image has no formula in letters,
 * so the forms of kernels with windows exist for chosen elements only.
 */
export function chosen(index: readonly Index[]): number[] {
  return index.map((i) => {
    if (typeof i === 'number') return i;
    throw new Error(`an element of an image is chosen by numbers, not by the letter ${i}`);
  });
}
