// English.
import type { Language } from './language.ts';

export const en: Language = {
  name: 'en',
  title: (step) => `One step of back-propagation, worked (step ${step})`,
  setting: ({ notation, samples, learningRate }) =>
    `Notation: ${notation}.  ${samples === 1 ? 'One sample' : `A batch of ${samples} samples`}, learning rate η = ${learningRate}.`,
  headings: {
    forward: 'Forward pass',
    loss: 'Loss',
    errors: 'Backward pass: the errors δ',
    gradients: 'Gradients',
    update: 'Update',
    after: (step) => `After ${step === 1 ? 'this step' : `${step} steps`}`,
  },
  remarks: {
    forward: 'Each neuron adds up its weighted inputs and its bias, then applies its activation function.',
    loss: 'How far the outputs are from their targets.',
    errors:
      'δ says how much the loss changes with a neuron’s weighted input. It starts at the output (BP1) and is handed back layer by layer (BP2), through the old weights: nothing has been updated yet.',
    gradients:
      'By the chain rule, a weight’s gradient is its neuron’s δ times the activation that comes in through it (BP4); a bias’s gradient is δ itself (BP3).',
    update: 'Each parameter moves against its gradient.',
    frozen: (names) => `Frozen, so left as they are: ${names}.`,
  },
  simplifies: 'which simplifies, because the loss matches the activation, to',
  layer: (layer, kind, type) => `layer ${layer} (${kind}, ${type})`,
  longSum: '[n] marks n smaller terms whose sum is shown as one number.',
};
