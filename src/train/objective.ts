// A network's loss on all data as a function of one vector of weights, with its gradient; in float64.
import { type Executable, referenceBackend } from '../backends/index.ts';
import { ChainruleError } from '../errors.ts';
import type { Samples } from '../memory/index.ts';
import { type Network, type Parameters, parameterSpecs } from '../network/index.ts';
import { compile, lower, type Program } from '../plan/index.ts';
import { writeParameters } from './predictor.ts';
import { allRows } from './training-data.ts';

/** How many samples are gone through at once. */
const chunk = 512;

/** The loss at some weights, and its gradient. */
export interface Point {
  readonly weights: Float64Array;
  readonly loss: number;
  readonly gradient: Float64Array;
}

/** One trained parameter's stretch of the vector. */
interface Stretch {
  readonly name: string;
  readonly offset: number;
  readonly length: number;
  readonly penalized: boolean;
}

/** C(w) and ∇C(w) over the parameters that are not frozen, laid end to end in the network's order. */
export class Objective {
  readonly network: Network;
  readonly samples: Samples;
  /** Whether samples count differently. */
  readonly weighted: boolean;
  /** How many weights there are. */
  readonly size: number;
  /** Where they lie in the vector. */
  readonly stretches: readonly Stretch[];
  private readonly executable: Executable;

  /** @param samples those of a dataset, as the network's loss takes them */
  constructor(network: Network, samples: Samples, classWeights?: readonly number[]) {
    this.network = network;
    this.samples = samples;
    this.weighted = classWeights !== undefined || samples.weights !== undefined;
    const specs = parameterSpecs(network.input, network.layers);
    let size = 0;
    this.stretches = Object.entries(network.parameters).flatMap(([name, { data }]) => {
      if (network.frozen.includes(name)) return [];
      const stretch = { name, offset: size, length: data.length, penalized: specs[name].kind === 'weight' };
      size += data.length;
      return [stretch];
    });
    this.size = size;
    const keep = ['loss', ...Object.keys(network.parameters), ...this.stretches.map(({ name }) => `${name}.grad`)];
    const program = compile(network, undefined, { classWeights, sampleWeights: samples.weights !== undefined });
    requireSteady(program);
    this.executable = referenceBackend().prepare(lower(program, { keep }), Math.min(chunk, samples.inputs.count));
    writeParameters(this.executable, network.parameters);
  }

  /** The network's own weights. */
  start(): Float64Array {
    const weights = new Float64Array(this.size);
    for (const { name, offset } of this.stretches) weights.set(this.network.parameters[name].data, offset);
    return weights;
  }

  /** The weights as the network's parameters, the frozen ones as they are. */
  parameters(weights: Float64Array): Parameters {
    const own = this.stretches.map(({ name, offset, length }) => {
      const { shape } = this.network.parameters[name];
      return [name, { shape, data: weights.slice(offset, offset + length) }] as const;
    });
    return { ...this.network.parameters, ...Object.fromEntries(own) };
  }

  /** Writes the weights into an executable that reads the parameters. */
  write(executable: Executable, weights: Float64Array): void {
    for (const { name, offset, length } of this.stretches) {
      if (executable.plan.places.has(name)) executable.write(name, weights.subarray(offset, offset + length));
    }
  }

  /** C and ∇C: chunk by chunk, each with its share of the samples, which leaves penalties what they are. */
  evaluate(weights: Float64Array): Point {
    const { executable, stretches, samples } = this;
    this.write(executable, weights);
    const rows = allRows(samples);
    const gradient = new Float64Array(this.size);
    let loss = 0;
    for (let start = 0; start < rows.length; start += chunk) {
      const part = rows.subarray(start, start + chunk);
      const share = part.length / rows.length;
      executable.run(samples, part);
      loss += share * executable.read('loss')[0];
      for (const { name, offset, length } of stretches) {
        const own = executable.read(`${name}.grad`);
        for (let i = 0; i < length; i++) gradient[offset + i] += share * own[i];
      }
    }
    return { weights, loss, gradient };
  }
}

/** A layer whose output changes from step to step, or with the rest of the batch, leaves no function to minimise. */
function requireSteady({ network, calls }: Program): void {
  const drawn = calls.find(({ inputs }) => Object.values(inputs).includes('step'))?.origin.layer;
  const statistic = Object.entries(parameterSpecs(network.input, network.layers)).find(
    ([, { kind }]) => kind === 'statistic',
  );
  const layer = drawn ?? (statistic && Number(statistic[0].split('.')[1]));
  if (layer === undefined || layer === null) return;
  throw new ChainruleError(
    'unsupported',
    `layers[${layer}] (${network.layers[layer].type}) has no fixed output in training, which a full-batch method needs; leave it out, or use an optimizer such as adam.`,
  );
}
