// The language of derivations: --lang, else CHAINRULE_LANG, else the locale.
import { languages } from 'chainrule/explain';
import type { Command } from 'commander';
import { oneOf } from './arguments.ts';

/** What `--lang` takes. */
export const languageNames: readonly string[] = Object.keys(languages);

/** The language asked for; English where the locale asks for one that there is not. */
export function languageOf(command: Command): string {
  const given = command.optsWithGlobals<{ lang?: string }>().lang;
  if (given !== undefined) return given;
  const variable = process.env.CHAINRULE_LANG;
  if (variable) return oneOf('CHAINRULE_LANG', languageNames)(variable);
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  const locale = LC_ALL || LC_MESSAGES || LANG || Intl.DateTimeFormat().resolvedOptions().locale;
  return languageNames.find((name) => name === locale.slice(0, 2).toLowerCase()) ?? 'en';
}
