// The list of peers. Adding one is a file beside this one and a line here.
import { brain } from './brain.mjs';
import { chainrule } from './chainrule.mjs';
import { convnet } from './convnetjs.mjs';
import { fann } from './fann.mjs';
import { mlFnn } from './ml-fnn.mjs';
import { numpy } from './numpy.mjs';
import { onnxRuntime } from './onnxruntime-web.mjs';
import { pytorch } from './pytorch.mjs';
import { scikitLearn } from './scikit-learn.mjs';
import { synaptic } from './synaptic.mjs';
import { tensorflow } from './tensorflow.mjs';

/**
 * Something that computes workloads, each in a process of its own.
 * @typedef {object} Peer
 * @property {string} name what `--peers` takes
 * @property {readonly Variant[]} variants how it can be run; one row of the table each
 * @property {Readonly<Record<string, Difference>>} workloads those it can compute, and in what it differs there
 * @property {(variant: Variant) => Promise<string | undefined>} missing why it cannot be run here, if so
 * @property {(taskFile: string, task: import('../task.mjs').TaskFile) => readonly string[]} command that runs a task
 *
 * @typedef {object} Variant
 * @property {string} name unique among all peers' variants
 * @property {string} title
 * @property {number} threads
 * @property {readonly string[]} [only] the workloads it is for, unless all of the peer's
 *
 * How a peer's computation differs from the workload's: the reference computes the difference too, so that it is still validated.
 * @typedef {Partial<Pick<import('../workloads.mjs').Workload, 'batch' | 'loss' | 'activations' | 'validationSteps'>> & {
 *   compare?: 'all' | 'lastLayer', note?: string
 * }} Difference
 */

/** @type {readonly Peer[]} */
export const peers = [
  chainrule,
  fann,
  numpy,
  scikitLearn,
  pytorch,
  tensorflow,
  onnxRuntime,
  brain,
  convnet,
  synaptic,
  mlFnn,
];
