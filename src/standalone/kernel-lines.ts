// What each kernel of a prediction is in a standalone module: one line that calls one of its functions.
import { normalize } from '../kernels/index.ts';
import { numeric } from '../kernels/kernel.ts';
import { list } from '../kernels/window.ts';
import type { Rules, Translated } from '../plan/index.ts';
import { formulaText } from './formula.ts';
import type { FunctionName } from './functions.ts';

type Call = Translated<string>;

/** Collects the lines of a prediction, and the functions and parameters that they need. */
export class PredictionLines {
  readonly lines: string[] = [];
  readonly functions = new Set<FunctionName>();
  /** The constants that stand for parameters. */
  readonly parameters = new Map<string, string>();

  /** The rules that add a network's prediction, a constant for each quantity: `z0`, `a0`. */
  rules(): Rules<string> {
    return {
      language: 'JavaScript',
      formula: (call, element) => {
        const formula = formulaText(element);
        if (formula.includes('erf(')) this.functions.add('erf');
        return this.line(call, `${call.input('z')}.map((z) => ${formula})`);
      },
      given: (slot) => {
        if (slot === 'input') return 'input';
        this.parameters.set(slot, constantName(slot));
        return constantName(slot);
      },
      kernels: {
        affine: (call) => this.dense(call, call.input('bias')),
        weightedSum: (call) => this.dense(call, 'null'),
        convolution: (call) => this.convolution(call, call.input('bias')),
        convolutionWithoutBias: (call) => this.convolution(call, 'null'),
        maxPool: (call) => this.pool(call, 'most'),
        averagePool: (call) => this.pool(call, 'mean'),
        channelMean: (call) => this.call(call, 'channelMeans', [call.input('x'), call.shape[0]]),
        reshape: (call) => call.input('x'),
        identity: (call) => call.input('x'),
        scaleChannels: (call) => {
          const normalized = call.inputCall('x', normalize);
          const values = [normalized.input('x'), call.input('weight'), call.input('bias')];
          const statistics = [normalized.input('mean'), normalized.input('variance')];
          return this.call(call, 'normalize', [
            ...values,
            ...statistics,
            numeric(normalized.call.attributes, 'epsilon'),
          ]);
        },
      },
      activations: {
        linear: (call) => call.input('z'),
        softmax: (call) => this.call(call, 'softmax', [call.input('z')]),
        softplus: (call) => this.line(call, `${call.input('z')}.map(${this.named('softplus')})`),
      },
    };
  }

  private dense(call: Call, bias: string): string {
    return this.call(call, 'dense', [call.input('x'), call.input('weight'), bias, call.shape[0]]);
  }

  private convolution(call: Call, bias: string): string {
    const [filters, channels, height, width] = call.inputShape('weight');
    const sizes = JSON.stringify([filters, channels, height * width]);
    return this.call(call, 'convolution', [call.input('x'), call.input('weight'), bias, sizes, ...windowOf(call)]);
  }

  private pool(call: Call, combine: 'most' | 'mean'): string {
    return this.call(call, 'pool', [call.input('x'), this.named(combine), ...windowOf(call)]);
  }

  private call(call: Call, name: FunctionName, operands: readonly (string | number)[]): string {
    return this.line(call, `${this.named(name)}(${operands.join(', ')})`);
  }

  private named(name: FunctionName): string {
    this.functions.add(name);
    return name;
  }

  /** Adds a constant named like its slot. */
  private line({ call: { output } }: Call, expression: string): string {
    const name = constantName(output);
    this.lines.push(`  const ${name} = ${expression};`);
    return name;
  }
}

/** `layers.0.weight` is `weight0`. */
function constantName(slot: string): string {
  const [, layer, quantity] = /^layers\.(\d+)\.(\w+)$/.exec(slot) ?? [];
  return layer === undefined ? `_${slot.replaceAll(/\W/g, '_')}` : `${quantity}${layer}`;
}

/** The plane that a window moves over, its places, its size, its stride, and the padding before the first pixel. */
function windowOf(call: Call): string[] {
  const { attributes } = call.call;
  const [top, , left] = list(attributes.padding, [0, 0, 0, 0]);
  const [, ...plane] = call.inputShape('x');
  const [, ...places] = call.shape;
  return [plane, places, list(attributes.size), list(attributes.stride), [top, left]].map((one) => JSON.stringify(one));
}
