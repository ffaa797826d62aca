// How large the parts of a network's drawing are, and which layers are drawn in which way.
import { layerShapes, type Network, type Shape } from 'chainrule';

/** A point of the drawing. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where a layer has more neurons than these they stand closer together. */
const crowd = 4;
/** Layers of more neurons are drawn as a block. */
const mostUnits = 12;
/** Images of more pixels, or more channels, too. */
const mostCells = 64;
const mostChannels = 6;
/** Between two layers, this many labels at lines still can be read. */
export const mostLabels = 16;

/** How far apart things stand, and how large they are, in the drawing's pixels. */
export const full = {
  row: 116,
  crowded: 100,
  gap: 130,
  radius: 26,
  top: 40,
  cell: 34,
  badge: { width: 62, height: 20 },
};
export const small = { row: 50, crowded: 50, gap: 96, radius: 17, top: 8, cell: 16, badge: { width: 0, height: 0 } };
/** Room below for the layers' names. */
export const caption = 44;
/** A layer as a block, and a box of the loss. */
export const block = { width: 96, height: 110 };
export const box = { width: 96, height: 46 };

/** Whether a layer is drawn as circles. */
export const isList = (shape: Shape): boolean => shape.length === 1 && shape[0] <= mostUnits;

/** Whether some layer of circles has so many that they stand closer together. */
export const isCrowded = ({ input, layers }: Network): boolean =>
  layerShapes(input, layers).some((shape) => isList(shape) && shape[0] > crowd);

/** Whether a layer is drawn as maps of cells. */
export const isImages = (shape: Shape): boolean =>
  shape.length === 3 && shape[0] <= mostChannels && shape[1] * shape[2] <= mostCells;

/** Whether a convolution's kernels are drawn cell by cell. */
export const isSmallKernel = ([filters, channels, rows, columns]: Shape): boolean =>
  filters <= mostChannels && channels <= 3 && rows * columns <= 25;

/** A label takes so much room. */
const labelSize = { width: 76, height: 17 };
/** Where along a line its label stands rather than elsewhere. */
const usual = 0.34;

/** Where along a line there is room for one more label, or the most room. */
export function freePlace(line: { x1: number; y1: number; x2: number; y2: number }, taken: readonly Point[]): Point {
  const places = Array.from({ length: 31 }, (_, i) => 0.2 + i / 50)
    .sort((a, b) => Math.abs(a - usual) - Math.abs(b - usual))
    .map((along) => ({ x: line.x1 + along * (line.x2 - line.x1), y: line.y1 + along * (line.y2 - line.y1) }));
  const room = ({ x, y }: Point) =>
    Math.min(
      1,
      ...taken.map((one) => Math.max(Math.abs(one.x - x) / labelSize.width, Math.abs(one.y - y) / labelSize.height)),
    );
  return places.reduce((best, place) => (room(place) > room(best) ? place : best));
}
