// The words of the Check view. Marks, causes and the text of worksheets are the library's own.
import type { Words } from '../words/language.svelte.ts';
import type { ExampleSheet } from './examples.ts';
import type { ExampleNetwork } from './protocol.ts';

interface CheckViewWords {
  readonly title: string;
  readonly parts: { readonly label: string; readonly mark: string; readonly make: string };
  readonly intro: string;
  readonly sheet: string;
  readonly modes: { readonly label: string; readonly text: string; readonly form: string };
  readonly example: string;
  readonly chooseExample: string;
  readonly examples: Readonly<Record<ExampleSheet, string>>;
  readonly open: string;
  readonly text: string;
  readonly placeholder: string;
  readonly hint: string;
  readonly dropHere: string;
  readonly network: string;
  readonly fromSheet: string;
  readonly exampleNetworks: Readonly<Record<ExampleNetwork, string>>;
  readonly openNetwork: string;
  readonly notation: string;
  readonly findOut: string;
  readonly mark: string;
  readonly marking: string;
  readonly stop: string;
  readonly changed: string;
  readonly nothing: string;
  readonly result: string;
  readonly rule: string;
  readonly asOnSheet: string;
  readonly showInNetwork: string;
  readonly drawing: string;
  readonly drawingHint: string;
  readonly quantity: string;
  readonly working: string;
  readonly close: string;
  readonly given: string;
  readonly expected: string;
  readonly follows: string;
  readonly others: string;
  readonly savePage: string;
  readonly saveData: string;
  readonly print: string;
  readonly yourNetwork: (name: string) => string;
  readonly tooLong: string;
  readonly unreadable: string;
  readonly threadless: string;
  readonly stopped: string;
  readonly noForm: string;
  readonly noSample: string;
  readonly noNetwork: string;
  networkElsewhere(name: string): string;
  noRule(name: string): string;
}

export const words: Words<CheckViewWords> = {
  en: {
    title: 'Check',
    parts: { label: 'What to do', mark: 'Mark a worksheet', make: 'Make a worksheet' },
    intro: 'Numbers worked by hand, or by your own program: which are right, and where it went wrong.',
    sheet: 'The worksheet',
    modes: { label: 'How to fill it in', text: 'As text', form: 'As a form' },
    example: 'Example',
    chooseExample: 'Choose an example …',
    examples: {
      closing: 'The textbook’s own closing figures',
      derivative: 'A derivative forgotten',
      carried: 'One slip, carried forward',
      direction: 'Uphill instead of downhill (in Chinese)',
    },
    open: 'Open a worksheet …',
    text: 'Text of the worksheet',
    placeholder: '# network: example:mazur\nnet_h1 = 0.3775\nout_h1 = 0.5933',
    hint: 'Lines such as net_h1 = 0.3775, a table, CSV or JSON, in any notation. “# network: …” says what it is about.',
    dropHere: 'A worksheet or a network file can be dropped here.',
    network: 'Network',
    fromSheet: 'from the worksheet',
    exampleNetworks: { mazur: 'Mazur’s 2-2-2 network', xor: 'XOR', digits: '8 × 8 digits' },
    openNetwork: 'Open a network …',
    notation: 'Notation',
    findOut: 'from its names',
    mark: 'Mark it',
    marking: 'Marking …',
    stop: 'Stop',
    changed: 'The worksheet has changed since it was marked.',
    nothing: 'Paste a worksheet, open or drop one, or choose an example; then have it marked.',
    result: 'The marks',
    rule: 'The rule',
    asOnSheet: 'As the worksheet has it',
    showInNetwork: 'Show it in the network',
    drawing: 'The network, with the worksheet’s numbers',
    drawingHint: 'Wrong numbers are ringed. Choose a part to see how it is worked out.',
    quantity: 'Quantity',
    working: 'Working it out …',
    close: 'Close',
    given: 'On the worksheet',
    expected: 'Right value',
    follows: 'From the numbers before it',
    others: 'Other lines of the worksheet',
    savePage: 'Marks as a page (HTML)',
    saveData: 'Marks as data (JSON)',
    print: 'Print',
    yourNetwork: (name) => `your file: ${name}`,
    tooLong: 'This worksheet is too long for a link; save it as a file to hand it on.',
    unreadable: 'The address names no worksheet that can be read here; what stands here stays. Ask for the link again.',
    threadless:
      'This browser gives the page no threads, so it stands still while a worksheet is marked; open it from “chainrule studio” to change that.',
    stopped: 'Stopped before it was done; do it again, with fewer numbers or a smaller network.',
    noForm: 'The worksheet cannot be laid out as a form; fill it in as text.',
    noSample:
      'Neither the worksheet nor the network has a sample; add lines such as “# input: 0.05, 0.1” and “# target: 0.01, 0.99”.',
    noNetwork:
      'The worksheet does not say which network it is about; begin it with a line such as “# network: example:mazur”, or choose a network.',
    networkElsewhere: (name) =>
      `The worksheet is about the network ${name}, which is not in this page; open its file with “Open a network”.`,
    noRule: (name) => `There is no rule called ${name}; choose one of the list.`,
  },
  zh: {
    title: '批改',
    parts: { label: '要做什么', mark: '批改练习', make: '出一份练习' },
    intro: '手算的数，或者自己的程序算出的数：哪些对，从哪里开始错，为什么错。',
    sheet: '练习',
    modes: { label: '填写方式', text: '文本', form: '表单' },
    example: '示例',
    chooseExample: '选择示例……',
    examples: {
      closing: '教程自己的结尾数字',
      derivative: '漏乘了导数',
      carried: '一处笔误，一路带下去',
      direction: '更新方向弄反了',
    },
    open: '打开练习……',
    text: '练习的文本',
    placeholder: '# 网络：example:mazur\nnet_h1 = 0.3775\nout_h1 = 0.5933',
    hint: '可以是 net_h1 = 0.3775 这样的行、表格、CSV 或 JSON，哪种记法都行。用“# 网络：……”一行说明题目。',
    dropHere: '可以把练习或网络文件拖到这里。',
    network: '网络',
    fromSheet: '练习中所写的',
    exampleNetworks: { mazur: 'Mazur 的 2-2-2 网络', xor: '异或', digits: '8 × 8 数字' },
    openNetwork: '打开网络……',
    notation: '记法',
    findOut: '由名称判断',
    mark: '批改',
    marking: '正在批改……',
    stop: '停止',
    changed: '批改之后练习又有改动。',
    nothing: '粘贴、打开或拖入一份练习，或者选择一个示例，然后批改。',
    result: '批改结果',
    rule: '正确的公式',
    asOnSheet: '练习中的做法',
    showInNetwork: '在网络中查看',
    drawing: '网络与练习中的数',
    drawingHint: '错误的数带有圈。点选任一部分，可看它如何算出。',
    quantity: '量',
    working: '正在推导……',
    close: '关闭',
    given: '练习所写',
    expected: '正确值',
    follows: '由前面的数应得',
    others: '练习中的其他行',
    savePage: '批改结果（网页）',
    saveData: '批改结果（JSON）',
    print: '打印',
    yourNetwork: (name) => `自己的文件：${name}`,
    tooLong: '练习太长，放不进链接；请保存为文件再交给别人。',
    unreadable: '网址中没有可读的练习，这里的内容保持不变；请重新索取链接。',
    threadless: '浏览器没有给本页面线程，批改时页面会停顿；从 “chainrule studio” 打开可以避免。',
    stopped: '未做完就停止了；可减少数的个数或换小一些的网络，再试一次。',
    noForm: '这份练习无法显示为表单；请以文本方式填写。',
    noSample: '练习和网络都没有给出样本；请加上“# 输入：0.05, 0.1”和“# 目标：0.01, 0.99”这样的行。',
    noNetwork: '练习没有说明是哪个网络；请在开头写上“# 网络：example:mazur”这样的一行，或选择一个网络。',
    networkElsewhere: (name) => `练习所说的网络 ${name} 不在本页面中；请用“打开网络”打开它的文件。`,
    noRule: (name) => `没有名为 ${name} 的规则；请从列表中选择。`,
  },
};
