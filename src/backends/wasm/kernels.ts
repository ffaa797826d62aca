// What each kernel of the house becomes on the tape. Kernels are known by themselves and not by their names, so that a user's own
// kernel that happens to share a name is never mistaken for the house's.
import * as activations from '../../activations/index.ts';
import * as kernels from '../../kernels/index.ts';
import { type Kernel, numeric } from '../../kernels/index.ts';
import { list } from '../../kernels/window.ts';
import * as losses from '../../losses/index.ts';
import type { Call } from '../../plan/index.ts';
import { channelEmitters } from './channels.ts';
import { type Emit, type Emitted, rowsOf } from './emitter.ts';
import { imageEmitters } from './images.ts';
import { alone, type BlockRecord, byRows, flat, float, type Instruction, recordWords } from './instruction.ts';
import { type Layout, padded } from './layout.ts';
import * as op from './opcodes.ts';

/** The codes of the house's activations. */
export const activationCodes: ReadonlyMap<Kernel, number> = new Map<Kernel, number>([
  [activations.linear.forward, op.linear],
  [activations.sigmoid.forward, op.sigmoid],
  [activations.tanh.forward, op.tanh],
  [activations.relu.forward, op.relu],
  [activations.leakyRelu.forward, op.leakyRelu],
  [activations.elu.forward, op.elu],
  [activations.gelu.forward, op.gelu],
  [activations.swish.forward, op.swish],
  [activations.softplus.forward, op.softplus],
  [activations.step.forward, op.step],
]);

/** The codes of their backward kernels. */
export const backwardCodes: ReadonlyMap<Kernel, number> = new Map<Kernel, number>([
  [activations.linear.backward, op.linear],
  [activations.sigmoid.backward, op.sigmoid],
  [activations.tanh.backward, op.tanh],
  [activations.relu.backward, op.relu],
  [activations.leakyRelu.backward, op.leakyRelu],
  [activations.elu.backward, op.elu],
  [activations.gelu.backward, op.gelu],
  [activations.swish.backward, op.swish],
  [activations.softplus.backward, op.softplus],
  [activations.step.backward, op.step],
]);

/** A pointwise loss's code, and what a squared one multiplies by when there are K outputs. */
export interface LossCode {
  readonly code: number;
  factor(outputs: number): number;
}

const plain = (code: number): LossCode => ({ code, factor: () => 1 });

/** Over the number of outputs. */
const shared = (code: number): LossCode => ({ code, factor: (outputs) => 1 / outputs });

/** The codes of the losses' terms and of their derivatives. */
export const lossCodes: ReadonlyMap<Kernel, LossCode> = new Map<Kernel, LossCode>([
  [losses.quadratic.terms, { code: op.squaredTerms, factor: () => 0.5 }],
  [losses.quadratic.gradient, { code: op.squaredGradient, factor: () => 1 }],
  [losses.meanSquared.terms, { code: op.squaredTerms, factor: (outputs) => 1 / outputs }],
  [losses.meanSquared.gradient, { code: op.squaredGradient, factor: (outputs) => 2 / outputs }],
  [losses.halfMeanSquared.terms, { code: op.squaredTerms, factor: (outputs) => 0.5 / outputs }],
  [losses.halfMeanSquared.gradient, { code: op.squaredGradient, factor: (outputs) => 1 / outputs }],
  [losses.crossEntropy.terms, plain(op.crossEntropyTerms)],
  [losses.crossEntropy.gradient, plain(op.crossEntropyGradient)],
  [losses.logLikelihood.terms, plain(op.logLikelihoodTerms)],
  [losses.logLikelihood.gradient, plain(op.logLikelihoodGradient)],
  [losses.meanAbsolute.terms, shared(op.absoluteTerms)],
  [losses.meanAbsolute.gradient, shared(op.absoluteGradient)],
  [losses.huber.terms, shared(op.huberTerms)],
  [losses.huber.gradient, shared(op.huberGradient)],
  [losses.hinge.terms, shared(op.hingeTerms)],
  [losses.hinge.gradient, shared(op.hingeGradient)],
  [kernels.crossEntropyFromLogits, plain(op.crossEntropyFromLogits)],
]);

/** The inputs a call really reads here: most derivatives of activations are computed from a alone. */
export function usedInputs({ kernel, inputs }: Call): string[] {
  const code = backwardCodes.get(kernel);
  if (code === undefined && kernel !== kernels.softmaxBackward) return Object.values(inputs);
  const { da, z, a } = inputs;
  return code === op.gelu || code === op.swish ? [da, z, a] : [da, a];
}

/** The input whose numbers a call hands on unchanged, if it does that; a reshape may change their order inside. */
export function samePort({ kernel }: Call): string | undefined {
  if (kernel === kernels.reshape || kernel === kernels.identity) return 'x';
  if (activationCodes.get(kernel) === op.linear) return 'z';
  return backwardCodes.get(kernel) === op.linear ? 'da' : undefined;
}

/** The per-sample input that a call may write its output over. */
export function inPlacePort({ kernel }: Call): string | undefined {
  if (activationCodes.has(kernel) || kernel === kernels.softmax) return 'z';
  return backwardCodes.has(kernel) || kernel === kernels.softmaxBackward ? 'da' : undefined;
}

/** The instruction of a call; undefined for a kernel that is not the house's. */
export function emit(call: Call, layout: Layout): Emitted | undefined {
  return emitterOf(call.kernel)?.(call, layout);
}

function emitterOf(kernel: Kernel): Emit | undefined {
  if (activationCodes.has(kernel)) return activate;
  if (backwardCodes.has(kernel)) return activateBackward;
  if (lossCodes.has(kernel)) return pointwiseLoss;
  return emitters.get(kernel);
}

/** A whole-slot update as a record. */
function updateRecord(call: Call, layout: Layout): BlockRecord | undefined {
  const describe = updates.get(call.kernel);
  if (describe === undefined) return undefined;
  const { code, ports, settings } = describe;
  const [x, y, z] = ports.map((port) => layout.fixed(call.inputs[port]).address);
  // A further single number is named by its address.
  const numbers = settings.map((name) =>
    name in call.inputs ? layout.fixed(call.inputs[name]).address : numeric(call.attributes, name),
  );
  const scalar = call.inputs.rate ?? call.inputs.scale ?? call.inputs.momentum;
  const rate = scalar === undefined ? 0 : layout.fixed(scalar).address;
  return { code, x, ...(y && { y }), ...(z && { z }), out: layout.fixed(call.output).address, rate, numbers };
}

const updates = new Map<Kernel, { code: number; ports: readonly string[]; settings: readonly string[] }>([
  [kernels.penalizedGradient, { code: op.penalize, ports: ['gradient', 'weight'], settings: ['l2', 'l1'] }],
  [kernels.sgdUpdate, { code: op.sgd, ports: ['parameter', 'gradient'], settings: [] }],
  [kernels.momentumVelocity, { code: op.momentumVelocity, ports: ['velocity', 'gradient'], settings: ['momentum'] }],
  [kernels.momentumUpdate, { code: op.momentumUpdate, ports: ['parameter', 'velocity'], settings: [] }],
  [
    kernels.nesterovUpdate,
    { code: op.nesterovUpdate, ports: ['parameter', 'velocity', 'gradient'], settings: ['momentum'] },
  ],
  [kernels.weightDecay, { code: op.weightDecay, ports: ['parameter'], settings: ['decay'] }],
  [kernels.adagradSum, { code: op.adagradSum, ports: ['sum', 'gradient'], settings: [] }],
  [kernels.bounded, { code: op.bounded, ports: ['x'], settings: ['least', 'most'] }],
  [kernels.scaledGradient, { code: op.scaledGradient, ports: ['gradient'], settings: [] }],
  [kernels.adamFirstMoment, { code: op.adamFirstMoment, ports: ['moment', 'gradient'], settings: ['beta'] }],
  [kernels.adamSecondMoment, { code: op.adamSecondMoment, ports: ['moment', 'gradient'], settings: ['beta'] }],
  [kernels.adamCorrection, { code: op.adamCorrection, ports: ['moment'], settings: ['beta'] }],
  [kernels.nadamMean, { code: op.nadamMean, ports: ['moment', 'gradient'], settings: ['ahead', 'correction'] }],
  [
    kernels.rpropStepSize,
    { code: op.rpropStepSize, ports: ['stepSize', 'gradient', 'previous'], settings: ['shrink', 'grow'] },
  ],
  [kernels.rpropGradient, { code: op.rpropGradient, ports: ['gradient', 'previous'], settings: [] }],
  [kernels.rpropUpdate, { code: op.rpropUpdate, ports: ['parameter', 'gradient', 'stepSize'], settings: [] }],
  [kernels.adamUpdate, { code: op.adamUpdate, ports: ['parameter', 'mean', 'square'], settings: ['epsilon'] }],
]);

const activate: Emit = ({ kernel, inputs, output }, layout) => ({
  words: [
    ...[op.activate, activationCodes.get(kernel) ?? op.linear],
    ...rowsOf(layout, inputs.z),
    ...rowsOf(layout, output),
    layout.rows(output).width,
  ],
  partition: byRows,
});

const activateBackward: Emit = ({ kernel, inputs, output }, layout) => {
  const code = backwardCodes.get(kernel) ?? op.linear;
  const z = code === op.gelu || code === op.swish ? inputs.z : inputs.a;
  const places = [inputs.da, z, inputs.a, output].flatMap((slot) => rowsOf(layout, slot));
  return { words: [op.activateBackward, code, ...places, layout.rows(output).width], partition: byRows };
};

const pointwiseLoss: Emit = ({ kernel, inputs, output }, layout) => {
  const { code, factor } = lossCodes.get(kernel) ?? plain(op.squaredGradient);
  const { width } = layout.rows(output);
  const places = [inputs.a ?? inputs.z, inputs.y, output].flatMap((slot) => rowsOf(layout, slot));
  return { words: [op.pointwiseLoss, code, ...places, float(factor(width)), width], partition: byRows };
};

/** Calls whose operands are the places of their slots and a row's width. */
const ofRows =
  (opcode: number, ...ports: readonly string[]): Emit =>
  ({ inputs, output }, layout) => ({
    words: [
      opcode,
      ...[...ports.map((port) => inputs[port]), output].flatMap((slot) => rowsOf(layout, slot)),
      layout.rows(output).width,
    ],
    partition: byRows,
  });

const affine: Emit = ({ inputs, output }, layout) => {
  const weight = layout.matrix(inputs.weight);
  const [rows, columns] = [padded(weight.inputs), padded(weight.outputs)];
  const bias = 'bias' in inputs ? layout.fixed(inputs.bias).address : layout.zeros(columns * 4);
  return {
    words: [
      op.affine,
      ...rowsOf(layout, inputs.x),
      ...[rows, weight.address, columns, bias],
      ...rowsOf(layout, output),
    ],
    partition: byRows,
    work: rows * columns,
    scratch: 6 * rows * 4,
  };
};

const backpropagate: Emit = ({ inputs, output }, layout) => {
  const weight = layout.matrix(inputs.weight);
  const [rows, columns] = [padded(weight.inputs), padded(weight.outputs)];
  return {
    words: [
      op.backpropagate,
      ...rowsOf(layout, inputs.delta),
      ...[columns, weight.address, rows],
      ...rowsOf(layout, output),
    ],
    partition: byRows,
    work: rows * columns,
    scratch: 32 + columns * 32 + layout.capacity * columns * 4,
  };
};

const penalty =
  (opcode: number): Emit =>
  ({ inputs, output, attributes }, layout) => {
    const { address, bytes } = layout.fixed(inputs.weight);
    const factor = float(numeric(attributes, 'factor'));
    return { words: [opcode, address, bytes, layout.fixed(output).address, factor], partition: alone };
  };

const update: Emit = (call, layout) => {
  const record = updateRecord(call, layout);
  const { bytes } = layout.fixed(call.output);
  return { words: [op.update, bytes, ...recordWords(record ? [record] : [])], partition: flat(bytes) };
};

const emitters = new Map<Kernel, Emit>([
  ...imageEmitters,
  ...channelEmitters,
  [kernels.affine, affine],
  [kernels.weightedSum, affine],
  [kernels.backpropagate, backpropagate],
  [kernels.softmax, ofRows(op.softmax, 'z')],
  [kernels.softmaxBackward, ofRows(op.softmaxBackward, 'da', 'a')],
  [kernels.logLikelihoodFromLogits, ofRows(op.logLikelihoodFromLogits, 'z', 'y')],
  [kernels.outputError, ofRows(op.outputError, 'a', 'y')],
  [kernels.softmaxOutputError, ofRows(op.softmaxOutputError, 'a', 'y')],
  [
    kernels.meanLoss,
    ({ inputs, output }, layout) => {
      const { address, distance, width } = layout.rows(inputs.terms);
      return { words: [op.meanLoss, address, distance, width, layout.fixed(output).address], partition: alone };
    },
  ],
  [
    kernels.addScalars,
    ({ inputs, output }, layout) => ({
      words: [op.addScalars, ...[inputs.x, inputs.y, output].map((slot) => layout.fixed(slot).address)],
      partition: alone,
    }),
  ],
  [kernels.hadamard, ofRows(op.hadamard, 'x', 'y')],
  [kernels.weightedBySample, ofRows(op.weightedBySample, 'x', 'weight')],
  [
    kernels.classWeight,
    ({ inputs, output, attributes }, layout) => ({
      // The weights themselves lie on the tape.
      words: [
        ...[op.classWeight, ...rowsOf(layout, inputs.y), ...rowsOf(layout, output), layout.rows(inputs.y).width],
        ...list(attributes.weights).map(float),
      ],
      partition: byRows,
    }),
  ],
  [
    kernels.nadamMomentum,
    ({ output, attributes }, layout) => ({
      words: [
        ...[op.nadamMomentum, layout.fixed(output).address],
        ...['ahead', 'beta', 'decay'].map((name) => float(numeric(attributes, name))),
      ],
      partition: alone,
    }),
  ],
  [
    kernels.nadamCorrection,
    ({ inputs, output }, layout) => ({
      words: [
        op.nadamCorrection,
        ...[inputs.correction, inputs.momentum, output].map((slot) => layout.fixed(slot).address),
      ],
      partition: alone,
    }),
  ],
  [
    kernels.sumOfSquares,
    ({ inputs, output }, layout) => {
      const { address, bytes } = layout.fixed(inputs.gradient);
      // Half of twice the sum.
      return { words: [op.l2Penalty, address, bytes, layout.fixed(output).address, float(2)], partition: alone };
    },
  ],
  [
    kernels.gradientNorm,
    ({ inputs, output }, layout) => ({
      words: [op.gradientNorm, layout.fixed(inputs.squares).address, layout.fixed(output).address],
      partition: alone,
    }),
  ],
  [
    kernels.clipScale,
    ({ inputs, output, attributes }, layout) => ({
      words: [
        ...[op.clipScale, layout.fixed(inputs.norm).address, layout.fixed(output).address],
        float(numeric(attributes, 'limit')),
      ],
      partition: alone,
    }),
  ],
  [kernels.l1Penalty, penalty(op.l1Penalty)],
  [kernels.l2Penalty, penalty(op.l2Penalty)],
  ...[...updates.keys()].map((kernel): [Kernel, Emit] => [kernel, update]),
]);

/** What an emitted call touches, as an instruction. */
export function instructionOf(call: Call, emitted: Emitted, rootOf: (slot: string) => string): Instruction {
  return { ...emitted, reads: usedInputs(call).map(rootOf), writes: [rootOf(call.output)] };
}
