// What is evident while a training still runs, told once: the same detection as afterwards, at few epochs and on few samples.
import { subset } from '../data/index.ts';
import type { Network } from '../network/index.ts';
import { type Epoch, type EpochRecord, type FitOptions, fittingDataset, type TrainingData } from '../train/index.ts';
import { spread } from './columns.ts';
import { collect, type Evidence } from './evidence.ts';
import type { DoctorLanguage, Finding } from './finding.ts';
import { deadRelus } from './illnesses/dead-relus.ts';
import { learningRateTooHigh } from './illnesses/learning-rate-too-high.ts';
import { short } from './words.ts';

/** Something that is wrong with a training that runs. Plain data. */
export interface Warning {
  readonly illness: string;
  /** After which epoch it was seen. */
  readonly epoch: number;
  /** In a sentence. */
  readonly text: Readonly<Record<DoctorLanguage, string>>;
}

/** What shows early and does not go away by itself; other illnesses are judged by the end. */
const early = [learningRateTooHigh, deadRelus];

/** Samples that the network is looked at on: a look takes milliseconds. */
const mostSamples = 500;

/** Before this epoch a healthy network may still give one answer for everything. */
const answersDiffer = 8;

/** A network that gives one answer for everything has come to a standstill where its loss fell by less than this share since the last look. */
const standstill = 0.01;

/** Where one class is nearly all of the data, always naming it is no wonder. */
const commonest = 0.9;

/**
 * Watches a training: the function it gives takes each epoch as it ends and says what has become evident, each thing once.
 * It looks after epochs 1, 2, 4, 8 and so on.
 * @example
 * const look = watch(net, data, options);
 * for await (const epoch of fitEpochs(net, data, options)) for (const { text } of look(epoch)) console.warn(text.en);
 */
export function watch(net: Network, data: TrainingData, options: FitOptions = {}): (epoch: Epoch) => Warning[] {
  const whole = fittingDataset(net, data);
  const { count } = whole.samples.inputs;
  const dataset = count > mostSamples ? subset(whole, spread(count, mostSamples)) : whole;
  const history: EpochRecord[] = [];
  const told = new Set<string>();
  let before = Number.POSITIVE_INFINITY;
  return ({ network, state: _, ...record }) => {
    history.push(record);
    const { epoch } = record;
    if (!Number.isInteger(Math.log2(epoch))) return [];
    const execution = { backend: options.backend?.name ?? 'auto', threads: 1, fallbacks: [] };
    const result = { network, history, ending: 'epochs' as const, steps: 0, seconds: 0, execution };
    const evidence = collect({ network: net, data: dataset, options, result });
    const found = early.flatMap((illness) => illness.detect(evidence) ?? []);
    const warnings = found.filter(({ severity }) => severity !== 'slight').map((finding) => warningOf(finding, epoch));
    const stands = evidence.end.loss > (1 - standstill) * before;
    if (epoch >= answersDiffer && stands) warnings.push(...oneAnswer(evidence, epoch));
    before = evidence.end.loss;
    const news = warnings.filter(({ illness }) => !told.has(illness));
    for (const { illness } of news) told.add(illness);
    return news;
  };
}

function warningOf({ illness, text, remedies }: Finding, epoch: number): Warning {
  const flags = remedies.find((one) => one.flags !== undefined)?.flags;
  const { en, zh } = text;
  return {
    illness,
    epoch,
    text: {
      en: `after epoch ${epoch}: ${en.name}: ${en.evidence[0]}${flags === undefined ? '' : `; try ${flags}`}`,
      zh: `第 ${epoch} 轮之后：${zh.name}：${zh.evidence[0]}${flags === undefined ? '' : `；可试 ${flags}`}`,
    },
  };
}

/** Every sample taken for the same class, where there are others. */
function oneAnswer({ classes = [], end }: Evidence, epoch: number): Warning[] {
  const found = classes.filter(({ recall, share }) => recall > 0 && share > 0);
  const [only] = found;
  if (found.length !== 1 || only.recall < 1 || only.share > commonest) return [];
  const name = JSON.stringify(only.name);
  return [
    {
      illness: 'one-answer',
      epoch,
      text: {
        en: `after epoch ${epoch}: all samples are taken for ${name}, and the loss stands still at ${short(end.loss)}: look at the learning rate, the scaling of inputs and the activation`,
        zh: `第 ${epoch} 轮之后：所有样本都被判为 ${name}，损失停在 ${short(end.loss)}：请检查学习率、输入的缩放和激活函数`,
      },
    },
  ];
}
