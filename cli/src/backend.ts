// The backends that commands may compute with, and what `auto` stands for.
import { type Backend, referenceBackend } from 'chainrule';

const backends = { reference: () => referenceBackend() } as const;

/** What `--backend` takes. */
export const backendNames = ['auto', ...Object.keys(backends)];

/** A backend by its name; `auto` is the fastest one there is here. */
export function backendNamed(name = 'auto'): Backend {
  const make = Object.entries(backends).find(([own]) => own === name)?.[1] ?? backends.reference;
  return make();
}
