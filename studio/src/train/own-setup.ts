// What suits a reader's own data to begin with, as `chainrule train` chooses it; a network that was set for such data stays.
import type { OwnData } from '../common/training/own-data.svelte.ts';
import { presets, type Setup } from '../common/training/setup.ts';

/** The setup for data that was just dropped. */
export function setupForOwn(given: OwnData, present: Setup): Setup {
  const setup = present.data === 'own' ? present : presets.own;
  return given.kind === 'images' ? { ...setup, data: 'own', batch: 32 } : { ...setup, data: 'own' };
}
