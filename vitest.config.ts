// Tests run against the sources; command line tests run the built files as child processes.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (file: string) => fileURLToPath(new URL(`./src/${file}`, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: 'chainrule/explain/html', replacement: source('explain/html/index.ts') },
      { find: 'chainrule/explain', replacement: source('explain/index.ts') },
      { find: 'chainrule/check', replacement: source('check/index.ts') },
      { find: 'chainrule/doctor', replacement: source('doctor/index.ts') },
      { find: 'chainrule/formats', replacement: source('formats/index.ts') },
      { find: 'chainrule/onnx', replacement: source('onnx/index.ts') },
      { find: 'chainrule/standalone', replacement: source('standalone/index.ts') },
      { find: 'chainrule/csv', replacement: source('data/csv.ts') },
      { find: 'chainrule/images', replacement: source('data/images.ts') },
      { find: 'chainrule/extend', replacement: source('extend.ts') },
      { find: 'chainrule/tune', replacement: source('tune/index.ts') },
      { find: 'chainrule/worker', replacement: source('worker/index.ts') },
      { find: 'chainrule/node', replacement: source('node/index.ts') },
      { find: /^chainrule$/, replacement: source('index.ts') },
    ],
  },
  test: {
    include: ['{src,test,cli,studio,examples}/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
