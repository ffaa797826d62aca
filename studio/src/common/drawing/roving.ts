// Moving about a drawing by the arrow keys: across its ranks from left to right, within one from top to bottom.

/** What can have the focus. */
export interface Stop {
  readonly id: string;
  readonly rank: number;
  readonly x: number;
  readonly y: number;
}

/** The stop that a key leads to from another one; undefined where the key leads nowhere. */
export function stopAfter(stops: readonly Stop[], from: Stop, key: string): Stop | undefined {
  if (key === 'Home') return stops[0];
  if (key === 'End') return stops.at(-1);
  const isAcross = key === 'ArrowLeft' || key === 'ArrowRight';
  const direction = key === 'ArrowLeft' || key === 'ArrowUp' ? -1 : 1;
  if (!isAcross && key !== 'ArrowUp' && key !== 'ArrowDown') return undefined;
  if (!isAcross) {
    const column = inRank(stops, from.rank);
    return column[column.findIndex(({ id }) => id === from.id) + direction];
  }
  const ranks = [...new Set(stops.map(({ rank }) => rank))].sort((a, b) => direction * (a - b));
  const next = ranks.find((rank) => direction * (rank - from.rank) > 0);
  if (next === undefined) return undefined;
  return inRank(stops, next).reduce((best, stop) => (distance(stop, from) < distance(best, from) ? stop : best));
}

const inRank = (stops: readonly Stop[], rank: number): Stop[] =>
  stops.filter((stop) => stop.rank === rank).sort((a, b) => a.y - b.y || a.x - b.x);

const distance = (a: Stop, b: Stop): number => Math.hypot(a.x - b.x, 3 * (a.y - b.y));
