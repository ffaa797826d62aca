// Where the parts of a network stand in its drawing: neurons as circles, images as grids of cells, what is larger as blocks, and the
// lines between them. Every part goes by the public name of its quantity, `layers.1.weight[0,1]`. Nothing is drawn here.
import { layerShapes, type Network, type Shape } from 'chainrule';
import { type Place, placeOf, quantityName } from './places.ts';
import {
  block,
  box,
  caption,
  freePlace,
  full,
  isCrowded,
  isImages,
  isList,
  isSmallKernel,
  mostLabels,
  type Point,
  small,
} from './sizes.ts';

/** What can be chosen in a drawing, lines apart. */
export interface Item {
  readonly id: string;
  readonly kind: 'neuron' | 'cell' | 'block' | 'bias' | 'delta' | 'target' | 'term' | 'loss' | 'kernel';
  readonly place: Place;
  /** The middle. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Its turn from left to right, lines counted too. */
  readonly rank: number;
  /** −1 is the input. */
  readonly layer: number;
}

/** A line from a neuron to one of the next layer; between blocks one for all. */
export interface Line {
  readonly id: string;
  readonly place: Place;
  /** Whether it carries a weight of its own. */
  readonly isWeight: boolean;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly rank: number;
  readonly layer: number;
  /** Where its label stands. */
  readonly label: Point | undefined;
}

/** The input or a layer. */
export interface Column {
  readonly layer: number;
  readonly type: string;
  readonly activation: string | undefined;
  readonly shape: Shape;
  readonly x: number;
  readonly width: number;
  readonly isBlock: boolean;
}

/** All parts of a drawing. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly columns: readonly Column[];
  readonly items: readonly Item[];
  readonly lines: readonly Line[];
  /** What leads from the outputs to the loss: there to be seen only. */
  readonly links: readonly Pick<Line, 'x1' | 'y1' | 'x2' | 'y2' | 'layer'>[];
}

/** What a drawing shows. */
export interface LayoutOptions {
  /** Only neurons and lines, closer together. */
  readonly compact?: boolean;
  /** Targets, the outputs' shares of the loss, and the loss itself. */
  readonly withLoss?: boolean;
  /** How many samples the batch has, and which of them is shown. */
  readonly samples?: number;
  readonly sample?: number;
}

/** Lays a network out. */
export function layoutOf(network: Network, options: LayoutOptions = {}): Layout {
  return new Drafter(network, options).layout();
}

/** A layer's neurons, or what stands for them, while columns are placed. */
interface Draft extends Column {
  /** Each neuron's or cell's place in the shape and its middle. */
  readonly units: readonly { readonly index: readonly number[]; readonly y: number; readonly x: number }[];
  /** Half the width of a unit. */
  readonly half: number;
}

class Drafter {
  private readonly network: Network;
  private readonly options: LayoutOptions;
  private readonly size: typeof full;
  private readonly items: Item[] = [];
  private readonly lines: Line[] = [];
  private readonly links: Layout['links'][number][] = [];
  /** The height that everything is centred at. */
  private middle = 0;

  constructor(network: Network, options: LayoutOptions) {
    this.network = network;
    this.options = options;
    this.size = options.compact ? small : { ...full, row: isCrowded(network) ? full.crowded : full.row };
  }

  layout(): Layout {
    const shapes = layerShapes(this.network.input, this.network.layers);
    const tallest = Math.max(...shapes.map((shape) => this.heightOf(shape)), this.size.row * 1.5);
    this.middle = this.size.top + tallest / 2;
    const drafts: Draft[] = [];
    let x = 0;
    for (const [i, shape] of shapes.entries()) {
      const width = this.widthOf(shape);
      const gap = i === 0 ? 24 : this.gapBefore(i - 1, shapes[i - 1], shape);
      drafts.push(this.draft(i - 1, shape, x + gap));
      x += gap + width;
    }
    for (const [i, column] of drafts.entries()) {
      if (i > 0) this.connect(drafts[i - 1], column);
      this.units(column);
    }
    const right = this.options.withLoss ? this.loss(drafts[drafts.length - 1], x) : x;
    return {
      width: Math.ceil(right + 24),
      height: Math.ceil(this.size.top + tallest + (this.options.compact ? 26 : caption)),
      columns: drafts,
      items: this.items,
      lines: this.lines,
      links: this.links,
    };
  }

  private draft(layer: number, shape: Shape, left: number): Draft {
    const { middle } = this;
    const rule = this.network.layers[layer];
    const width = this.widthOf(shape);
    const x = left + width / 2;
    const about = {
      layer,
      shape,
      x,
      width,
      type: rule?.type ?? 'input',
      activation: rule?.activation?.name,
    };
    if (isList(shape)) {
      const units = Array.from({ length: shape[0] }, (_, j) => ({
        index: [j],
        x,
        y: middle + (j - (shape[0] - 1) / 2) * this.size.row,
      }));
      return { ...about, isBlock: false, units, half: this.size.radius };
    }
    if (!isImages(shape)) return { ...about, isBlock: true, units: [], half: block.width / 2 };
    const [channels, rows, columns] = shape;
    const { cell } = this.size;
    const mapHeight = rows * cell + this.size.top;
    const units = Array.from({ length: channels * rows * columns }, (_, i) => {
      const [c, r, k] = [Math.floor(i / (rows * columns)), Math.floor(i / columns) % rows, i % columns];
      const top = middle + (c - (channels - 1) / 2) * mapHeight - (rows * cell) / 2;
      return { index: [c, r, k], x: x + (k - (columns - 1) / 2) * cell, y: top + (r + 0.5) * cell };
    });
    return { ...about, isBlock: false, units, half: cell / 2 };
  }

  /** Room for the lines into a layer, and for what stands at them. */
  private gapBefore(layer: number, from: Shape, to: Shape): number {
    const kernels = this.kernelRoom(layer);
    if (kernels > 0) return kernels + 0.6 * this.size.gap;
    if (!isList(from) || !isList(to)) return 0.7 * this.size.gap;
    const labels = this.isLabelled(layer, from[0] * to[0]) ? from[0] * to[0] : 0;
    return this.size.gap + 12 * Math.min(8, labels);
  }

  private isLabelled(layer: number, lines: number): boolean {
    const isDense = this.network.parameters[`layers.${layer}.weight`]?.shape.length === 2;
    return isDense && !this.options.compact && lines <= mostLabels;
  }

  private heightOf(shape: Shape): number {
    if (isList(shape)) return shape[0] * this.size.row;
    if (!isImages(shape)) return block.height;
    return shape[0] * (shape[1] * this.size.cell + this.size.top);
  }

  private widthOf(shape: Shape): number {
    if (isList(shape)) return 2 * this.size.radius;
    return isImages(shape) ? shape[2] * this.size.cell : block.width;
  }

  /** Neurons with their badges, cells, or a block. */
  private units({ layer, units, isBlock, shape, x, half }: Draft): void {
    const rank = 2 * (layer + 1);
    const slot = layer < 0 ? 'input' : `layers.${layer}.a`;
    if (isBlock) {
      this.item('block', slot, [], { x, y: this.middle, ...block, rank, layer });
      return;
    }
    const kind = shape.length === 1 ? 'neuron' : 'cell';
    for (const { index, x, y } of units) {
      this.item(kind, slot, index, { x, y, width: 2 * half, height: 2 * half, rank, layer });
      if (kind === 'neuron') this.badges(layer, index, x, y, rank);
    }
  }

  /** Where a neuron's δ stands. */
  private deltaBeside({ x, y }: Point): Point {
    const { width, height } = this.size.badge;
    return { x: x + width / 2 + 1, y: y - this.size.radius - height / 2 - 3 };
  }

  private badges(layer: number, index: readonly number[], x: number, y: number, rank: number): void {
    if (this.options.compact || layer < 0) return;
    const { width, height } = this.size.badge;
    const delta = this.deltaBeside({ x, y });
    const at = { y: delta.y, width, height, rank, layer };
    if (this.network.parameters[`layers.${layer}.bias`]?.shape.length === 1)
      this.item('bias', `layers.${layer}.bias`, index, { ...at, x: x - width / 2 - 1 });
    this.item('delta', `layers.${layer}.delta`, index, { ...at, x: delta.x });
  }

  private connect(from: Draft, to: Draft): void {
    const weight = this.network.parameters[`layers.${to.layer}.weight`];
    if (weight?.shape.length === 4 && isSmallKernel(weight.shape)) {
      this.kernels(from, to, weight.shape);
      return;
    }
    if (!isList(from.shape) || !isList(to.shape)) {
      this.bundle(from, to, weight !== undefined);
      return;
    }
    const isDense = weight?.shape.length === 2;
    const isSingle = !isDense && this.network.layers[to.layer].activation?.joint !== true;
    const isLabelled = this.isLabelled(to.layer, from.units.length * to.units.length);
    // Labels keep clear of the δ beside the neurons that their lines come from.
    const labels = isLabelled && from.layer >= 0 ? from.units.map((unit) => this.deltaBeside(unit)) : [];
    for (const source of from.units) {
      for (const target of to.units) {
        const [j, k] = [target.index[0], source.index[0]];
        if (isSingle && j !== k) continue;
        const slot = isDense ? `layers.${to.layer}.weight` : `layers.${to.layer}.z`;
        this.line(slot, isDense ? [j, k] : [j], isDense, from, to, source, target, isLabelled ? labels : undefined);
      }
    }
  }

  /** One line for all that lead from one layer to the next. */
  private bundle(from: Draft, to: Draft, isWeight: boolean): void {
    const slot = isWeight ? `layers.${to.layer}.weight` : `layers.${to.layer}.z`;
    const place = placeOf(slot, [], isWeight ? null : this.sample);
    const [x1, x2] = [from.x + from.width / 2 + 6, to.x - to.width / 2 - 6];
    this.lines.push({
      id: quantityName(place, this.samples),
      place,
      isWeight: false,
      ...{ x1, y1: this.middle, x2, y2: this.middle },
      rank: 2 * to.layer + 1,
      layer: to.layer,
      label: undefined,
    });
  }

  private line(
    slot: string,
    index: readonly number[],
    isWeight: boolean,
    from: Draft,
    to: Draft,
    source: Draft['units'][number],
    target: Draft['units'][number],
    labels: Point[] | undefined,
  ): void {
    const place = placeOf(slot, index, isWeight ? null : this.sample);
    const ends = { x1: source.x + from.half, y1: source.y, x2: target.x - to.half, y2: target.y };
    const label = labels && freePlace(ends, labels);
    if (label !== undefined) labels?.push(label);
    this.lines.push({
      id: quantityName(place, this.samples) + (isWeight ? '' : `←${source.index[0]}`),
      place,
      isWeight,
      ...ends,
      rank: 2 * to.layer + 1,
      layer: to.layer,
      label,
    });
  }

  /** Room for a convolution's kernels, side by side for the channels they read. */
  private kernelRoom(layer: number): number {
    const shape = this.network.parameters[`layers.${layer}.weight`]?.shape;
    return shape?.length === 4 && isSmallKernel(shape) ? shape[1] * (shape[3] * this.size.cell + 12) : 0;
  }

  private kernels(from: Draft, to: Draft, shape: Shape): void {
    const [filters, channels, rows, columns] = shape;
    const { cell } = this.size;
    const left = (from.x + from.width / 2 + to.x - to.width / 2 - this.kernelRoom(to.layer)) / 2;
    const height = rows * cell + this.size.top;
    const ends = { x1: from.x + from.width / 2, y1: this.middle, x2: to.x - to.width / 2, y2: this.middle };
    this.links.push({ ...ends, layer: to.layer });
    for (let i = 0; i < filters * channels * rows * columns; i++) {
      const [o, c] = [Math.floor(i / (channels * rows * columns)), Math.floor(i / (rows * columns)) % channels];
      const [r, k] = [Math.floor(i / columns) % rows, i % columns];
      const top = this.middle + (o - (filters - 1) / 2) * height - (rows * cell) / 2;
      const x = left + c * (columns * cell + 12) + (k + 0.5) * cell + 6;
      const at = { x, y: top + (r + 0.5) * cell, width: cell, height: cell, rank: 2 * to.layer + 1, layer: to.layer };
      this.item('kernel', `layers.${to.layer}.weight`, [o, c, r, k], at);
    }
  }

  /** Beside each output its target and its share of the loss, and the loss last; gives how far that reaches. */
  private loss(output: Draft, right: number): number {
    const { layer } = output;
    const rank = 2 * (layer + 2);
    const outputs = output.isBlock || !isList(output.shape) ? [] : output.units;
    const hasTerms = outputs.length > 0;
    const ofTerms = right + 44;
    const ofLoss = (hasTerms ? ofTerms + box.width : right) + 36;
    for (const { index, y } of outputs) {
      const at = { x: ofTerms + box.width / 2, rank, layer: layer + 1 };
      this.item('term', 'loss.terms', index, { ...at, y, ...box });
      this.item('target', 'target', index, { ...at, y: y + 38, width: box.width, height: 24 });
      this.links.push({ x1: right, y1: y, x2: ofTerms, y2: y, layer: layer + 1 });
      this.links.push({ x1: ofTerms + box.width, y1: y, x2: ofLoss, y2: this.middle, layer: layer + 2 });
    }
    if (!hasTerms) this.links.push({ x1: right, y1: this.middle, x2: ofLoss, y2: this.middle, layer: layer + 1 });
    const at = { x: ofLoss + box.width / 2, y: this.middle, ...box };
    this.item('loss', 'loss', [], { ...at, rank: rank + 1, layer: layer + 2 });
    return ofLoss + box.width;
  }

  private item(
    kind: Item['kind'],
    slot: string,
    index: readonly number[],
    at: Omit<Item, 'id' | 'kind' | 'place'>,
  ): void {
    const isShared = kind === 'bias' || kind === 'loss' || kind === 'kernel';
    const place = placeOf(slot, index, isShared ? null : this.sample);
    this.items.push({ id: quantityName(place, this.samples), kind, place, ...at });
  }

  private get samples(): number {
    return this.options.samples ?? 1;
  }

  private get sample(): number {
    return this.options.sample ?? 0;
  }
}
