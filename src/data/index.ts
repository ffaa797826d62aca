// Data before and beside training. CSV is apart (`chainrule/csv`), since it brings a parser; files are `chainrule/node`.
export * from './arrays.ts';
export { type Association, association } from './association.ts';
export * from './augment.ts';
export { type Expansion, expandDataset } from './augment-expand.ts';
export * from './baseline.ts';
export {
  type CategoryColumn,
  categoryColumn,
  isMissing,
  type NumberColumn,
  numberColumn,
  type TypedColumn,
  typeColumn,
  typedColumn,
} from './columns.ts';
export { withPlainNumbers } from './commas.ts';
export * from './dataset.ts';
export { dateText, daysOf } from './dates.ts';
export * from './encode.ts';
export { type InputOptions, skewness } from './fit-inputs.ts';
export * from './fit-preprocessing.ts';
export * from './idx.ts';
export * from './json.ts';
export * from './noise.ts';
export { cellOfInput, isPlainNumber, numbersOfColumn, readNumbers } from './number-input.ts';
export * from './parts.ts';
export * from './preprocessing.ts';
export { inTurn, type SampleTransform } from './sample-transform.ts';
export { requireWeights, weightsFromTable } from './sample-weights.ts';
export { type OffsetScale, type Scaling, scalings, type TargetScaling } from './scaling.ts';
export * from './smooth-labels.ts';
export * from './split.ts';
export * from './stream.ts';
export { column, place, selectRows, type Table, tableOf } from './table.ts';
