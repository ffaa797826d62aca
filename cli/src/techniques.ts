// The techniques of the training toolbox as the command line takes them: what the flags mean, whether they suit the data, how they
// are told. The schedule's own text is schedule-argument.ts's business.
import { type AugmentOptions, augmenter, type Dataset, didYouMean, type FitOptions, isLabels } from 'chainrule';
import { cells, type Reader } from './arguments.ts';
import { UsageError } from './errors.ts';
import { spoken } from './languages/index.ts';
import { counted, percent } from './numbers.ts';
import { answers } from './parts.ts';
import type { ChosenSchedule } from './schedule-argument.ts';

/** What the user said. */
export interface TechniqueFlags {
  readonly schedule?: ChosenSchedule;
  readonly classWeights?: 'balanced' | readonly number[];
  readonly augment?: AugmentOptions;
  readonly noise?: number;
  readonly smoothLabels?: number;
  readonly sampleWeights?: string;
}

/** The same as a training takes them. */
export interface Techniques
  extends Pick<FitOptions, 'schedule' | 'classWeights' | 'augment' | 'noise' | 'smoothLabels'> {
  /** How the schedule was asked for. */
  readonly chosenSchedule?: ChosenSchedule;
  /** The column of samples' weights, which the training part brings. */
  readonly sampleWeights?: string;
}

/**
 * The techniques asked for, once they are known to suit the data.
 * @param name the data, as it was named
 * @throws UsageError or ChainruleError naming the flag
 */
export function techniquesFor(training: Dataset, name: string, flags: TechniqueFlags): Techniques {
  const { schedule, classWeights, augment, noise, smoothLabels, sampleWeights } = flags;
  if (classWeights !== undefined) requireClasses(training, name, classWeights);
  if (augment !== undefined) requireImages(training, name, augment);
  if (smoothLabels !== undefined && training.task === 'regression')
    throw new UsageError(
      `--smooth-labels is for classes and labels, and the target of ${name} is a number; leave it out.`,
    );
  return {
    ...(schedule && { schedule: schedule.schedule, chosenSchedule: schedule }),
    ...(classWeights && { classWeights }),
    ...(augment && { augment }),
    ...(noise !== undefined && { noise }),
    ...(smoothLabels !== undefined && { smoothLabels }),
    ...(sampleWeights !== undefined && { sampleWeights }),
  };
}

function requireClasses(training: Dataset, name: string, weights: 'balanced' | readonly number[]): void {
  const { targets } = training.samples;
  if (!isLabels(targets) && training.classNames === undefined)
    throw new UsageError(
      `--class-weights needs a target that is one class, which that of ${name} is not; leave it out.`,
    );
  if (weights === 'balanced') return;
  const { classNames = [] } = training;
  const classes = isLabels(targets) ? answers(training) : 2;
  if (weights.length === classes) return;
  throw new UsageError(
    `--class-weights has ${counted(weights.length, 'number')} where ${name} has ${classes} classes (${classNames.slice(0, 8).join(', ')}${classes > 8 ? ', …' : ''}); give one for each in this order, or balanced.`,
  );
}

function requireImages({ inputShape }: Dataset, name: string, options: AugmentOptions): void {
  if (inputShape.length !== 3)
    throw new UsageError(`--augment changes images, and ${name} is a table; leave it out, or give images.`);
  augmenter(inputShape, options);
}

/** Reads `balanced`, or a number for each class. */
export function classWeights(option: string): Reader<'balanced' | readonly number[]> {
  return (text) => {
    if (text.trim() === 'balanced') return 'balanced';
    return text.split(',').map((part) => {
      const value = part.trim() === '' ? Number.NaN : Number(part);
      if (value >= 0 && Number.isFinite(value)) return value;
      const guess = /^[a-z]{3,}$/i.test(text.trim()) ? didYouMean(text.trim(), ['balanced']) : '';
      throw new UsageError(
        `${option} is ${JSON.stringify(text)}${guess}; give balanced, or a number of at least 0 for each class, such as 1,2.5.`,
      );
    });
  };
}

const changes = ['shift', 'rotate', 'scale', 'elastic'] as const;

/** Reads `shift=1,rotate=10,scale=0.1,elastic=34:4`, some or all of them. */
export function augment(option: string): Reader<AugmentOptions> {
  return (text) => {
    const fail = (found: string): never => {
      throw new UsageError(
        `${option} is ${JSON.stringify(text)}; ${found}; write it like shift=1,rotate=10,scale=0.1,elastic=34:4, some or all of them.`,
      );
    };
    const number = (part: string | undefined): number => {
      const value = part === undefined || part.trim() === '' ? Number.NaN : Number(part);
      return value >= 0 && Number.isFinite(value) ? value : fail(`"${part ?? ''}" in it is no number of at least 0`);
    };
    const options: { -readonly [Key in keyof AugmentOptions]: AugmentOptions[Key] } = {};
    for (const cell of cells(text)) {
      const [key, value] = cell.split('=').map((part) => part.trim());
      const change = changes.find((one) => one === key);
      if (change === undefined) return fail(`there is no "${key}"${didYouMean(key, changes)}`);
      if (options[change] !== undefined) return fail(`"${key}" is in it twice`);
      if (change !== 'elastic') options[change] = number(value);
      else {
        const [alpha, sigma, ...more] = (value ?? '').split(':');
        if (more.length > 0) return fail('elastic takes two numbers, α:σ');
        options.elastic = { alpha: number(alpha), sigma: number(sigma) };
      }
    }
    const { shift = 0, scale = 0, elastic } = options;
    if (!Number.isInteger(shift)) return fail('shift is a whole number of pixels');
    if (scale >= 1) return fail('scale is below 1');
    if (elastic !== undefined && !(elastic.sigma > 0 && elastic.sigma <= 1000))
      return fail("elastic's second number, σ in pixels, is above 0 and at most 1000");
    return options;
  };
}

/** The changes to images as `--augment` takes them. */
function augmentText({ shift, rotate, scale, elastic }: AugmentOptions): string {
  const parts = { shift, rotate, scale, elastic: elastic && `${elastic.alpha}:${elastic.sigma}` };
  return Object.entries(parts)
    .flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`]))
    .join(',');
}

/** What happens to samples each time they are trained on, in words; one part for each technique. */
export function describeSamples({ augment, noise, smoothLabels }: Techniques): string[] {
  const { shift, rotate, scale, elastic } = augment ?? {};
  return [
    ...(shift ? [spoken(`shifted by up to ${counted(shift, 'pixel')}`)] : []),
    ...(rotate ? [spoken(`turned by up to ${rotate}°`)] : []),
    ...(scale ? [spoken(`scaled by up to ${percent(scale)}`)] : []),
    ...(elastic ? [spoken(`distorted elastically (α ${elastic.alpha}, σ ${elastic.sigma})`)] : []),
    ...(noise ? [spoken(`Gaussian noise of deviation ${noise} added`)] : []),
    ...(smoothLabels ? [spoken(`labels smoothed by ${smoothLabels}`)] : []),
  ];
}

/** The weights of classes, in words; undefined where all count 1. */
export function describeWeights({ classWeights }: Techniques, { classNames = [] }: Dataset): string | undefined {
  if (classWeights === undefined) return undefined;
  if (classWeights === 'balanced') return 'balanced, so that every class counts as much as any other';
  return classWeights.map((weight, k) => `${classNames[k] ?? k} ${weight}`).join(', ');
}

/** The techniques as data: for a model's account of its training, and to know them again. */
export function techniquesJson(techniques: Techniques) {
  const { chosenSchedule, classWeights, augment, noise, smoothLabels, sampleWeights } = techniques;
  return {
    ...(chosenSchedule && { schedule: chosenSchedule.text }),
    ...(classWeights && { classWeights: classWeights === 'balanced' ? classWeights : classWeights.join(',') }),
    ...(augment && { augment: augmentText(augment) }),
    ...(noise !== undefined && { noise }),
    ...(smoothLabels !== undefined && { smoothLabels }),
    ...(sampleWeights !== undefined && { sampleWeights }),
  };
}
