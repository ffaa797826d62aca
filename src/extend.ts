/**
 * What a package needs to add a layer, an activation, a loss, an initializer or an optimizer of its own.
 * @module chainrule/extend
 */
export { type Activation, type ActivationTraits, defineActivation } from './activations/activation.ts';
export type { Initializer, ParameterPlace } from './initializers/initializer.ts';
export * from './kernels/index.ts';
export type {
  CallOptions,
  Layer,
  LayerBuilder,
  LayerNames,
  LayerRules,
  LayerSlots,
  LayerType,
  Mode,
  ParameterSpec,
} from './layers/layer.ts';
export { defineLoss, type Loss } from './losses/loss.ts';
export { type Random, random, type Stream, streams } from './memory/index.ts';
export type { Optimizer, UpdateBuilder } from './optimizers/optimizer.ts';
export { choose, parseWith, positive, size, strict } from './options.ts';
export { type Call, type LowerOptions, lower, type Place, type Plan } from './plan/index.ts';
export * from './symbolic/index.ts';
