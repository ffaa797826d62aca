// A graph read as a chain of layers: constants folded, then node after node, each of which must read what the one before it put out.
// Going through the nodes once, in the file's order, is also what makes a cycle impossible.
import { ChainruleError } from '../errors.ts';
import { quoted } from '../formats/safetensors-scanner.ts';
import type { Shape, Tensor } from '../memory/index.ts';
import type { Network } from '../network/index.ts';
import { activationPatterns, matches } from './activation-patterns.ts';
import { constantOf } from './constants.ts';
import { Draft } from './draft.ts';
import { damaged } from './fields.ts';
import { dataTypes, type OnnxGraph, type OnnxModel, type OnnxNode, type ValueInfo } from './messages.ts';
import { layerRules } from './node-layers.ts';
import { NodeReader } from './node-reader.ts';

/**
 * The network that a graph computes.
 * @throws ChainruleError `unsupported` naming the first node that no layer stands for, `bad-file` where the graph contradicts itself
 */
export function networkOf({ graph, opset }: OnnxModel, source: string): Network {
  const input = soleInput(graph, source);
  const draft = new Draft(sampleShape(input, source));
  const nodes = unfoldedNodes(graph, opset, source);
  let value = input.name;
  for (let i = 0; i < nodes.length; ) {
    const pattern = activationPatterns.find(({ steps }) => matches(steps, nodes.slice(i, i + steps.length), value));
    if (pattern !== undefined) draft.activate(pattern.activation);
    else addNode(draft, nodes[i], value);
    i += pattern?.steps.length ?? 1;
    value = nodes[i - 1].node.outputs[0] ?? '';
  }
  const [output] = graph.outputs;
  if (graph.outputs.length !== 1 || output.name !== value) {
    const names = graph.outputs
      .map(({ name }) => quoted(name))
      .slice(0, 3)
      .join(', ');
    throw new ChainruleError(
      'unsupported',
      `${source}: the graph puts out ${names || 'nothing'}, where a network puts out what its last node does, ${quoted(value)}; export the model with this one output.`,
    );
  }
  if (!draft.isEmpty) return draft.network();
  throw new ChainruleError(
    'unsupported',
    `${source}: the graph has no node that is a layer; give a model that has layers.`,
  );
}

function addNode(draft: Draft, node: NodeReader, value: string): void {
  const { type, domain } = node.node;
  if (domain !== '' || !Object.hasOwn(layerRules, type))
    throw node.refusal(
      `is of an operator that no layer stands for; ${Object.keys(layerRules).join(', ')} can be imported`,
    );
  const reader = node.reading(value);
  try {
    layerRules[type](draft, reader);
  } catch (error) {
    if (!(error instanceof ChainruleError) || error.code === 'unsupported') throw error;
    throw node.refusal(`fits no layer here: ${error.message.replace(/\.$/, '')}`);
  }
}

/** The nodes whose values depend on the input; the others have become constants. */
function unfoldedNodes(graph: OnnxGraph, opset: number, source: string): NodeReader[] {
  const constants = new Map<string, Tensor>();
  const written = new Set(graph.inputs.map(({ name }) => name));
  const define = (name: string) => {
    if (written.has(name)) throw damaged(source, `two values have the name ${quoted(name)}`);
    written.add(name);
  };
  for (const { name, shape, data } of graph.initializers) {
    if (constants.has(name)) throw damaged(source, `two initializers have the name ${quoted(name)}`);
    constants.set(name, { shape, data });
    written.add(name);
  }
  return graph.nodes.flatMap((node, index) => {
    const reader = new NodeReader(node, constants, opset, `${source}: the node ${nameOf(node, index)}`);
    for (const name of node.outputs) if (name !== '') define(name);
    const constant = constantOf(reader);
    if (constant === undefined) return [reader];
    constants.set(node.outputs[0], constant);
    return [];
  });
}

/** A node's name, or number, and its operator. */
function nameOf({ name, type, domain }: OnnxNode, index: number): string {
  const operator = quoted(domain === '' ? type : `${domain} ${type}`).slice(1, -1);
  return `${name === '' ? `number ${index + 1}` : quoted(name)} (${operator})`;
}

/** The one input that is not an initializer: old files list those among the inputs too. */
function soleInput({ inputs, initializers }: OnnxGraph, source: string): ValueInfo {
  const given = new Set(initializers.map(({ name }) => name));
  const free = inputs.filter(({ name }) => !given.has(name));
  if (free.length === 1) return free[0];
  const names = free
    .map(({ name }) => quoted(name))
    .slice(0, 3)
    .join(', ');
  throw new ChainruleError(
    'unsupported',
    `${source}: the graph has ${free.length} inputs${names && ` (${names}${free.length > 3 ? ' …' : ''})`} where a network has one; export a model of one input.`,
  );
}

/** The shape of one sample: that of the input without the samples' axis. */
function sampleShape({ name, type, shape: [, ...axes], shape }: ValueInfo, source: string): Shape {
  const { float, double, float16 } = dataTypes;
  const lengths = axes.map((axis) => (typeof axis === 'number' && axis > 0 && axis <= 2 ** 30 ? axis : 0));
  if (
    lengths.every((axis) => axis > 0) &&
    axes.length >= 1 &&
    axes.length <= 3 &&
    [float, double, float16].some((one) => one === type)
  )
    return lengths;
  throw new ChainruleError(
    'unsupported',
    `${source}: the input ${quoted(name)} has data type ${type} and shape ${JSON.stringify(shape)}; a network takes floats [samples, numbers] or [samples, channels, height, width], all lengths but the samples' fixed.`,
  );
}
