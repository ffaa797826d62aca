// What each kernel of a prediction is in ONNX: the node, or nodes, that compute the same.
import { ChainruleError } from '../errors.ts';
import { normalize } from '../kernels/index.ts';
import { numeric } from '../kernels/kernel.ts';
import { list } from '../kernels/window.ts';
import type { Parameters } from '../network/index.ts';
import type { Rule, Rules, Translated } from '../plan/index.ts';
import { formulaNodes } from './formula-nodes.ts';
import type { GraphBuilder, Settings } from './graph-builder.ts';

type NodeRule = Rule<string>;
type Call = Translated<string>;

/** The rules that add a network's prediction to a graph, from the value that holds its encoded input. */
export function nodeRules(graph: GraphBuilder, input: string, parameters: Parameters): Rules<string> {
  const node = (type: string, inputs: readonly string[], call: Call, settings?: Settings) =>
    graph.node(type, inputs, call.call.output, settings);
  /** An activation that is one node. */
  const single =
    (type: string, settings?: Settings): NodeRule =>
    (call) =>
      node(type, [call.input('z')], call, settings);
  /** The value of a part of a call that takes several nodes. */
  const part = (call: Call, name: string, type: string, inputs: readonly string[]) =>
    graph.node(type, inputs, `${call.call.output}.${name}`);
  return {
    language: 'ONNX',
    formula: (call, element) => formulaNodes(graph, element, call.input('z'), call.call.output),
    given(slot) {
      if (slot === 'input') return input;
      const { shape, data } = parameters[slot];
      const wrong = data.findIndex((value) => !Number.isFinite(Math.fround(value)));
      if (wrong < 0) return graph.tensor(slot, shape, data);
      throw new ChainruleError(
        'unsupported',
        `${slot} holds ${data[wrong]} at place ${wrong}, beyond float32, ONNX's numbers here; train with smaller parameters.`,
      );
    },
    kernels: {
      affine: (call) => node('Gemm', ['x', 'weight', 'bias'].map(call.input), call, { transB: 1 }),
      weightedSum: (call) => node('Gemm', ['x', 'weight'].map(call.input), call, { transB: 1 }),
      convolution: (call) => node('Conv', ['x', 'weight', 'bias'].map(call.input), call, convolutionSettings(call)),
      convolutionWithoutBias: (call) => node('Conv', ['x', 'weight'].map(call.input), call, convolutionSettings(call)),
      maxPool: (call) => node('MaxPool', [call.input('x')], call, poolSettings(call)),
      averagePool: (call) => node('AveragePool', [call.input('x')], call, poolSettings(call)),
      channelMean: (call) =>
        node('Flatten', [part(call, 'pooled', 'GlobalAveragePool', [call.input('x')])], call, { axis: 1 }),
      reshape(call) {
        if (call.shape.length === 1) return node('Flatten', [call.input('x')], call, { axis: 1 });
        const shape = graph.tensor(
          `shape of ${call.call.output}`,
          [call.shape.length + 1],
          Float64Array.of(-1, ...call.shape),
          'int64',
        );
        return node('Reshape', [call.input('x'), shape], call);
      },
      scaleChannels(call) {
        const normalized = call.inputCall('x', normalize);
        const inputs = [
          normalized.input('x'),
          call.input('weight'),
          call.input('bias'),
          normalized.input('mean'),
          normalized.input('variance'),
        ];
        return node('BatchNormalization', inputs, call, {
          epsilon: { float: numeric(normalized.call.attributes, 'epsilon') },
        });
      },
      identity: (call) => call.input('x'),
    },
    activations: {
      linear: (call) => call.input('z'),
      sigmoid: single('Sigmoid'),
      tanh: single('Tanh'),
      relu: single('Relu'),
      leakyRelu: single('LeakyRelu', { alpha: { float: 0.01 } }),
      elu: single('Elu', { alpha: { float: 1 } }),
      softplus: single('Softplus'),
      softmax: single('Softmax', { axis: -1 }),
      swish: (call) => node('Mul', [call.input('z'), part(call, 'sigmoid', 'Sigmoid', [call.input('z')])], call),
      // z · (1 + erf(z / √2)) · ½, since opset 17 has no Gelu
      gelu(call) {
        const z = call.input('z');
        const scaled = part(call, 'scaled', 'Div', [z, graph.scalar('root of 2', Math.SQRT2)]);
        const erf = part(call, 'erf', 'Erf', [scaled]);
        const twice = part(call, 'twice', 'Add', [erf, graph.scalar('one', 1)]);
        const product = part(call, 'product', 'Mul', [z, twice]);
        return node('Mul', [product, graph.scalar('half', 0.5)], call);
      },
      step(call) {
        const above = part(call, 'above', 'Greater', [call.input('z'), graph.scalar('zero', 0)]);
        return node('Cast', [above], call, { to: 1 });
      },
    },
  };
}

function convolutionSettings({ call: { attributes } }: Call): Settings {
  const [top, bottom, left, right] = list(attributes.padding);
  return { kernel_shape: list(attributes.size), strides: list(attributes.stride), pads: [top, left, bottom, right] };
}

function poolSettings({ call: { attributes } }: Call): Settings {
  return { kernel_shape: list(attributes.size), strides: list(attributes.stride) };
}
