// Groups of rows put together as whole columns in memory.
import type { RowGroup } from './scan-rows.ts';

/** Columns, whole. */
export interface GatheredColumns {
  readonly rowCount: number;
  /** The numbers of columns read as such. */
  readonly numbers: readonly (Float64Array | undefined)[];
  readonly texts: readonly (readonly string[])[];
  readonly lines: Uint32Array | undefined;
}

/** Takes groups and gives columns. */
export class RowGatherer {
  private readonly parts: { count: number; numbers: (Float64Array | undefined)[]; lines: Uint32Array | undefined }[] =
    [];
  private readonly texts: string[][] = [];

  readonly take = ({ count, numbers, texts, lines }: RowGroup): void => {
    this.parts.push({
      count,
      numbers: numbers.map((column) => column?.slice(0, count)),
      lines: lines?.slice(0, count),
    });
    texts.forEach((column, i) => {
      this.texts[i] ??= [];
      for (const text of column) this.texts[i].push(text);
    });
  };

  /** @param mistaken whether a column read as numbers holds something else */
  columns(mistaken: (column: number) => boolean): GatheredColumns {
    const { parts, texts } = this;
    const [first] = parts;
    const rowCount = parts.reduce((sum, { count }) => sum + count, 0);
    const numbers = first.numbers.map((column, i) => {
      if (column === undefined || mistaken(i)) return undefined;
      const whole = new Float64Array(rowCount);
      let at = 0;
      for (const part of parts) {
        whole.set(part.numbers[i] ?? [], at);
        // Given back as soon as it is copied: a table may fill half of the memory.
        part.numbers[i] = undefined;
        at += part.count;
      }
      return whole;
    });
    return { rowCount, numbers, texts, lines: first.lines && linesOf(parts, rowCount) };
  }
}

function linesOf(parts: readonly { count: number; lines: Uint32Array | undefined }[], rowCount: number): Uint32Array {
  const lines = new Uint32Array(rowCount);
  let at = 0;
  for (const part of parts) {
    lines.set(part.lines ?? [], at);
    at += part.count;
  }
  return lines;
}
