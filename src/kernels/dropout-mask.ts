// The mask of dropout: which outputs take part in a step, scaled so that their mean stays what it was.
import { random, streams } from '../memory/index.ts';
import { cases, draw, matrix } from '../symbolic/index.ts';
import { type Attributes, defineKernel, numeric, sampleIndex } from './kernel.ts';
import { list } from './window.ts';

/** Where a layer's numbers begin in the stream of a step. */
const firstOf = (attributes: Attributes) => numeric(attributes, 'layer') * 2 ** 32;

/**
 * mask = 0 where u < rate, else 1/(1 − rate), u uniform on [0, 1) with 32 random bits.
 * Element i of sample s of a batch takes number layer · 2³² + s · width + i of the stream `mask` of the seed and step.
 * Attributes `seed`, `layer`, `rate`, `shape`.
 */
export const dropoutMask = defineKernel({
  name: 'dropoutMask',
  inputs: ['step'],
  perSample: true,
  shape: (_inputs, attributes) => list(attributes.shape),
  run(out, { step }, attributes, samples) {
    const [rate, first] = [numeric(attributes, 'rate'), firstOf(attributes)];
    const source = random(numeric(attributes, 'seed'), streams.mask, step.data[0]);
    const width = list(attributes.shape).reduce((product, axis) => product * axis, 1);
    for (let i = 0; i < samples * width; i++) out[i] = source.bits(first + i) / 2 ** 32 < rate ? 0 : 1 / (1 - rate);
  },
  element(index, { step }, attributes) {
    const rate = numeric(attributes, 'rate');
    const u = draw({
      seed: numeric(attributes, 'seed'),
      stream: streams.mask,
      step: step.at(),
      first: firstOf(attributes),
      shape: list(attributes.shape),
      index,
      sample: sampleIndex,
    });
    return cases(u, '≥', rate, 1 / (1 - rate), 0);
  },
  matrix: ({ step }, attributes) => matrix.apply('mask', step, numeric(attributes, 'rate')),
});
