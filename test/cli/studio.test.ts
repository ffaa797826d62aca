// `chainrule studio` as a child process: what it serves, to whom, and how it begins and ends.
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entry, runIn, temporaryFolder } from './run.ts';

const assets = fileURLToPath(new URL('../../cli/studio/assets', import.meta.url));

interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** One request, its path and headers exactly as given. */
function ask(
  url: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  method = 'GET',
): Promise<Answer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const call = request({ hostname, port, path, headers, method }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part) => {
        text += part;
      });
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, text }));
    });
    call.on('error', reject).end();
  });
}

/** Starts the command and waits for the address that it prints. */
async function start(...args: readonly string[]): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [entry, 'studio', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.setEncoding('utf8').once('data', (text) => resolve(String(text).trim()));
    child.once('close', (status) => reject(new Error(`it ended with ${status}`)));
  });
  return { child, url };
}

const ended = (child: ChildProcess): Promise<number | null> => new Promise((resolve) => child.once('close', resolve));

describe('chainrule studio', () => {
  let child: ChildProcess;
  let url: string;
  let port: string;
  beforeAll(async () => {
    ({ child, url } = await start('--port', '0'));
    ({ port } = new URL(url));
  });
  afterAll(() => void child.kill());

  it('serves the page, its scripts and its styles as what they are', async () => {
    const page = await ask(url, '/');
    expect(page).toMatchObject({ status: 200, headers: { 'content-type': expect.stringContaining('text/html') } });
    expect(page.text).toContain('<div id="studio">');
    const kinds = { '.js': /javascript/, '.css': /^text\/css/ };
    for (const [ending, kind] of Object.entries(kinds)) {
      const name = readdirSync(assets).find((file) => file.endsWith(ending));
      const { status, headers } = await ask(url, `/assets/${name}`);
      expect({ status, type: headers['content-type'] }).toEqual({ status: 200, type: expect.stringMatching(kind) });
    }
  });

  it.each([
    ['the page', '/'],
    ['what is not there', '/nothing'],
  ])('isolates %s and gives it a strict policy', async (_, path) => {
    const { headers } = await ask(url, path);
    expect(headers).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    });
    const policy = String(headers['content-security-policy']);
    expect(policy.split('; ')).toEqual(
      expect.arrayContaining(["default-src 'self'", "script-src 'self' 'wasm-unsafe-eval'", "worker-src 'self'"]),
    );
    expect(policy).not.toMatch(/'unsafe-(inline|eval)'|\*/);
  });

  it('answers to its own names only, so that a name pointed here later reads nothing', async () => {
    const own = [`127.0.0.1:${port}`, `localhost:${port}`];
    const foreign = ['evil.example', `evil.example:${port}`, '127.0.0.1', `127.0.0.1.evil.example:${port}`];
    for (const host of own) expect((await ask(url, '/', { host })).status, host).toBe(200);
    for (const host of foreign) expect((await ask(url, '/', { host })).status, host).toBe(403);
    const origins = ['http://evil.example', 'null', 'http://127.0.0.1:1', `https://127.0.0.1:${port}.evil.example`];
    for (const origin of origins) expect((await ask(url, '/', { origin })).status, origin).toBe(403);
    expect((await ask(url, '/', { origin: `http://localhost:${port}` })).status).toBe(200);
  });

  it.each([
    '/../package.json',
    '/%2e%2e/package.json',
    '/..%2fpackage.json',
    '/assets/../../package.json',
    '/%00',
    '/%',
  ])('gives nothing outside its folder: %s', async (path) => {
    const { status, text } = await ask(url, path);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(text).not.toContain('"version"');
  });

  it('takes nothing', async () => {
    for (const method of ['POST', 'PUT', 'DELETE']) expect((await ask(url, '/', {}, method)).status).toBe(404);
  });

  it('a port that is taken is named, with what to do', async () => {
    const { status, err } = await runIn(temporary, ['studio', '--port', port]);
    expect({ status, err }).toEqual({
      status: 2,
      err: `error: --port is ${port}, which another program uses; name another, or 0 for any that is free.\n`,
    });
  });

  it('ends on Ctrl-C, with pages still connected', async () => {
    const second = await start('--port', '0');
    await ask(second.url, '/', { connection: 'keep-alive' });
    second.child.kill('SIGINT');
    expect(await ended(second.child)).toBe(0);
  });

  const temporary = temporaryFolder();
});

describe('where its usual port is taken', () => {
  let other: Server;
  beforeAll(async () => {
    other = createServer();
    // Where something of this machine has the port already, that does as well.
    await new Promise<void>((resolve) => other.once('error', () => resolve()).listen(4242, '127.0.0.1', resolve));
  });
  afterAll(() => void other.close());

  it('takes another', async () => {
    const { child, url } = await start();
    expect(new URL(url).port).not.toBe('4242');
    expect((await ask(url, '/')).status).toBe(200);
    child.kill('SIGINT');
    await ended(child);
  });
});
