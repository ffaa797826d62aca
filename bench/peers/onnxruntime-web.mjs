// onnxruntime-web, for prediction: as WebAssembly in this process, on the model that chainrule exports.
import { pathToFileURL } from 'node:url';
import { at, readJson } from '../../scripts/tools.mjs';
import { cycle } from '../task.mjs';
import { networkOf } from './chainrule.mjs';
import { neverMissing, nodeCommand } from './command.mjs';

/** @type {import('./index.mjs').Peer} */
export const onnxRuntime = {
  name: 'onnxruntime-web',
  variants: [
    { name: 'onnxruntime-web', title: 'onnxruntime-web, wasm, 1 thread', threads: 1 },
    { name: 'onnxruntime-web-2', title: 'onnxruntime-web, wasm, 2 threads', threads: 2 },
  ],
  workloads: Object.fromEntries(
    ['W3', 'W4', 'W6'].flatMap((network) => [1, 256].map((batch) => [`W7-${network}-${batch}`, {}])),
  ),
  missing: neverMissing,
  command: nodeCommand('onnxruntime-web.mjs'),
};
