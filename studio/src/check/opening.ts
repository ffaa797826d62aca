// Opens what a link to the view holds; what reads it, and what makes sheets, is loaded then.
import { stateInAddress } from '../shell/address.ts';
import { inEach, PageError } from '../words/sentences.ts';
import { complain, take } from './marking.svelte.ts';
import { turnTo } from './part.svelte.ts';
import { words } from './words.ts';

/** Opens what the address holds. */
export async function openAddress(): Promise<void> {
  const found = stateInAddress('check');
  if (found === undefined) return;
  const { checkState } = await import('./state.ts');
  const state = checkState(found);
  if (state === undefined) {
    turnTo('mark');
    complain(new PageError(inEach(words, (w) => w.unreadable)));
  } else if (state.part === 'mark') {
    turnTo('mark');
    void take(state.sheet);
  } else {
    const { opt } = await import('./making.svelte.ts');
    turnTo('make');
    opt(state.make);
  }
}
