// Any quantities of a network on data, read by their public names from the program that training runs. No second back-propagation.
import { autoBackend, type Backend, type Executable } from '../backends/index.ts';
import type { FloatArray, Samples } from '../memory/index.ts';
import type { Network, Parameters } from '../network/index.ts';
import { compile, lower, type Program } from '../plan/index.ts';
import { writeParameters } from './predictor.ts';
import { allRows, fittingDataset, samplesForLoss, type TrainingData } from './training-data.ts';

/** Settings of {@link quantities}. */
export interface QuantityOptions {
  /** What computes; WebAssembly in float32 unless given, or the float64 reference where there is none. */
  readonly backend?: Backend;
}

/** Numbers by the names of their quantities; of each sample in turn, where there are some for each. */
export type Quantities = Readonly<Record<string, FloatArray>>;

/**
 * Quantities of a network on data, by their public names. Where all of them are known after a prediction, layers such as dropout
 * do what they do there; gradients and δ are those of one training step with all the samples as its batch.
 * @example quantities(net, { inputs, targets }, ['layers.0.a', 'layers.0.weight.grad'])
 * @throws ChainruleError at a name the network has no quantity of
 */
export function quantities(
  net: Network,
  data: TrainingData,
  names: readonly string[],
  options: QuantityOptions = {},
): Quantities {
  const reader = new QuantityReader(net, data, names, options);
  const read = reader.read(net.parameters);
  reader.dispose();
  return read;
}

/** A plan kept ready to read the same quantities again and again while the parameters change. */
export class QuantityReader {
  private readonly names: readonly string[];
  private readonly samples: Samples;
  private readonly executable: Executable;

  constructor(net: Network, data: TrainingData, names: readonly string[], { backend }: QuantityOptions = {}) {
    this.names = names;
    this.samples = samplesForLoss(net, fittingDataset(net, data));
    const plan = lower(programWith(net, names), { keep: names });
    this.executable = (backend ?? autoBackend()).prepare(plan, this.samples.inputs.count);
  }

  read(parameters: Parameters): Quantities {
    writeParameters(this.executable, parameters);
    const rows = allRows(this.samples);
    this.executable.runSteps(this.samples, rows, rows.length, 1);
    return Object.fromEntries(this.names.map((name) => [name, this.executable.read(name)]));
  }

  dispose(): void {
    this.executable.dispose();
  }
}

/** The program of a prediction where it has them all, else that of a training step up to its gradients. */
function programWith(net: Network, names: readonly string[]): Program {
  const prediction = compile(net, undefined, { mode: 'prediction' });
  const { slots, aliases } = prediction;
  return names.every((name) => slots.has(aliases.get(name) ?? name)) ? prediction : compile(net);
}
