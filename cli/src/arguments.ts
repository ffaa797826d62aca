// What option values mean: each reader takes the option's name and its text, and gives a value or one sentence.
import { didYouMean, type Nested } from 'chainrule';
import { UsageError } from './errors.ts';

/** Reads an option's text. */
export type Reader<T> = (text: string) => T;

function fail(option: string, text: string, expected: string): never {
  throw new UsageError(`${option} is ${JSON.stringify(text)}; ${expected}.`);
}

/** A finite number, and nothing around it. */
function finite(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}

/** A number above 0. */
export function positive(option: string, example: string): Reader<number> {
  return (text) => {
    const value = finite(text);
    if (value > 0 && Number.isFinite(value)) return value;
    return fail(option, text, `give a number above 0, such as ${example}`);
  };
}

/** A number of at least 0. */
export function nonNegative(option: string, example: string): Reader<number> {
  return (text) => {
    const value = finite(text);
    if (value >= 0 && Number.isFinite(value)) return value;
    return fail(option, text, `give a number of at least 0, such as ${example}`);
  };
}

/** A number from 0 to below 1. */
export function fraction(option: string, example: string): Reader<number> {
  return (text) => {
    const value = finite(text);
    if (value >= 0 && value < 1) return value;
    return fail(option, text, `give a number from 0 to below 1, such as ${example}`);
  };
}

/** An integer between bounds. */
export function integer(option: string, least: number, most = Number.MAX_SAFE_INTEGER): Reader<number> {
  return (text) => {
    const value = /^[+-]?\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    const range =
      most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most.toLocaleString('en')}`;
    return fail(option, text, `give an integer ${range}`);
  };
}

/** One of some names. */
export function oneOf<Name extends string>(option: string, names: readonly Name[]): Reader<Name> {
  return (text) => {
    const found = names.find((name) => name === text);
    if (found !== undefined) return found;
    throw new UsageError(
      `${option} is ${JSON.stringify(text)}${text.length > 2 ? didYouMean(text, names) : ''}; choose one of ${names.join(', ')}.`,
    );
  };
}

/** Column names between commas; a name with a comma or a quotation mark in it is quoted as in CSV. Repeating the option adds. */
export function names(option: string): (text: string, before: readonly string[] | undefined) => readonly string[] {
  return (text, before = []) => {
    const found = cells(text).map((cell) => cell.trim());
    if (found.some((name) => name === '')) fail(option, text, 'give column names with commas between them');
    return [...before, ...found];
  };
}

/** A column and its texts in order: `size=small,medium,large`. Repeating the option adds. */
export function order(option: string) {
  return (
    text: string,
    before: Readonly<Record<string, readonly string[]>> = {},
  ): Readonly<Record<string, readonly string[]>> => {
    const at = text.lastIndexOf('=');
    const texts = cells(text.slice(at + 1)).map((cell) => cell.trim());
    if (at < 1 || texts.length < 2 || texts.includes(''))
      return fail(option, text, 'give a column and its texts in order, such as size=small,medium,large');
    return { ...before, [text.slice(0, at)]: texts };
  };
}

/** Sizes of hidden layers: `30,20`, or `none`. */
export function layerSizes(option: string): Reader<readonly number[]> {
  return (text) => {
    if (text.trim() === 'none') return [];
    return text.split(',').map((part) => {
      const value = /^\d+$/.test(part.trim()) ? Number(part) : 0;
      if (value >= 1 && value <= 2 ** 20) return value;
      return fail(
        option,
        text,
        'give the sizes of the hidden layers, such as 30 or 30,20, each from 1 to 1,048,576, or none',
      );
    });
  };
}

/** Numbers of one sample: `0.05,0.1`, or nested as JSON. */
export function sampleNumbers(option: string): Reader<Nested> {
  return (text) => {
    if (text.trim().startsWith('[')) {
      const value = parsed(text);
      if (isNested(value)) return value;
      return fail(option, text, 'nested numbers are written as JSON, such as [[1, 0], [0, 1]]');
    }
    return text
      .split(/[,\s]+/)
      .filter((part) => part !== '')
      .map((part) => {
        const value = Number(part);
        return Number.isFinite(value)
          ? value
          : fail(option, text, `"${part}" in it is no number; give numbers with commas between them, such as 0.05,0.1`);
      });
  };
}

/** The most rows that one option may name. */
const mostRows = 100_000;

/** Rows counted from 1, `3,7,9-12`, as numbers counted from 0. */
export function rowNumbers(option: string): Reader<readonly number[]> {
  return (text) => {
    const wrong = () => fail(option, text, 'give rows counted from 1, such as 7, or 3,7,9-12');
    const rows = text.split(',').flatMap((part) => {
      const [, first, last = first] = /^\s*(\d+)\s*(?:-\s*(\d+)\s*)?$/.exec(part) ?? wrong();
      const [from, to] = [Number(first), Number(last)];
      if (from < 1 || to < from) return wrong();
      if (to - from >= mostRows) return fail(option, text, `give at most ${mostRows.toLocaleString('en')} rows`);
      return Array.from({ length: to - from + 1 }, (_, i) => from + i - 1);
    });
    return rows;
  };
}

/** Whether a value from outside is numbers, nested or not. */
export function isNested(value: unknown): value is Nested {
  return typeof value === 'number' || (Array.isArray(value) && value.every(isNested));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The cells of one line of CSV. */
export function cells(line: string): string[] {
  const found: string[] = [];
  const cell = /\s*(?:"((?:[^"]|"")*)"\s*|([^,]*))(,|$)/y;
  for (;;) {
    const match = cell.exec(line);
    // A quotation mark inside a bare cell, or one left open: taken as it stands.
    if (match === null) return line.split(',');
    found.push(match[1]?.replaceAll('""', '"') ?? match[2]);
    if (match[3] === '') return found;
  }
}
