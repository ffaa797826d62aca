// Where the focus goes when the control that had it is gone: left alone, browsers begin at the top of the page again.
import { tick } from 'svelte';

/** After the page has followed its state: focuses what is named where nothing has the focus. */
export async function keepFocus(next: () => HTMLElement | null | undefined): Promise<void> {
  await tick();
  if (document.activeElement === document.body) next()?.focus();
}
