// What is said of files.
import type { Words } from '../../words/language.svelte.ts';

interface FileWords {
  tooLarge(name: string, size: string, most: string): string;
  unreadable(name: string): string;
  noText(name: string): string;
  readonly folder: string;
  readonly drop: string;
}

export const words: Words<FileWords> = {
  en: {
    tooLarge: (name, size, most) =>
      `${name} has ${size}, more than the ${most} that are read here; choose a smaller file.`,
    unreadable: (name) => `${name} cannot be read; it may have been moved or be a folder: choose it again.`,
    noText: (name) => `${name} is no text in UTF-8; save it as UTF-8, or choose another file.`,
    folder: 'What was dropped is no file; drop files, not folders or text.',
    drop: 'Drop it here',
  },
  zh: {
    tooLarge: (name, size, most) => `${name} 有 ${size}，超过此处可读的 ${most}；请选择较小的文件。`,
    unreadable: (name) => `无法读取 ${name}：它可能已被移走，或者是文件夹；请重新选择。`,
    noText: (name) => `${name} 不是 UTF-8 文本；请另存为 UTF-8，或选择其他文件。`,
    folder: '拖进来的不是文件；请拖入文件，而不是文件夹或文字。',
    drop: '拖放到这里',
  },
};
