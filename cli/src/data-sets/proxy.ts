// HTTP requests, through the proxy that the environment names. What is asked for and kept is download.ts's business.
import http from 'node:http';
import https from 'node:https';
import tls from 'node:tls';

/** What a request needs. */
export interface RequestOptions {
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds without a sign of life. */
  readonly idle: number;
}

/** Asks for an address and gives the answer's head, its body still to come. */
export async function get(url: URL, { headers, idle }: RequestOptions): Promise<http.IncomingMessage> {
  const proxy = proxyFor(url, process.env);
  if (proxy === undefined) return answer((url.protocol === 'https:' ? https : http).request(url, { headers }), idle);
  if (url.protocol === 'http:') {
    const through = {
      ...hostOf(proxy),
      path: url.href,
      headers: { ...headers, host: url.host, ...credentials(proxy) },
    };
    return answer(http.request(through), idle);
  }
  const socket = await tunnel(url, proxy, idle);
  const createConnection = () => tls.connect({ socket, servername: url.hostname });
  return answer(https.request(url, { headers, createConnection }), idle);
}

function answer(request: http.ClientRequest, idle: number): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.setTimeout(idle, () => request.destroy(new Error(`nothing came for ${idle / 1000} seconds`)));
    request.on('error', reject).on('response', resolve).end();
  });
}

/** A connection to the host of an address through a proxy. */
function tunnel(url: URL, proxy: URL, idle: number): Promise<import('node:net').Socket> {
  const path = `${url.hostname}:${url.port || 443}`;
  const request = http.request({
    ...hostOf(proxy),
    method: 'CONNECT',
    path,
    headers: { host: path, ...credentials(proxy) },
  });
  return new Promise((resolve, reject) => {
    request.setTimeout(idle, () => request.destroy(new Error(`the proxy ${proxy.host} does not answer`)));
    request.on('error', reject).on('connect', ({ statusCode }, socket) => {
      if (statusCode === 200) return resolve(socket);
      socket.destroy();
      reject(new Error(`the proxy ${proxy.host} says ${statusCode}`));
    });
    request.end();
  });
}

const hostOf = ({ hostname, port }: URL) => ({ hostname, port: port || 80 });

function credentials({ username, password }: URL): Record<string, string> {
  if (username === '') return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}

/** The proxy that the environment names for an address: `https_proxy`, `http_proxy`, `all_proxy`, unless `no_proxy` excepts its host. */
export function proxyFor({ protocol, hostname, port }: URL, env: NodeJS.ProcessEnv): URL | undefined {
  const named = (name: string) => env[name] || env[name.toUpperCase()];
  const excepted = (named('no_proxy') ?? '').split(/[\s,]+/).some((entry) => excepts(entry, hostname, port));
  // In upper case HTTP_PROXY may be a request's own header where a server set it: only the small letters count.
  const own = protocol === 'https:' ? named('https_proxy') : env.http_proxy;
  const text = own || named('all_proxy');
  if (excepted || !text) return undefined;
  return new URL(text.includes('://') ? text : `http://${text}`);
}

/** An entry of `no_proxy`: a host, a domain with or without a dot before it, either with a port, or a star. */
function excepts(entry: string, hostname: string, port: string): boolean {
  if (entry === '*') return true;
  const [, host = '', own] = /^\*?\.?(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
  if (host === '' || (own !== undefined && own !== port)) return false;
  return hostname === host || hostname.endsWith(`.${host}`);
}
