// Data before and beside training. CSV is apart (`chainrule/csv`), since it brings a parser; files are `chainrule/node`.
export * from './arrays.ts';
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
} from './columns.ts';
export * from './dataset.ts';
export * from './encode.ts';
export * from './fit-preprocessing.ts';
export * from './idx.ts';
export * from './json.ts';
export * from './noise.ts';
export * from './preprocessing.ts';
export { inTurn, type SampleTransform } from './sample-transform.ts';
export { requireWeights, weightsFromTable } from './sample-weights.ts';
export { type OffsetScale, type Scaling, scalings } from './scaling.ts';
export * from './smooth-labels.ts';
export * from './split.ts';
export { column, place, selectRows, type Table, tableOf } from './table.ts';
