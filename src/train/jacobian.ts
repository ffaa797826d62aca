// ∂a_j/∂w of every sample's outputs, read from the program's own backward pass.
import { type Executable, referenceBackend } from '../backends/index.ts';
import { defineLoss, type Loss } from '../losses/loss.ts';
import { sizeOf } from '../memory/index.ts';
import { type Network, outputShape } from '../network/index.ts';
import { compile, lower } from '../plan/index.ts';
import { multiply } from '../symbolic/index.ts';
import type { Objective } from './objective.ts';
import { writeParameters } from './predictor.ts';

/** C_x = Σ_j y_j a_j: with a target that is 1 for one output and 0 for the rest, the loss is that output. */
const projection: Loss = defineLoss({
  name: 'projection',
  value: (a, y) => y * a,
  derivative: (_a, y) => y,
  expression: (a, y) => multiply(y, a),
  derivativeExpression: (_a, y) => y,
});

/** The Jacobian of a network's outputs by its weights, a row at a time. */
export class Jacobian {
  private readonly objective: Objective;
  private readonly executable: Executable;
  /** How many outputs a sample has. */
  readonly outputs: number;

  constructor(objective: Objective) {
    const net: Network = { ...objective.network, loss: projection, l1: 0, l2: 0 };
    const gradients = objective.stretches.map(({ name }) => `${name}.grad`);
    this.objective = objective;
    this.outputs = sizeOf(outputShape(net));
    this.executable = referenceBackend().prepare(lower(compile(net), { keep: gradients }), 1);
    writeParameters(this.executable, net.parameters);
  }

  /** Hands out ∂a_j/∂w for each output of each sample; the row is the same array each time. */
  forEachRow(weights: Float64Array, visit: (row: Float64Array) => void): void {
    const { executable, objective, outputs } = this;
    const { inputs } = objective.samples;
    objective.write(executable, weights);
    const row = new Float64Array(objective.size);
    for (let j = 0; j < outputs; j++) {
      const targets = { count: inputs.count, classes: outputs, labels: new Uint32Array(inputs.count).fill(j) };
      for (let s = 0; s < inputs.count; s++) {
        // The mean over a batch of one sample is that sample's own gradient.
        executable.run({ inputs, targets }, Uint32Array.of(s));
        for (const { name, offset } of objective.stretches) row.set(executable.read(`${name}.grad`), offset);
        visit(row);
      }
    }
  }
}
