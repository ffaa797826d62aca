// English.
import type { Language } from './language.ts';
import { some } from './some.ts';

/** English. */
export const en: Language = {
  name: 'en',
  title: (step) => `One step of back-propagation, worked (step ${step})`,
  setting: ({ notation, samples, learningRate }) =>
    `Notation: ${notation}.  ${samples === 1 ? 'One sample' : `A batch of ${samples} samples`}, learning rate ${learningRate}.`,
  recorded: ({ run, step, epoch, stepInEpoch, data, rows }) =>
    `Step ${step} of the recorded run ${run}: epoch ${epoch}, its step ${stepInEpoch}, on ${rows.length === 1 ? 'row' : 'rows'} ${some(rows, ', ')} of ${data}.  `,
  data: {
    heading: 'From the data to the network',
    remark: (source, rows) =>
      `${rows.length === 1 ? 'Row' : 'Rows'} ${some(rows, ', ')} of ${source}, as the network takes ${rows.length === 1 ? 'it' : 'them'}: each column as it was prepared for training.`,
    bytes: (row, count, drawn) =>
      `The image of row ${row} is ${count} bytes, each divided by 255; ${drawn} of them are not 0.`,
    row: (row) => `row ${row}`,
    missing: 'missing',
    filled: (fill) => `filled in with ${fill}`,
    levels: (names) => `1 at its place among ${names.join(', ')}, else 0`,
    comma: '; ',
  },
  headings: {
    forward: 'Forward pass',
    loss: 'Loss',
    errors: 'Backward pass: the errors',
    gradients: 'Gradients',
    update: 'Update',
    after: (step) => `After ${step === 1 ? 'this step' : `${step} steps`}`,
    network: 'The network',
  },
  remarks: {
    forward: ({ bias }) =>
      bias === 'bias'
        ? 'Each neuron adds up its weighted inputs and its bias, then applies its activation function.'
        : 'Each neuron adds up its weighted inputs, subtracts its threshold, then applies its activation function. The threshold is the bias with the other sign.',
    loss: () => 'How far the outputs are from their targets.',
    errors: ({ delta }) =>
      `${
        delta === 'derivative'
          ? 'A neuron’s error says how much the loss changes with its weighted input.'
          : 'A neuron’s error says how much the loss changes with its weighted input; in this notation it has the minus of the descent in it.'
      } It starts at the output (BP1) and is handed back layer by layer (BP2), through the old weights: nothing has been updated yet.`,
    gradients: ({ delta, bias }) =>
      `By the chain rule, a weight’s gradient is ${delta === 'derivative' ? '' : 'minus '}its neuron’s error times the activation that comes in through it (BP4); a ${bias}’s gradient is ${(delta === 'negated') === (bias === 'threshold') ? 'the error itself' : 'minus the error'} (BP3).`,
    update: ({ update }) =>
      update === 'direct'
        ? 'Each parameter moves against its gradient.'
        : 'Each parameter moves against its gradient: first its increment, then the sum.',
    frozen: (names) => `Frozen, so left as they are: ${names.join(', ')}.`,
    batch: ({ samples }) =>
      `In matrix form each ${samples === 'columns' ? 'column' : 'row'} is one sample of the batch.`,
  },
  forms: { matrices: 'in matrix form', elements: 'element by element' },
  simplifies: {
    outputError:
      'which simplifies, because the slope of the activation cancels the denominator of the loss’s derivative, to',
    softmaxOutputError:
      'which simplifies, because each output cancels against the denominator of the loss’s derivative by it, to',
    other: 'which simplifies, because the loss matches the activation, to',
  },
  trained: (precision) => `the training itself got, in ${precision}:`,
  proof: (error) => `and by central differences (relative error ${error})`,
  sizes: 'sizes, norms and largest entries',
  layer: (layer, kind, type) => `layer ${layer} (${kind}, ${type})`,
  moreTerms: (count) => `${count} more terms`,
  moreTermsThatSum: (count) => `${count} more terms that sum to`,
  notes: {
    rounded:
      '≈ marks a value whose last digit differs from what the rounded numbers above it would give: it was worked out from unrounded ones, and rounded once.',
    large:
      'The network is too large to be derived number by number: this is its matrix form. Name a quantity, such as layers.0.weight.grad[0,0], or a group, such as layers.0.delta, to have it derived.',
  },
  drawing: {
    input: 'input',
    layer: (layer, type) => `layer ${layer}: ${type}`,
    description: (layers) => `The network from its input to its output: ${layers}.`,
    path: (quantity) => `Highlighted: the way of ${quantity} to the loss.`,
  },
};
