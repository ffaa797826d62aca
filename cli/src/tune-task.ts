// What `tune` was asked for: its flags, and the task they make together with the data. How it is done is tune-find.ts's business.
import type { Settings } from 'chainrule/tune';
import type { Parts } from './parts.ts';
import type { PredictingFlags } from './predicting-flags.ts';
import type { Measure } from './tune-figures.ts';
import type { TrialSetup } from './tune-trial.ts';

/** The flags of the command. */
export interface TuneFlags extends PredictingFlags {
  readonly space?: string;
  readonly trials?: number;
  readonly epochs?: number;
  readonly factor?: number;
  readonly search?: 'halving' | 'random';
  readonly broad?: boolean;
  readonly rangeTest?: boolean;
  readonly hidden?: readonly number[];
  readonly activation?: string;
  readonly loss?: string;
  readonly optimizer?: string;
  readonly lr?: number;
  readonly momentum?: number;
  readonly batch?: number;
  readonly l1?: number;
  readonly l2?: number;
  readonly dropout?: number;
  readonly noise?: number;
  readonly schedule?: string;
  readonly seed?: number;
  readonly backend?: string;
  readonly jobs?: number;
  readonly dir?: string;
  readonly plot?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** A search as it was asked for, its data read. */
export interface Task {
  readonly flags: TuneFlags;
  readonly fixed: Settings;
  readonly setup: TrialSetup;
  readonly parts: Parts;
  readonly measure: Measure;
  readonly language: string;
}
