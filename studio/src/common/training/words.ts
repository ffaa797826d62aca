// What is said of data and training wherever they are used.
import type { Words } from '../../words/language.svelte.ts';

export interface TrainingWords {
  readonly nothingDropped: string;
  severalTables(one: string, other: string): string;
  noColumns(name: string): string;
  halfOfIdx(name: string): string;
  tooMany(megabytes: number, most: number): string;
  oneClass(name: string): string;
  readonly dropFirst: string;
  readonly noMnist: string;
  readonly notFetched: string;
  doesNotFit(name: string, found: string, wanted: string): string;
  readonly onThePage: string;
  readonly withoutWasm: string;
}

export const words: Words<TrainingWords> = {
  en: {
    nothingDropped: 'There was no file in what was dropped; choose a table, images or IDX files.',
    severalTables: (one, other) => `${one} and ${other} are two tables; drop one at a time.`,
    noColumns: (name) => `${name} has no columns; give a table whose first line names them.`,
    halfOfIdx: (name) =>
      `${name} came without its other half; drop the IDX files of images and of labels together, with “labels” in the name of the second.`,
    tooMany: (megabytes, most) =>
      `The images have ${megabytes} MB together, more than the ${most} MB that are read here; take fewer or smaller ones.`,
    oneClass: (name) =>
      `All the images are of one class, “${name}”; drop a folder for each class, or name the files like cat-1.png and dog-1.png.`,
    dropFirst: 'Data of one’s own is not part of a link; drop the file here, and this network trains on it.',
    noMnist: 'This build has no MNIST sample; drop MNIST’s two files, train-images and train-labels, here instead.',
    notFetched:
      'The digits could not be fetched from the page’s own files; see that its server still runs, and choose them again.',
    doesNotFit: (name, found, wanted) =>
      `The network of ${name} is ${found} where the data needs ${wanted}; choose the data it was trained on.`,
    onThePage:
      'Training runs in the page itself, which may stutter, because the page may have no workers; allow them by worker-src in its policy.',
    withoutWasm:
      "Training runs in plain JavaScript, far slower, because the page may have no WebAssembly; add 'wasm-unsafe-eval' to script-src in its policy.",
  },
  zh: {
    nothingDropped: '拖入的内容里没有文件；请选择一个表格、一些图像，或 IDX 文件。',
    severalTables: (one, other) => `${one} 和 ${other} 是两个表格；请一次只拖入一个。`,
    noColumns: (name) => `${name} 没有任何列；请给出首行为列名的表格。`,
    halfOfIdx: (name) =>
      `${name} 缺少与它配对的文件；请把图像和标签两个 IDX 文件一起拖入，后者的文件名里要有“labels”。`,
    tooMany: (megabytes, most) => `这些图像共 ${megabytes} MB，超过此处可读的 ${most} MB；请减少数量或缩小尺寸。`,
    oneClass: (name) =>
      `所有图像都属于同一类“${name}”；请每一类放一个文件夹，或者把文件命名为 cat-1.png、dog-1.png 这样。`,
    dropFirst: '链接里不包含自己的数据；请把文件拖到这里，就会用这个网络来训练。',
    noMnist: '这个版本没有附带 MNIST 样本；可以把 MNIST 的两个文件（train-images 和 train-labels）拖到这里。',
    notFetched: '无法从页面自己的文件中取得手写数字；请确认服务器仍在运行，然后重新选择。',
    doesNotFit: (name, found, wanted) =>
      `${name} 中的网络是 ${found}，而数据需要 ${wanted}；请选择它训练时所用的数据。`,
    onThePage: '页面不能使用 worker，训练就在页面里进行，可能会有些卡顿；请在页面策略的 worker-src 中允许 worker。',
    withoutWasm:
      "页面不能使用 WebAssembly，训练改用纯 JavaScript，会慢得多；请在页面策略的 script-src 中加上 'wasm-unsafe-eval'。",
  },
};
