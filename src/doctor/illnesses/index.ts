// The illnesses, causes before what they lead to: of two that are equally serious the earlier is named first.
import type { Illness } from '../finding.ts';
import { classImbalance } from './class-imbalance.ts';
import { constantColumns } from './constant-columns.ts';
import { deadRelus } from './dead-relus.ts';
import { explodingGradients } from './exploding-gradients.ts';
import { learningRateTooHigh } from './learning-rate-too-high.ts';
import { learningRateTooLow } from './learning-rate-too-low.ts';
import { notFiniteAtStart } from './not-finite-at-start.ts';
import { overFitting } from './over-fitting.ts';
import { plateau } from './plateau.ts';
import { saturatedNeurons } from './saturated-neurons.ts';
import { targetLeak } from './target-leak.ts';
import { targetsOutOfReach } from './targets-out-of-reach.ts';
import { underFitting } from './under-fitting.ts';
import { unscaledInputs } from './unscaled-inputs.ts';
import { vanishingGradients } from './vanishing-gradients.ts';

/** Everything the doctor looks for. */
export const illnesses: readonly Illness[] = [
  targetLeak,
  unscaledInputs,
  targetsOutOfReach,
  explodingGradients,
  deadRelus,
  saturatedNeurons,
  vanishingGradients,
  notFiniteAtStart,
  learningRateTooHigh,
  classImbalance,
  learningRateTooLow,
  plateau,
  overFitting,
  underFitting,
  constantColumns,
];
