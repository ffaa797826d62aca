// The numbers of a step as a table: by the parts of the step, as far as they are known.
import type { Derivation, WrittenDerivation, WrittenQuantity } from 'chainrule/explain';
import { quantityName } from '../common/drawing/places.ts';
import { type Stage, stages } from './course.ts';
import { isHidden, placesOf } from './parts.ts';

/** One number. */
export interface Row extends WrittenQuantity {
  readonly id: string;
}

/** The numbers of one part of the step. */
export interface Group {
  readonly stage: Stage;
  readonly rows: readonly Row[];
}

/** Slots of more numbers are left to the drawing where the network is large. */
const mostInSlot = 16;

/** The table of a step for one sample of its batch. */
export function groupsOf(derivation: Derivation, written: WrittenDerivation, sample: number): Group[] {
  const { program, samples } = derivation;
  const isFull = derivation.of === undefined;
  return stages.map((stage): Group => {
    if (isFull) {
      const rows = written.steps.filter(
        ({ phase, element }) => phase === stage && (element.sample === null || element.sample === sample),
      );
      return { stage, rows };
    }
    const slots = program.calls
      .filter(({ output, origin }) => origin.phase === stage && !isHidden(output))
      .map(({ output }) => output)
      .filter((slot) => (program.slots.get(slot)?.shape ?? []).reduce((total, axis) => total * axis, 1) <= mostInSlot);
    const places = slots.flatMap((slot) => placesOf(program, slot, sample));
    return { stage, rows: places.map((place) => ({ id: quantityName(place, samples), ...written.of(place) })) };
  });
}
