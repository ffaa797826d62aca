// Changes to what is set: each begins training anew, and stands in the address for whoever the link is sent to.

import { session } from '../common/training/session.svelte.ts';
import { type DataName, fresh, presets, type Setup, setupSchema } from '../common/training/setup.ts';
import { keepInAddress, stateInAddress } from '../shell/address.ts';
import { inEach, PageError } from '../words/sentences.ts';
import { words } from './words.ts';

/** Begins anew with some settings changed. */
export function change(changes: Partial<Setup>): void {
  void begin({ ...session.setup, ...changes });
}

/** The speeds to choose from, in batches a second; 0 for as many as can be. */
export const speeds: readonly number[] = [1, 5, 25, 250, 1000, 0];

/** Goes on at another speed. */
export function changeSpeed(speed: number): void {
  session.setSpeed(speed);
  keepInAddress('train', session.setup);
}

/** Begins with what suits a kind of data. */
export function choosePreset(data: DataName): void {
  void begin(presets[data]);
}

/** Begins with a setup. */
export async function begin(setup: Setup): Promise<void> {
  await session.begin(setup);
  keepInAddress('train', session.setup);
}

/** Begins with what the address says; goes on with what there is where it says nothing. Nonsense is answered in a sentence. */
export async function beginFromAddress(): Promise<void> {
  const state = stateInAddress('train');
  if (state === undefined) {
    if (session.begun === undefined) await begin(fresh);
    else keepInAddress('train', session.setup);
    return;
  }
  const { success, data } = setupSchema.safeParse(state);
  if (success && session.begun !== undefined && JSON.stringify(data) === JSON.stringify(session.setup)) return;
  await begin(success ? data : fresh);
  if (!success) session.error ??= new PageError(inEach(words, (w) => w.badAddress));
}
