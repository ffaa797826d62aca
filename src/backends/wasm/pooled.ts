// A convolution with its activation and a max-pooling behind it as one: pooled before the activation, and on the way back δ only
// where a window's largest pixel is. Done where nobody looks at what lies between, and the activation keeps the order of numbers.
import * as kernels from '../../kernels/index.ts';
import type { Call, Plan } from '../../plan/index.ts';
import { channelSums } from './channels.ts';
import { type Emitted, rowsOf } from './emitter.ts';
import { biasOf, type Geometry, geometryOf, lines } from './images.ts';
import { byRows, type Instruction } from './instruction.ts';
import { activationCodes, backwardCodes, usedInputs } from './kernels.ts';
import { type Layout, padded } from './layout.ts';
import * as op from './opcodes.ts';

/** The calls that are done as one. */
export interface PooledConvolution {
  readonly convolution: Call;
  readonly activation: Call;
  readonly index: Call;
  readonly pool: Call;
  readonly backward: PooledBackward | undefined;
}

/** The way back. */
export interface PooledBackward {
  readonly pool: Call;
  readonly activation: Call;
  /** Who reads δ: the gradients of weights and biases, and the error of the image, as far as they are wanted. */
  readonly readers: readonly Call[];
}

/** Activations that never turn the order of two numbers around, and whose derivative is known from a. */
const monotonic: ReadonlySet<number | undefined> = new Set([
  ...[op.linear, op.sigmoid, op.tanh, op.relu, op.leakyRelu, op.elu, op.softplus],
]);

const convolutions: ReadonlySet<Call['kernel']> = new Set<Call['kernel']>([
  kernels.convolution,
  kernels.convolutionWithoutBias,
]);

/** The convolutions of a plan that can be done with their pooling. */
export function pooledConvolutions(plan: Plan, readers: (slot: string) => readonly Call[]): PooledConvolution[] {
  return plan.calls.flatMap((convolution) => {
    if (!convolutions.has(convolution.kernel)) return [];
    const group = pooledConvolution(convolution, plan, readers);
    return group === undefined ? [] : [group];
  });
}

function pooledConvolution(
  convolution: Call,
  plan: Plan,
  readers: (slot: string) => readonly Call[],
): PooledConvolution | undefined {
  const [activation, ...others] = readers(convolution.output);
  if (activation === undefined || others.length > 0 || !monotonic.has(activationCodes.get(activation.kernel))) return;
  const ofActivation = readers(activation.output);
  const index = ofActivation.find(({ kernel }) => kernel === kernels.maxPoolIndex);
  const pool = index && readers(index.output).find(({ kernel }) => kernel === kernels.maxPool);
  if (index === undefined || pool?.inputs.x !== activation.output) return;
  const back = readers(index.output).find(({ kernel }) => kernel === kernels.maxPoolBackward);
  const [slope] = back === undefined ? [] : readers(back.output);
  const backward = back && slope && { pool: back, activation: slope, readers: readers(slope.output) };
  const known = [convolution, activation, index, pool, ...(back ? [back] : []), ...(slope ? [slope] : [])];
  const inner = known.filter((call) => call !== pool && call !== slope).map(({ output }) => output);
  const hidden = inner.every((slot) => !plan.kept.has(slot) && readers(slot).every((call) => known.includes(call)));
  if (!hidden || (backward && !isWayBack(backward, activation, plan))) return;
  return { convolution, activation, index, pool, backward };
}

function isWayBack({ pool, activation, readers }: PooledBackward, forward: Call, plan: Plan): boolean {
  const code = backwardCodes.get(activation.kernel);
  return (
    code !== undefined &&
    code === activationCodes.get(forward.kernel) &&
    activation.inputs.da === pool.output &&
    !plan.kept.has(activation.output) &&
    readers.every(({ kernel }) => takers.has(kernel))
  );
}

/** More channels than this are too many for the transforms that are done in registers, and fewer than the least too few for products. */
const [mostInRegisters, leastInProducts] = [4, 16];

/** Which way a convolution with its pooling goes forward, and the scratch it takes: Winograd's transforms are for one shape only. */
function wayForward(geometry: Geometry, direct: number): { opcode: number; scratch: number } {
  const { words, imageBytes } = geometry;
  const [, , channels, outputs] = words;
  const [kernel, pooling] = [words.slice(4, 8), words.slice(14, 18)];
  if (kernel.join() === '3,3,1,1' && pooling.join() === '2,2,2,2' && outputs % 4 === 0) {
    if (channels <= mostInRegisters) {
      return { opcode: op.convolutionPooledFew, scratch: channels * (64 + outputs * 64) + imageBytes };
    }
    if (channels >= leastInProducts && channels % 4 === 0 && outputs >= leastInProducts) {
      return { opcode: op.convolutionPooledWinograd, scratch: winogradScratch(geometry) };
    }
  }
  return { opcode: op.convolutionPooled, scratch: direct };
}

function winogradScratch({ words, imageBytes }: Geometry): number {
  const [, , channels, outputs] = words;
  const tiles = words[18] * words[19];
  const taken = Math.ceil(72 / tiles) * tiles;
  const parts = lines(channels * outputs) + lines(taken * channels) + lines(taken * outputs) + 128;
  return 192 + lines(channels) + lines(taken) + lines(outputs) + imageBytes + 16 * parts;
}

const takers: ReadonlySet<Call['kernel']> = new Set<Call['kernel']>([
  kernels.convolutionWeightGradient,
  kernels.channelBiasGradient,
  kernels.convolutionBackward,
]);

/** All calls of a group. */
export function callsOf({ convolution, activation, index, pool, backward }: PooledConvolution): Call[] {
  const back = backward === undefined ? [] : [backward.pool, backward.activation, ...backward.readers];
  return [convolution, activation, index, pool, ...back];
}

/** The slots that such a group needs no place for. */
export function unplaced({ convolution, activation, backward }: PooledConvolution): string[] {
  return [convolution.output, activation.output, ...(backward ? [backward.pool.output] : [])];
}

/** Makes the instructions of a group. */
export class PooledEmitter {
  private readonly group: PooledConvolution;
  private readonly layout: Layout;

  constructor(group: PooledConvolution, layout: Layout) {
    this.group = group;
    this.layout = layout;
  }

  /** What is to be done when a call of the group has its turn: undefined for nothing. */
  emit(call: Call, gradient: number | undefined): (Emitted & Pick<Instruction, 'reads' | 'writes'>) | undefined {
    const { pool, backward } = this.group;
    if (call === pool) return this.forward();
    if (backward === undefined) return undefined;
    if (call === backward.activation) return this.slope(backward);
    if (!backward.readers.includes(call)) return undefined;
    const delta = backward.activation.output;
    if (call.kernel === kernels.convolutionBackward) return this.image(call, delta);
    if (gradient === undefined) throw new Error(`the gradient ${call.output} has no place`);
    if (call.kernel === kernels.channelBiasGradient) {
      const sums = channelSums(this.layout, op.sumOfNumbers, [delta, pool.output], [0, 0], gradient, false);
      return { ...sums, reads: [delta], writes: [] };
    }
    return this.weights(call, delta, gradient);
  }

  private forward() {
    const { layout } = this;
    const { convolution, activation, index, pool } = this.group;
    const geometry = this.geometry();
    const columns = padded(layout.matrix(convolution.inputs.weight).outputs);
    const [height, width, strideY, strideX, rows, across] = geometry.words.slice(-6);
    // Places that no window of the pooling reads are left out.
    const count = ((rows - 1) * strideY + height) * ((across - 1) * strideX + width);
    const direct = 256 + lines(geometry.terms) + lines(count) + geometry.imageBytes + columns * count * 4;
    const { opcode, scratch } = wayForward(geometry, direct);
    return {
      words: [
        opcode,
        ...rowsOf(layout, convolution.inputs.x),
        ...[layout.matrix(convolution.inputs.weight).address, biasOf(convolution, layout)],
        activationCodes.get(activation.kernel) ?? op.linear,
        ...rowsOf(layout, pool.output),
        ...rowsOf(layout, index.output),
        ...geometry.words,
      ],
      partition: byRows,
      work: geometry.terms * columns * count,
      scratch,
      reads: usedInputs(convolution),
      writes: [pool.output, index.output],
    };
  }

  /** δ = (error of the pooled map) ⊙ f′, by the pooled a: it is the a of the largest pixel. */
  private slope({ pool: { inputs }, activation }: PooledBackward) {
    const { layout } = this;
    const { pool } = this.group;
    const code = backwardCodes.get(activation.kernel) ?? op.linear;
    const places = [inputs.delta, pool.output, pool.output, activation.output].flatMap((slot) => rowsOf(layout, slot));
    return {
      words: [op.activateBackward, code, ...places, layout.rows(pool.output).width],
      partition: byRows,
      reads: [inputs.delta, pool.output],
      writes: [activation.output],
    };
  }

  private image(call: Call, delta: string) {
    const { layout } = this;
    const geometry = this.geometry();
    const { outputs, address } = layout.matrix(call.inputs.weight);
    const [height, width, , , rows, across] = geometry.words.slice(-6);
    const area = height * width;
    return {
      words: [
        op.convolutionBackwardPooled,
        ...[delta, this.group.index.output].flatMap((slot) => rowsOf(layout, slot)),
        ...[address, ...rowsOf(layout, call.output), ...geometry.words],
      ],
      partition: byRows,
      work: geometry.terms * outputs * rows * across,
      scratch:
        lines(area) +
        lines(across * area) +
        across * area * outputs * 8 +
        geometry.imageBytes +
        geometry.rows * Math.ceil(geometry.run / 32) * outputs * 128,
      reads: [delta, this.group.index.output, call.inputs.weight],
      writes: [call.output],
    };
  }

  private weights({ inputs }: Call, delta: string, gradient: number) {
    const { layout } = this;
    const { convolution, index } = this.group;
    const geometry = this.geometry();
    const { outputs } = layout.matrix(convolution.inputs.weight);
    const [height, width, , , rows, across] = geometry.words.slice(-6);
    const images = Math.max(1, Math.floor(32768 / geometry.imageBytes));
    return {
      words: [
        op.convolutionWeightGradientPooled,
        ...[delta, index.output, inputs.x].flatMap((slot) => rowsOf(layout, slot)),
        ...[gradient, ...geometry.words],
      ],
      partition: `${outputs} outputs`,
      work: geometry.terms * outputs * rows * across,
      scratch:
        lines(height * width) +
        lines(rows * across) +
        images * rows * across * 8 +
        geometry.rows * Math.ceil(geometry.run / 4) * 16 * outputs +
        images * geometry.imageBytes,
      reads: [delta, index.output, inputs.x],
      writes: [],
    };
  }

  /** The convolution's geometry with the pooling's behind it. */
  private geometry(): Geometry {
    const { layout } = this;
    const { convolution, index } = this.group;
    const { outputs } = layout.matrix(convolution.inputs.weight);
    const own = geometryOf(layout.shape(convolution.inputs.x), convolution.attributes, outputs);
    const pooling = geometryOf(layout.shape(index.inputs.x), index.attributes);
    return { ...own, words: [...own.words, ...pooling.words.slice(4, 8), ...pooling.places] };
  }
}
