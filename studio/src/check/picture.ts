// A marked sheet in the drawing of its network: which part stands for a quantity, what is written there, and what is ringed.
import type { CheckReport, ReportItem } from 'chainrule/check';
import type { Mark } from '../common/drawing/marks.ts';
import { type Place, quantityName } from '../common/drawing/places.ts';
import type { ExerciseData } from './protocol.ts';

/** A quantity's name without the steps before it. */
const plain = (id: string): string => id.replace(/^after\.\d+\./, '');

/** The part of the drawing that stands for a quantity: a neuron for its weighted input, a line for a weight's gradient. */
function partOf(id: string): string {
  return plain(id)
    .replace(/^((?:samples\.\d+\.)?layers\.\d+)\.z\b/, '$1.a')
    .replace(/^(layers\.\d+\.(?:weight|bias))\.[\w.]+/, '$1');
}

/** The neuron of a δ, whose own badge is there only when it has a number. */
const neuronOf = (part: string): string => part.replace(/\.delta\b/, '.a');

/** Which sample of the batch a quantity is of; 0 where it is of none. */
export const sampleOf = (id: string): number => Number(/^samples\.(\d+)\./.exec(plain(id))?.[1] ?? 0);

/** The numbers of a sheet by the parts that they stand at. */
export function valuesOf({ items }: CheckReport): ReadonlyMap<string, number> {
  return new Map(items.filter(({ id }) => partOf(id) === id).map(({ id, given }) => [id, given]));
}

/** A number that the exercise gives: an input, a target, a weight or a bias. */
export function givenAt({ inputs, targets }: ExerciseData, place: Place): number | undefined {
  const { slot, index, sample } = place;
  if (slot === 'input' && index.length === 1) return inputs[sample ?? 0]?.[index[0]];
  if (slot === 'target' && index.length === 1) return targets[sample ?? 0]?.[index[0]];
  return undefined;
}

/** What is ringed: wrong numbers, and the quantity that is looked at. */
export function marksOf(report: CheckReport, chosen: string | undefined): ReadonlyMap<string, Mark> {
  const values = valuesOf(report);
  const shown = (id: string): string => {
    const part = partOf(id);
    return values.has(part) || !part.includes('.delta') ? part : neuronOf(part);
  };
  const wrong = report.items
    .filter(({ verdict }) => verdict === 'wrong')
    .map(({ id }): [string, Mark] => [shown(id), 'wrong']);
  return new Map(chosen === undefined ? wrong : [...wrong, [shown(chosen), 'chosen']]);
}

/** The quantity that is meant by a part of the drawing: one that is on the sheet, where there is one. */
export function quantityOf(part: string, items: readonly ReportItem[]): string | undefined {
  const name = part.replace(/←\d+$/, '');
  const own = items.find(({ id }) => partOf(id) === name && id === name) ?? items.find(({ id }) => partOf(id) === name);
  if (own !== undefined) return own.id;
  if (/(^|\.)(input|target)\[/.test(name)) return undefined;
  return name.replace(/^(layers\.\d+\.(?:weight|bias))\b/, '$1.grad');
}

/** A place's name in a batch of so many samples. */
export const nameOf = (place: Place, samples: number): string => quantityName(place, samples);
