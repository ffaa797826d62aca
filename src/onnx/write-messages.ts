// ONNX messages as bytes, by the numbers of onnx.proto. The same messages give the same bytes.
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import {
  type Attribute,
  dataTypes,
  type OnnxGraph,
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
  type ValueInfo,
} from './messages.ts';

/** The bytes of a model. */
export function writeOnnxModel({ irVersion, opset, producer, graph, metadata }: OnnxModel): Uint8Array<ArrayBuffer> {
  const out = new BinaryWriter();
  int(out, 1, irVersion);
  text(out, 2, producer);
  message(out, 7, () => writeGraph(out, graph));
  message(out, 8, () => {
    text(out, 1, '');
    int(out, 2, opset);
  });
  for (const [key, value] of metadata) {
    message(out, 14, () => {
      text(out, 1, key);
      text(out, 2, value);
    });
  }
  return out.finish();
}

/** Whether a graph has tensors and settings of the kinds that are written here, and no others. */
export function isWritten({ initializers, nodes }: OnnxGraph): boolean {
  return (
    initializers.every(({ type }) => type === 'float' || type === 'int64') &&
    nodes.every(({ attributes }) => [...attributes.values()].every(({ kind }) => kind in attributeKinds))
  );
}

/** The bytes of a graph alone, to compare it with another. */
export function writeOnnxGraph(graph: OnnxGraph): Uint8Array<ArrayBuffer> {
  const out = new BinaryWriter();
  writeGraph(out, graph);
  return out.finish();
}

function writeGraph(out: BinaryWriter, { nodes, name, initializers, inputs, outputs }: OnnxGraph): void {
  for (const node of nodes) message(out, 1, () => writeNode(out, node));
  text(out, 2, name);
  for (const tensor of initializers) message(out, 5, () => writeTensor(out, tensor));
  for (const input of inputs) message(out, 11, () => writeValueInfo(out, input));
  for (const output of outputs) message(out, 12, () => writeValueInfo(out, output));
}

function writeNode(out: BinaryWriter, { inputs, outputs, name, type, domain, attributes }: OnnxNode): void {
  for (const input of inputs) text(out, 1, input);
  for (const output of outputs) text(out, 2, output);
  text(out, 3, name);
  text(out, 4, type);
  for (const [key, attribute] of attributes) message(out, 5, () => writeAttribute(out, key, attribute));
  if (domain !== '') text(out, 7, domain);
}

/** The numbers of the kinds of attributes in the format. */
const attributeKinds = { float: 1, int: 2, ints: 7 } as const;

function writeAttribute(out: BinaryWriter, name: string, attribute: Attribute): void {
  text(out, 1, name);
  if (attribute.kind === 'float') out.tag(2, WireType.Bit32).float(attribute.value);
  else if (attribute.kind === 'int') int(out, 3, attribute.value);
  else if (attribute.kind === 'ints') for (const value of attribute.value) int(out, 8, value);
  else throw new Error(`attributes of the kind ${attribute.kind} are read, not written`);
  int(out, 20, attributeKinds[attribute.kind]);
}

function writeTensor(out: BinaryWriter, { name, type, shape, data }: OnnxTensor): void {
  for (const axis of shape) int(out, 1, axis);
  int(out, 2, dataTypes[type]);
  text(out, 8, name);
  out.tag(9, WireType.LengthDelimited).bytes(rawData(type, data));
}

/** Little-endian numbers; typed arrays have the host's order, which is that one on every host there is. */
function rawData(type: OnnxTensor['type'], data: OnnxTensor['data']): Uint8Array {
  if (type === 'float') return new Uint8Array(Float32Array.from(data).buffer);
  if (type === 'int64') return new Uint8Array(BigInt64Array.from(data, BigInt).buffer);
  throw new Error(`tensors of ${type} are read, not written`);
}

function writeValueInfo(out: BinaryWriter, { name, type, shape }: ValueInfo): void {
  text(out, 1, name);
  message(out, 2, () =>
    message(out, 1, () => {
      int(out, 1, type);
      message(out, 2, () => {
        for (const axis of shape) {
          message(out, 1, () => (typeof axis === 'number' ? int(out, 1, axis) : text(out, 2, axis)));
        }
      });
    }),
  );
}

function message(out: BinaryWriter, field: number, content: () => void): void {
  out.tag(field, WireType.LengthDelimited).fork();
  content();
  out.join();
}

function text(out: BinaryWriter, field: number, value: string): void {
  out.tag(field, WireType.LengthDelimited).string(value);
}

function int(out: BinaryWriter, field: number, value: number): void {
  out.tag(field, WireType.Varint).int64(value);
}
