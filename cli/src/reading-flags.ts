// The flags that say how DATA is read, shared by the commands that take it.
import type { Command } from 'commander';
import type { Reading } from './data-source.ts';

/** The flags. */
export interface ReadingFlags {
  readonly sql?: string;
  readonly table?: readonly string[];
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
    );
}

/** What they come to. */
export function readingOf({ sql, table }: ReadingFlags): Reading {
  return { ...(sql !== undefined && { sql }), ...(table !== undefined && { tables: table }) };
}
