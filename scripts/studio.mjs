// `npm run studio`: the studio while it is developed, served from its sources; what it imports of the library is built first.
import { ensureBuilt, ensureInstalled } from './prepare.mjs';
import { at } from './tools.mjs';

try {
  await ensureInstalled();
  await ensureBuilt();
  const { createServer } = await import('vite');
  const server = await createServer({ root: at('studio'), configFile: at('studio/vite.config.ts') });
  await server.listen();
  server.printUrls();
} catch (error) {
  process.stderr.write(`The studio could not be served: ${error.message}.\n`);
  process.exitCode = 1;
}
