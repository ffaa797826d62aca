// PyTorch on the CPU, with one thread and with two: pytorch_peer.py is the program.
import { workloads } from '../workloads.mjs';
import { missingPython, pythonCommand } from './command.mjs';

/** @type {import('./index.mjs').Peer} */
export const pytorch = {
  name: 'pytorch',
  variants: [
    { name: 'pytorch', title: 'PyTorch, 1 thread', threads: 1 },
    { name: 'pytorch-2', title: 'PyTorch, 2 threads', threads: 2 },
  ],
  workloads: Object.fromEntries(workloads.map(({ id }) => [id, {}])),
  missing: missingPython('torch', 'python3-torch'),
  command: pythonCommand('pytorch_peer.py'),
};
