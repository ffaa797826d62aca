// Which neurons and lines of a drawing lie between a chosen quantity and the loss.
import type { Network } from '../../network/network.ts';
import type { Element } from '../../symbolic/index.ts';

/** A quantity of a neuron, or of a line into it. */
export interface Choice {
  /** As it was asked for. */
  readonly name: string;
  readonly layer: number;
  /** The neuron's place; undefined where the quantity is a whole layer's, or of an image. */
  readonly unit: number | undefined;
  /** The neuron that a weight comes from. */
  readonly from: number | undefined;
  readonly weight: Element | undefined;
}

/** What to highlight: the first of the names that belongs to a layer. */
export function choiceOf(names: readonly string[], { parameters }: Network): Choice | undefined {
  for (const name of names) {
    const match = /layers\.(\d+)\.(\w+)[^[]*(?:\[([\d,\s]+)\])?$/.exec(name);
    if (match === null) continue;
    const [layer, base] = [Number(match[1]), match[2]];
    const index = match[3]?.split(',').map(Number) ?? [];
    const slot = `layers.${layer}.${base}`;
    const isWeight = parameters[slot]?.shape.length === 2 && index.length === 2;
    return {
      name,
      layer,
      unit: index.length === 1 || isWeight ? index[0] : undefined,
      from: isWeight ? index[1] : undefined,
      weight: isWeight ? { kind: 'element', slot, index, sample: null } : undefined,
    };
  }
  return undefined;
}

/**
 * Whether the line from neuron k into neuron j of a later layer lies on the way.
 * @param isSingle whether each neuron of the layer has one line into it
 */
export function reached(choice: Choice, layer: number, isSingle: boolean): (j: number, k: number) => boolean {
  if (layer <= choice.layer) return () => false;
  if (layer > choice.layer + 1 || choice.unit === undefined) return (j, k) => !isSingle || j === k;
  return (_, k) => k === choice.unit;
}
