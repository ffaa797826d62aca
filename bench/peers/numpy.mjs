// NumPy in float32 with its BLAS, the network in matrix form: numpy.py is the program.
import { missingPython, pythonCommand } from './command.mjs';

/** @type {import('./index.mjs').Peer} */
export const numpy = {
  name: 'numpy',
  variants: [{ name: 'numpy', title: 'NumPy, float32, matrix form', threads: 1 }],
  workloads: { W3: {}, 'W7-W3-1': {}, 'W7-W3-256': {}, 'W7-W4-1': {}, 'W7-W4-256': {} },
  missing: missingPython('numpy', 'python3-numpy'),
  command: pythonCommand('numpy_peer.py'),
};
