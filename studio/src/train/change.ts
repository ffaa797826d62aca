// Changes to what is set: each begins training anew, and stands in the address for whoever the link is sent to.

import { type NetworkAt, session } from '../common/training/session.svelte.ts';
import { type DataName, fresh, presets, type Setup, setupSchema } from '../common/training/setup.ts';
import { keepInAddress, stateInAddress } from '../shell/address.ts';
import { inEach, PageError } from '../words/sentences.ts';
import { words } from './words.ts';

/** What the network is made of: a change of it begins at a network drawn from the seed. */
const ofNetwork: readonly (keyof Setup)[] = ['data', 'features', 'layers', 'loss', 'l1', 'l2', 'seed'];

/** Begins anew with some settings changed, at the network that was opened from a file where it can stay. */
export function change(changes: Partial<Setup>): void {
  const stays = !ofNetwork.some((name) => name in changes);
  void begin({ ...session.setup, ...changes }, stays ? session.start : undefined);
}

/** Begins anew with the same settings. */
export function startOver(): void {
  void begin(session.setup, session.start);
}

/** The speeds to choose from, in batches a second; 0 for as many as can be. */
export const speeds: readonly number[] = [1, 5, 25, 250, 1000, 0];

/** Goes on at another speed. */
export function changeSpeed(speed: number): void {
  session.setSpeed(speed);
  keep();
}

let choices = 0;

/** Begins a choice of data, and gives what says whether it is still the latest: a slow file overtakes no later one. */
export function choosingData(): () => boolean {
  const mine = ++choices;
  return () => mine === choices;
}

/** Begins with what suits a kind of data. */
export function choosePreset(data: DataName): void {
  choosingData();
  void begin(presets[data]);
}

/** Begins with a setup, and with a network where one was opened. */
export async function begin(setup: Setup, start?: NetworkAt): Promise<void> {
  await session.begin(setup, start);
  keep();
}

function keep(): void {
  keepInAddress('train', session.setup);
}

/** Begins with what the address says; goes on with what there is where it says nothing. Nonsense is answered in a sentence. */
export async function beginFromAddress(): Promise<void> {
  const state = stateInAddress('train');
  if (state === undefined) {
    if (session.begun === undefined) await begin(fresh);
    else keep();
    return;
  }
  const { success, data } = setupSchema.safeParse(state);
  if (success && session.begun !== undefined && JSON.stringify(data) === JSON.stringify(session.setup)) return;
  choosingData();
  await begin(success ? data : fresh);
  if (!success) session.error ??= new PageError(inEach(words, (w) => w.badAddress));
}
