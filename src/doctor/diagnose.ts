// From evidence to findings, the most serious first; and a training that ends with one.
import type { Network } from '../network/index.ts';
import { type Epoch, type FitOptions, type FitResult, fitEpochs, type TrainingData } from '../train/index.ts';
import { type Autopsy, autopsy } from './autopsy.ts';
import { type Case, collect, type Evidence } from './evidence.ts';
import type { Finding, Severity } from './finding.ts';
import { illnesses } from './illnesses/index.ts';

/** What the doctor says. */
export interface Diagnosis {
  /** The most serious first; of equals, causes before what they lead to. None for a healthy run. */
  readonly findings: readonly Finding[];
  /** What it was judged by. */
  readonly evidence: Evidence;
}

const order: readonly Severity[] = ['serious', 'moderate', 'slight'];

/**
 * Says what is wrong with a finished training, or with a network on data.
 * @example
 * const result = await fit(net, data, options);
 * diagnose({ network: net, data, options, result }).findings[0]?.text.en.what
 * @throws ChainruleError `bad-shape` where the data does not fit the network
 */
export function diagnose(subject: Case): Diagnosis {
  const evidence = collect(subject);
  const findings: Finding[] = [];
  for (const { detect, symptom } of illnesses) {
    if (symptom && findings.some(({ severity }) => severity === 'serious')) continue;
    findings.push(...[detect(evidence)].filter((found) => found !== undefined));
  }
  return {
    findings: findings.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity)),
    evidence,
  };
}

/** A training and what the doctor says about it. */
export interface Checkup extends Diagnosis {
  readonly result: FitResult;
  /** Where training left the finite numbers. */
  readonly autopsy?: Autopsy;
}

/** What a check-up takes beside the options of a training. */
export interface CheckupOptions extends FitOptions {
  /** Called as each epoch ends. */
  readonly onEpoch?: (epoch: Epoch) => void;
}

/**
 * Trains like `fit`, and says what is wrong; where training diverges, with an autopsy.
 * @example
 * const { findings, autopsy, result } = await checkup(net, data, { epochs: 100 });
 * @throws ChainruleError as `fit`
 */
export async function checkup(net: Network, data: TrainingData, options: CheckupOptions = {}): Promise<Checkup> {
  const { onEpoch, ...training } = options;
  const epochs = fitEpochs(net, data, training);
  for (;;) {
    const next = await epochs.next();
    if (!next.done) {
      onEpoch?.(next.value);
      continue;
    }
    const result = next.value;
    const diagnosis = diagnose({ network: net, data, options: training, result });
    const opened = result.divergedAt === undefined ? undefined : await autopsy(net, data, training, result.divergedAt);
    return { ...diagnosis, result, ...(opened && { autopsy: opened }) };
  }
}
