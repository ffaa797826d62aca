// Whether a peer computes what the reference computes: parameters after some steps, or outputs.
import { dirname, join } from 'node:path';
import { readFloats } from './data.mjs';
import { cutLayers } from './task.mjs';

/**
 * Training: ‖w − w_ref‖ / ‖w_ref − w_0‖, the error of what was learned relative to what was learned, of the layer that has most.
 * Prediction: ‖a − a_ref‖ / ‖a_ref‖.
 * @param {string} found file of the peer's numbers
 * @param {string} expected file of the reference's
 * @param {import('./workloads.mjs').Workload & import('./peers/index.mjs').Difference} workload with the peer's differences
 */
export function judge(found, expected, workload) {
  const { kind, tolerance, validationSteps, compare = 'all' } = workload;
  const [w, reference] = [readFloats(found), readFloats(expected)];
  if (w.length !== reference.length)
    throw new Error(`it gave ${w.length} numbers where the reference has ${reference.length}`);
  const relativeError =
    kind === 'predict'
      ? distance(w, reference) / norm(reference)
      : learned(w, reference, join(dirname(found), 'parameters.f32'));
  return { passed: relativeError <= tolerance, relativeError, tolerance, compared: compared() };

  function learned(values, right, initialFile) {
    const parts = (all) => cutLayers(all, workload).slice(compare === 'lastLayer' ? -1 : 0);
    const [own, theirs, initial] = [values, right, readFloats(initialFile)].map(parts);
    const errors = own.flatMap((layer, i) =>
      ['weight', 'bias'].map(
        (name) => distance(layer[name], theirs[i][name]) / distance(theirs[i][name], initial[i][name]),
      ),
    );
    return Math.max(...errors);
  }

  function compared() {
    if (kind === 'predict') return 'outputs of 256 samples';
    const steps = validationSteps === 1 ? 'one step' : `${validationSteps} steps`;
    return `${compare === 'lastLayer' ? "the last layer's" : 'all'} parameters after ${steps}`;
  }
}

/** ‖a − b‖₂; NaN where either has one, which no tolerance admits. */
function distance(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2;
  return Math.sqrt(sum);
}

const norm = (values) => distance(values, new Float32Array(values.length));
