/**
 * A model as one JavaScript module that needs nothing else: its weights as data and a function `predict`.
 * @module chainrule/standalone
 */
import type { Model } from '../formats/index.ts';
import type { Tensor } from '../memory/index.ts';
import { parameterCount } from '../network/index.ts';
import { translate } from '../plan/index.ts';
import { codeOf } from './functions.ts';
import { PredictionLines } from './kernel-lines.ts';
import { base64 } from './literal.ts';
import { answering, encoding } from './rows.ts';

/**
 * A model as the text of an ES module with no imports that exports `predict`. It takes a raw row `{ column: value }`, or the
 * network's numbers where the model has no columns, and answers what `chainrule predict --json` does for it:
 * `{ label, probabilities }` or `{ values }`, or the outputs as they are where the model has no names for them.
 * It evaluates no text as code, so that it runs under the strictest content security policy.
 * @example writeFileSync('model.js', standaloneModule(await loadModel('model.safetensors')))
 * @throws ChainruleError `unsupported` where a kernel is not of the house
 */
export function standaloneModule(model: Model): string {
  const { network } = model;
  const prediction = new PredictionLines();
  const output = translate(network, prediction.rules());
  const [before, after] = [encoding(model), answering(model)];
  const weights = Object.entries(network.parameters).flatMap(([slot, tensor]) => {
    const name = prediction.parameters.get(slot);
    return name === undefined ? [] : [`const ${name} = ${numbersOf(tensor)};\n`];
  });
  const count = `${parameterCount(network).toLocaleString('en')} parameters`;
  return `// A neural network of ${network.layers.length} layers and ${count}, written by chainrule. It needs nothing beside this file.
${before.data}${after.data}
${description(model)}
export function predict(${argumentOf(model)}) {
  const input = encode(${argumentOf(model)});
${prediction.lines.join('\n')}
  return answer(${output});
}
${before.code}${after.code}${codeOf([...prediction.functions, 'numbers'])}
// Weights and biases.
${weights.join('')}`;
}

const argumentOf = ({ preprocessing }: Model): string => (preprocessing?.kind === 'table' ? 'row' : 'numbers');

function description({ network, preprocessing }: Model): string {
  if (preprocessing?.kind === 'table')
    return '/** What the network says of a row { column: value }; null is a missing value. */';
  const what = preprocessing === undefined ? 'numbers' : 'pixels from 0 to 1';
  return `/** What the network says of ${network.input.join(' × ')} ${what}, nested or in one list. */`;
}

/** The numbers as base64: of float32 where that holds each of them. */
function numbersOf({ data }: Tensor): string {
  const single = Float32Array.from(data);
  const isExact = data.every((value, i) => value === single[i]);
  const bytes = new Uint8Array((isExact ? single : Float64Array.from(data)).buffer);
  return `numbers('${base64(bytes)}'${isExact ? '' : ', Float64Array'})`;
}
