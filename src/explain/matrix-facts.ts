// What is said of matrices that are too large to show: their size, their norm and their largest entries.
import { type Slot, slotOf } from '../plan/index.ts';
import type { Element } from '../symbolic/index.ts';
import type { MatrixStep } from './derivation.ts';
import { listed, whole } from './formula.ts';
import type { Line } from './layout.ts';
import { slotsOf } from './print-matrix.ts';
import { isGiven } from './program-reading.ts';
import type { Rendering } from './render.ts';

const mostEntries = 3;

/** A line for the result, and in the forward pass for the parameters and inputs that it comes from. */
export function matrixFacts({ slot, phase, expression }: MatrixStep, rendering: Rendering): Line[] {
  const { program } = rendering.derivation;
  const given = slotsOf(expression, program).filter(({ name }) => isGiven(program, name));
  return [slotOf(program, slot), ...(phase === 'forward' ? given : [])]
    .filter(({ shape }) => shape.length > 0)
    .map((described) => facts(described, rendering));
}

function facts(slot: Slot, rendering: Rendering): Line {
  const { derivation, format } = rendering;
  const symbol = rendering.symbols.matrix(slot.name)[format];
  const values = derivation.values(slot.name);
  const shape = [...(slot.perSample && derivation.samples > 1 ? [derivation.samples] : []), ...slot.shape];
  const norm = rendering.number(Math.sqrt(values.reduce((total, value) => total + value ** 2, 0)));
  const show = (value: number) =>
    isGiven(derivation.program, slot.name) ? rendering.given(value) : rendering.number(value);
  const entries = largest(values, mostEntries)
    .filter((place) => values[place] !== 0)
    .map((place) => `${rendering.symbol(elementAt(slot, place))} = ${show(values[place])}`);
  const parts =
    format === 'latex'
      ? [
          `${symbol} \\in \\mathbb{R}^{${shape.join(' \\times ')}}`,
          `\\left\\|${symbol}\\right\\| = ${norm}`,
          ...entries,
        ]
      : [`${symbol} ∈ ℝ^(${shape.join(' × ')})`, `‖${symbol}‖ = ${norm}`, ...entries];
  const formula = listed(parts.map(whole), format === 'latex' ? ',\\quad ' : ',  ');
  return { relation: '', formula };
}

/** The places of the values that are largest without their sign. */
function largest(values: Float64Array, count: number): number[] {
  const found: number[] = [];
  for (let place = 0; place < values.length; place++) {
    const rank = found.findIndex((other) => Math.abs(values[place]) > Math.abs(values[other]));
    if (rank >= 0) found.splice(rank, 0, place);
    else if (found.length < count) found.push(place);
    found.length = Math.min(found.length, count);
  }
  return found;
}

/** The element that stands at a place of a slot's values. */
function elementAt({ name, shape, perSample }: Slot, place: number): Element {
  const index: number[] = [];
  let rest = place;
  for (const axis of [...shape].reverse()) {
    index.unshift(rest % axis);
    rest = Math.floor(rest / axis);
  }
  return { kind: 'element', slot: name, index, sample: perSample ? rest : null };
}
