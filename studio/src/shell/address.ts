// A view's state in the page's address, so that a link opens what its sender saw: `#train?…`, JSON as base64url.
// What an address holds is somebody else's text: each view checks it by a schema of its own before it believes any of it.
import { type View, views } from './views.svelte.ts';

/** Longer addresses get cut off on their way by mail and chat programs. */
const most = 16_000;

/** What the address says of a view: `undefined` where it says nothing. */
export function stateInAddress(view: View): unknown {
  const [name, packed = ''] = location.hash.slice(1).split('?');
  if (name !== view || packed === '') return undefined;
  try {
    const bytes = Uint8Array.from(atob(packed.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return unreadable;
  }
}

/** Stands for an address that nobody can read: no view's schema has it. */
const unreadable = Symbol('unreadable');

/** What each view put into the address last. */
const kept = new Map<View, string>();

/** Whether the address is what the view itself put there last: then the view's own state is at least as new. */
export const isKept = (view: View): boolean => location.hash === kept.get(view);

/**
 * Puts a view's state into the address, in place of what was there: the way back leads to the view before, not to every change.
 * Where the address is another view's by now, it stays.
 *
 * @returns whether it is short enough to be there
 */
export function keepInAddress(view: View, state: object): boolean {
  let text = '';
  for (const byte of new TextEncoder().encode(JSON.stringify(state))) text += String.fromCharCode(byte);
  const packed = btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  const fits = packed.length <= most;
  const hash = fits ? `#${view}?${packed}` : `#${view}`;
  const [name] = location.hash.slice(1).split('?');
  if (views.some((other) => other === name && other !== view)) return fits;
  try {
    history.replaceState(null, '', hash);
    kept.set(view, hash);
  } catch {
    // Browsers refuse it where it is done too often: the address is behind until the next change.
  }
  return fits;
}
