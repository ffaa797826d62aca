// Samples as rows of numbers side by side: inputs, targets, and what the sample counts. Where such rows lie is others' business.
import { isLabels, type Samples } from '../memory/samples.ts';
import type { Dtype, FloatArray } from '../memory/tensor.ts';
import { floats } from '../memory/tensor.ts';

/** How samples of one kind are laid out. */
export class RowPacking {
  /** Numbers a sample. */
  readonly stride: number;
  private readonly inputs: number;
  /** How many classes there are, where targets are classes. */
  private readonly classes: number | undefined;
  private readonly targets: number;
  private readonly weighted: boolean;
  private readonly dtype: Dtype;

  /** @param like samples of that kind */
  constructor({ inputs, targets, weights }: Samples, dtype: Dtype) {
    this.inputs = inputs.width;
    this.classes = isLabels(targets) ? targets.classes : undefined;
    this.targets = isLabels(targets) ? 1 : targets.width;
    this.weighted = weights !== undefined;
    this.stride = this.inputs + this.targets + (this.weighted ? 1 : 0);
    this.dtype = dtype;
  }

  /** Room for so many samples. */
  room(count: number): FloatArray {
    return floats(this.dtype, count * this.stride);
  }

  /** Copies samples into `packed`, from place `at` on. */
  pack({ inputs, targets, weights }: Samples, rows: Uint32Array, packed: FloatArray, at: number): void {
    let place = at * this.stride;
    for (const row of rows) {
      for (let k = 0; k < this.inputs; k++) packed[place++] = inputs.values[row * this.inputs + k];
      if (isLabels(targets)) packed[place++] = targets.labels[row];
      else for (let k = 0; k < this.targets; k++) packed[place++] = targets.values[row * this.targets + k];
      if (this.weighted) packed[place++] = weights?.[row] ?? 1;
    }
  }

  /** The samples of packed rows. */
  unpack(packed: FloatArray): Samples {
    const count = packed.length / this.stride;
    const inputs = this.column(packed, 0, this.inputs);
    const targets = this.column(packed, this.inputs, this.targets);
    return {
      inputs: { count, width: this.inputs, values: inputs, scale: 1 },
      targets:
        this.classes === undefined
          ? { count, width: this.targets, values: targets, scale: 1 }
          : { count, classes: this.classes, labels: Uint32Array.from(targets) },
      ...(this.weighted && { weights: this.column(packed, this.stride - 1, 1) }),
    };
  }

  private column(packed: FloatArray, first: number, width: number): FloatArray {
    const count = packed.length / this.stride;
    const values = floats(this.dtype, count * width);
    for (let row = 0, to = 0; row < count; row++) {
      const from = row * this.stride + first;
      for (let k = 0; k < width; k++) values[to++] = packed[from + k];
    }
    return values;
  }
}
