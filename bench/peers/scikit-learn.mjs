// scikit-learn's multi-layer perceptron: scikit_learn_peer.py is the program.
import { missingPython, pythonCommand } from './command.mjs';

/** @type {import('./index.mjs').Peer} */
export const scikitLearn = {
  name: 'scikit-learn',
  variants: [{ name: 'scikit-learn', title: 'scikit-learn MLP', threads: 1 }],
  workloads: { W3: { loss: 'crossEntropy', note: 'its loss is the cross-entropy' }, W4: {} },
  missing: missingPython('sklearn', 'python3-sklearn'),
  command: pythonCommand('scikit_learn_peer.py'),
};
