// A graph under construction: nodes in order, and the tensors they bring along. It knows no kernel and no layer.
import type { FloatArray, Shape } from '../memory/index.ts';
import {
  type Attribute,
  dataTypes,
  type OnnxGraph,
  type OnnxNode,
  type OnnxTensor,
  type ValueInfo,
} from './messages.ts';

/** The name of the axis of samples. */
const batch = 'N';

/** A node's settings as they are written here: integers, lists of them; numbers with a fraction say so. */
export type Settings = Readonly<Record<string, number | readonly number[] | { readonly float: number }>>;

/** Collects nodes, tensors and inputs. */
export class GraphBuilder {
  private readonly nodes: OnnxNode[] = [];
  private readonly initializers = new Map<string, OnnxTensor>();
  private readonly inputs: ValueInfo[] = [];

  /** Adds an input with a row of this shape for each sample, and gives its name. */
  input(name: string, type: 'float' | 'int64', shape: Shape): string {
    this.inputs.push({ name, type: dataTypes[type], shape: [batch, ...shape] });
    return name;
  }

  /** Adds a tensor, once, and gives its name. */
  tensor(name: string, shape: Shape, data: FloatArray, type: 'float' | 'int64' = 'float'): string {
    this.initializers.set(name, { name, type, shape, data });
    return name;
  }

  /** Adds a single number. */
  scalar(name: string, value: number): string {
    return this.tensor(name, [], Float64Array.of(value));
  }

  /** Adds a node with one output, and gives that output's name. */
  node(type: string, inputs: readonly string[], output: string, settings: Settings = {}): string {
    const attributes = new Map(Object.entries(settings).map(([key, value]) => [key, attributeOf(value)]));
    this.nodes.push({ name: output, type, domain: '', inputs, outputs: [output], attributes });
    return output;
  }

  /** The graph whose output is the value of this name, called `output` from here on. */
  graph(last: string, shape: Shape): OnnxGraph {
    const output = 'output';
    const renamed = (name: string) => (name === last ? output : name);
    const isInput = this.inputs.some(({ name }) => name === last);
    if (isInput) this.node('Identity', [last], output);
    return {
      name: 'chainrule',
      nodes: isInput
        ? this.nodes
        : this.nodes.map((node) => ({ ...node, inputs: node.inputs.map(renamed), outputs: node.outputs.map(renamed) })),
      initializers: [...this.initializers.values()],
      inputs: this.inputs,
      outputs: [{ name: output, type: dataTypes.float, shape: [batch, ...shape] }],
    };
  }
}

function attributeOf(value: Settings[string]): Attribute {
  if (typeof value === 'number') return { kind: 'int', value };
  return 'float' in value ? { kind: 'float', value: value.float } : { kind: 'ints', value };
}
