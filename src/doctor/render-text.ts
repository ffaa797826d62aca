// Findings and autopsies as text for a terminal. Colours are the caller's.

import { columns, wrapped } from '../explain/wrap.ts';
import type { Autopsy } from './autopsy.ts';
import { autopsyText } from './autopsy-text.ts';
import type { DoctorLanguage, Finding, Severity } from './finding.ts';

/** How text is laid out. */
export interface DoctorTextOptions {
  /** English unless given. */
  readonly language?: DoctorLanguage;
  /** Columns that paragraphs are wrapped at; 80 unless given. */
  readonly width?: number;
  /** Makes a heading stand out; as it stands unless given. */
  readonly emphasis?: (text: string) => string;
}

interface LayoutWords {
  readonly healthy: string;
  readonly severities: Readonly<Record<Severity, string>>;
  readonly evidence: string;
  readonly remedy: string;
  readonly flags: (flags: string) => string;
  readonly code: (code: string) => string;
}

const words: Readonly<Record<DoctorLanguage, LayoutWords>> = {
  en: {
    healthy: 'Nothing wrong was found.',
    severities: { serious: 'serious', moderate: 'moderate', slight: 'slight' },
    evidence: 'Evidence',
    remedy: 'Remedy',
    flags: (flags) => `train: ${flags}`,
    code: (code) => `code:  ${code}`,
  },
  zh: {
    healthy: '没有发现问题。',
    severities: { serious: '严重', moderate: '中等', slight: '轻微' },
    evidence: '证据',
    remedy: '办法',
    flags: (flags) => `train：${flags}`,
    code: (code) => `代码： ${code}`,
  },
};

/** Findings as numbered paragraphs with evidence and remedy, or a sentence where there are none. */
export function renderFindings(findings: readonly Finding[], options: DoctorTextOptions = {}): string {
  const { language = 'en' } = options;
  if (findings.length === 0) return `${words[language].healthy}\n`;
  return findings.map((finding, i) => findingBlock(finding, i + 1, options)).join('\n');
}

function findingBlock(
  { text, severity, remedies }: Finding,
  number: number,
  { language = 'en', width = 80, emphasis = (one) => one }: DoctorTextOptions,
): string {
  const own = words[language];
  const { name, what, evidence, remedy } = text[language];
  const [open, close] = language === 'zh' ? ['（', '）'] : [' (', ')'];
  const flags = remedies.flatMap((one) => (one.flags === undefined ? [] : [own.flags(one.flags)]));
  // The command line's words where there are some; code is in the finding for those who call the library.
  const hints = flags.length > 0 ? flags : remedies.flatMap(({ code }) => (code === undefined ? [] : [own.code(code)]));
  return [
    `${number}. ${emphasis(name)}${open}${own.severities[severity]}${close}`,
    ...paragraph(what, 3, width),
    `   ${own.evidence}`,
    ...evidence.flatMap((line) => paragraph(line, 5, width)),
    `   ${own.remedy}`,
    ...paragraph(remedy, 5, width),
    ...hints.map((line) => `     ${line}`),
    '',
  ].join('\n');
}

/** An autopsy: the quantity, what it was computed from, the chain behind it, and the last steps as a table. */
export function renderAutopsy(autopsy: Autopsy, options: DoctorTextOptions = {}): string {
  const { language = 'en', width = 80, emphasis = (one) => one } = options;
  const { name, what, inputs, chain, growth } = autopsyText(autopsy, language);
  const list = ({ heading, lines }: { heading: string; lines: readonly string[] }) =>
    lines.length === 0 ? [] : [`   ${heading}`, ...lines.map((line) => `     ${line}`)];
  return [
    emphasis(name),
    ...paragraph(what, 3, width),
    ...list(inputs),
    ...list(chain),
    ...list({ heading: growth.heading, lines: tableLines([growth.columns, ...growth.rows]) }),
    '',
  ].join('\n');
}

function paragraph(text: string, indent: number, width: number): string[] {
  return wrapped(text, width - indent).map((line) => `${' '.repeat(indent)}${line}`);
}

/** Rows with their cells right-aligned. */
function tableLines(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => columns(row[column]))));
  return rows.map((row) => row.map((cell, i) => ' '.repeat(widths[i] - columns(cell)) + cell).join('   '));
}
