// `studio`: serves the studio's pages to this machine's browser until it is interrupted.
import { spawn } from 'node:child_process';
import { Command } from 'commander';
import { integer } from '../arguments.ts';
import { printData, say } from '../output.ts';

/** The same one each time, so that the browser remembers language and theme. */
const usualPort = 4242;

interface StudioFlags {
  readonly port?: number;
  readonly open?: boolean;
}

export function studioCommand(): Command {
  return new Command('studio')
    .description(
      'The studio: step through backprop, watch a network learn, and have worksheets marked, in the browser.',
    )
    .option('--port <n>', `where to serve it (${usualPort}, or any that is free)`, integer('--port', 0, 65_535))
    .option('--open', 'open it in the browser')
    .addHelpText(
      'after',
      `
It is served to this machine only, and ends with Ctrl-C. Everything is computed in the page; nothing is uploaded.

  chainrule studio --open`,
    )
    .action(studio);
}

async function studio({ port, open = false }: StudioFlags): Promise<void> {
  const { serveStudio } = await import('../studio-server.ts');
  const server = await serveStudio(port === undefined ? [usualPort, 0] : [port]);
  if (port === undefined && server.port !== usualPort) say(`Another program uses port ${usualPort}.`);
  say('The studio is served until Ctrl-C, at:');
  printData(server.url);
  if (open) openInBrowser(server.url);
  await interrupted();
  await server.close();
}

/** Ctrl-C, or the end that a system asks for. */
function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}

/** What opens an address, by the system. */
const openers: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

function openInBrowser(url: string): void {
  const [program, ...operands] = openers[process.platform] ?? ['xdg-open'];
  const child = spawn(program, [...operands, url], { detached: true, stdio: 'ignore' });
  child.on('error', () => say(`${program} is not there to open a browser; open the address yourself.`)).unref();
}
