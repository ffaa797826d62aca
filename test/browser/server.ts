// A server of static files on this machine, with the headers that matter here: a strict policy always, isolation where asked for.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { extname, join, normalize } from 'node:path';

/** The strictest policy that everything can run under, and stricter ones. */
export const policies = {
  strict: "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'",
  withoutWasm: "default-src 'self'",
  withoutWorkers: "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'none'",
};

/** How a site is served. */
export interface SiteOptions {
  /** Whether its pages are isolated from other origins. */
  readonly isolated: boolean;
  readonly policy?: string;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.gz': 'text/csv; charset=utf-8',
};

/** Without it memory cannot be shared with threads. */
const isolation = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

/** A running server. */
export interface Site {
  readonly url: string;
  close(): void;
}

/** Serves folders by the first part of their files' paths: `{ dist: '/…/dist' }` makes `/dist/index.js`; `''` stands for the rest. */
export async function serveFolders(
  folders: Readonly<Record<string, string>>,
  { isolated, policy = policies.strict }: SiteOptions,
): Promise<Site> {
  const server = createServer(({ url = '/' }, response) => {
    if (url === '/favicon.ico') return response.writeHead(204).end();
    const file = find(folders, normalize(decodeURIComponent(new URL(url, 'http://localhost').pathname)));
    const headers = { 'Content-Security-Policy': policy, ...(isolated && isolation) };
    if (file === undefined) return response.writeHead(404, headers).end();
    const type = { 'Content-Type': types[extname(file)] ?? 'application/octet-stream' };
    const encoding = file.endsWith('.gz') && { 'Content-Encoding': 'gzip' };
    response.writeHead(200, { ...headers, ...type, ...encoding }).end(readFileSync(file));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return { url: `http://127.0.0.1:${portOf(server)}`, close: () => void server.close() };
}

function find(folders: Readonly<Record<string, string>>, path: string): string | undefined {
  const [, first, ...others] = path.split('/');
  const file = first in folders ? join(folders[first], ...others) : join(folders[''] ?? '/nowhere', path);
  return existsSync(file) && statSync(file).isFile() ? file : undefined;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}
