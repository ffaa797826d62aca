// A model as an ONNX file: the prediction program as nodes, preprocessing before it, the targets' units after it.
import { outputNames, type Preprocessing } from '../data/preprocessing.ts';
import { describeModel, type Model } from '../formats/model-file.ts';
import { outputShape } from '../network/index.ts';
import { translate } from '../plan/index.ts';
import { GraphBuilder } from './graph-builder.ts';
import { nodeRules } from './kernel-nodes.ts';
import type { OnnxGraph } from './messages.ts';
import {
  categoryColumns,
  categoryInputName,
  codesOf,
  encodeNodes,
  numberColumns,
  numberInputs,
  restoreNodes,
} from './table-nodes.ts';
import { writeOnnxModel } from './write-messages.ts';

/** What is written: IR 8 with opset 17, which runtimes of 2022 and later read. */
const versions = { irVersion: 8, opset: 17 } as const;

/**
 * A model as the bytes of an ONNX file; the same model gives the same bytes.
 *
 * Columns of numbers are one float32 input `input` [N, columns] of raw values, NaN for a missing one, a date by its days
 * since 1970, an ordered text by its place; a column of categories is an int64 input `input.NAME` [N] of codes; an image is
 * `input` [N, channels, height, width] in 0 … 1. The one output is `output`: probabilities, or values in the units of the
 * targets. What they are called, and the codes, is in the metadata. Parameters become float32.
 * @example writeFileSync('model.onnx', exportOnnx(await loadModel('model.safetensors')))
 * @throws ChainruleError `unsupported` where a kernel is not of the house, or a number beyond float32
 */
export function exportOnnx(model: Model): Uint8Array<ArrayBuffer> {
  return writeOnnxModel({ ...versions, producer: 'chainrule', graph: graphOf(model), metadata: metadataOf(model) });
}

/** The graph of a model. */
export function graphOf({ network, preprocessing }: Model): OnnxGraph {
  const graph = new GraphBuilder();
  const input = encodeNodes(graph, preprocessing, network.input);
  const output = translate(network, nodeRules(graph, input, network.parameters));
  return graph.graph(restoreNodes(graph, preprocessing, output), outputShape(network));
}

/** The metadata's entry that says all of a model but its parameters. */
export const modelKey = 'chainrule';

function metadataOf(model: Model): Map<string, string> {
  const names = model.preprocessing === undefined ? {} : namesIn(model.preprocessing);
  return new Map([
    ...Object.entries(names).map(([key, value]): [string, string] => [key, JSON.stringify(value)]),
    [modelKey, describeModel(model)],
  ]);
}

/** What inputs and outputs stand for, for programs that know nothing of chainrule. */
function namesIn(preprocessing: Preprocessing): Record<string, unknown> {
  const outputs = outputNames(preprocessing);
  if (preprocessing.kind === 'image') return { outputs };
  const numbers = numberInputs(preprocessing);
  const categories = categoryColumns(preprocessing);
  return {
    columns: numberColumns(preprocessing),
    dates: numbers.filter(({ date }) => date).map(({ name }) => name),
    orders: Object.fromEntries(numbers.flatMap(({ name, order }) => (order === undefined ? [] : [[name, order]]))),
    codes: Object.fromEntries(categories.map((column) => [categoryInputName(column), codesOf(column)])),
    others: Object.fromEntries(
      categories.flatMap((column) => (column.other === undefined ? [] : [[categoryInputName(column), column.other]])),
    ),
    outputs,
  };
}
