/**
 * What is wrong with a network, its data or its training, and what to do about it.
 * @module chainrule/doctor
 */
export {
  type Autopsy,
  autopsy,
  type FirstFailure,
  type GrowthPoint,
  type Link,
  type Vital,
} from './autopsy.ts';
export { type AutopsyText, autopsyText } from './autopsy-text.ts';
export type { Cause } from './cause.ts';
export type { ColumnReading } from './columns.ts';
export { type Checkup, type CheckupOptions, checkup, type Diagnosis, diagnose } from './diagnose.ts';
export type { Case, ClassReading, Evidence } from './evidence.ts';
export type { DoctorLanguage, Fact, Finding, FindingText, Illness, Remedy, Severity } from './finding.ts';
export { illnesses } from './illnesses/index.ts';
export type { LayerReading, Reading } from './reading.ts';
export { type DoctorTextOptions, renderAutopsy, renderFindings } from './render-text.ts';
export { type Warning, watch } from './watch.ts';
