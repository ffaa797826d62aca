// What suits a reader's own data to begin with, as `chainrule train` chooses it; a network that was set for such data stays.
import type { OwnData } from '../common/training/own-data.svelte.ts';
import { presets, type Setup } from '../common/training/setup.ts';

/** The setup for data that was just dropped. A loss that was set for other data or another target does not stay. */
export function setupForOwn(given: OwnData, before: OwnData | undefined, present: Setup): Setup {
  const setup = present.data === 'own' ? present : presets.own;
  const loss = before === undefined ? setup.loss : presets.own.loss;
  return { ...setup, data: 'own', loss, ...(given.kind === 'images' && { batch: 32 }) };
}
