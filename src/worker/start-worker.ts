// A training's worker as the page sees it: how it is started, and a sentence for each way that may fail.
import { ChainruleError } from '../errors.ts';
import type { Reply, Request } from './messages.ts';

/** A browser's `Worker`, as far as it is used. */
export interface BrowserWorker {
  postMessage(message: Request, transfer: readonly ArrayBuffer[]): void;
  terminate(): void;
  onmessage: ((event: { readonly data: Reply }) => void) | null;
  onerror: ((event: { readonly message?: string; preventDefault(): void }) => void) | null;
}

const isWorker = (value: unknown): value is new (url: URL, options: { type: 'module' }) => BrowserWorker =>
  typeof value === 'function';

/** @throws ChainruleError `unsupported` where there are no workers, or this one is forbidden */
export function startWorker(): BrowserWorker {
  const Worker: unknown = Reflect.get(globalThis, 'Worker');
  if (!isWorker(Worker)) {
    throw new ChainruleError('unsupported', 'there are no web workers here; train with fit.');
  }
  try {
    // Bundlers know this form, and bundle the module it names.
    return new Worker(new URL('./fit-worker.js', import.meta.url), { type: 'module' });
  } catch (error) {
    throw noWorker(error instanceof Error ? error.message : undefined, error);
  }
}

/** An error as the worker told it. */
export const errorFrom = ({ code, message }: Extract<Reply, { type: 'error' }>): Error =>
  code === undefined ? new Error(message) : new ChainruleError(code, message);

/** The error of a worker that did not load or broke down. */
export const noWorker = (reason: string | undefined, cause?: unknown) =>
  new ChainruleError(
    'unsupported',
    `the training's worker failed${reason ? ` (${reason})` : ' to load'}; serve the library's files from the page's own origin and let its policy allow them as workers, or train with fit.`,
    { cause },
  );

/** The error of options that are not plain data. */
export const notData = (cause: unknown) =>
  new ChainruleError(
    'unsupported',
    `the options have something that cannot be sent to a worker: ${cause instanceof Error ? cause.message : String(cause)}; give plain data, or train with fit.`,
    { cause },
  );
