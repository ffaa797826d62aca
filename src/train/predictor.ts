// A network kept ready to predict: one sample or many, again and again. What computes is the backend's plan of the prediction program.
import { autoBackend, type Backend, type Executable } from '../backends/index.ts';
import { ChainruleError } from '../errors.ts';
import { type FloatArray, floats, type Nested, type Rows, type Samples, sameShape, sizeOf } from '../memory/index.ts';
import { type Network, outputShape } from '../network/index.ts';
import { compile, lower } from '../plan/index.ts';
import { copyInput } from './training-data.ts';

/** How many samples are computed at once. */
export const predictionBatch = 256;

/** Settings of `predictor`, `predict` and `evaluate`. */
export interface EvaluateOptions {
  /** What computes; WebAssembly in float32 unless given, or the float64 reference where there is none. */
  readonly backend?: Backend;
}

/** A network kept ready: see `predictor`. */
export interface Predictor {
  /**
   * One sample's outputs.
   * @param input its numbers, nested to the network's input shape or flat
   * @throws ChainruleError `bad-shape` or `bad-data` where they do not fit the network
   */
  (input: Nested | FloatArray): number[];
  /**
   * The outputs of many samples, row after row, in the backend's precision: an array of the caller's own.
   * @param inputs the samples' numbers one after another, or rows as data sets hold them, bytes with a scale
   * @throws ChainruleError `bad-shape` where they are not as many as the network takes
   */
  rows(inputs: FloatArray | Rows): FloatArray;
  /**
   * Takes the parameters of the same network as they are now, trained further or written over: it holds copies.
   * @throws ChainruleError `bad-shape` where a parameter has another shape or is missing
   */
  update(net: Network): void;
  /** Gives its memory back at once, which otherwise happens when nobody holds it any more. It then predicts no longer. */
  dispose(): void;
}

/**
 * A function that predicts with a network kept ready, for when every microsecond counts: nothing is prepared from call to call,
 * and typed arrays go into the backend's memory without a detour. It holds a copy of the parameters: `update` tells it of others.
 * @example
 * const answer = predictor(net);
 * answer([0, 1]) // [0.98]
 * answer.rows(Float32Array.of(0, 1, 1, 1)) // Float32Array [0.98, 0.03]
 * answer.update(trained);
 */
export function predictor(net: Network, options: EvaluateOptions = {}): Predictor {
  const kept = new KeptNetwork(net, options.backend ?? autoBackend(), 1);
  return Object.assign((input: Nested | FloatArray) => kept.one(input), {
    rows: (inputs: FloatArray | Rows) => kept.rows(inputs),
    update: (other: Network) => kept.update(other),
    dispose: () => kept.dispose(),
  });
}

/** The outputs of rows, once. */
export function predictOnce(net: Network, rows: Rows, { backend = autoBackend() }: EvaluateOptions): FloatArray {
  const kept = new KeptNetwork(net, backend, Math.max(1, Math.min(rows.count, predictionBatch)));
  const outputs = kept.rows(rows);
  kept.dispose();
  return outputs;
}

/** The slot of a network's outputs. */
export const outputSlot = ({ layers }: Network): string => `layers.${layers.length - 1}.a`;

/** A plan of the prediction program, made ready on a backend. */
export function preparePrediction(
  net: Network,
  backend: Backend,
  capacity: number,
  keep: readonly string[] = [],
): Executable {
  const program = compile(net, undefined, { mode: 'prediction' });
  return backend.prepare(lower(program, { keep: [outputSlot(net), ...keep] }), capacity);
}

/** Copies parameters into an executable that reads them. */
export function writeParameters(executable: Executable, parameters: Network['parameters']): void {
  for (const [name, tensor] of Object.entries(parameters)) {
    if (executable.plan.places.has(name)) executable.write(name, tensor.data);
  }
}

/** Samples to predict for: what their targets are is not asked. */
const withoutTargets = (inputs: Rows): Samples => ({ inputs, targets: noTargets });

const noTargets: Rows = { count: 0, width: 0, values: new Float64Array(0), scale: 1 };

/** Runs all samples in batches; `each` is told where a batch begins and ends once it has run. */
export function inBatches(executable: Executable, samples: Samples, each: (start: number, stop: number) => void): void {
  const { count } = samples.inputs;
  for (let start = 0; start < count; start += predictionBatch) {
    const stop = Math.min(start + predictionBatch, count);
    const rows = new Uint32Array(stop - start);
    for (let i = 0; i < rows.length; i++) rows[i] = start + i;
    executable.run(samples, rows);
    each(start, stop);
  }
}

const first = Uint32Array.of(0);

class KeptNetwork {
  private net: Network;
  private readonly backend: Backend;
  private readonly output: string;
  private readonly widths: { readonly input: number; readonly output: number };
  /** One sample's numbers on their way into the backend, in its precision. */
  private readonly sample: FloatArray;
  private readonly samples: Samples;
  private executable: Executable | undefined;
  private capacity: number;

  /** @param capacity how many samples at once it is to begin with; it grows with what comes */
  constructor(net: Network, backend: Backend, capacity: number) {
    this.net = net;
    this.backend = backend;
    this.output = outputSlot(net);
    this.widths = { input: sizeOf(net.input), output: sizeOf(outputShape(net)) };
    this.sample = floats(backend.dtype, this.widths.input);
    this.samples = withoutTargets({ count: 1, width: this.widths.input, values: this.sample, scale: 1 });
    this.capacity = capacity;
    this.executable = preparePrediction(net, backend, capacity);
    writeParameters(this.executable, net.parameters);
  }

  one(input: Nested | FloatArray): number[] {
    const executable = this.ready(1);
    if (!copyNumbers(input, this.sample)) copyInput(this.net, nestedOf(input), 'input', this.sample, 0);
    executable.run(this.samples, first);
    const values = executable.read(this.output);
    const outputs = new Array<number>(values.length);
    for (let j = 0; j < values.length; j++) outputs[j] = values[j];
    return outputs;
  }

  rows(inputs: FloatArray | Rows): FloatArray {
    const { input, output } = this.widths;
    const rows = ArrayBuffer.isView(inputs) ? rowsOf(inputs, input) : inputs;
    if (rows.width !== input || rows.values.length !== rows.count * input) {
      throw new ChainruleError(
        'bad-shape',
        `inputs has ${rows.values.length} numbers where each sample takes ${input}; give whole samples, one after another.`,
      );
    }
    const outputs = floats(this.backend.dtype, rows.count * output);
    if (rows.count === 0) return outputs;
    const executable = this.ready(Math.min(rows.count, predictionBatch));
    inBatches(executable, withoutTargets(rows), (start) => {
      outputs.set(executable.read(this.output), start * output);
    });
    return outputs;
  }

  update(net: Network): void {
    for (const [name, { shape }] of Object.entries(this.net.parameters)) {
      const other = net.parameters[name];
      if (other === undefined || !sameShape(other.shape, shape)) {
        throw new ChainruleError(
          'bad-shape',
          `the network's ${name} is ${other === undefined ? 'missing' : `of shape [${other.shape}]`} where [${shape}] is expected; make a predictor of its own for another network.`,
        );
      }
    }
    this.net = net;
    writeParameters(this.ready(1), net.parameters);
  }

  dispose(): void {
    this.executable?.dispose();
    this.executable = undefined;
  }

  /** The executable, with room for so many samples at once. */
  private ready(samples: number): Executable {
    const present = this.executable;
    if (present === undefined) {
      throw new ChainruleError('bad-option', 'the predictor has been disposed of; make another.');
    }
    if (samples <= this.capacity) return present;
    // In powers of two, so that batches that grow and grow do not have it prepared each time.
    this.capacity = 2 ** Math.ceil(Math.log2(samples));
    const larger = preparePrediction(this.net, this.backend, this.capacity);
    // As they were copied: whoever holds the network may have written over them since.
    for (const name of Object.keys(this.net.parameters)) {
      if (larger.plan.places.has(name)) larger.write(name, present.read(name));
    }
    present.dispose();
    this.executable = larger;
    return larger;
  }
}

const rowsOf = (values: FloatArray, width: number): Rows => ({
  count: Math.floor(values.length / width),
  width,
  values,
  scale: 1,
});

const nestedOf = (input: Nested | FloatArray): Nested => (ArrayBuffer.isView(input) ? Array.from(input) : input);

/** Copies a flat list of finite numbers; false where it is not one of as many as there is room for. */
function copyNumbers(input: Nested | FloatArray, out: FloatArray): boolean {
  if (typeof input === 'number' || input.length !== out.length) return false;
  // Of finite numbers the sum of their multiples by 0 is 0.
  let zero = 0;
  for (let i = 0; i < input.length; i++) {
    const value = input[i];
    if (typeof value !== 'number') return false;
    zero += value * 0;
    out[i] = value;
  }
  return zero === 0;
}
