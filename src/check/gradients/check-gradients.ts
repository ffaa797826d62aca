// Another program's gradients held against ours, tensor by tensor: right, on its side, off by a factor, or wrong, and why.
import { ChainruleError } from '../../errors.ts';
import { sameShape, showShape, sizeOf, type Tensor } from '../../memory/index.ts';
import type { Network } from '../../network/index.ts';
import { type Exercise, type ExerciseOptions, exerciseOf, Run, rightRun } from '../exercise.ts';
import { FormulaWriter } from '../formulas.ts';
import * as misconceptions from '../misconceptions/index.ts';
import type { Misconception } from '../misconceptions/misconception.ts';
import type { ReportOptions } from '../report.ts';
import { wordsOf } from '../report.ts';
import { type Matched, matchNames } from './match-names.ts';

/** How a tensor stands to ours. */
export type GradientVerdict =
  | 'right'
  | 'transposed' // its rows are our columns
  | 'factor' // every element is ours times the same number
  | 'wrong';

/** One tensor, compared. */
export interface ComparedTensor {
  readonly parameter: string;
  /** As the other program names it. */
  readonly theirs: string;
  readonly verdict: GradientVerdict;
  /** The constant factor, and what it is: `m`, `1/m`, `−1`, `η` … */
  readonly factor?: number;
  readonly factorName?: string;
  /** The largest difference, as a share of our largest element. */
  readonly error: number;
}

/** Gradients, compared. */
export interface GradientsReport {
  readonly tensors: readonly ComparedTensor[];
  readonly passed: boolean;
  /** The last layer with a wrong gradient: those behind it, nearer to the output, are right. Null where none is wrong. */
  readonly wrongFrom: number | null;
  readonly diagnoses: readonly {
    readonly misconception: string;
    readonly explanation: string;
    /** Misconceptions that lead to the same tensors. */
    readonly indistinguishable: readonly string[];
  }[];
}

/** The largest difference that passes, as a share of the tensor's largest element: what float32 leaves. */
const tolerance = 1e-4;

/**
 * Compares gradients of the batch's mean loss with ours, and names the misconception that leads to them.
 * @example checkGradients(net, batch, await readTensors(bytes, 'theirs.npz')).passed
 * @throws ChainruleError where a tensor belongs to no parameter or has another shape
 */
export function checkGradients(
  network: Network,
  step: ExerciseOptions,
  tensors: ReadonlyMap<string, Tensor>,
  options: Pick<ReportOptions, 'language' | 'notation'> = {},
): GradientsReport {
  const exercise = exerciseOf(network, step);
  const matched = matchNames(network, tensors);
  const run = rightRun(exercise);
  const compared = matched.map((one) => compare(one, run.values(`${one.parameter}.grad`), exercise));
  const layout = isLayout(matched, compared);
  const wrong = compared.filter(({ verdict }) => verdict !== 'right' && !(layout && verdict === 'transposed'));
  const layers = wrong.map(({ parameter }) => Number(parameter.split('.')[1]));
  return {
    tensors: compared,
    passed: wrong.length === 0,
    wrongFrom: wrong.length === 0 ? null : Math.max(...layers),
    diagnoses: wrong.length === 0 ? [] : diagnosed(exercise, matched, wrong[0], options),
  };
}

/** Whether matrices on their side are just the other program's layout: all of them are, and their shapes show it where they can. */
function isLayout(matched: readonly Matched[], compared: readonly ComparedTensor[]): boolean {
  const matrices = compared.filter(
    (_, i) => matched[i].tensor.shape.length === 2 && Math.min(...matched[i].tensor.shape) > 1,
  );
  // Of square matrices alone nobody can tell a layout from a mistake.
  const shows = matched.some(({ tensor: { shape } }) => shape.length === 2 && shape[0] !== shape[1]);
  return shows && matrices.every(({ verdict }) => verdict === 'transposed');
}

function compare({ theirs, parameter, tensor }: Matched, ours: Float64Array, exercise: Exercise): ComparedTensor {
  const own: Tensor = { shape: exercise.network.parameters[parameter].shape, data: ours };
  const base = { parameter, theirs };
  const straight = arranged(tensor, own.shape);
  const turned = turnedTo(tensor, own.shape);
  if (straight === undefined && turned === undefined) {
    throw new ChainruleError(
      'bad-shape',
      `${theirs} has shape ${showShape(tensor.shape)} where ${parameter} has ${showShape(own.shape)}: it belongs to another network or parameter.`,
    );
  }
  const error = straight === undefined ? Number.POSITIVE_INFINITY : difference(straight, ours, 1);
  if (error <= tolerance) return { ...base, verdict: 'right', error };
  if (turned !== undefined && difference(turned, ours, 1) <= tolerance) {
    return { ...base, verdict: 'transposed', error: difference(turned, ours, 1) };
  }
  for (const candidate of [straight, turned]) {
    const factor = candidate && factorOf(candidate, ours);
    if (
      candidate === undefined ||
      factor === undefined ||
      difference(candidate, ours, factor) > tolerance * Math.abs(factor)
    )
      continue;
    return { ...base, verdict: 'factor', factor, factorName: nameOfFactor(factor, exercise), error };
  }
  return { ...base, verdict: 'wrong', error };
}

/** The numbers of a tensor of the same shape, or of the same numbers without their shape. */
const arranged = ({ shape, data }: Tensor, own: readonly number[]): ArrayLike<number> | undefined =>
  sameShape(shape, own) || (shape.filter((axis) => axis > 1).length <= 1 && sizeOf(shape) === sizeOf(own))
    ? data
    : undefined;

/** The numbers of a matrix on its side. */
function turnedTo({ shape, data }: Tensor, own: readonly number[]): Float64Array | undefined {
  if (own.length !== 2 || shape.length !== 2 || shape[0] !== own[1] || shape[1] !== own[0]) return undefined;
  return Float64Array.from({ length: data.length }, (_, i) => data[(i % own[1]) * shape[1] + Math.floor(i / own[1])]);
}

/** The largest |theirs − factor · ours|, as a share of our largest element. */
function difference(theirs: ArrayLike<number>, ours: ArrayLike<number>, factor: number): number {
  let [largest, most] = [0, 0];
  for (let i = 0; i < ours.length; i++) {
    largest = Math.max(largest, Math.abs(ours[i]));
    const apart = Math.abs(theirs[i] - factor * ours[i]);
    most = Number.isNaN(apart) ? Number.POSITIVE_INFINITY : Math.max(most, apart);
  }
  return most === 0 ? 0 : most / Math.max(largest, Number.MIN_VALUE);
}

/** The factor at our largest element; undefined where theirs is 0 there. */
function factorOf(theirs: ArrayLike<number>, ours: ArrayLike<number>): number | undefined {
  let at = 0;
  for (let i = 0; i < ours.length; i++) if (Math.abs(ours[i]) > Math.abs(ours[at])) at = i;
  const factor = theirs[at] / ours[at];
  return Number.isFinite(factor) && factor !== 0 ? factor : undefined;
}

function nameOfFactor(factor: number, { count, learningRate }: Exercise): string {
  const known: (readonly [string, number])[] = [
    ['−1', -1],
    ['2', 2],
    ['1/2', 0.5],
    ['m', count],
    ['1/m', 1 / count],
    ['η', learningRate],
    ['−η', -learningRate],
    ['2/m', 2 / count],
    ['m/2', count / 2],
  ];
  return known.find(([, value]) => Math.abs(factor / value - 1) < 1e-3)?.[0] ?? String(Number(factor.toPrecision(6)));
}

/** The misconceptions by which every tensor is what the other program has. */
function diagnosed(
  exercise: Exercise,
  matched: readonly Matched[],
  { parameter }: ComparedTensor,
  { language, notation = 'nielsen' }: Pick<ReportOptions, 'language' | 'notation'>,
): GradientsReport['diagnoses'] {
  const found: { readonly misconception: Misconception; readonly run: Run }[] = [];
  for (const misconception of Object.values(misconceptions)) {
    const fitting = misconception
      .mutate(exercise.program)
      .map(({ program }) => new Run(exercise, program))
      .find((run) => matched.every((one) => fits(one, run.values(`${one.parameter}.grad`), exercise)));
    if (fitting !== undefined) found.push({ misconception, run: fitting });
  }
  const [first, ...others] = found;
  if (first === undefined) return [];
  const words = wordsOf(language);
  const writer = new FormulaWriter(exercise, words, notation);
  const shape = exercise.network.parameters[parameter].shape;
  const gradient = { kind: 'element', slot: `${parameter}.grad`, index: shape.map(() => 0), sample: null } as const;
  const at = writer.changedAt(first.run, { after: 0, element: gradient }) ?? { after: 0, element: gradient };
  const circumstances = {
    quantity: writer.symbol(at),
    right: writer.rule(rightRun(exercise), at),
    wrong: writer.rule(first.run, at),
  };
  const explanation = first.misconception.explanation[words.name === 'zh' ? 'zh' : 'en'](circumstances);
  const indistinguishable = others.map(({ misconception }) => misconception.id);
  const tied = indistinguishable.length > 0 ? ` ${words.alternatives(indistinguishable.join(', '))}` : '';
  return [{ misconception: first.misconception.id, explanation: explanation + tied, indistinguishable }];
}

function fits(one: Matched, ours: Float64Array, { network }: Exercise): boolean {
  const { shape } = network.parameters[one.parameter];
  return [arranged(one.tensor, shape), turnedTo(one.tensor, shape)].some(
    (theirs) => theirs !== undefined && difference(theirs, ours, 1) <= tolerance,
  );
}
