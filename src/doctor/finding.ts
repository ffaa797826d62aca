// What the doctor finds and the contract of an illness: how it is recognised, and its words in both languages.
import type { Evidence } from './evidence.ts';

/** The languages of the doctor's words. */
export type DoctorLanguage = 'en' | 'zh';

/** How much harm an illness does: the run is spoilt, is hampered, or could be better. */
export type Severity = 'serious' | 'moderate' | 'slight';

/** What an illness says in one language, as paragraphs without line breaks. */
export interface FindingText {
  readonly name: string;
  /** What is wrong, in a sentence or two. */
  readonly what: string;
  /** The numbers it was seen by, a line each. */
  readonly evidence: readonly string[];
  /** What to do. */
  readonly remedy: string;
}

/** How to mend it: on the command line, and in code. */
export interface Remedy {
  /** Flags for `chainrule train`, where some mend it: `--lr 0.01`. */
  readonly flags?: string;
  /** The option of the library: `optimizer: sgd({ learningRate: 0.01 })`. */
  readonly code?: string;
}

/** A fact that an illness was recognised by. */
export type Fact = number | string | boolean | null | readonly number[] | readonly string[];

/** One thing that is wrong. Plain data. */
export interface Finding {
  readonly illness: string;
  readonly severity: Severity;
  /** The numbered layer that it was found in, where it was one. */
  readonly layer?: number;
  /** The numbers by their names. */
  readonly facts: Readonly<Record<string, Fact>>;
  readonly remedies: readonly Remedy[];
  readonly text: Readonly<Record<DoctorLanguage, FindingText>>;
}

/** What the detection of an illness comes to. */
interface Detected<Facts> {
  readonly severity: Severity;
  readonly layer?: number;
  readonly facts: Facts;
  readonly remedies?: readonly Remedy[];
}

/** The words of one language, made from the facts. */
interface Words<Facts> {
  readonly name: string;
  readonly what: (facts: Facts) => string;
  readonly evidence: (facts: Facts) => readonly string[];
  readonly remedy: (facts: Facts) => string;
}

/** How an illness is described. */
interface IllnessDefinition<Facts> {
  readonly id: string;
  /** Whether something else that is serious explains it: it is then left out. */
  readonly symptom?: boolean;
  readonly detect: (evidence: Evidence) => Detected<Facts> | undefined;
  readonly en: Words<Facts>;
  readonly zh: Words<Facts>;
}

/** One illness. */
export interface Illness {
  readonly id: string;
  /** Whether something else that is serious explains it. */
  readonly symptom: boolean;
  readonly names: Readonly<Record<DoctorLanguage, string>>;
  /** The finding where the evidence shows the illness. */
  detect(evidence: Evidence): Finding | undefined;
}

/** An illness whose words are checked against its facts. */
export function defineIllness<Facts extends Record<string, Fact>>(definition: IllnessDefinition<Facts>): Illness {
  const { id, en, zh } = definition;
  return {
    id,
    symptom: definition.symptom ?? false,
    names: { en: en.name, zh: zh.name },
    detect(evidence) {
      const found = definition.detect(evidence);
      if (found === undefined) return undefined;
      const { severity, layer, facts, remedies = [] } = found;
      return {
        illness: id,
        severity,
        ...(layer !== undefined && { layer }),
        facts,
        remedies,
        text: { en: textOf(en, facts), zh: textOf(zh, facts) },
      };
    },
  };
}

function textOf<Facts>({ name, what, evidence, remedy }: Words<Facts>, facts: Facts): FindingText {
  return { name, what: what(facts), evidence: evidence(facts), remedy: remedy(facts) };
}
