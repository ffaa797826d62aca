// The same step on whole matrices: each call's matrix form, ∂C/∂a written out within δ as in BP1 and BP2.
import { type Call, callOf, matrixOf, type Program } from '../plan/index.ts';
import { type MatrixExpression, mapMatrix } from '../symbolic/index.ts';
import type { MatrixStep } from './derivation.ts';
import { errorSlots, simplificationOf } from './program-reading.ts';

/** The calls of a program on whole matrices, in the order of computing. */
export function matrixSteps(program: Program): MatrixStep[] {
  const hidden = errorSlots(program);
  const whole = (call: Call): MatrixExpression =>
    replaceSlots(matrixOf(call), (slot) => {
      const used = hidden.has(slot) ? callOf(program, slot) : undefined;
      return used && whole(used);
    });
  return program.calls
    .filter(({ output }) => !hidden.has(output))
    .map((call): MatrixStep => {
      const shorter = simplificationOf(program, call);
      return {
        slot: call.output,
        phase: call.origin.phase,
        layer: call.origin.layer,
        expression: whole(call),
        ...(shorter && { simplified: matrixOf(shorter) }),
        ...(call.origin.rule && { rule: call.origin.rule }),
      };
    });
}

/** The same formula with other formulas in place of some of its slots. */
function replaceSlots(
  expression: MatrixExpression,
  replace: (slot: string) => MatrixExpression | undefined,
): MatrixExpression {
  if (expression.kind === 'slot') return replace(expression.slot) ?? expression;
  return mapMatrix(expression, (part) => replaceSlots(part, replace));
}
