// All that is set in the Train view, as plain data: what links hold, checked by a schema, and what a fresh page begins with.
import * as z from 'zod/mini';
import { featureNames } from './features.ts';
import { layerFields, lossNames, optimizerFields } from './rules.ts';
import { toyNames } from './toy-data.ts';

// A strict content security policy forbids the code generation that zod would otherwise use.
z.config({ jitless: true });

/** Where data comes from: drawn points, digits that come with the page, or files of the reader's own. */
export const dataNames = [...toyNames, 'digits', 'mnist', 'own'] as const;
export type DataName = (typeof dataNames)[number];

const whole = (least: number, most: number) => z.int().check(z.minimum(least), z.maximum(most));
const within = (least: number, most: number) => z.number().check(z.minimum(least), z.maximum(most));
const value = z.union([z.number(), z.string().check(z.maxLength(40)), z.boolean()]);

const layer = z
  .record(z.string().check(z.maxLength(40)), value)
  .check(z.refine((entry) => typeof entry.type === 'string' && layerFields.has(entry.type)));

/** The schema of a setup. */
export const setupSchema = z.strictObject({
  data: z.enum(dataNames),
  samples: whole(10, 5000),
  noise: within(0, 1),
  /** The share kept for testing. */
  test: within(0, 0.9),
  features: z.array(z.enum(featureNames)).check(z.minLength(1), z.maxLength(featureNames.length)),
  /** The layers before the output layer. */
  layers: z.array(layer).check(z.maxLength(12)),
  loss: z.enum(lossNames),
  optimizer: z.string().check(z.refine((name) => optimizerFields.has(name))),
  /** Its settings that differ from the usual ones. */
  settings: z.record(z.string().check(z.maxLength(40)), z.number()),
  batch: whole(1, 100_000),
  l1: within(0, 10),
  l2: within(0, 10),
  seed: whole(0, 2 ** 31),
  /** The epoch at whose end training is paused; 0 for none. */
  epochs: whole(0, 1_000_000),
  /** Threads to train on; 0 for as many as there are. */
  threads: whole(0, 64),
  /** Batches a second; 0 for as many as can be. */
  speed: whole(0, 1000),
});

/** What is set. */
export type Setup = z.infer<typeof setupSchema>;

/** A hidden layer's entry, as in a network file. */
export type LayerEntry = Setup['layers'][number];

const hidden = (units: number, activation: string): LayerEntry => ({ type: 'dense', units, activation });

/** What the page begins with. */
export const fresh: Setup = {
  data: 'circles',
  samples: 400,
  noise: 0.1,
  test: 0.3,
  features: ['x', 'y'],
  layers: [hidden(6, 'tanh'), hidden(4, 'tanh')],
  loss: 'crossEntropy',
  optimizer: 'adam',
  settings: { learningRate: 0.01 },
  batch: 10,
  l1: 0,
  l2: 0,
  seed: 1,
  epochs: 0,
  threads: 0,
  speed: 250,
};

/** What suits each kind of data to begin with. */
export const presets: Readonly<Record<DataName, Setup>> = {
  circles: fresh,
  xor: { ...fresh, data: 'xor', layers: [hidden(4, 'tanh'), hidden(2, 'tanh')] },
  blobs: { ...fresh, data: 'blobs', layers: [hidden(2, 'sigmoid')], settings: { learningRate: 0.03 } },
  spirals: {
    ...fresh,
    data: 'spirals',
    speed: 0,
    noise: 0,
    samples: 600,
    features: ['x', 'y'],
    layers: [hidden(16, 'tanh'), hidden(16, 'tanh')],
    settings: { learningRate: 0.01 },
  },
  slope: { ...fresh, data: 'slope', layers: [hidden(3, 'tanh')], loss: 'meanSquared' },
  hills: { ...fresh, data: 'hills', layers: [hidden(12, 'tanh'), hidden(8, 'tanh')], loss: 'meanSquared' },
  digits: {
    ...fresh,
    data: 'digits',
    speed: 0,
    layers: [hidden(30, 'relu')],
    loss: 'logLikelihood',
    settings: { learningRate: 0.003 },
    batch: 16,
    l2: 0.0001,
  },
  mnist: {
    ...fresh,
    data: 'mnist',
    speed: 0,
    test: 0.2,
    layers: [hidden(100, 'relu')],
    loss: 'logLikelihood',
    settings: { learningRate: 0.001 },
    batch: 16,
  },
  own: {
    ...fresh,
    data: 'own',
    speed: 0,
    test: 0.2,
    layers: [hidden(32, 'tanh')],
    loss: 'logLikelihood',
    settings: { learningRate: 0.005 },
    batch: 16,
    l2: 0.001,
  },
};
