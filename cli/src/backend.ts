// The backends that commands may compute with, and what `auto` stands for.
import { type Backend, hasSimd, referenceBackend, wasmBackend } from 'chainrule';
import { blasBackend } from 'chainrule/node';

/** What a backend may be told. */
export interface BackendFlags {
  readonly backend?: string | undefined;
  readonly threads?: number | undefined;
}

const backends: Readonly<Record<string, (flags: BackendFlags) => Backend | Promise<Backend>>> = {
  auto: (flags) => (hasSimd() ? backends.wasm(flags) : backends.reference(flags)),
  reference: () => referenceBackend(),
  wasm: (flags) => wasmBackend(threadsOf(flags)),
  // Never chosen by `auto`: its results depend on the machine's library.
  blas: (flags) => blasBackend(threadsOf(flags)),
};

const threadsOf = ({ threads }: BackendFlags) => (threads === undefined ? {} : { threads });

/** What `--backend` takes. */
export const backendNames = Object.keys(backends);

/** The most threads `--threads` takes. */
export const mostThreads = 64;

/** A backend by its name; `auto` is the fastest one there is here. */
export async function backendNamed({ backend = 'auto', ...flags }: BackendFlags): Promise<Backend> {
  return backends[backend](flags);
}
