// f′(z) of a whole layer, for the matrix form: the factor ∂a/∂z that δ's own formula names.
import { callOf, elementOf, type Slot } from '../plan/index.ts';
import { type Expression, evaluate } from '../symbolic/index.ts';
import type { Derivation } from './derivation.ts';
import { allIndices } from './quantities.ts';

/** f′(z) for every element of a layer's z, samples first; undefined where its δ has no such factor. */
export function slopes(derivation: Derivation, { name, shape, perSample }: Slot): number[] | undefined {
  const { program, samples } = derivation;
  const call = callOf(program, name.replace(/\.z$/, '.delta'));
  // Where a notation has samples as rows, the shape is no longer one sample's.
  if (call === undefined || call.output === name || !perSample) return undefined;
  const values = { element: derivation.value, samples };
  const found = Array.from({ length: samples }, (_, sample) =>
    allIndices(shape).map((index) => factorBy(elementOf(program, call, index, String(sample)), name)),
  ).flat();
  return found.every((factor) => factor !== undefined) ? found.map((factor) => evaluate(factor, values)) : undefined;
}

/** The factor of the chain rule that is a derivative by an element of this slot. */
function factorBy(expression: Expression, slot: string): Expression | undefined {
  if (expression.kind !== 'multiply') return undefined;
  return expression.factors.find((factor) => factor.kind === 'derivative' && factor.by.slot === slot);
}
