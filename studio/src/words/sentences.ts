// Errors as sentences of the page's language. The library writes English; the command line's catalogue has the Chinese, and is
// loaded when an error has to be said in it.
import { ChainruleError } from 'chainrule';
import type { Translate } from '../../../cli/src/languages/translate.ts';
import type { Language, Words } from './language.svelte.ts';

/** A text in every language of the page. */
export type EachLanguage = Readonly<Record<Language, string>>;

/** What a person can mend, said by the page itself. */
export class PageError extends Error {
  override readonly name = 'PageError';
  readonly texts: EachLanguage;

  constructor(texts: EachLanguage, options?: ErrorOptions) {
    super(texts.en, options);
    this.texts = texts;
  }
}

/** A sentence made of a room's words, in every language, so that it follows when the reader chooses another. */
export const inEach = <W>({ en, zh }: Words<W>, text: (words: W) => string): EachLanguage => ({
  en: text(en),
  zh: text(zh),
});

let chinese: Promise<Translate> | undefined;

/** What went wrong, as one sentence. A text is taken for a sentence of the library's. */
export async function sentenceOf(error: unknown, language: Language): Promise<string> {
  const text = typeof error === 'string' ? error : told(error);
  if (typeof text !== 'string') return text[language];
  if (language === 'en') return text;
  try {
    chinese ??= catalogue();
    return (await chinese)(text);
  } catch {
    // The catalogue could not be fetched: better in English than not at all.
    chinese = undefined;
    return text;
  }
}

/** What went wrong: a sentence of the library's, or the page's own in every language. */
export function told(error: unknown): string | EachLanguage {
  if (error instanceof PageError) return error.texts;
  if (error instanceof ChainruleError) return error.message;
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof RangeError && /allocation failed|array length/i.test(message))
    return 'there is not enough memory for a network or data of this size; use smaller layers or less data.';
  return {
    en: `something unforeseen happened: ${message}. Reload the page; if it happens again, it is a fault of chainrule's.`,
    zh: `发生了意外：${message}。请重新加载页面；如果再次发生，那是 chainrule 的缺陷。`,
  };
}

async function catalogue(): Promise<Translate> {
  const { translator, chineseErrors } = await import('./chinese-errors.ts');
  return translator(chineseErrors);
}
