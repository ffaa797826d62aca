// The experiments' own texts are in both languages; here is the one of them that is wanted, and what numbers look like.
import type { Measure, Text } from '#experiments';
import { significant } from '../numbers.ts';

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
function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(valueText).join(' ');
  return typeof value === 'object' && value !== null ? `(${settingText(value)})` : String(value);
}

/** A setting as one line: `training 50000, hidden 30`. */
export function settingText(setting: object): string {
  return Object.entries(setting)
    .map(([name, value]) => `${name} ${valueText(value)}`)
    .join(', ');
}
