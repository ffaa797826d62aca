// A larger set of training images, made once before training. New ones in every epoch are augment.ts's business.
import { isLabels, type Rows, type Samples, type Shape } from '../memory/index.ts';
import { blankLike } from '../memory/samples.ts';
import { parseWith, seed as seedSchema, size, strict } from '../options.ts';
import { type AugmentOptions, augmenter } from './augment.ts';
import { requireImages, resampler } from './augment-resample.ts';
import type { Dataset } from './dataset.ts';

/** How to expand a dataset of images: by fixed shifts, or by random copies. */
export type Expansion =
  /** Each image also moved by this many pixels right, left, down and up: five times as many. */
  | { readonly shift: number; readonly copies?: never }
  /** Each image also in this many random forms; `seed` is 0 unless given. */
  | (AugmentOptions & { readonly copies: number; readonly seed?: number | undefined });

/**
 * The dataset followed by changed copies of all its images: first the images as they are, then each form of all of them in turn.
 * @example expandDataset(digits, { shift: 1 }).samples.inputs.count // 5 times as many
 * @example expandDataset(digits, { copies: 2, rotate: 10, elastic: { alpha: 34, sigma: 4 }, seed: 1 })
 * @throws ChainruleError `bad-option` at an option outside its range, `bad-shape` where the inputs are no images
 */
export function expandDataset(dataset: Dataset, expansion: Expansion): Dataset {
  const { samples, inputShape } = dataset;
  requireImages(inputShape, samples.inputs);
  const forms =
    expansion.copies === undefined ? shifted(samples, inputShape, expansion) : drawn(samples, inputShape, expansion);
  return { ...dataset, samples: stacked(samples, forms) };
}

const fixedSchema = strict({ shift: size });

/** Right, left, down and up. */
const directions = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
] as const;

function shifted({ inputs }: Samples, shape: Shape, expansion: { readonly shift: number }): Rows['values'][] {
  const { shift } = parseWith(fixedSchema, expansion, 'expansion without copies');
  const image = resampler(shape);
  return directions.map(([x, y]) => {
    const values = blankLike(inputs.values, inputs.count * inputs.width);
    image.place({ x: x * shift, y: y * shift, angle: 0, factor: 1 });
    for (let at = 0; at < values.length; at += inputs.width) image.resample(inputs.values, at, values, at);
    return values;
  });
}

function drawn(samples: Samples, shape: Shape, expansion: Exclude<Expansion, { copies?: never }>): Rows['values'][] {
  const { copies, seed = 0, ...options } = expansion;
  const [forms, draw] = [parseWith(size, copies, 'copies'), parseWith(seedSchema, seed, 'seed')];
  const transform = augmenter(shape, options);
  const rows = Uint32Array.from({ length: samples.inputs.count }, (_, i) => i);
  return Array.from({ length: forms }, (_, form) => transform.apply(samples, rows, form + 1, draw).inputs.values);
}

/** The samples, then each form of their inputs with the same targets. */
function stacked({ inputs, targets, weights }: Samples, forms: readonly Rows['values'][]): Samples {
  const times = forms.length + 1;
  const repeated = weights && Float64Array.from({ length: times * inputs.count }, (_, i) => weights[i % inputs.count]);
  const stack = (rows: Rows, added: readonly Rows['values'][]): Rows => {
    const values = blankLike(rows.values, times * rows.count * rows.width);
    for (const [i, part] of [rows.values, ...added].entries()) values.set(part, i * rows.count * rows.width);
    return { ...rows, count: times * rows.count, values };
  };
  if (!isLabels(targets))
    return {
      inputs: stack(inputs, forms),
      targets: stack(
        targets,
        forms.map(() => targets.values),
      ),
      ...(repeated && { weights: repeated }),
    };
  const labels = Uint32Array.from({ length: times * targets.count }, (_, i) => targets.labels[i % targets.count]);
  return {
    inputs: stack(inputs, forms),
    targets: { ...targets, count: labels.length, labels },
    ...(repeated && { weights: repeated }),
  };
}
