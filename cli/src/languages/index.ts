// The language that the command line speaks: help, notices and errors. Derivations, reports and the doctor have words of their own.
import { type Catalogue, type Translate, translator } from './translate.ts';

/** Languages besides English, loaded when one is spoken. */
const catalogues: Readonly<Record<string, () => Promise<Catalogue>>> = {
  zh: async () => (await import('./zh/index.ts')).zh,
};

let translate: Translate = (text) => text;

/** From here on the command line speaks this language; English where it has no words for it. */
export async function speak(language: string): Promise<void> {
  const load = catalogues[language];
  translate = load === undefined ? (text) => text : translator(await load());
}

/** A text in the language spoken. */
export const spoken: Translate = (text) => translate(text);
