// The words of the controls.
import type { Words } from '../../words/language.svelte.ts';
import { fieldNumber } from '../numbers.ts';

/** What a number field takes: finite numbers within these bounds. */
export interface Range {
  readonly least?: number | undefined;
  readonly most?: number | undefined;
  /** It is above this, which itself does not belong to it. */
  readonly above?: number | undefined;
  /** It is below this, which itself does not belong to it. */
  readonly below?: number | undefined;
  readonly whole?: boolean | undefined;
}

interface ControlWords {
  /** That what was typed was not taken, what would be, and what stays; nothing stays where the field was empty. */
  refused(text: string, isNumber: boolean, range: Range, kept: string): string;
}

export const words: Words<ControlWords> = {
  en: {
    refused: (text, isNumber, range, kept) => {
      const fault = isNumber ? 'does not fit here' : 'is no number such as 12, 0.4 or 1e-3';
      return `${text === '' ? 'nothing' : `“${text}”`} ${fault}: type ${wantedInEnglish(range)}${kept === '' ? '' : `; ${kept} stays`}.`;
    },
  },
  zh: {
    refused: (text, isNumber, range, kept) => {
      const fault = isNumber ? '在这里不合适' : '不是 12、0.4 或 1e-3 这样的数';
      return `${text === '' ? '空白' : `“${text}”`}${fault}：请输入${wantedInChinese(range)}${kept === '' ? '' : `；仍保留 ${kept}`}。`;
    },
  },
};

function wantedInEnglish({ least, most, above, below, whole = false }: Range): string {
  const number = whole ? 'a whole number' : 'a number';
  if (least !== undefined && most !== undefined) return `${number} from ${fieldNumber(least)} to ${fieldNumber(most)}`;
  const bounds = [
    least !== undefined && `of at least ${fieldNumber(least)}`,
    above !== undefined && `above ${fieldNumber(above)}`,
    most !== undefined && `${above === undefined ? 'of ' : ''}at most ${fieldNumber(most)}`,
    below !== undefined && `below ${fieldNumber(below)}`,
  ].filter((bound) => bound !== false);
  if (bounds.length > 0) return `${number} ${bounds.join(' and ')}`;
  return whole ? number : 'a finite number';
}

function wantedInChinese({ least, most, above, below, whole = false }: Range): string {
  const number = whole ? '整数' : '数';
  if (least !== undefined && most !== undefined)
    return ` ${fieldNumber(least)} 到 ${fieldNumber(most)} 之间的${number}`;
  const bounds = [
    least !== undefined && `不小于 ${fieldNumber(least)}`,
    above !== undefined && `大于 ${fieldNumber(above)}`,
    most !== undefined && `不大于 ${fieldNumber(most)}`,
    below !== undefined && `小于 ${fieldNumber(below)}`,
  ].filter((bound) => bound !== false);
  if (bounds.length > 0) return `${bounds.join(' 且')} 的${number}`;
  return whole ? number : '有限的数';
}
