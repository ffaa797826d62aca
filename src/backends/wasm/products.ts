// Large matrix products of dense layers, handed to a library of the system's that works on the engine's own memory: between two
// stretches of the tape, from the main thread, while the workers sleep. Finding such a library is src/node/blas.ts's business.
import * as kernels from '../../kernels/index.ts';
import type { Call } from '../../plan/index.ts';
import type { Engine } from './engine.ts';
import { type GradientGroup, groupRecords, groupSlots } from './gradients.ts';
import { flat, type Instruction, outside, recordWords } from './instruction.ts';
import { usedInputs } from './kernels.ts';
import { type Layout, padded } from './layout.ts';
import * as op from './opcodes.ts';

/**
 * C = scale · A B + keep · C in float32: A is rows × inner, B is inner × columns, C is rows × columns, row by row.
 * An operand's distance counts the numbers from one of its rows to the next; a transposed one lies in memory turned round.
 */
export interface MatrixProduct {
  readonly rows: number;
  readonly columns: number;
  readonly inner: number;
  readonly scale: number;
  readonly keep: 0 | 1;
  readonly a: MatrixOperand;
  readonly b: MatrixOperand;
  readonly c: MatrixOperand;
}

/** A matrix from its first number on. */
export interface MatrixOperand {
  readonly numbers: Float32Array;
  readonly distance: number;
  readonly transposed?: boolean;
}

/** Carries a product out, in any order of addition. */
export type Multiply = (product: MatrixProduct) => void;

/** Multiplications of a whole batch from which a product is handed out: below, leaving the tape takes what is won. */
export const leastProduct = 2 ** 20;

/** What a number's update costs beside a multiplication of the kernels' tiles, about: it waits for memory. */
const updateWork = 20;

/** Where a matrix lies: in bytes, as everywhere in a layout. */
interface Place {
  readonly address: number;
  readonly distance: number;
}

/** The instructions of what is handed out. */
export class Products {
  private readonly engine: Engine;
  private readonly multiply: Multiply;
  private readonly layout: Layout;
  private readonly rootOf: (slot: string) => string;
  /** Memory of gradients that no slot keeps: each its own, so that all of them can be formed one after another. */
  private readonly gradients = new Map<Call, number>();

  constructor(engine: Engine, multiply: Multiply, layout: Layout, rootOf: (slot: string) => string) {
    this.engine = engine;
    this.multiply = multiply;
    this.layout = layout;
    this.rootOf = rootOf;
  }

  /** Whether a call's product is handed out. Then all of a weight's are: the matrix lies as they want it. */
  takes({ kernel, inputs }: Call): boolean {
    const { layout } = this;
    if (kernel === kernels.weightGradient) {
      return layout.isWhole(layout.rows(inputs.delta).width, layout.rows(inputs.x).width);
    }
    const reads = kernel === kernels.affine || kernel === kernels.weightedSum || kernel === kernels.backpropagate;
    return reads && layout.matrix(inputs.weight).whole;
  }

  /** z = x W + b, or da = δ Wᵀ. */
  product(call: Call): Instruction {
    const run = call.kernel === kernels.backpropagate ? this.backpropagate(call) : this.affine(call);
    const slots = { reads: usedInputs(call).map(this.rootOf), writes: [this.rootOf(call.output)] };
    return { words: [], partition: outside, ...slots, outside: run };
  }

  /** The mean of xᵀ δ, and on the tape what is done with it. */
  gradient(group: GradientGroup): Instruction[] {
    const { layout, rootOf } = this;
    const { gradient, stored } = group;
    const { x, delta } = gradient.inputs;
    const [rows, columns] = [layout.rows(x), layout.rows(delta)].map(({ width }) => padded(width));
    const out = { address: this.gradientAddress(group, rows * columns * 4), distance: columns * 4 };
    const slot = rootOf(stored ?? gradient.output);
    const run = (samples: number) =>
      this.multiply({
        ...{ rows, columns, inner: samples, scale: 1 / samples, keep: 0 },
        a: { ...this.operand(layout.rows(x), samples, rows), transposed: true },
        b: this.operand(layout.rows(delta), samples, columns),
        c: this.operand(out, rows, columns),
      });
    const product = { words: [], partition: outside, reads: [rootOf(x), rootOf(delta)], writes: [slot], outside: run };

    const at = (address = 0) => (address === 0 ? out.address : address);
    const records = groupRecords(group, layout).map((record) => {
      const { x, y, z, out } = record;
      return { ...record, x: at(x), y: at(y), z: at(z), out: at(out) };
    });
    if (records.length === 0) return [product];
    const bytes = rows * columns * 4;
    const { reads, writes } = groupSlots(group);
    const update = {
      words: [op.update, bytes, ...recordWords(records)],
      partition: flat(bytes),
      reads: [slot, ...reads.map(rootOf)],
      writes: [slot, ...writes.map(rootOf)],
      work: (rows * columns * updateWork) / layout.capacity,
    };
    return [product, update];
  }

  private affine({ inputs, output }: Call): (samples: number) => void {
    const { layout, engine } = this;
    const weight = layout.matrix(inputs.weight);
    const [inner, columns] = [padded(weight.inputs), padded(weight.outputs)];
    const bias = 'bias' in inputs ? layout.fixed(inputs.bias).address : undefined;
    const out = layout.rows(output);
    return (samples) => {
      if (bias !== undefined) repeat(engine, bias, columns, out, samples);
      this.multiply({
        ...{ rows: samples, columns, inner, scale: 1, keep: bias === undefined ? 0 : 1 },
        a: this.operand(layout.rows(inputs.x), samples, inner),
        b: this.operand({ address: weight.address, distance: columns * 4 }, inner, columns),
        c: this.operand(out, samples, columns),
      });
    };
  }

  private backpropagate({ inputs, output }: Call): (samples: number) => void {
    const { layout } = this;
    const weight = layout.matrix(inputs.weight);
    const [columns, inner] = [padded(weight.inputs), padded(weight.outputs)];
    return (samples) =>
      this.multiply({
        ...{ rows: samples, columns, inner, scale: 1, keep: 0 },
        a: this.operand(layout.rows(inputs.delta), samples, inner),
        b: { ...this.operand({ address: weight.address, distance: inner * 4 }, columns, inner), transposed: true },
        c: this.operand(layout.rows(output), samples, columns),
      });
  }

  private gradientAddress({ gradient, stored }: GradientGroup, bytes: number): number {
    if (stored !== undefined) return this.layout.fixed(stored).address;
    const address = this.gradients.get(gradient) ?? this.layout.reserve(bytes);
    this.gradients.set(gradient, address);
    return address;
  }

  private operand({ address, distance }: Place, rows: number, columns: number): MatrixOperand {
    // A new view each time: the memory may have grown.
    const count = ((rows - 1) * distance) / 4 + columns;
    return { numbers: this.engine.floats(address, count), distance: distance / 4 };
  }
}

/** Writes a list into every row. */
function repeat(engine: Engine, list: number, count: number, { address, distance }: Place, rows: number): void {
  const width = distance / 4;
  const all = engine.floats(address, rows * width);
  all.set(engine.floats(list, count));
  for (let done = 1; done < rows; done *= 2) all.copyWithin(done * width, 0, Math.min(done, rows - done) * width);
}
