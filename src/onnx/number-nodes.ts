// Columns of numbers as nodes: missing ones filled, logarithms and quantiles taken, and all of them scaled.
import type { NumberInput } from '../data/preprocessing.ts';
import { quoted } from '../data/table.ts';
import { ChainruleError } from '../errors.ts';
import type { GraphBuilder } from './graph-builder.ts';

/** A value of the graph, and the inputs that its columns are. */
export interface Encoded {
  readonly value: string;
  readonly inputs: readonly NumberInput[];
}

/** Adds the nodes for the raw columns that one input of the graph holds. */
export class NumberNodes {
  private readonly graph: GraphBuilder;
  private readonly raw: string;
  private readonly columns: readonly string[];
  private filled = '';
  private missing = '';

  constructor(graph: GraphBuilder, raw: string, columns: readonly string[]) {
    this.graph = graph;
    this.raw = raw;
    this.columns = columns;
  }

  /** The inputs as the network takes them, in groups that are computed alike. */
  encode(inputs: readonly NumberInput[]): Encoded[] {
    for (const input of inputs) requireFloat32(input.name, input);
    this.fill(inputs);
    const plain = inputs.filter(({ missing, log, quantiles }) => !(missing || log || quantiles));
    const logs = inputs.filter(({ log }) => log);
    const flags = inputs.filter(({ missing }) => missing);
    const groups = [
      { name: 'plain', inputs: plain, nodes: () => this.pick(this.filled, plain, 'plain') },
      { name: 'log', inputs: logs, nodes: () => this.logarithm(this.pick(this.filled, logs, 'log')) },
      { name: 'flags', inputs: flags, nodes: () => this.asNumbers(this.pick(this.missing, flags, 'flags')) },
      ...inputs
        .filter(({ quantiles }) => quantiles)
        .map((input, i) => ({
          name: `quantile.${i}`,
          inputs: [input],
          nodes: () =>
            this.placeAmong(input.quantiles ?? [], this.pick(this.filled, [input], `quantile.${i}`), `quantile.${i}`),
        })),
    ];
    return groups
      .filter(({ inputs }) => inputs.length > 0)
      .map(({ name, inputs, nodes }) => ({ value: this.scale(nodes(), inputs, name), inputs }));
  }

  /** NaN is a missing value. */
  private fill(inputs: readonly NumberInput[]): void {
    const fills = this.columns.map((name) => inputs.find((input) => input.name === name && !input.missing)?.fill ?? 0);
    this.missing = this.graph.node('IsNaN', [this.raw], 'missing');
    this.filled = this.graph.node('Where', [this.missing, row(this.graph, 'fill', fills), this.raw], 'filled');
  }

  /** Some of the columns, in the order of the inputs. */
  private pick(value: string, inputs: readonly NumberInput[], name: string): string {
    const places = inputs.map((input) => this.columns.indexOf(input.name));
    if (places.length === this.columns.length && places.every((place, i) => place === i)) return value;
    const indices = this.graph.tensor(`${name}.columns`, [places.length], Float64Array.from(places), 'int64');
    return this.graph.node('Gather', [value, indices], `${name}.values`, { axis: 1 });
  }

  /** sign(x) ln(1 + |x|) */
  private logarithm(x: string): string {
    const { graph } = this;
    const above = graph.node('Add', [graph.node('Abs', [x], 'log.size'), graph.scalar('one', 1)], 'log.above');
    return graph.node('Mul', [graph.node('Sign', [x], 'log.sign'), graph.node('Log', [above], 'log.ln')], 'log.signed');
  }

  private asNumbers(flags: string): string {
    return this.graph.node('Cast', [flags], 'flags.numbers', { to: 1 });
  }

  /** Where x lies among n + 1 knots: 1/n Σ_k clip((x − q_k) / (q_k+1 − q_k), 0, 1). */
  private placeAmong(knots: readonly number[], x: string, name: string): string {
    const { graph } = this;
    const widths = knots.slice(1).map((knot, k) => knot - knots[k]);
    const beyond = graph.node('Sub', [x, row(graph, `${name}.knots`, knots.slice(0, -1))], `${name}.beyond`);
    const shares = graph.node('Div', [beyond, row(graph, `${name}.widths`, widths)], `${name}.shares`);
    const clipped = graph.node('Clip', [shares, graph.scalar('zero', 0), graph.scalar('one', 1)], `${name}.clipped`);
    const axes = graph.tensor('axis of columns', [1], Float64Array.of(1), 'int64');
    const sum = graph.node('ReduceSum', [clipped, axes], `${name}.sum`, { keepdims: 1 });
    return graph.node('Div', [sum, graph.scalar(`${name}.intervals`, widths.length)], `${name}.place`);
  }

  /** (value − offset) / scale */
  private scale(value: string, inputs: readonly NumberInput[], name: string): string {
    const { graph } = this;
    // What float32 cannot hold of an offset is subtracted apart: of 2019.37 in a column of years it would be felt.
    const offsets = inputs.map(({ offset }) => Math.fround(offset));
    const rests = inputs.map(({ offset }, i) => Math.fround(offset - offsets[i]));
    const scales = inputs.map(({ scale }) => scale);
    const minus = (from: string, values: readonly number[], output: string) =>
      values.every((one) => one === 0) ? from : graph.node('Sub', [from, row(graph, `${output}.by`, values)], output);
    const centred = minus(minus(value, offsets, `${name}.centred`), rests, `${name}.centred.exactly`);
    if (scales.every((scale) => scale === 1)) return centred;
    return graph.node('Div', [centred, row(graph, `${name}.scale`, scales)], `${name}.scaled`);
  }
}

/** A number for each column. */
export const row = (graph: GraphBuilder, name: string, values: readonly number[]): string =>
  graph.tensor(name, [values.length], Float64Array.from(values));

/**
 * Makes sure that a column's scaling survives float32.
 * @throws ChainruleError `unsupported`
 */
export function requireFloat32(
  name: string,
  column: Pick<NumberInput, 'offset' | 'scale'> & Partial<NumberInput>,
): void {
  const { offset, scale, fill = 0, quantiles = [] } = column;
  const widths = quantiles.slice(1).map((knot, k) => knot - quantiles[k]);
  const isHeld = [offset, scale, fill, ...quantiles].every((value) => Number.isFinite(Math.fround(value)));
  if (isHeld && [scale, ...widths].every((value) => Math.fround(value) > 0)) return;
  throw new ChainruleError(
    'unsupported',
    `column ${quoted(name)} is scaled as (value − ${offset}) / ${scale}, and float32, ONNX's numbers here, cannot hold what that takes; rescale the column and train again.`,
  );
}
