// ONNX files that are damaged, that lie, or that no chain of layers stands for: each refused in one sentence that names the node.

import { readFileSync } from 'node:fs';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { ChainruleError, dense, network } from 'chainrule';
import { readModel, writeSafetensors } from 'chainrule/formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeModel } from '../../src/formats/model-file.ts';
import { graphOf } from '../../src/onnx/export.ts';
import { GraphBuilder, type Settings } from '../../src/onnx/graph-builder.ts';
import { exportOnnx, importOnnx } from '../../src/onnx/index.ts';
import type { OnnxGraph, OnnxNode } from '../../src/onnx/messages.ts';
import { writeOnnxModel } from '../../src/onnx/write-messages.ts';

const whole = exportOnnx({ network: network([dense(3, 'relu'), dense(2, 'softmax')], { input: 4, seed: 1 }) });

/** What reading a file throws. */
function refusal(bytes: Uint8Array): ChainruleError {
  try {
    importOnnx(bytes, 'bad.onnx');
  } catch (error) {
    if (error instanceof ChainruleError) return error;
    throw error;
  }
  throw new Error('it was read');
}

const fileOf = (graph: OnnxGraph) =>
  writeOnnxModel({ irVersion: 8, opset: 17, producer: '', graph, metadata: new Map() });

/** A file whose graph takes [N, 4] unless told otherwise, with a tensor `w` of [4, 3]. */
function built(
  build: (graph: GraphBuilder, x: string) => string,
  input = [4],
  change: (graph: OnnxGraph) => OnnxGraph = (same) => same,
): Uint8Array {
  const graph = new GraphBuilder();
  graph.tensor('w', [4, 3], new Float32Array(12).fill(0.5));
  const last = build(graph, graph.input('x', 'float', input));
  return fileOf(change(graph.graph(last, [3])));
}

/** A file with one node behind a product. */
const withNode = (type: string, settings: Settings = {}, inputs: string[] = []) =>
  built((graph, x) => graph.node(type, [graph.node('MatMul', [x, 'w'], 'p'), ...inputs], 'y', settings));

const onImages = (type: string, settings: Settings, kernel = [2, 1, 3, 3]) =>
  built(
    (graph, x) =>
      graph.node(
        type,
        type === 'Conv' ? [x, graph.tensor('k', kernel, new Float32Array(kernel.reduce((a, b) => a * b)))] : [x],
        'y',
        settings,
      ),
    [1, 6, 6],
  );

const changed = (change: (node: OnnxNode) => OnnxNode) =>
  built(
    (graph, x) => graph.node('MatMul', [x, 'w'], 'y'),
    [4],
    (graph) => ({ ...graph, nodes: graph.nodes.map(change) }),
  );

describe('a node that no layer stands for is named', () => {
  it.each([
    [
      'an unknown operator',
      withNode('LSTM'),
      /^bad\.onnx: the node "y" \(LSTM\) is of an operator that no layer stands for; Gemm, /,
    ],
    [
      'an operator of another domain',
      changed((node) => ({ ...node, domain: 'com.microsoft' })),
      /\(com\.microsoft MatMul\) is of an operator/,
    ],
    ['a node without a name', changed((node) => ({ ...node, name: '', type: 'Pow' })), /the node number 1 \(Pow\)/],
    [
      'a name with control characters',
      changed((node) => ({ ...node, name: '\u001b[31m', type: 'Pow' })),
      /the node "\\u001b\[31m" \(Pow\)/,
    ],
    ['a branch', built((graph, x) => graph.node('Add', [graph.node('MatMul', [x, 'w'], 'p'), x], 'y')), /"y" \(Add\)/],
    [
      'a node that reads an earlier value',
      built((graph, x) => {
        graph.node('MatMul', [x, 'w'], 'p');
        return graph.node('Relu', [x], 'y');
      }),
      /reads "x" where the node before it puts out "p"/,
    ],
    [
      'a node that nothing reads',
      built((graph, x) => {
        const y = graph.node('MatMul', [x, 'w'], 'y');
        graph.node('Relu', [y], 'z');
        return y;
      }),
      /puts out "output", where .* "z"/,
    ],
    [
      'a leak of another slope',
      withNode('LeakyRelu', { alpha: { float: 0.2 } }),
      /has alpha 0\.2 where only 0\.01 can be imported/,
    ],
    ['a softmax over samples', withNode('Softmax', { axis: 0 }), /has axis 0/],
    [
      'a softmax over single pixels',
      built(
        (graph, x) => graph.node('Softmax', [graph.node('GlobalAveragePool', [x], 'p')], 'y', { axis: -1 }),
        [1, 6, 6],
      ),
      /has axis -1/,
    ],
    [
      'weights that are no constant',
      built((graph, x) => graph.node('MatMul', [x, 'nowhere'], 'y')),
      /takes "nowhere" as input 2, where a network has a constant/,
    ],
    [
      'weights of the wrong size',
      built((graph, x) => graph.node('MatMul', [x, 'w'], 'y'), [5]),
      /takes 4 numbers a sample, and its input has shape \[5\]/,
    ],
    [
      'a bias of the wrong size',
      built((graph, x) => graph.node('Gemm', [x, 'w', graph.tensor('b', [2], new Float32Array(2))], 'y')),
      /takes numbers of shape \[2\] as input 3, where \[3\] belongs/,
    ],
    ['a sum that is no bias', withNode('Add', {}, ['w']), /takes numbers of shape \[4, 3\] as input 2/],
    ['a grouped convolution', onImages('Conv', { group: 2 }), /has group 2 where only 1 can be imported/],
    ['a dilated convolution', onImages('Conv', { dilations: [2, 2] }), /has dilations \[2,2\]/],
    ['uneven padding', onImages('Conv', { pads: [2, 0, 0, 0] }), /has pads \[2,0,0,0\]/],
    ['kernels for other channels', onImages('Conv', {}, [2, 3, 3, 3]), /has kernels for 3 channels/],
    [
      'a kernel larger than its images',
      onImages('Conv', {}, [2, 1, 9, 9]),
      /"y" \(Conv\) fits no layer here: a kernel of 9 × 9 does not fit/,
    ],
    [
      'padded pooling',
      onImages('MaxPool', { kernel_shape: [2, 2], pads: [1, 1, 1, 1] }),
      /has pads \[1,1,1,1\] where only \[0,0,0,0\]/,
    ],
    [
      'pooling of one axis',
      onImages('MaxPool', { kernel_shape: [2] }),
      /has 1 numbers in kernel_shape, and 2 are expected/,
    ],
    ['pooling without a size', onImages('AveragePool', {}), /has no kernel_shape/],
    [
      'windows beyond the edge',
      onImages('MaxPool', { kernel_shape: [3, 3], strides: [2, 2], ceil_mode: 1 }),
      /has ceil_mode 1/,
    ],
    [
      'images from a list behind a layer',
      built((graph, x) =>
        graph.node(
          'Reshape',
          [graph.node('Relu', [x], 'r'), graph.tensor('s', [4], Float64Array.of(-1, 1, 2, 2), 'int64')],
          'y',
        ),
      ),
      /behind a layer only a list/,
    ],
    [
      'a shape that loses samples',
      built((graph, x) => graph.node('Reshape', [x, graph.tensor('s', [2], Float64Array.of(-1, 2), 'int64')], 'y')),
      /makes \[-1,2\] of samples of shape \[4\]/,
    ],
    [
      'a rate of dropout above 1',
      withNode('Dropout', { ratio: { float: 1.5 } }),
      /"y" \(Dropout\) fits no layer here: dropout rate is 1\.5/,
    ],
    ['a setting of another kind', onImages('Conv', { group: { float: 1 } }), /has a setting group of a kind/],
    [
      'two inputs',
      built((graph, x) => {
        graph.input('z', 'float', [2]);
        return graph.node('Relu', [x], 'y');
      }),
      /has 2 inputs \("x", "z"\) where a network has one/,
    ],
    [
      'an input of unknown length',
      built(
        (graph, x) => graph.node('Relu', [x], 'y'),
        [4],
        (graph) => ({ ...graph, inputs: [{ ...graph.inputs[0], shape: ['n', 'k'] }] }),
      ),
      /shape \["n","k"\]/,
    ],
    ['no layer', built((graph, x) => graph.node('Identity', [x], 'y')), /has no node that is a layer/],
  ])('%s', (_, file, sentence) => {
    const error = refusal(file);
    expect(error.message).toMatch(sentence);
    expect(error.code).toBe('unsupported');
    expect(error.message.split('\n')).toHaveLength(1);
  });
});

/** A message written by hand. */
function message(write: (out: BinaryWriter) => void): Uint8Array<ArrayBuffer> {
  const out = new BinaryWriter();
  write(out);
  return out.finish();
}

const field = (number: number, content: Uint8Array) => (out: BinaryWriter) =>
  out.tag(number, WireType.LengthDelimited).bytes(content);
/** A file with one initializer. */
const withTensor = (write: (out: BinaryWriter) => void) =>
  message((out) => {
    out.tag(1, WireType.Varint).int64(8);
    field(7, message(field(5, message(write))))(out);
  });
const dims = (out: BinaryWriter, ...axes: (number | bigint)[]) =>
  axes.map((axis) => out.tag(1, WireType.Varint).int64(axis));
const float = (out: BinaryWriter) => out.tag(2, WireType.Varint).int64(1);

describe('a file that lies', () => {
  it.each([
    [
      'of fewer numbers than its shape',
      withTensor((out) => {
        dims(out, 2, 3);
        float(out);
        field(9, new Uint8Array(8))(out);
      }),
      /tensor "" holds 2 numbers where its shape \[2, 3\] needs 6/,
    ],
    [
      'of a shape beyond counting',
      withTensor((out) => {
        dims(out, 2 ** 40, 2 ** 40, 0);
        float(out);
      }),
      /has an axis of 1099511627776, which cannot be counted/,
    ],
    [
      'of a negative axis',
      withTensor((out) => {
        dims(out, -4);
        float(out);
      }),
      /has an axis of -4/,
    ],
    [
      'of an axis beyond 2⁵³',
      withTensor((out) => {
        dims(out, 2n ** 62n);
        float(out);
      }),
      /integer 4611686018427388000, larger than any/,
    ],
    [
      'of half a number',
      withTensor((out) => {
        dims(out, 1);
        float(out);
        field(9, new Uint8Array(3))(out);
      }),
      /has numbers that are no float/,
    ],
    [
      'of a data type',
      withTensor((out) => {
        dims(out, 1);
        out.tag(2, WireType.Varint).int64(8);
      }),
      /has the data type 8, which is not read/,
    ],
    [
      'in another file',
      withTensor((out) => {
        dims(out, 1);
        float(out);
        field(
          13,
          message((entry) => {
            entry.tag(1, 2).string('location');
            entry.tag(2, 2).string('/etc/passwd');
          }),
        )(out);
      }),
      /keeps its numbers in another file, and other files are never read/,
    ],
    [
      'by its data location',
      withTensor((out) => {
        dims(out, 1);
        float(out);
        out.tag(14, WireType.Varint).int64(1);
      }),
      /in another file/,
    ],
    [
      'with a length beyond its end',
      Uint8Array.of(8, 8, 0x3a, 0xff, 0xff, 0xff, 0xff, 0x07),
      /are no messages of an ONNX model/,
    ],
    [
      'with groups nested deeply',
      Uint8Array.from([8, 8, ...new Array(100_000).fill(0x1b)]),
      /are no messages of an ONNX model/,
    ],
    [
      'with fields without end',
      new Uint8Array(2 ** 22).fill(0x30).map((byte, i) => (i % 2 === 0 ? byte : 1)),
      /has more than 1,048,576 fields/,
    ],
    ['with text that is no UTF-8', message(field(2, Uint8Array.of(0xff, 0xfe))), /are no messages/],
    ['of another kind', new TextEncoder().encode('%PDF-1.7 …'), /no ONNX model/],
    ['of nothing', new Uint8Array(0), /it has no version/],
  ])('%s', (_, file, sentence) => {
    const error = refusal(file);
    expect(error.message).toMatch(sentence);
    expect(error.message.length).toBeLessThan(400);
  });

  it('of two values with one name, or of a cycle', () => {
    const twice = built(
      (graph, x) => graph.node('Relu', [graph.node('MatMul', [x, 'w'], 'p')], 'y'),
      [4],
      (graph) => ({
        ...graph,
        nodes: graph.nodes.map((node) => ({ ...node, outputs: ['output'] })),
      }),
    );
    expect(refusal(twice).message).toMatch('two values have the name "output"');
    const cycle = built((graph, x) => {
      graph.node('Relu', ['b'], 'a');
      graph.node('Relu', ['a'], 'b');
      return graph.node('MatMul', [x, 'w'], 'y');
    });
    expect(refusal(cycle).message).toMatch('the node "a" (Relu) reads "b" where the node before it puts out "x"');
  });

  it('in its description of a network that its graph does not compute: the graph counts', () => {
    const other = exportOnnx({ network: network([dense(3, 'tanh'), dense(2, 'softmax')], { input: 4, seed: 1 }) });
    const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
    const mixed = text(whole).replace('"activation":"relu"', '"activation":"tanh"');
    expect(mixed).not.toBe(text(whole));
    const layers = (bytes: Uint8Array) =>
      importOnnx(bytes, 'mixed.onnx').network.layers.map(({ activation }) => activation?.name);
    expect(layers(Buffer.from(mixed, 'latin1'))).toEqual(['relu', 'softmax']);
    expect(layers(other)).toEqual(['tanh', 'softmax']);
  });
});

it('a description of a network far larger than its file takes no memory', () => {
  const net = network([dense(3, 'relu')], { input: 4, seed: 1 });
  const description = describeModel({ network: net }).replace('"units":3', '"units":11000').replace('[4]', '[11000]');
  expect(description).toContain('"input":[11000]');
  const metadata = new Map([['chainrule', description]]);
  const file = writeOnnxModel({ irVersion: 8, opset: 17, producer: '', graph: graphOf({ network: net }), metadata });
  const peak = () => process.resourceUsage().maxRSS / 1024;
  const before = peak();
  expect(importOnnx(file, 'vast.onnx').network.input).toEqual([4]);
  expect(() => readModel(writeSafetensors({}, { chainrule: description }), 'vast')).toThrow('lacks the parameter');
  // Drawn, the parameters would take 923 MiB.
  expect(peak() - before).toBeLessThan(200);
});

describe('a damaged file', () => {
  const files = [
    whole,
    ...['images', 'constants', 'old_file'].map((name) =>
      readFileSync(new URL(`fixtures/${name}.onnx`, import.meta.url)),
    ),
  ];
  const readOrRefused = (bytes: Uint8Array) => {
    try {
      importOnnx(bytes, 'bad.onnx');
    } catch (error) {
      if (!(error instanceof ChainruleError) || error.message.includes('\n')) throw error;
    }
  };

  it('cut short anywhere is refused, or read, but never brings anything down', () => {
    for (const file of files)
      for (let end = 0; end < Math.min(file.length, 600); end++) readOrRefused(file.subarray(0, end));
  });

  it('with any bytes changed is refused, or read, but never brings anything down', () => {
    const change = fc.tuple(fc.nat({ max: 1200 }), fc.nat({ max: 255 }));
    fc.assert(
      fc.property(fc.constantFrom(...files), fc.array(change, { minLength: 1, maxLength: 4 }), (file, changes) => {
        const bytes = Uint8Array.from(file);
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        readOrRefused(bytes);
      }),
      { numRuns: 1500 },
    );
  });
});
