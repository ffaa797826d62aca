// The words of the controls.
import type { Words } from '../../words/language.svelte.ts';
import { fieldNumber } from '../numbers.ts';

/** What a number field takes: finite numbers within these bounds. */
export interface Range {
  readonly least?: number | undefined;
  readonly most?: number | undefined;
  /** It is above this, which itself does not belong to it. */
  readonly above?: number | undefined;
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

function wantedInEnglish({ least, most, above, whole = false }: Range): string {
  const number = whole ? 'a whole number' : 'a number';
  if (above !== undefined)
    return `${number} above ${fieldNumber(above)}${most === undefined ? '' : ` and at most ${fieldNumber(most)}`}`;
  if (least !== undefined && most !== undefined) return `${number} from ${fieldNumber(least)} to ${fieldNumber(most)}`;
  if (least !== undefined) return `${number} of at least ${fieldNumber(least)}`;
  if (most !== undefined) return `${number} of at most ${fieldNumber(most)}`;
  return whole ? number : 'a finite number';
}

function wantedInChinese({ least, most, above, whole = false }: Range): string {
  const number = whole ? '整数' : '数';
  if (above !== undefined)
    return `大于 ${fieldNumber(above)} ${most === undefined ? '' : `且不大于 ${fieldNumber(most)} `}的${number}`;
  if (least !== undefined && most !== undefined)
    return ` ${fieldNumber(least)} 到 ${fieldNumber(most)} 之间的${number}`;
  if (least !== undefined) return `不小于 ${fieldNumber(least)} 的${number}`;
  if (most !== undefined) return `不大于 ${fieldNumber(most)} 的${number}`;
  return whole ? number : '有限的数';
}
