// Where the picture of a small network has its neurons, in CSS pixels. Nothing is drawn here.
import type { NeuronColumn } from '../common/training/responses.ts';

/** A neuron's small picture, along one side, and the gaps around it. */
export const cell = 38;
const [gapDown, leastAcross, mostAcross] = [8, 46, 190];

/** The inputs' column and the layers', with where each neuron's picture begins. */
export interface NetworkLayout {
  readonly width: number;
  readonly height: number;
  /** places[column][neuron]: left and top. */
  readonly places: readonly (readonly (readonly [number, number])[])[];
}

/** The layout of `inputs` features and columns of neurons in a place so wide; wider where they need more. */
export function networkLayout(inputs: number, columns: readonly NeuronColumn[], room: number): NetworkLayout {
  const sizes = [inputs, ...columns.map(({ shown }) => shown)];
  const gaps = sizes.length - 1;
  const across = Math.max(leastAcross, Math.min(mostAcross, (room - sizes.length * cell) / gaps));
  const height = Math.max(...sizes) * (cell + gapDown) - gapDown;
  const places = sizes.map((count, column) => {
    const top = (height - (count * (cell + gapDown) - gapDown)) / 2;
    return Array.from({ length: count }, (_, i) => [column * (cell + across), top + i * (cell + gapDown)] as const);
  });
  return { width: sizes.length * cell + gaps * across, height, places };
}
