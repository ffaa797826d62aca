// An autopsy in words, in both languages. What is found is autopsy.ts's business.
import type { Autopsy, FirstFailure, Link, Vital } from './autopsy.ts';
import type { Cause } from './cause.ts';
import type { DoctorLanguage } from './finding.ts';
import { short } from './words.ts';

/** An autopsy as paragraphs, and the steps before it as rows of a table. */
export interface AutopsyText {
  readonly name: string;
  readonly what: string;
  /** A line each: the quantity and what it was computed from. */
  readonly inputs: { readonly heading: string; readonly lines: readonly string[] };
  readonly chain: { readonly heading: string; readonly lines: readonly string[] };
  readonly growth: {
    readonly heading: string;
    readonly columns: readonly string[];
    readonly rows: readonly (readonly string[])[];
  };
}

/** The words of one language. */
interface AutopsyWords {
  readonly name: string;
  readonly what: (first: FirstFailure) => string;
  readonly inputs: (first: FirstFailure) => string;
  readonly chain: string;
  readonly link: (link: Link) => string;
  readonly sample: (sample: number) => string;
  readonly growth: (rate: number) => string;
  readonly columns: readonly string[];
}

/** Counts that the chain must differ from 1 by to be called growth. */
const grows = 1.05;

const english: AutopsyWords = {
  name: 'Autopsy: the first number that was not finite',
  what: ({ quantity, value, sample, epoch, step, stepInEpoch, phase, layer, cause, wrong, of }) =>
    `${quantity} was ${short(value)} in epoch ${epoch}, step ${stepInEpoch}${step === stepInEpoch ? '' : ` (step ${step} of all)`}${sample === null ? '' : `, for sample ${sample} of the training data`}: ${causes.en(cause)}. It belongs to ${layer === null ? 'the loss' : `layer ${layer}`}${phases.en[phase]}; ${wrong} of its ${of} numbers ${wrong === 1 ? 'is' : 'are'} not finite. Everything computed before it was finite.`,
  inputs: ({ inputs, inputCount }) =>
    inputCount > inputs.length ? `Computed from ${inputCount} quantities, the largest:` : 'Computed from:',
  chain: 'How it came to that, back through the steps:',
  link: ({ step }) => `step ${step}: `,
  sample: (sample) => ` (sample ${sample})`,
  growth: (rate) => (rate > grows ? `The largest parameter grew ${short(rate)} times a step:` : 'The last steps:'),
  columns: ['step', 'loss', 'largest parameter', 'largest gradient'],
};

const chinese: AutopsyWords = {
  name: '解剖：第一个非有限的数',
  what: ({ quantity, value, sample, epoch, step, stepInEpoch, phase, layer, cause, wrong, of }) =>
    `${quantity} 在第 ${epoch} 轮第 ${stepInEpoch} 步${step === stepInEpoch ? '' : `（总第 ${step} 步）`}${sample === null ? '' : `、训练数据的样本 ${sample} 上`}变成了 ${short(value)}：${causes.zh(cause)}。它属于${layer === null ? '损失' : `第 ${layer} 层`}${phases.zh[phase]}；它的 ${of} 个数中有 ${wrong} 个不是有限的数。在它之前的一切都是有限的。`,
  inputs: ({ inputs, inputCount }) =>
    inputCount > inputs.length ? `由 ${inputCount} 个量算得，其中最大的：` : '由以下的量算得：',
  chain: '它是怎样走到这一步的（逐步向前追溯）：',
  link: ({ step }) => `第 ${step} 步：`,
  sample: (sample) => `（样本 ${sample}）`,
  growth: (rate) => (rate > grows ? `最大的参数每一步增大到 ${short(rate)} 倍：` : '最后几步：'),
  columns: ['步', '损失', '最大的参数', '最大的梯度'],
};

const phases: Readonly<Record<DoctorLanguage, Readonly<Record<FirstFailure['phase'], string>>>> = {
  en: {
    forward: ', forward pass',
    loss: '',
    backward: ', backward pass',
    update: ', update of the parameters',
    given: '',
  },
  zh: { forward: '的前向传播', loss: '', backward: '的反向传播', update: '的参数更新', given: '' },
};

const causes: Readonly<Record<DoctorLanguage, (cause: Cause) => string>> = {
  en: (cause) => {
    if (cause.kind === 'overflow') return `${operations.en[cause.operation]} is beyond the greatest number there is`;
    if (cause.kind === 'division') return 'a division by 0';
    if (cause.kind === 'logarithm') return `the logarithm of ${short(cause.of)}`;
    if (cause.kind === 'given') return 'it was given so';
    return cause.kind === 'inherited' ? 'what it was computed from was so already' : 'its formula has no value there';
  },
  zh: (cause) => {
    if (cause.kind === 'overflow') return `${operations.zh[cause.operation]}超出了能表示的最大的数`;
    if (cause.kind === 'division') return '除以 0';
    if (cause.kind === 'logarithm') return `对 ${short(cause.of)} 取对数`;
    if (cause.kind === 'given') return '它一开始就是这样';
    return cause.kind === 'inherited' ? '算它所用的量已经如此' : '它的公式在那里没有值';
  },
};

const operations = {
  en: {
    product: 'a product',
    sum: 'a sum',
    quotient: 'a quotient',
    power: 'a power',
    exp: 'an exponential',
    result: 'the result',
  },
  zh: { product: '乘积', sum: '和', quotient: '商', power: '幂', exp: '指数函数值', result: '结果' },
} as const;

const words: Readonly<Record<DoctorLanguage, AutopsyWords>> = { en: english, zh: chinese };

/** An autopsy in words. */
export function autopsyText({ first, chain, growth, growthPerStep }: Autopsy, language: DoctorLanguage): AutopsyText {
  const own = words[language];
  const vital = ({ quantity, value, sample }: Vital) =>
    `${quantity} = ${short(value)}${sample === null ? '' : own.sample(sample)}`;
  return {
    name: own.name,
    what: own.what(first),
    inputs: { heading: own.inputs(first), lines: first.inputs.map(vital) },
    chain: { heading: own.chain, lines: chain.map((link) => `${own.link(link)}${vital(link)}`) },
    growth: {
      heading: own.growth(growthPerStep),
      columns: own.columns,
      rows: growth.map(({ step, loss, parameter, gradient }) => [
        String(step),
        short(loss),
        short(parameter),
        short(gradient),
      ]),
    },
  };
}
