// The language that is wanted: --lang, else CHAINRULE_LANG, else the locale.
import { languages } from 'chainrule/explain';
import type { Command } from 'commander';
import { oneOf } from './arguments.ts';

/** What `--lang` takes. */
export const languageNames: readonly string[] = Object.keys(languages);

/** The language asked for; English where the locale asks for one that there is not. */
export function languageOf(command: Command): string {
  return command.optsWithGlobals<{ lang?: string }>().lang ?? usualLanguage();
}

/** The language to speak from the start, before options are read: errors in them are told in it too. */
export function languageToSpeak(args: readonly string[]): string {
  const at = args.findIndex((arg) => arg === '--lang' || arg.startsWith('--lang='));
  const given = at < 0 ? undefined : (/^--lang=(.*)$/.exec(args[at])?.[1] ?? args[at + 1]);
  if (given !== undefined && languageNames.includes(given)) return given;
  try {
    return usualLanguage();
  } catch {
    return 'en'; // CHAINRULE_LANG is none: whoever needs it will say so
  }
}

function usualLanguage(): string {
  const variable = process.env.CHAINRULE_LANG;
  if (variable) return oneOf('CHAINRULE_LANG', languageNames)(variable);
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  const locale = LC_ALL || LC_MESSAGES || LANG || Intl.DateTimeFormat().resolvedOptions().locale;
  return languageNames.find((name) => name === locale.slice(0, 2).toLowerCase()) ?? 'en';
}
