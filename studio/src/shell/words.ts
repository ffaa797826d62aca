// The words of the page's frame.
import type { Words } from '../words/language.svelte.ts';
import type { Theme } from './theme.svelte.ts';
import type { View } from './views.svelte.ts';

interface ShellWords {
  readonly views: Readonly<Record<View, string>>;
  readonly navigation: string;
  readonly language: string;
  readonly theme: string;
  readonly themes: Readonly<Record<Theme, string>>;
  readonly skip: string;
  readonly loading: string;
  failed(reason: string): string;
  readonly again: string;
}

export const words: Words<ShellWords> = {
  en: {
    views: { step: 'Step', train: 'Train', check: 'Check' },
    navigation: 'Views',
    language: 'Language',
    theme: 'Theme',
    themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
    skip: 'Skip to the content',
    loading: 'Loading …',
    failed: (reason) => `This part of the studio stopped: ${reason}`,
    again: 'Start it again',
  },
  zh: {
    views: { step: '单步', train: '训练', check: '批改' },
    navigation: '页面',
    language: '语言',
    theme: '主题',
    themes: { system: '跟随系统', light: '浅色', dark: '深色' },
    skip: '跳到正文',
    loading: '正在加载……',
    failed: (reason) => `工作室的这一部分停止了：${reason}`,
    again: '重新开始',
  },
};
