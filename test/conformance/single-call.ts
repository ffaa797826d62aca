// One kernel call run by a backend, for tests: its slots filled, its output read back.
import type { Backend } from '../../src/backends/index.ts';
import type { Attributes, Kernel } from '../../src/kernels/index.ts';
import { dense } from '../../src/layers/index.ts';
import type { Shape } from '../../src/memory/index.ts';
import { network } from '../../src/network/index.ts';
import { type Call, lower, type Plan, type Program, type Slot } from '../../src/plan/index.ts';

/** An input of the call, with its numbers in the public order. */
export interface Filled {
  readonly shape: Shape;
  readonly perSample: boolean;
  readonly data: ArrayLike<number>;
}

/** What a call came to, and the kernels that the backend left to their references. */
export interface Outcome {
  readonly out: ArrayLike<number>;
  readonly fallbacks: readonly string[];
}

const host = network([dense(1)], { input: 1 });
const noRows = { count: 1, width: 0, values: new Float32Array(0), scale: 1 };

/** Runs one call on `samples` samples. */
export function runCall(
  backend: Backend,
  kernel: Kernel,
  inputs: Readonly<Record<string, Filled>>,
  attributes: Attributes,
  samples: number,
): Outcome {
  const executable = backend.prepare(planOf(kernel, inputs, attributes), samples);
  for (const [port, { data }] of Object.entries(inputs)) executable.write(port, data);
  executable.run({ inputs: noRows, targets: noRows }, new Uint32Array(samples));
  const out = executable.read('out');
  executable.dispose();
  return { out, fallbacks: executable.fallbacks };
}

/** A plan of one call. Its inputs stand as parameters, or as what is given with each sample: both are written from outside. */
function planOf(kernel: Kernel, inputs: Readonly<Record<string, Filled>>, attributes: Attributes): Plan {
  const slots = new Map<string, Slot>();
  for (const [port, { shape, perSample }] of Object.entries(inputs)) {
    slots.set(port, { name: port, shape, perSample, role: perSample ? 'input' : 'parameter' });
  }
  const shape = kernel.shape(inputs, attributes);
  slots.set('out', { name: 'out', shape, perSample: kernel.perSample, role: 'gradient' });
  const ports = Object.fromEntries(Object.keys(inputs).map((port) => [port, port]));
  const call: Call = { kernel, inputs: ports, output: 'out', attributes, origin: { layer: 0, phase: 'forward' } };
  const program: Program = {
    network: host,
    slots,
    calls: [call],
    aliases: new Map(),
    carries: [],
    simplifications: [],
    output: 'out',
  };
  return lower(program, { keep: ['out'] });
}
