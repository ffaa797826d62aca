// Network, loss and optimizer made into the canonical program. The only place where the order of a step is decided.
import type { Activation } from '../activations/activation.ts';
import {
  type Attributes,
  addScalars,
  classWeight,
  type Kernel,
  l1Penalty,
  l2Penalty,
  meanLoss,
  penalizedGradient,
  weightedBySample,
} from '../kernels/index.ts';
import type { CallOptions, LayerBuilder, LayerSlots, Mode, ParameterSpec } from '../layers/layer.ts';
import type { Simplification } from '../losses/loss.ts';
import type { Shape } from '../memory/index.ts';
import { layerShapes, type Network } from '../network/index.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { emitClipping } from './clip.ts';
import type { Call, Phase, Program, Role, Slot } from './program.ts';

/** What a program is compiled for. */
export interface CompileOptions {
  /** `training` unless given. */
  readonly mode?: Mode;
  /** What each class's samples count in loss and gradients; all 1 unless given. */
  readonly classWeights?: readonly number[] | undefined;
  /** Whether the samples bring weights of their own, in the slot `sampleWeight.own`; where classes have weights too, both multiply. */
  readonly sampleWeights?: boolean | undefined;
}

/**
 * The canonical program of one optimisation step; without an optimizer it ends at the gradients, for prediction at the loss.
 * Forward from the first layer to the last, the loss, backward from the last to the first, then the updates.
 */
export function compile(network: Network, optimizer?: Optimizer, options: CompileOptions = {}): Program {
  const { mode = 'training' } = options;
  const emitter = new Emitter(network, mode, options);
  const layers = network.layers.map((_, index) => new LayerEmitter(emitter, index));
  for (const layer of layers) layer.forward();
  const output = layers[layers.length - 1].output;
  emitLoss(emitter, output);
  if (mode === 'prediction') return emitter.program(output);
  emitLossGradient(emitter, output, layers[layers.length - 1].outputGradient);
  for (const layer of layers.toReversed()) layer.backward();
  if (optimizer?.clip !== undefined) {
    const trained = layers.flatMap((layer) => layer.trained);
    const emit = (kernel: Kernel, inputs: Readonly<Record<string, string>>, name: string, attributes?: Attributes) =>
      emitter.call(kernel, inputs, name, null, 'update', attributes && { attributes });
    emitClipping(emit, trained, optimizer.clip);
  }
  if (optimizer !== undefined) for (const layer of layers) layer.update(optimizer);
  return emitter.program(output);
}

/** Collects slots and calls, and keeps every slot written once. */
class Emitter {
  readonly network: Network;
  readonly mode: Mode;
  readonly weighting: Pick<CompileOptions, 'classWeights' | 'sampleWeights'>;
  readonly shapes: readonly Shape[];
  readonly slots = new Map<string, Slot>();
  readonly aliases = new Map<string, string>();
  readonly carries: { from: string; to: string }[] = [];
  readonly simplifications: Call[] = [];
  private readonly calls: Call[] = [];

  constructor(network: Network, mode: Mode, weighting: Emitter['weighting']) {
    this.network = network;
    this.mode = mode;
    this.weighting = weighting;
    this.shapes = layerShapes(network.input, network.layers);
    this.declare('input', network.input, 'input', true);
    this.declare('target', this.shapes[network.layers.length], 'input', true);
    if (weighting.sampleWeights) this.declare('sampleWeight.own', [], 'input', true);
    for (const [name, tensor] of Object.entries(network.parameters)) this.declare(name, tensor.shape, 'parameter');
  }

  declare(name: string, shape: Shape, role: Role, perSample = false): string {
    if (this.slots.has(name)) throw new Error(`slot ${name} is written twice`);
    this.slots.set(name, { name, shape, perSample, role });
    return name;
  }

  /** The output layer's δ before its samples are weighted: δ itself where they are not. */
  get outputDelta(): string {
    return `layers.${this.network.layers.length - 1}.delta${this.isWeighted ? '.unweighted' : ''}`;
  }

  /** Whether samples count differently: `sampleWeight` is then what each counts. */
  get isWeighted(): boolean {
    return this.weighting.classWeights !== undefined || this.weighting.sampleWeights === true;
  }

  /** A single number that whoever runs the program gives. */
  setting(name: 'learningRate' | 'step'): string {
    return this.slots.has(name) ? name : this.declare(name, [], 'input');
  }

  slot(name: string): Slot {
    const slot = this.slots.get(this.aliases.get(name) ?? name);
    if (slot === undefined) throw new Error(`slot ${name} is read before it is written`);
    return slot;
  }

  build(
    kernel: Kernel,
    inputs: Readonly<Record<string, string>>,
    output: string,
    origin: Call['origin'],
    attributes: Attributes = {},
  ): Call {
    const resolved = Object.fromEntries(Object.entries(inputs).map(([port, name]) => [port, this.slot(name).name]));
    return { kernel, inputs: resolved, output, attributes, origin };
  }

  call(
    kernel: Kernel,
    inputs: Readonly<Record<string, string>>,
    output: string,
    layer: number | null,
    phase: Phase,
    options: CallOptions = {},
  ): string {
    const { rule, attributes, role = roleOf(output, phase) } = options;
    const call = this.build(kernel, inputs, output, { layer, phase, ...(rule && { rule }) }, attributes);
    const shapes = Object.fromEntries(Object.entries(call.inputs).map(([port, name]) => [port, this.slot(name)]));
    this.declare(output, kernel.shape(shapes, call.attributes), role, kernel.perSample);
    this.calls.push(call);
    return output;
  }

  program(output: string): Program {
    const { network, slots, calls, aliases, carries, simplifications } = this;
    return { network, slots, calls, aliases, carries, simplifications, output };
  }
}

function roleOf(name: string, phase: Phase): Role {
  if (name.endsWith('.next')) return 'next';
  return phase === 'forward' ? 'activation' : 'gradient';
}

/** Emits one layer's part of each phase, with its names put before its slots'. */
class LayerEmitter {
  readonly output: string;
  readonly outputGradient: string;
  private readonly emitter: Emitter;
  private readonly index: number;
  private readonly prefix: string;
  private readonly x: string;
  private readonly activation: Activation | null;
  private readonly specs: Readonly<Record<string, ParameterSpec>>;

  constructor(emitter: Emitter, index: number) {
    const layer = emitter.network.layers[index];
    this.emitter = emitter;
    this.index = index;
    this.prefix = `layers.${index}.`;
    this.x = index === 0 ? 'input' : `layers.${index - 1}.a`;
    this.activation = layer.activation;
    this.specs = layer.parameters(emitter.shapes[index]);
    this.output = `${this.prefix}a`;
    this.outputGradient = `${this.prefix}a.grad`;
    if (this.activation === null) {
      emitter.aliases.set(this.output, `${this.prefix}z`);
      emitter.aliases.set(this.outputGradient, `${this.prefix}delta`);
    }
  }

  forward(): void {
    this.layer.forward(this.builder('forward'), this.slots);
    if (this.activation === null) return;
    this.emitter.call(this.activation.forward, { z: `${this.prefix}z` }, this.output, this.index, 'forward');
  }

  backward(): void {
    const delta = `${this.prefix}delta`;
    const last = this.index === this.emitter.network.layers.length - 1;
    const own = last ? this.emitter.outputDelta : delta;
    if (this.activation !== null) {
      const inputs = { da: this.outputGradient, z: `${this.prefix}z`, a: this.output };
      const rule = last ? 'BP1' : 'BP2';
      this.emitter.call(this.activation.backward, inputs, own, this.index, 'backward', { rule });
    }
    if (own !== delta) {
      this.emitter.call(weightedBySample, { x: own, weight: 'sampleWeight' }, delta, this.index, 'backward');
    }
    this.layer.backward(this.builder('backward'), delta, this.slots);
    for (const [name, spec] of Object.entries(this.specs)) if (this.penalized(spec)) this.penalize(name);
  }

  update(optimizer: Optimizer): void {
    for (const parameter of this.trained) this.updateParameter(optimizer, parameter);
    this.layer.statistics?.(this.builder('update'), this.slots);
    for (const statistic of this.unfrozen((kind) => kind === 'statistic')) {
      this.emitter.carries.push({ from: `${statistic}.next`, to: statistic });
    }
  }

  /** The parameters that updates change. */
  get trained(): string[] {
    return this.unfrozen((kind) => kind !== 'statistic');
  }

  private unfrozen(wanted: (kind: ParameterSpec['kind']) => boolean): string[] {
    return Object.entries(this.specs)
      .filter(([, { kind }]) => wanted(kind))
      .map(([name]) => this.prefix + name)
      .filter((name) => !this.emitter.network.frozen.includes(name));
  }

  private get layer() {
    return this.emitter.network.layers[this.index];
  }

  private get slots(): LayerSlots {
    const names = Object.keys(this.specs).map((name) => [name, this.prefix + name]);
    return { x: this.x, parameters: Object.fromEntries(names) };
  }

  private builder(phase: Phase): LayerBuilder {
    return {
      mode: this.emitter.mode,
      layer: this.index,
      seed: this.emitter.network.seed,
      step: () => this.emitter.setting('step'),
      call: (kernel, inputs, output, options) =>
        this.emitter.call(kernel, inputs, this.outputName(output), this.index, phase, options),
      own: (name) => this.emitter.slot(this.prefix + name).name,
      shapeOf: (slot) => this.emitter.slot(slot).shape,
    };
  }

  /** `x.grad` is the gradient of the layer before; a penalised weight's gradient is not finished by the layer. */
  private outputName(local: string): string {
    if (local === 'x.grad') {
      const name = `${this.x}.grad`;
      return this.emitter.aliases.get(name) ?? name;
    }
    const spec = local.endsWith('.grad') ? this.specs[local.slice(0, -'.grad'.length)] : undefined;
    return this.prefix + local + (spec !== undefined && this.penalized(spec) ? '.data' : '');
  }

  private penalized(spec: ParameterSpec): boolean {
    const { l1, l2 } = this.emitter.network;
    return spec.kind === 'weight' && (l1 > 0 || l2 > 0);
  }

  private penalize(name: string): void {
    const { l1, l2 } = this.emitter.network;
    const weight = this.prefix + name;
    const inputs = { gradient: `${weight}.grad.data`, weight };
    this.emitter.call(penalizedGradient, inputs, `${weight}.grad`, this.index, 'backward', { attributes: { l1, l2 } });
  }

  private updateParameter(optimizer: Optimizer, parameter: string): void {
    const { emitter, index } = this;
    const { shape } = emitter.slot(parameter);
    optimizer.update({
      parameter,
      gradient: `${parameter}.grad${optimizer.clip === undefined ? '' : '.clipped'}`,
      rate: emitter.setting('learningRate'),
      step: emitter.setting('step'),
      state: (name, own = shape) => {
        const slot = emitter.declare(`${parameter}.${name}`, own, 'state');
        emitter.carries.push({ from: `${slot}.next`, to: slot });
        return slot;
      },
      call: (kernel, inputs, output, attributes) =>
        emitter.call(kernel, inputs, `${parameter}.${output}`, index, 'update', attributes && { attributes }),
    });
    emitter.carries.push({ from: `${parameter}.next`, to: parameter });
  }
}

/** Emits one call of the loss. */
type LossCall = (kernel: Kernel, inputs: Record<string, string>, name: string, attributes?: Attributes) => string;

/** What each sample counts: its class's weight, its own, or the product of both. */
function emitSampleWeight(emitter: Emitter, call: LossCall): void {
  const { classWeights, sampleWeights } = emitter.weighting;
  if (classWeights === undefined) emitter.aliases.set('sampleWeight', 'sampleWeight.own');
  else {
    const ofClass = sampleWeights ? 'sampleWeight.class' : 'sampleWeight';
    call(classWeight, { y: 'target' }, ofClass, { weights: classWeights });
    if (sampleWeights) call(weightedBySample, { x: ofClass, weight: 'sampleWeight.own' }, 'sampleWeight');
  }
}

/** The loss's terms and value, and its penalties. */
function emitLoss(emitter: Emitter, output: string): void {
  const { loss, l1, l2 } = emitter.network;
  const call: LossCall = (kernel, inputs, name, attributes) =>
    emitter.call(kernel, inputs, name, null, 'loss', attributes && { attributes });

  call(loss.terms, { a: output, y: 'target' }, 'loss.terms');
  const summed = emitter.isWeighted ? 'loss.weighted' : 'loss.terms';
  if (emitter.isWeighted) {
    emitSampleWeight(emitter, call);
    call(weightedBySample, { x: 'loss.terms', weight: 'sampleWeight' }, summed);
  }
  const penalties = l1 > 0 || l2 > 0 ? emitPenalties(emitter, call) : undefined;
  if (penalties === undefined) {
    call(meanLoss, { terms: summed }, 'loss');
    emitter.aliases.set('loss.data', 'loss');
  } else {
    call(meanLoss, { terms: summed }, 'loss.data');
    call(addScalars, { x: 'loss.data', y: penalties }, 'loss');
  }
  const terms = simplificationOf(emitter)?.terms;
  if (terms === undefined) return;
  const z = `layers.${emitter.network.layers.length - 1}.z`;
  const origin = { layer: null, phase: 'loss' } as const;
  emitter.simplifications.push(emitter.build(terms, { z, y: 'target' }, 'loss.terms', origin));
}

/** The loss's gradient by the output. */
function emitLossGradient(emitter: Emitter, output: string, outputGradient: string): void {
  const { loss, layers } = emitter.network;
  const last = layers.length - 1;
  const gradient = emitter.aliases.has(outputGradient) ? emitter.outputDelta : outputGradient;
  emitter.call(loss.gradient, { a: output, y: 'target' }, gradient, last, 'backward', { rule: 'BP1' });
  const delta = simplificationOf(emitter)?.delta;
  if (delta === undefined) return;
  const origin = { layer: last, phase: 'backward', rule: 'BP1' } as const;
  emitter.simplifications.push(emitter.build(delta, { a: output, y: 'target' }, emitter.outputDelta, origin));
}

/** How the loss simplifies behind the last layer's activation, if it does. */
function simplificationOf({ network: { loss, layers } }: Emitter): Simplification | undefined {
  const name = layers[layers.length - 1].activation?.name;
  return loss.simplifications.find(({ activation }) => activation === name);
}

/** c/2 Σ w² and c Σ |w| of every weight, added up into `loss.penalty`. */
function emitPenalties(emitter: Emitter, call: LossCall): string | undefined {
  const { l1, l2, layers } = emitter.network;
  const weights = layers.flatMap((layer, index) =>
    Object.entries(layer.parameters(emitter.shapes[index]))
      .filter(([, spec]) => spec.kind === 'weight')
      .map(([name]) => `layers.${index}.${name}`),
  );
  const parts = weights.flatMap((weight) => [
    ...(l2 > 0 ? [call(l2Penalty, { weight }, `loss.penalty.${weight}.l2`, { factor: l2 })] : []),
    ...(l1 > 0 ? [call(l1Penalty, { weight }, `loss.penalty.${weight}.l1`, { factor: l1 })] : []),
  ]);
  if (parts.length === 0) return undefined;
  const sumName = (i: number) => (i === parts.length - 1 ? 'loss.penalty' : `loss.penalty.sum.${i}`);
  const total = parts.reduce((x, y, i) => call(addScalars, { x, y }, sumName(i)));
  if (parts.length === 1) emitter.aliases.set('loss.penalty', total);
  return total;
}
