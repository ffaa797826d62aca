// The experiments' own texts are in both languages; here is the one of them that is wanted, and what numbers look like.
import type { Measure, Text } from '#experiments';
import { significant } from '../numbers.ts';
import { settingNames } from './setting-names.ts';

/** Picks a text's language: Chinese or else English. */
export function textIn(language: string): (text: Text) => string {
  return language === 'zh' ? ({ zh }) => zh : ({ en }) => en;
}

/** A figure as people read it. */
export function figureText(value: number, { unit }: Measure): string {
  if (unit === '%') return `${value.toFixed(2)} %`;
  return Number.isInteger(value) && Math.abs(value) < 1e6 ? String(value) : significant(value, 3);
}

/** A setting's value: numbers in a list behind each other, a setting within it in brackets. */
function valueText(value: unknown, say: (text: Text) => string): string {
  if (Array.isArray(value))
    return value.length === 0 ? say({ en: 'none', zh: '无' }) : value.map((one) => valueText(one, say)).join(' ');
  return typeof value === 'object' && value !== null ? `(${settingText(value, say)})` : String(value);
}

/** A setting as one line: `training digits 50000, hidden neurons 30`. */
export function settingText(setting: object, say: (text: Text) => string): string {
  return Object.entries(setting)
    .map(([key, value]) => `${key in settingNames ? say(settingNames[key]) : key} ${valueText(value, say)}`)
    .join(say({ en: ', ', zh: '，' }));
}
