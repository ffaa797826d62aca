// One file over HTTP: redirects followed, broken transfers gone on with, nothing read beyond what is expected. Proxies are proxy.ts's business.

import { open, rm, stat } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { get } from './proxy.ts';

/** How to fetch. */
export interface DownloadOptions {
  /** The most bytes that the file may have. */
  readonly most: number;
  /** Milliseconds without a byte before the connection is given up. */
  readonly idle: number;
  /** Told how many bytes there are so far. */
  readonly onProgress?: (bytes: number) => void;
}

/** Why a file could not be fetched; `final` where asking again would not help. */
export class DownloadError extends Error {
  readonly final: boolean;

  constructor(message: string, final: boolean) {
    super(message);
    this.final = final;
  }
}

const mostRedirects = 5;
const mostAttempts = 4;

/**
 * Fetches a file to `path`; what an earlier attempt left there is gone on with.
 * @throws DownloadError in a few words; what came so far stays in `path` unless it is of no use
 */
export async function download(url: URL, path: string, options: DownloadOptions): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptAt(url, path, options);
    } catch (error) {
      const failure = error instanceof DownloadError ? error : new DownloadError(reasonOf(error), false);
      if (failure.final || attempt === mostAttempts) throw failure;
      await wait(100 * 2 ** attempt);
    }
  }
}

async function attemptAt(url: URL, path: string, options: DownloadOptions): Promise<void> {
  const begun = (await stat(path).catch(() => undefined))?.size ?? 0;
  const response = await followed(url, { ...(begun > 0 && { range: `bytes=${begun}-` }) }, options.idle);
  const { statusCode } = response;
  if (statusCode === 416) {
    // The server has no more than this: begin anew.
    response.destroy();
    await rm(path, { force: true });
    throw new DownloadError('the server cannot go on where the transfer broke off', false);
  }
  if (statusCode !== 200 && statusCode !== 206) {
    response.destroy();
    throw new DownloadError(`the server says ${statusCode}`, statusCode === undefined || statusCode < 500);
  }
  const goesOn = statusCode === 206 && response.headers['content-range']?.startsWith(`bytes ${begun}-`) === true;
  if (statusCode === 206 && !goesOn) {
    response.destroy();
    await rm(path, { force: true });
    throw new DownloadError('the server sent another part than was asked for', false);
  }
  await receive(response, path, goesOn ? begun : 0, options);
}

async function receive(
  response: IncomingMessage,
  path: string,
  begun: number,
  { most, onProgress }: DownloadOptions,
): Promise<void> {
  const promised = response.headers['content-length'];
  const file = await open(path, begun > 0 ? 'a' : 'w');
  let bytes = begun;
  try {
    for await (const chunk of response) {
      bytes += chunk.length;
      if (bytes > most) break;
      await file.write(chunk);
      onProgress?.(bytes);
    }
  } finally {
    response.destroy();
    await file.close();
  }
  if (bytes > most) {
    await rm(path, { force: true });
    throw new DownloadError(`it sends more than the ${most} bytes expected`, true);
  }
  if (promised !== undefined && bytes - begun !== Number(promised))
    throw new DownloadError(`the transfer broke off after ${bytes} bytes`, false);
}

/** The answer at the end of redirects; from HTTPS none leads to plain HTTP. */
async function followed(start: URL, headers: Readonly<Record<string, string>>, idle: number): Promise<IncomingMessage> {
  let url = start;
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const response = await get(url, { headers, idle });
    const { location } = response.headers;
    if (![301, 302, 303, 307, 308].includes(response.statusCode ?? 0) || location === undefined) return response;
    response.destroy();
    const next = URL.canParse(location, url.href) ? new URL(location, url) : undefined;
    const safe = next?.protocol === 'https:' || (next?.protocol === 'http:' && url.protocol === 'http:');
    if (next === undefined || !safe)
      throw new DownloadError(`it redirects to ${JSON.stringify(location)}, which is not followed`, true);
    url = next;
  }
  throw new DownloadError(`it redirects more than ${mostRedirects} times`, true);
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known = new Map([
    ['ENOTFOUND', 'its host is unknown'],
    ['EAI_AGAIN', 'its host cannot be looked up'],
    ['ECONNREFUSED', 'its host refuses the connection'],
    ['ECONNRESET', 'the connection broke off'],
  ]);
  return known.get(code) ?? (error instanceof Error ? error.message : String(error));
}
