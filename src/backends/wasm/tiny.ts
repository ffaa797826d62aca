// Plans that take a shortcut: dense layers at most four wide under plain SGD, run a sample a step by one kernel that knows the
// whole network (wasm/kernels/tiny.ts).
import * as kernels from '../../kernels/index.ts';
import type { Call, Plan } from '../../plan/index.ts';
import { float } from './instruction.ts';
import { activationCodes, backwardCodes, lossCodes } from './kernels.ts';
import type { Layout } from './layout.ts';

/** The widest layer. */
const widest = 4;

interface TinyLayer {
  readonly affine: Call;
  readonly activation: number;
  /** The slots of z and a. */
  readonly z: string;
  readonly a: string;
}

/** A tiny network's description but for where its data lies. */
export interface Tiny {
  /** Bytes that its steps need. */
  readonly scratch: number;
  words(inputs: number, targets: number, labels: boolean): number[];
}

/** The shortcut for a plan, if there is one: every call is one that the kernel stands for, and nothing inside is looked at. */
export function tinyOf(plan: Plan, layout: Layout): Tiny | undefined {
  const layers = layersOf(plan);
  const call = (kernel: Call['kernel']) => plan.calls.filter((each) => each.kernel === kernel);
  const terms = plan.calls.find(({ output }) => output === 'loss.terms');
  const last = layers.at(-1);
  if (terms === undefined || last === undefined || plan.carries.length === 0 || call(kernels.meanLoss).length !== 1) {
    return undefined;
  }
  if (!plan.calls.every(isCovered) || [...plan.kept].some((slot) => slot !== 'loss')) return undefined;
  if (call(kernels.affine).length + call(kernels.weightedSum).length !== layers.length) return undefined;
  const update = new Map(call(kernels.sgdUpdate).map(({ inputs }) => [inputs.parameter, inputs.rate]));
  const rates = new Set(update.values());
  const slope = slopeOf(plan, last);
  if (slope === undefined || rates.size !== 1 || update.size !== plan.carries.length) return undefined;
  if (layers.some(({ affine }) => isWide(layout, affine))) return undefined;
  const outputs = layout.matrix(last.affine.inputs.weight).outputs;
  const [rate] = rates;
  return {
    scratch: layers.length * 48,
    words: (inputs, targets, labels) => [
      ...[layers.length, inputs, targets, labels ? 1 : 0, outputs],
      ...[lossCodes.get(terms.kernel)?.code ?? 0, slope.code, 'z' in terms.inputs ? 1 : 0],
      ...[
        layout.fixed(rate).address,
        float(lossCodes.get(terms.kernel)?.factor(outputs) ?? 1),
        float(slope.factor(outputs)),
      ],
      ...layers.flatMap(({ affine: { inputs: slots }, activation }) => [
        layout.fixed(slots.weight).address,
        'bias' in slots ? layout.fixed(slots.bias).address : layout.zeros(widest * 4),
        layout.matrix(slots.weight).inputs,
        activation,
        update.has(slots.weight) ? 1 : 0,
        'bias' in slots && update.has(slots.bias) ? 1 : 0,
      ]),
    ],
  };
}

/** The chain of dense layers from the input on. */
function layersOf({ calls }: Plan): TinyLayer[] {
  const layers: TinyLayer[] = [];
  for (let x = 'input'; ; ) {
    const reads = calls.filter(({ kernel, inputs }) => isAffine(kernel) && inputs.x === x);
    if (reads.length !== 1) return layers;
    const [affine] = reads;
    const z = affine.output;
    const forward = calls.find(({ kernel, inputs }) => activationCodes.has(kernel) && inputs.z === z);
    x = forward?.output ?? z;
    layers.push({ affine, activation: (forward && activationCodes.get(forward.kernel)) ?? 0, z, a: x });
  }
}

/** How the last layer's δ begins: the code of ∂C/∂a, or −1 where δ is a − y. */
function slopeOf({ calls }: Plan, { a }: TinyLayer): { code: number; factor(outputs: number): number } | undefined {
  const reads = calls.filter(
    ({ inputs, output }) => inputs.a === a && inputs.y === 'target' && output !== 'loss.terms',
  );
  if (reads.length !== 1) return undefined;
  if (reads[0].kernel === kernels.outputError) return { code: -1, factor: () => 1 };
  return lossCodes.get(reads[0].kernel);
}

const isAffine = (kernel: Call['kernel']): boolean => kernel === kernels.affine || kernel === kernels.weightedSum;

function isWide(layout: Layout, { inputs }: Call): boolean {
  const { inputs: width, outputs } = layout.matrix(inputs.weight);
  return Math.max(width, outputs) > widest;
}

const others: ReadonlySet<Call['kernel']> = new Set<Call['kernel']>([
  kernels.affine,
  kernels.weightedSum,
  kernels.meanLoss,
  kernels.outputError,
  kernels.backpropagate,
  kernels.weightGradient,
  kernels.biasGradient,
  kernels.sgdUpdate,
]);

function isCovered({ kernel }: Call): boolean {
  return others.has(kernel) || activationCodes.has(kernel) || backwardCodes.has(kernel) || lossCodes.has(kernel);
}
