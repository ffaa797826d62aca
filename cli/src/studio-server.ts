// The server of the studio's pages: files only, to this machine only, under the strictest policy they run under. It opens nothing.
import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import { type FastifyInstance, fastify } from 'fastify';
import { UsageError } from './errors.ts';

/** A name would be looked up, and may be found to be another machine's. */
const loopback = '127.0.0.1';

/** What every answer says: nothing foreign is loaded or may look in, and the page may share memory with its threads. */
const headers = {
  'Content-Security-Policy':
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-cache',
};

/** A running server. */
export interface StudioServer {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves the studio on the first of some ports that no other program uses; 0 is any that is free.
 * @throws UsageError where the studio is not built or no port can be had
 */
export async function serveStudio([port, ...others]: readonly number[]): Promise<StudioServer> {
  const server = await serverOf(pages());
  try {
    await server.listen({ host: loopback, port });
  } catch (error) {
    await server.close();
    if (others.length > 0) return serveStudio(others);
    throw new UsageError(`--port is ${port}, ${reasonOf(error)}; name another, or 0 for any that is free.`);
  }
  return { url: `http://${loopback}:${portOf(server)}/`, port: portOf(server), close: async () => server.close() };
}

async function serverOf(root: string): Promise<FastifyInstance> {
  const server = fastify({ forceCloseConnections: true });
  server.addHook('onRequest', async (request, reply) => {
    reply.headers(headers);
    if (isOwn(request.headers.host, request.headers.origin, portOf(server))) return;
    // A page of another site that has its own name point here (DNS rebinding) asks under that name.
    await reply.code(403).type('text/plain').send('The studio answers to its own address only.\n');
  });
  server.setNotFoundHandler((_, reply) => reply.code(404).type('text/plain').send('The studio has no such file.\n'));
  await server.register(fastifyStatic, { root, cacheControl: false });
  return server;
}

function isOwn(host: string | undefined, origin: string | undefined, port: number): boolean {
  const own = [loopback, 'localhost'].map((name) => `${name}:${port}`);
  const isOurs = (name: string) => own.includes(name);
  return host !== undefined && isOurs(host) && (origin === undefined || isOurs(origin.replace('http://', '')));
}

function portOf({ server }: FastifyInstance): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : error;
  if (code === 'EADDRINUSE') return 'which another program uses';
  if (code === 'EACCES') return 'which the system keeps for itself';
  return `which the system refuses (${code})`;
}

function pages(): string {
  const folder = fileURLToPath(new URL('../studio/', import.meta.url));
  if (existsSync(`${folder}index.html`)) return folder;
  throw new UsageError(
    `the studio's pages are not at ${folder}; build them with "npm run build", or install the package again.`,
  );
}
