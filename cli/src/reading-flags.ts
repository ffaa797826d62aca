// The flags that say how DATA is read, shared by the commands that take it.
import type { Command } from 'commander';
import type { Reading } from './data-source.ts';
import { UsageError } from './errors.ts';

/** The flags. */
export interface ReadingFlags {
  readonly sql?: string;
  readonly table?: readonly string[];
  readonly images?: string;
  readonly imageSize?: readonly [number, number];
  readonly grey?: boolean;
  readonly target?: readonly string[];
}

/** Adds them. */
export function addReadingOptions(command: Command): Command {
  return command
    .optionsGroup('Reading the data:')
    .option('--sql <query>', 'take what a SELECT gives; DATA is the table "data"')
    .option(
      '--table <name=file>',
      'another table that --sql may use',
      (text: string, before: readonly string[] | undefined) => [...(before ?? []), text],
    )
    .option('--images <column>', 'the column of a table that names image files; the labels are the target')
    .option('--image-size <size>', 'bring images to this size: 28, or width x height, 64x48', imageSize('--image-size'))
    .option('--grey', 'leave the colours of images out');
}

/** What they come to. */
export function readingOf({ sql, table, images, imageSize: size, grey, target }: ReadingFlags): Reading {
  return {
    sql,
    tables: table,
    ...(images !== undefined && { pictures: { images, target: target?.[0] } }),
    size,
    grey,
  };
}

/** Height and width, from `28` or `64x48`. */
function imageSize(option: string): (text: string) => readonly [number, number] {
  return (text) => {
    const [, width, height = width] = /^(\d{1,4})(?:[x×](\d{1,4}))?$/.exec(text.trim()) ?? [];
    if (Number(width) >= 1 && Number(height) >= 1) return [Number(height), Number(width)];
    throw new UsageError(`${option} is ${JSON.stringify(text)}; give a size in pixels, such as 28 or 64x48.`);
  };
}
