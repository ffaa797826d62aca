/**
 * Marking and diagnosing a calculation, checking gradients, and worksheets.
 * @module chainrule/check
 */
export * from './check.ts';
export * from './class-report.ts';
export type { ConventionName } from './conventions.ts';
export type { Cause, Explanation } from './diagnose.ts';
export type { Exercise, ExerciseOptions, Quantity } from './exercise.ts';
export {
  type ComparedTensor,
  checkGradients,
  type GradientsReport,
  type GradientVerdict,
} from './gradients/check-gradients.ts';
export { readTensors } from './gradients/read-tensors.ts';
export type { HiddenSlip } from './hidden-slip.ts';
export type { Mark, Verdict } from './marking.ts';
export type { Circumstances, Misconception, Mutant } from './misconceptions/misconception.ts';
export { renderCheckHtml, renderClassHtml } from './pages/pages.ts';
export { longestSheet, readSheet } from './read-sheet.ts';
export type { Answer } from './reckoning.ts';
export { renderCheckText } from './render-text.ts';
export {
  type CheckReport,
  type ReportDiagnosis,
  type ReportItem,
  type ReportOptions,
  reportOf,
  wordsOf as checkWords,
} from './report.ts';
export type { Sheet, SheetEntry, SheetOptimizer } from './sheet.ts';
export { parseOptimizer, sheetOptimizer } from './sheet-optimizer.ts';
export type { SlipKind } from './slips.ts';
export type { CheckWords, SlipFound } from './words/words.ts';
export * from './worksheet/index.ts';
export type { SheetWords } from './worksheet/words.ts';
export { writeSheet } from './write-sheet.ts';
export type { WrittenNumber } from './written-number.ts';
export { type WrittenRule, writtenRules } from './written-rules.ts';
