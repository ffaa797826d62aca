// The bytes of an ONNX file as messages. The file is believed in nothing: lengths, shapes and names are checked, and what
// a feed-forward network has no use for (subgraphs, functions, sequences) is passed over unread.
import { ChainruleError } from '../errors.ts';
import { quoted } from '../formats/safetensors-scanner.ts';
import { damaged, FieldSource } from './fields.ts';
import type { Attribute, OnnxGraph, OnnxModel, OnnxNode, OnnxTensor, ValueInfo } from './messages.ts';
import { readTensor } from './read-tensor.ts';

/**
 * The model in the bytes of an ONNX file.
 * @param source the file's name, for the error's sentence
 * @throws ChainruleError `bad-file` where it is damaged, `unsupported` where its numbers lie in other files
 */
export function readOnnxModel(bytes: Uint8Array, source: string): OnnxModel {
  try {
    return readModel(bytes, new FieldSource(source));
  } catch (error) {
    if (error instanceof ChainruleError) throw error;
    throw damaged(source, `its bytes are no messages of an ONNX model (${reasonOf(error)})`, { cause: error });
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function readModel(bytes: Uint8Array, from: FieldSource): OnnxModel {
  const found = { irVersion: 0, opset: 0, producer: '', functions: 0 };
  const graphs: OnnxGraph[] = [];
  const metadata = new Map<string, string>();
  from.message(bytes, {
    1: from.int((value) => {
      found.irVersion = value;
    }),
    2: from.text((value) => {
      found.producer = value;
    }),
    7: from.bytes((value) => graphs.push(readGraph(value, from))),
    8: from.bytes((value) => {
      const { domain, version } = readOpset(value, from);
      if (domain === '' || domain === 'ai.onnx') found.opset = version;
    }),
    14: from.bytes((value) => {
      const [key, text] = readEntry(value, from);
      metadata.set(key, text);
    }),
  });
  const { irVersion, opset, producer } = found;
  const [graph] = graphs;
  if (irVersion < 1 || graphs.length !== 1) {
    throw damaged(
      from.source,
      `it has ${irVersion < 1 ? 'no version' : `${graphs.length} graphs where 1 is expected`}`,
    );
  }
  return { irVersion, opset, producer, graph, metadata };
}

function readOpset(bytes: Uint8Array, from: FieldSource): { domain: string; version: number } {
  const found = { domain: '', version: 0 };
  from.message(bytes, {
    1: from.text((value) => {
      found.domain = value;
    }),
    2: from.int((value) => {
      found.version = value;
    }),
  });
  return found;
}

function readEntry(bytes: Uint8Array, from: FieldSource): [string, string] {
  const entry: [string, string] = ['', ''];
  from.message(bytes, {
    1: from.text((value) => {
      entry[0] = value;
    }),
    2: from.text((value) => {
      entry[1] = value;
    }),
  });
  return entry;
}

function readGraph(bytes: Uint8Array, from: FieldSource): OnnxGraph {
  const nodes: OnnxNode[] = [];
  const initializers: OnnxTensor[] = [];
  const inputs: ValueInfo[] = [];
  const outputs: ValueInfo[] = [];
  const found = { name: '' };
  from.message(bytes, {
    1: from.bytes((value) => nodes.push(readNode(value, from))),
    2: from.text((value) => {
      found.name = value;
    }),
    5: from.bytes((value) => initializers.push(readTensor(value, from))),
    11: from.bytes((value) => inputs.push(readValueInfo(value, from))),
    12: from.bytes((value) => outputs.push(readValueInfo(value, from))),
    15: from.bytes(() => {
      throw new ChainruleError(
        'unsupported',
        `${from.source} has sparse initializers, which are not read; export it with dense ones.`,
      );
    }),
  });
  return { name: found.name, nodes, initializers, inputs, outputs };
}

function readNode(bytes: Uint8Array, from: FieldSource): OnnxNode {
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes = new Map<string, Attribute>();
  const found = { name: '', type: '', domain: '' };
  from.message(bytes, {
    1: from.text((value) => inputs.push(value)),
    2: from.text((value) => outputs.push(value)),
    3: from.text((value) => {
      found.name = value;
    }),
    4: from.text((value) => {
      found.type = value;
    }),
    5: from.bytes((value) => {
      const [name, attribute] = readAttribute(value, from);
      if (attributes.has(name)) throw damaged(from.source, `a node has the attribute ${quoted(name)} twice`);
      attributes.set(name, attribute);
    }),
    7: from.text((value) => (found.domain = value === 'ai.onnx' ? '' : value)),
  });
  return { ...found, inputs, outputs, attributes };
}

function readAttribute(bytes: Uint8Array, from: FieldSource): [string, Attribute] {
  const found = { name: '', type: 0, f: 0, i: 0, s: '' };
  const ints: number[] = [];
  const tensors: OnnxTensor[] = [];
  from.message(bytes, {
    1: from.text((value) => {
      found.name = value;
    }),
    2: from.float((value) => {
      found.f = value;
    }),
    3: from.int((value) => {
      found.i = value;
    }),
    4: from.text((value) => {
      found.s = value;
    }),
    5: from.bytes((value) => tensors.push(readTensor(value, from))),
    8: from.ints(ints),
    20: from.int((value) => {
      found.type = value;
    }),
  });
  return [found.name, attributeOf(found, ints, tensors)];
}

/** The value that the attribute's type names. */
function attributeOf(
  { type, f, i, s }: { type: number; f: number; i: number; s: string },
  ints: readonly number[],
  tensors: readonly OnnxTensor[],
): Attribute {
  if (type === 1) return { kind: 'float', value: f };
  if (type === 2) return { kind: 'int', value: i };
  if (type === 3) return { kind: 'string', value: s };
  if (type === 4 && tensors.length === 1) return { kind: 'tensor', value: tensors[0] };
  if (type === 7) return { kind: 'ints', value: ints };
  return { kind: 'other' };
}

function readValueInfo(bytes: Uint8Array, from: FieldSource): ValueInfo {
  const found = { name: '', type: 0 };
  const shape: (number | string)[] = [];
  const tensorType = {
    1: from.int((value) => {
      found.type = value;
    }),
    2: from.bytes((value) => from.message(value, { 1: from.bytes((axis) => shape.push(readAxis(axis, from))) })),
  };
  from.message(bytes, {
    1: from.text((value) => {
      found.name = value;
    }),
    2: from.bytes((value) => from.message(value, { 1: from.bytes((tensor) => from.message(tensor, tensorType)) })),
  });
  return { ...found, shape };
}

/** An axis: its length, or the name of a length that is not known. */
function readAxis(bytes: Uint8Array, from: FieldSource): number | string {
  const found: { axis: number | string } = { axis: '' };
  from.message(bytes, {
    1: from.int((value) => {
      found.axis = value;
    }),
    2: from.text((value) => {
      found.axis = value;
    }),
  });
  return found.axis;
}
