// What happens to raw data before the network sees it, as plain data that a model file keeps. Fitting it is fit-preprocessing.ts's business.
import * as z from 'zod/mini';
import { ChainruleError } from '../errors.ts';
import { type Shape, sizeOf } from '../memory/shape.ts';

/** What is predicted: one class or several yes/no labels, or numbers. */
export type Task = 'classification' | 'regression';

const distinct = z.refine<readonly unknown[]>((values) => new Set(values).size === values.length);
const positiveInteger = z.int().check(z.positive());
const name = z.string().check(z.minLength(1));
const classNamesSchema = z.readonly(z.array(z.string()).check(z.minLength(2), distinct));
const scaling = { name, offset: z.number(), scale: z.number().check(z.positive()) };
const levels = z.readonly(z.array(z.nullable(z.string())).check(distinct));

const ascending = z.refine<readonly number[]>((values) => values.every((value, i) => i === 0 || value > values[i - 1]));
const yes = z.optional(z.literal(true));

/**
 * A column of numbers as the network sees it: (value − offset) / scale, with `fill` for a missing value. What is
 * done before scaling, and what the value is where the cell is no number, is said by the keys that may be left out.
 */
const numberInputSchema = z.strictObject({
  kind: z.literal('number'),
  ...scaling,
  fill: z.number(),
  /** Cells are dates, and the value the days since 1970-01-01. */
  date: yes,
  /** Cells are these texts, and the value their place in this order. */
  order: z.optional(z.readonly(z.array(z.string()).check(z.minLength(2), distinct))),
  /** The value is 1 where the cell is missing, else 0: an input beside the column's own. */
  missing: yes,
  /** The value x becomes sign(x) ln(1 + |x|). */
  log: yes,
  /** The value becomes its place, 0 … 1, among these quantiles of the training values, by linear interpolation. */
  quantiles: z.optional(z.readonly(z.array(z.number()).check(z.minLength(2), ascending))),
});

/**
 * A column of categories, one input per level; `null` is the level of missing values. Levels in `unseen` were in the
 * training table but in none of the rows trained on, so no input stands for them: all of the column's inputs are 0.
 * Where `other` names one of the levels, every text that is no level counts as that one.
 */
const categoryInputSchema = z.strictObject({
  kind: z.literal('category'),
  name,
  levels,
  unseen: levels,
  other: z.optional(z.string()),
});

const targetSchema = z.discriminatedUnion('kind', [
  /** One column of classes; `numeric` if its names are numbers, so that 1 and 1.0 are the same class. */
  z.strictObject({ kind: z.literal('classes'), name, classes: classNamesSchema, numeric: z.boolean() }),
  /** Several columns of 0 and 1, each a label of its own. */
  z.strictObject({ kind: z.literal('labels'), names: z.readonly(z.array(name).check(z.minLength(1), distinct)) }),
  /** Columns of numbers, each trained on as (value − offset) / scale. */
  z.strictObject({
    kind: z.literal('numbers'),
    columns: z.readonly(z.array(z.strictObject(scaling)).check(z.minLength(1))),
  }),
]);

const tableSchema = z.strictObject({
  kind: z.literal('table'),
  inputs: z.readonly(
    z.array(z.discriminatedUnion('kind', [numberInputSchema, categoryInputSchema])).check(
      z.minLength(1),
      z.refine((inputs) => new Set(inputs.map(inputIdentity)).size === inputs.length),
      z.refine((inputs) => inputs.every(isOtherALevel)),
    ),
  ),
  target: targetSchema,
});

const imageSchema = z.strictObject({
  kind: z.literal('image'),
  shape: z.readonly(z.array(positiveInteger).check(z.length(3))),
  classes: classNamesSchema,
});

/** The preprocessing part of a model file. */
const preprocessingSchema = z.discriminatedUnion('kind', [tableSchema, imageSchema]);

/** How the columns of a table become inputs and targets. */
export type TablePreprocessing = z.infer<typeof tableSchema>;
/** Images of `[channels, height, width]` as bytes, divided by 255 and never centred, and the names of their classes. */
export type ImagePreprocessing = z.infer<typeof imageSchema>;
/** What happens to raw data before the network sees it. */
export type Preprocessing = z.infer<typeof preprocessingSchema>;
/** How one column of numbers becomes an input. */
export type NumberInput = z.infer<typeof numberInputSchema>;
/** How one column of categories becomes inputs. */
export type CategoryInput = z.infer<typeof categoryInputSchema>;
/** How one column becomes inputs. */
export type InputColumn = NumberInput | CategoryInput;
/** What the target columns are and how they are trained on. */
export type Target = z.infer<typeof targetSchema>;

/**
 * Preprocessing read from outside.
 * @param source the file it came from, for messages
 * @throws ChainruleError `bad-file` naming the first field that is wrong
 */
export function parsePreprocessing(value: unknown, source: string): Preprocessing {
  const result = preprocessingSchema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const keys = issue.code === 'unrecognized_keys' ? issue.keys : [];
  const field = ['preprocessing', ...issue.path, ...keys.slice(0, 1)].map(String).join('.');
  throw new ChainruleError(
    'bad-file',
    `${source}: the field "${field}" is not as expected (${issue.code.replaceAll('_', ' ')}); the file is damaged or of another version: save the model again.`,
  );
}

/** Preprocessing of images whose classes are named. */
export function imagePreprocessing(shape: Shape, classes: readonly string[]): ImagePreprocessing {
  return { kind: 'image', shape, classes };
}

/** A column stands for itself once, and once for whether it is missing. */
function inputIdentity(input: InputColumn): string {
  return JSON.stringify([input.name, input.kind === 'number' && input.missing === true]);
}

function isOtherALevel(input: InputColumn): boolean {
  return input.kind === 'number' || input.other === undefined || input.levels.includes(input.other);
}

/** How many inputs a column becomes. */
export function columnWidth(input: InputColumn): number {
  return input.kind === 'number' ? 1 : input.levels.length;
}

/** How many numbers the network takes per sample. */
export function inputWidth(preprocessing: Preprocessing): number {
  if (preprocessing.kind === 'image') return sizeOf(preprocessing.shape);
  return preprocessing.inputs.reduce((sum, input) => sum + columnWidth(input), 0);
}

/** The shape of one sample's input: a row of numbers, or channels, height and width. */
export function inputShape(preprocessing: Preprocessing): Shape {
  return preprocessing.kind === 'image' ? preprocessing.shape : [inputWidth(preprocessing)];
}

/** The input columns by name, in the order of the inputs; none for images. */
export function inputNames(preprocessing: Preprocessing): readonly string[] {
  return preprocessing.kind === 'image' ? [] : [...new Set(preprocessing.inputs.map((input) => input.name))];
}

/** How many numbers the network gives per sample. */
export function outputWidth(preprocessing: Preprocessing): number {
  return outputNames(preprocessing).length;
}

/** What each output of the network stands for: a class, a label or a target column. */
export function outputNames(preprocessing: Preprocessing): readonly string[] {
  if (preprocessing.kind === 'image') return preprocessing.classes;
  const { target } = preprocessing;
  if (target.kind === 'classes') return target.classes;
  return target.kind === 'labels' ? target.names : target.columns.map((column) => column.name);
}

/** The classes one of which is predicted; undefined for numbers and for yes/no labels. */
export function classNames(preprocessing: Preprocessing): readonly string[] | undefined {
  if (preprocessing.kind === 'image') return preprocessing.classes;
  return preprocessing.target.kind === 'classes' ? preprocessing.target.classes : undefined;
}

/** The target columns by name; none for images. */
export function targetNames(preprocessing: Preprocessing): readonly string[] {
  if (preprocessing.kind === 'image') return [];
  return preprocessing.target.kind === 'classes' ? [preprocessing.target.name] : outputNames(preprocessing);
}

/** What is predicted. */
export function taskOf(preprocessing: Preprocessing): Task {
  return preprocessing.kind === 'table' && preprocessing.target.kind === 'numbers' ? 'regression' : 'classification';
}

/** Whether several yes/no labels are predicted at once. */
export function isMultiLabel(preprocessing: Preprocessing): boolean {
  return preprocessing.kind === 'table' && preprocessing.target.kind === 'labels';
}
