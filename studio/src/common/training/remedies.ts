// The library's sentences name options of the command line as remedies; here these are fields, or are left out.
import { ChainruleError } from 'chainrule';
import type { Language } from '../../words/language.svelte.ts';
import { PageError, sentenceOf } from '../../words/sentences.ts';

const replacements: Readonly<Record<Language, readonly (readonly [RegExp, string])[]>> = {
  en: [
    [/name its encoding \(.*\)/, 'choose its encoding here'],
    [/\(regression: --task regression\)/, '(for regression, choose it as the task)'],
    [/use --task (\w+)/, 'choose $1 as the task'],
    [/(, or name the column as a category)? \(--(category|ignore) .*\)/, ''],
  ],
  zh: [
    [/写明其编码（.*）/, '在这里选择它的编码'],
    [/（若要回归：--task regression）/, '（若要回归，请把任务选为“回归”）'],
    [/用 --task regression/, '把任务选为“回归”'],
    [/用 --task classification/, '把任务选为“分类”'],
    [/(，或把该列当作类别)?（--(category|ignore) .*）/, ''],
  ],
};

/** A sentence of the library's about a file, with the page's own remedies. */
export async function fileSentence(error: unknown, language: Language): Promise<string> {
  const sentence = await sentenceOf(error, language);
  return replacements[language].reduce((text, [pattern, ours]) => text.replace(pattern, ours), sentence);
}

/** An error about a file, with the page's own remedies. */
export async function fileError(error: unknown): Promise<unknown> {
  if (!(error instanceof ChainruleError)) return error;
  const [en, zh] = await Promise.all([fileSentence(error, 'en'), fileSentence(error, 'zh')]);
  return new PageError({ en, zh }, { cause: error });
}
