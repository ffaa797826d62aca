// Nodes whose value is known before the graph runs. Exporters leave a few; whatever else is constant is refused as a node.
import type { Tensor } from '../memory/index.ts';
import type { NodeReader } from './node-reader.ts';

/** The value of a node that depends on no input; `undefined` where it does, or where it is not understood. */
export function constantOf(reader: NodeReader): Tensor | undefined {
  const { type, domain } = reader.node;
  if (domain !== '') return undefined;
  if (type === 'Constant') return given(reader);
  if (type === 'Identity') return reader.known(0);
  const tensor = type === 'Transpose' ? reader.known(0) : undefined;
  if (tensor?.shape.length !== 2) return undefined;
  return String(reader.ints('perm', [1, 0])) === '1,0' ? transposed(tensor) : tensor;
}

function given({ node: { attributes } }: NodeReader): Tensor | undefined {
  for (const attribute of attributes.values()) {
    if (attribute.kind === 'tensor') return attribute.value;
    if (attribute.kind === 'ints') return { shape: [attribute.value.length], data: Float64Array.from(attribute.value) };
    if (attribute.kind === 'int' || attribute.kind === 'float')
      return { shape: [], data: Float64Array.of(attribute.value) };
  }
  return undefined;
}

/** Rows for columns. */
export function transposed({ shape: [rows, columns], data }: Tensor): Tensor {
  const turned = data.slice();
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) turned[j * rows + i] = data[i * columns + j];
  return { shape: [columns, rows], data: turned };
}
