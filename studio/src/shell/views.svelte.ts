// The studio's views, and which one is open: the first part of the address's fragment, `#step…`, `#train…`, `#check…`.
// What follows it, after `?`, is the view's own state; address.ts reads and writes it.

export const views = ['step', 'train', 'check'] as const;
export type View = (typeof views)[number];

let open: View = $state(viewOf(location.hash));
addEventListener('hashchange', () => {
  open = viewOf(location.hash);
});

/** The view that is open. */
export function view(): View {
  return open;
}

/** Opens a view. */
export function show(next: View): void {
  if (next !== open) location.hash = next;
}

function viewOf(hash: string): View {
  const [name] = hash.slice(1).split('?');
  return views.find((known) => known === name) ?? 'step';
}
