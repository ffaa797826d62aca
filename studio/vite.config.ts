// How the studio is built: into static files beside the command line, which serves them; any other host can too.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { mnistSample } from './mnist-sample.ts';

/** Without them memory cannot be shared with threads. */
const isolation = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

export default defineConfig({
  // Paths relative to the page, so that it can stand in any folder of a host.
  base: './',
  plugins: [svelte(), mnistSample()],
  build: {
    outDir: '../cli/studio',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    // How long the plugins of a build took is nobody's warning.
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  worker: { format: 'es', rolldownOptions: { checks: { pluginTimings: false } } },
  server: { headers: isolation },
  preview: { headers: isolation },
});
