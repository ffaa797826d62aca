#!/usr/bin/env node
// The command's entry: committed, so that npm can link it at install, before anything is built.
import { existsSync } from 'node:fs';

const main = new URL('../dist/main.js', import.meta.url);
if (existsSync(main)) await import(main.href);
else {
  process.stderr.write('chainrule is not built yet; run "npm run build" in the clone first.\n');
  process.exitCode = 2;
}
