// A batch treated as one sample: errors and activations averaged first, then one backward pass.
import { defineKernel, sampleIndex, width } from '../../kernels/index.ts';
import type { Call, Program } from '../../plan/index.ts';
import { divide, matrix, samples, sum } from '../../symbolic/index.ts';
import { isLossGradient, isWeightGradient, mutants } from '../mutate.ts';
import type { Misconception } from './misconception.ts';

/** 1/m Σ_s x, the same in every sample's row. */
const average = defineKernel({
  name: 'average',
  inputs: ['x'],
  perSample: true,
  shape: ({ x }) => x.shape,
  run(out, { x }, _attributes, count) {
    const columns = width(x);
    for (let k = 0; k < columns; k++) {
      let total = 0;
      for (let s = 0; s < count; s++) total += x.data[s * columns + k];
      for (let s = 0; s < count; s++) out[s * columns + k] = total / count;
    }
  },
  element: (index, { x }) => divide(sum(sampleIndex, 'samples', x.at(...index)), samples),
  matrix: ({ x }) => matrix.mean(x),
});

/** The calls of the one backward pass; each slot that it reads of the forward pass is averaged once. */
class AveragedPass {
  private readonly program: Program;
  private readonly done = new Set<string>();

  constructor(program: Program) {
    this.program = program;
  }

  edit(call: Call): readonly Call[] | undefined {
    const { kernel, inputs, origin } = call;
    const layer = this.program.network.layers[origin.layer ?? 0];
    if (isLossGradient(this.program, call)) return [call, ...this.averages(call, call.output)];
    if (isWeightGradient(call)) return this.reading(call, { ...inputs, x: `${inputs.x}.average` });
    if (origin.phase !== 'backward' || kernel !== layer.activation?.backward) return undefined;
    const shorter = this.program.simplifications.find(({ output }) => output === call.output);
    if (shorter !== undefined) {
      const each = { ...shorter, output: `${call.output}.each` };
      return [each, { ...call, kernel: average, inputs: { x: each.output }, attributes: {} }];
    }
    const isOutput = layer === this.program.network.layers.at(-1);
    const da = isOutput ? `${inputs.da}.average` : inputs.da;
    return this.reading(call, { da, z: `${inputs.z}.average`, a: `${inputs.a}.average` });
  }

  /** The call with averages for its inputs, behind the calls that make those. */
  private reading(call: Call, inputs: Call['inputs']): readonly Call[] {
    const replaced = Object.values(call.inputs).filter((slot) => Object.values(inputs).includes(`${slot}.average`));
    return [...replaced.flatMap((slot) => this.averages(call, slot)), { ...call, inputs }];
  }

  private averages({ origin: { layer } }: Call, slot: string): readonly Call[] {
    const output = `${slot}.average`;
    if (this.done.has(output)) return [];
    this.done.add(output);
    return [{ kernel: average, inputs: { x: slot }, output, attributes: {}, origin: { layer, phase: 'backward' } }];
  }
}

/** Mean errors and mean activations into one backward pass, where the mean of the samples' gradients belongs. */
export const errorsAveragedBeforeBackprop: Misconception = {
  id: 'errors-averaged-before-backprop',
  mutate(program) {
    if (program.network.layers.some(({ type }) => type !== 'dense')) return [];
    const pass = new AveragedPass(program);
    return mutants(program, (call) => pass.edit(call));
  },
  explanation: {
    en: ({ quantity, right, wrong }) =>
      `In ${quantity} the samples' errors and activations were averaged before going backward: ${wrong}. The mean of products is not the product of means: every sample goes back by itself, and only the gradients are averaged: ${right}.`,
    zh: ({ quantity, right, wrong }) =>
      `计算 ${quantity} 时，先把各样本的误差和激活值取平均，再做一次反向传播：${wrong}。乘积的平均不等于平均的乘积：每个样本要各自反向传播，最后只对梯度取平均：${right}。`,
  },
};
