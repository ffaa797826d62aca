// Numbers as pictures: an image sample, and the weights of the first layer of a network that sees images.
import type { Dataset, Network, Shape } from 'chainrule';
import { escaped, paragraph, section } from './html.ts';
import { pngUri } from './png.ts';
import type { Words } from './words.ts';

/** An image of numbers from 0 to 1, `[channels, height, width]`, as the address of a picture; three channels are colours. */
export function imageUri(values: ArrayLike<number>, [channels, height, width]: Shape): string {
  const size = height * width;
  const rgba = new Uint8Array(4 * size);
  for (let p = 0; p < size; p++) {
    for (let c = 0; c < 3; c++) rgba[4 * p + c] = byte(values[(channels === 3 ? c : 0) * size + p]);
    rgba[4 * p + 3] = 255;
  }
  return pngUri({ width, height, rgba });
}

const byte = (share: number): number => Math.round(255 * Math.min(1, Math.max(0, share)));

/** One unit's weights on one picture, or one after another for each channel. */
interface Tiles {
  readonly layer: string;
  readonly units: number;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly weights: ArrayLike<number>;
}

const mostTiles = 60;
const columns = 12;

/** The weights of the first layer as pictures; empty where the data is no images. */
export function weightsSection(net: Network, { inputShape }: Dataset, words: Words): string {
  const tiles = tilesOf(net, inputShape);
  if (tiles === undefined) return '';
  const shown = Math.min(tiles.units, Math.max(1, Math.floor(mostTiles / tiles.channels)));
  const note = words.weightsNote(shown, tiles.units, tiles.layer);
  const { uri, width } = grid(tiles, shown);
  const wide = Math.min(900, width * Math.max(1, Math.floor(900 / width)));
  return section(
    words.weights,
    paragraph(note),
    `<img class="pixels" style="max-width:${wide}px" src="${uri}" alt="${escaped(words.weights)}">`,
  );
}

/** The first layer with weights, where its inputs are the pixels themselves. */
function tilesOf({ layers, parameters }: Network, input: Shape): Tiles | undefined {
  if (input.length !== 3) return undefined;
  const first = layers.findIndex((_, i) => Object.hasOwn(parameters, `layers.${i}.weight`));
  if (layers.slice(0, Math.max(0, first)).some(({ type }) => type !== 'flatten')) return undefined;
  const name = `layers.${first}.weight`;
  if (first < 0) return undefined;
  const { shape, data } = parameters[name];
  const place = { layer: `layers.${first}`, units: shape[0], weights: data };
  const [channels, height, width] = shape.length === 4 ? shape.slice(1) : input;
  if (shape.length === 2 || shape.length === 4) return { ...place, channels, height, width };
  return undefined;
}

/** The first units' pictures side by side, with lines of nothing between them. */
function grid({ units: _, channels, height, width, weights }: Tiles, shown: number): { uri: string; width: number } {
  const tiles = shown * channels;
  const across = Math.min(columns, tiles);
  const [wide, high] = [across * (width + 1) - 1, Math.ceil(tiles / across) * (height + 1) - 1];
  const rgba = new Uint8Array(4 * wide * high);
  const size = height * width;
  for (let tile = 0; tile < tiles; tile++) {
    const unit = Math.floor(tile / channels) * channels * size;
    let largest = 0;
    for (let i = 0; i < channels * size; i++) largest = Math.max(largest, Math.abs(weights[unit + i]));
    const [left, top] = [(tile % across) * (width + 1), Math.floor(tile / across) * (height + 1)];
    for (let p = 0; p < size; p++) {
      const at = 4 * ((top + Math.floor(p / width)) * wide + left + (p % width));
      rgba.set(diverging(largest > 0 ? weights[tile * size + p] / largest : 0), at);
    }
  }
  return { uri: pngUri({ width: wide, height: high, rgba }), width: wide };
}

/** Blue at −1, nearly white at 0, orange at 1. */
function diverging(value: number): [number, number, number, number] {
  const [red, green, blue] = value < 0 ? [0, 84, 150] : [200, 80, 0];
  const share = Math.min(1, Math.abs(value));
  const mix = (end: number) => Math.round(247 + (end - 247) * share);
  return [mix(red), mix(green), mix(blue), 255];
}
