import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DataSet } from './catalogue.ts';
import { fetchDataSet } from './fetch.ts';
import { proxyFor } from './proxy.ts';

// Incompressible, so that packed it is about as long as it is.
const content = Buffer.concat(Array.from({ length: 2000 }, (_, i) => createHash('sha256').update(String(i)).digest()));
const packed = gzipSync(content);
const file = { name: 'images', bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };

/** What the server was asked for, with the range. */
let asked: string[] = [];
let server: http.Server;
let base = '';
let folder = '';

/** Sends what a range asks for, as a server should. */
function send(request: http.IncomingMessage, response: http.ServerResponse): void {
  const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
  const rest = packed.subarray(from);
  const range = from > 0 ? { 'content-range': `bytes ${from}-${packed.length - 1}/${packed.length}` } : {};
  response.writeHead(from > 0 ? 206 : 200, { 'content-length': rest.length, ...range }).end(rest);
}

const half = packed.length >> 1;
const bomb = gzipSync(Buffer.alloc(2 ** 24));
const headers = { 'content-length': packed.length };

/** Sends half, and breaks off once that can have come. */
function breakOff(response: http.ServerResponse): void {
  response.writeHead(200, headers).write(packed.subarray(0, half));
  setTimeout(() => response.destroy(), 60);
}

const manners: Readonly<Record<string, (request: http.IncomingMessage, response: http.ServerResponse) => void>> = {
  good: send,
  missing: (_, response) => response.writeHead(404).end(),
  wrong: (_, response) => response.end(gzipSync('something else')),
  elsewhere: (_, response) => response.writeHead(302, { location: '/good/images.gz' }).end(),
  circle: (_, response) => response.writeHead(302, { location: '/circle/images.gz' }).end(),
  astray: (_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  // Breaks off in the middle the first time.
  cut(request, response) {
    if (request.headers.range !== undefined) return send(request, response);
    breakOff(response);
  },
  // Breaks off, and begins anew whatever is asked for.
  forgetful(_, response) {
    if (asked.length > 1) return void response.writeHead(200, headers).end(packed);
    breakOff(response);
  },
  stalling: (_, response) => void response.writeHead(200, headers).write(packed.subarray(0, half)),
  endless(_, response) {
    const more = () => {
      while (response.writable && response.write(Buffer.alloc(2 ** 16))) {}
    };
    response.on('drain', more);
    more();
  },
  bomb: (_, response) => response.end(bomb),
  short: (request, response) =>
    request.headers.range === undefined ? response.end(packed.subarray(0, half)) : response.writeHead(416).end(),
};

beforeAll(async () => {
  server = http.createServer((request, response) => {
    // Of a request through a proxy the address is whole.
    const { pathname } = new URL(request.url ?? '', 'http://here');
    asked.push(`${request.url} ${request.headers.range ?? ''}`.trim());
    response.on('error', () => {});
    manners[pathname.split('/')[1]]?.(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  asked = [];
  folder = mkdtempSync(join(tmpdir(), 'chainrule-sets-'));
  vi.stubEnv('CHAINRULE_DATA', folder);
  for (const name of ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy', 'CHAINRULE_MIRRORS']) vi.stubEnv(name, '');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const setOf = (...places: string[]): DataSet => ({
  about: 'a test',
  mirrors: places.map((place) => `${base}/${place}/`),
  files: [file],
  parts: { '': file.name },
});
const fetched = (...places: string[]) => fetchDataSet('set', setOf(...places), { timeout: 20 });
const kept = () => readdirSync(join(folder, 'set'));
const isRight = () => readFileSync(join(folder, 'set', 'images')).equals(content);

describe('a data set', () => {
  test('is fetched once, and again only where its bytes were changed', async () => {
    expect((await fetched('good')).fetched).toEqual(['images']);
    expect([isRight(), kept()]).toEqual([true, ['images']]);
    expect((await fetched('good')).fetched).toEqual([]);
    expect(asked).toHaveLength(1);
    writeFileSync(join(folder, 'set', 'images'), Buffer.alloc(content.length));
    expect((await fetched('good')).fetched).toEqual(['images']);
    expect(isRight()).toBe(true);
  });

  test.each(['cut', 'forgetful', 'elsewhere'])('comes whole from a server that is %s', async (place) => {
    await fetched(place);
    expect([isRight(), kept()]).toEqual([true, ['images']]);
  });

  test('goes on where a transfer broke off', async () => {
    await fetched('cut');
    const from = Number(/bytes=(\d+)-/.exec(asked.at(-1) ?? '')?.[1]);
    expect(from).toBeGreaterThan(0);
    expect(from).toBeLessThanOrEqual(half);
  });

  test('comes from the next mirror where one does not have it, or has other bytes', async () => {
    await fetched('missing', 'wrong', 'endless', 'bomb', 'good');
    expect([isRight(), kept()]).toEqual([true, ['images']]);
    expect([...new Set(asked.map((one) => one.split('/')[1]))]).toEqual([
      'missing',
      'wrong',
      'endless',
      'bomb',
      'good',
    ]);
  });

  test('comes from the mirrors of the environment first', async () => {
    vi.stubEnv('CHAINRULE_MIRRORS', `${base}/elsewhere, ${base}/missing`);
    await fetched('wrong');
    expect(asked[0]).toBe('/elsewhere/images.gz');
  });

  test('comes from a folder or address that is named, packed or not', async () => {
    const places = mkdtempSync(join(folder, 'from-'));
    writeFileSync(join(places, 'images.gz'), packed);
    await fetchDataSet('set', setOf('missing'), { timeout: 1, from: places });
    expect(isRight()).toBe(true);
    rmSync(join(folder, 'set'), { recursive: true });
    writeFileSync(join(places, 'images'), content);
    await fetchDataSet('set', setOf('missing'), { timeout: 1, from: places });
    rmSync(join(folder, 'set'), { recursive: true });
    await fetchDataSet('set', setOf('missing'), { timeout: 1, from: `${base}/good` });
    expect([isRight(), asked]).toEqual([true, ['/good/images.gz']]);
  });
});

describe('in one sentence, and nothing kept as if it were right:', () => {
  test.each([
    ['missing', 'the server says 404'],
    ['wrong', 'sends other bytes than SHA-256'],
    ['bomb', 'sends other bytes than SHA-256'],
    ['circle', 'it redirects more than 5 times'],
    ['astray', 'it redirects to "file:///etc/passwd", which is not followed'],
    ['endless', `it sends more than the ${content.length + 2 ** 16} bytes expected`],
    ['short', 'sends other bytes than SHA-256'],
  ])('a server that is %s', async (place, reason) => {
    await expect(fetched(place)).rejects.toThrow(reason);
    expect(kept()).not.toContain('images');
  });

  test('a server that stalls; what came so far is kept to go on with', async () => {
    await expect(fetchDataSet('set', setOf('stalling'), { timeout: 0.1 })).rejects.toThrow(/nothing came|broke off/);
    expect(kept()).toEqual([expect.stringMatching(/^\.images\.[0-9a-f]{8}\.part$/)]);
    expect(statSync(join(folder, 'set', kept()[0])).size).toBe(half);
  });

  test('a folder without it, one with another file, an address that is none', async () => {
    await expect(fetchDataSet('set', setOf(), { timeout: 1, from: folder })).rejects.toThrow(
      `${folder} holds neither images nor images.gz; name the folder that does.`,
    );
    writeFileSync(join(folder, 'images'), 'other');
    await expect(fetchDataSet('set', setOf(), { timeout: 1, from: folder })).rejects.toThrow(
      'its bytes have another SHA-256',
    );
    await expect(fetchDataSet('set', setOf(), { timeout: 1, from: 'https://' })).rejects.toThrow('give an address');
  });

  test('no server at all', async () => {
    const nobody = { ...setOf(), mirrors: ['http://127.0.0.1:9/'] };
    await expect(fetchDataSet('set', nobody, { timeout: 1 })).rejects.toThrow('its host refuses the connection');
  });
});

describe('a proxy', () => {
  test('is asked for the whole address', async () => {
    vi.stubEnv('http_proxy', base);
    const set = { ...setOf(), mirrors: ['http://mirror.example/good/'] };
    await fetchDataSet('set', set, { timeout: 1 });
    expect([isRight(), asked]).toEqual([true, ['http://mirror.example/good/images.gz']]);
  });

  test('is asked for a tunnel to a server with HTTPS, with its password', async () => {
    const seen: (string | undefined)[] = [];
    server.on('connect', (request, socket) => {
      seen.push(request.url, request.headers['proxy-authorization']);
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    });
    vi.stubEnv('https_proxy', base.replace('//', '//me:p%40ss@'));
    const set = { ...setOf(), mirrors: ['https://mirror.example/good/'] };
    await expect(fetchDataSet('set', set, { timeout: 1 })).rejects.toThrow(/mirror\.example: the proxy .* says 407/);
    expect(seen.slice(0, 2)).toEqual(['mirror.example:443', `Basic ${Buffer.from('me:p@ss').toString('base64')}`]);
  });

  test.each<[string, NodeJS.ProcessEnv, string | undefined]>([
    ['https://a.org/x', { HTTPS_PROXY: 'http://p:8080' }, 'http://p:8080/'],
    ['https://a.org/x', { https_proxy: 'p:8080' }, 'http://p:8080/'],
    ['https://a.org/x', { http_proxy: 'http://p' }, undefined],
    ['http://a.org/x', { HTTP_PROXY: 'http://p' }, undefined],
    ['http://a.org/x', { ALL_PROXY: 'http://p' }, 'http://p/'],
    ['https://a.org/x', { https_proxy: 'http://p', no_proxy: 'b.org, a.org' }, undefined],
    ['https://www.a.org/x', { https_proxy: 'http://p', NO_PROXY: '.a.org' }, undefined],
    ['https://a.org/x', { https_proxy: 'http://p', no_proxy: 'xa.org,a.org:8443' }, 'http://p/'],
    ['https://a.org/x', { https_proxy: 'http://p', no_proxy: '*' }, undefined],
  ])('for %s under %o is %s', (url, env, expected) => {
    expect(proxyFor(new URL(url), env)?.href).toBe(expected);
  });
});
