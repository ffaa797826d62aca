// An ONNX file as a model that trains on: one of chainrule's own as it was, another's by the reading of its graph.
import { ChainruleError } from '../errors.ts';
import type { Extensions, Model } from '../formats/index.ts';
import { modelFrom } from '../formats/model-file.ts';
import { graphOf, modelKey } from './export.ts';
import { networkOf } from './graph-network.ts';
import type { OnnxGraph, OnnxModel } from './messages.ts';
import { readOnnxModel } from './read-messages.ts';
import { isWritten, writeOnnxGraph } from './write-messages.ts';

/**
 * The model in the bytes of an ONNX file: preprocessing and all where {@link exportOnnx} wrote it, else the network of its
 * graph, if that is a chain of the operators that docs/export.md lists.
 * @param source the file's name, for the error's sentence
 * @throws ChainruleError `bad-file` where it is damaged, `unsupported` naming the first node that no layer stands for
 * @example const { network } = importOnnx(readFileSync('model.onnx'), 'model.onnx')
 */
export function importOnnx(bytes: Uint8Array, source: string, extensions: Extensions = {}): Model {
  const model = readOnnxModel(bytes, source);
  return ownModel(model, source, extensions) ?? { network: networkOf(model, source) };
}

/**
 * The model that the metadata describe. The graph is what counts: a description that cannot be read, or that another graph
 * than this one would be exported of, is passed over.
 */
function ownModel({ graph, metadata }: OnnxModel, source: string, extensions: Extensions): Model | undefined {
  const description = metadata.get(modelKey);
  if (description === undefined || !isWritten(graph)) return undefined;
  const parameters = graph.initializers.filter(({ name }) => name.startsWith('layers.'));
  const tensors = Object.fromEntries(parameters.map(({ name, shape, data }) => [name, { shape, data }]));
  try {
    const model = modelFrom(description, tensors, source, extensions);
    return sameGraph(graphOf(model), graph) ? model : undefined;
  } catch (error) {
    if (error instanceof ChainruleError) return undefined;
    throw error;
  }
}

function sameGraph(a: OnnxGraph, b: OnnxGraph): boolean {
  const [x, y] = [writeOnnxGraph(a), writeOnnxGraph(b)];
  return x.length === y.length && x.every((byte, i) => byte === y[i]);
}
