// PyTorch on the CPU, with one thread and with two: pytorch_peer.py is the program.
import { missingPython, pythonCommand } from './command.mjs';

/** @type {import('./index.mjs').Peer} */
export const pytorch = {
  name: 'pytorch',
  variants: [
    { name: 'pytorch', title: 'PyTorch, 1 thread', threads: 1 },
    { name: 'pytorch-2', title: 'PyTorch, 2 threads', threads: 2 },
  ],
  workloads: { W1: {}, W3: {}, W4: {}, W5: {}, W6: {}, 'W7-W3-1': {}, 'W7-W3-256': {}, 'W7-W4-1': {}, 'W7-W4-256': {} },
  missing: missingPython('torch', 'python3-torch'),
  command: pythonCommand('pytorch_peer.py'),
};
