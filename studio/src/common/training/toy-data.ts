// Data sets in the plane, drawn from a seed: two classes, or a number for each point. The same seed gives the same points.

/** A point, and its class (0 or 1) or the number to be learnt. */
export interface ToyPoint {
  readonly at: readonly [number, number];
  readonly target: number;
}

/** How points are drawn. */
export interface ToyOptions {
  readonly samples: number;
  /** From 0, none, to 1, as much as hides what there is to learn. */
  readonly noise: number;
  readonly seed: number;
}

/** Random numbers, uniform in 0 … 1 and normal. */
class Source {
  private state: number;

  constructor(seed: number) {
    this.state = (seed ^ 0x9e3779b9) >>> 0;
  }

  /** Mulberry32: small, and good enough for scattering points. */
  uniform(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.uniform();
  }

  /** Box–Muller. */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }
}

type Draw = (source: Source, noise: number, place: { readonly index: number; readonly of: number }) => ToyPoint;

/** A disc within a ring. */
const circles: Draw = (source, noise, { index }) => {
  const target = index % 2;
  const radius = target === 1 ? source.between(0, 0.45) : source.between(0.62, 0.95);
  const angle = source.between(0, 2 * Math.PI);
  return { at: shaken(source, radius * Math.cos(angle), radius * Math.sin(angle), noise * 0.35), target };
};

/** Opposite quarters belong together. */
const xor: Draw = (source, noise) => {
  const away = () => source.between(0.05, 0.95) * (source.uniform() < 0.5 ? -1 : 1);
  const [x, y] = [away(), away()];
  return { at: shaken(source, x, y, noise * 0.35), target: Number(x * y > 0) };
};

/** Two clouds. */
const blobs: Draw = (source, noise, { index }) => {
  const target = index % 2;
  const middle = target === 1 ? 0.4 : -0.4;
  return { at: shaken(source, middle, middle, 0.12 + noise * 0.4), target };
};

/** Two arms wound around each other, one and three quarter turns. */
const spirals: Draw = (source, noise, { index, of }) => {
  const target = index % 2;
  const along = Math.floor(index / 2) / Math.max(1, Math.floor((of - 1) / 2));
  const radius = 0.04 + 0.9 * along;
  const angle = 1.75 * 2 * Math.PI * along + target * Math.PI;
  return { at: shaken(source, radius * Math.sin(angle), radius * Math.cos(angle), noise * 0.15), target };
};

/** A number that rises along the diagonal. */
const slope: Draw = (source, noise) => {
  const [x, y] = [source.between(-1, 1), source.between(-1, 1)];
  return { at: [x, y], target: (x + y) / 2 + noise * 0.3 * source.normal() };
};

/** Hills and hollows. */
const hills: Draw = (source, noise) => {
  const [x, y] = [source.between(-1, 1), source.between(-1, 1)];
  const bump = (a: number, b: number) => Math.exp(-((x - a) ** 2 + (y - b) ** 2) / 0.12);
  const height = bump(-0.5, 0.5) + bump(0.5, -0.5) - bump(0.5, 0.5) - bump(-0.5, -0.5);
  return { at: [x, y], target: height + noise * 0.3 * source.normal() };
};

function shaken(source: Source, x: number, y: number, amount: number): [number, number] {
  return [x + amount * source.normal(), y + amount * source.normal()];
}

const draws = { circles, xor, blobs, spirals, slope, hills };

export type ToyName = keyof typeof draws;

/** The data sets' names, in the order they are shown. */
export const toyNames: readonly ToyName[] = ['circles', 'xor', 'blobs', 'spirals', 'slope', 'hills'];

/** Those whose targets are numbers. */
export const isSurface = (name: ToyName): boolean => name === 'slope' || name === 'hills';

/** The points of a data set. */
export function toyPoints(name: ToyName, { samples, noise, seed }: ToyOptions): ToyPoint[] {
  const source = new Source(seed);
  return Array.from({ length: samples }, (_, index) => draws[name](source, noise, { index, of: samples }));
}
