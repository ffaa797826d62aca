// `inspect`: what a network or model file holds: layers, shapes, parameters, preprocessing, and the program it stands for.
import {
  compile,
  executionOf,
  type Network,
  optimizers,
  type Preprocessing,
  parameterCount,
  showProgram,
} from 'chainrule';
import { describeNetwork as networkJson } from 'chainrule/formats';
import { Command } from 'commander';
import { becomes } from '../data-description.ts';
import { leftOverNotices } from '../descriptions.ts';
import { spoken } from '../languages/index.ts';
import { networkArgument, readNetwork } from '../network-source.ts';
import { count, counted, rounded, significant } from '../numbers.ts';
import { aligned, colors, print, printable, printData, printJson, table } from '../output.ts';

interface InspectFlags {
  readonly program?: boolean;
  readonly json?: boolean;
}

export function inspectCommand(): Command {
  return new Command('inspect')
    .description('Layers, shapes, parameter counts and preprocessing of a network or model.')
    .argument('<file>', networkArgument)
    .option('--program', 'print the program of one training step, a line a kernel call')
    .option('--json', 'print as JSON')
    .action(inspect);
}

async function inspect(name: string, flags: InspectFlags): Promise<void> {
  const { network, preprocessing, training } = await readNetwork(name);
  if (flags.program) return printData(showProgram(compile(network, optimizers.sgd())).trimEnd());
  if (flags.json) {
    const { parameters: _, ...described } = networkJson(network, { parameters: false });
    return printJson({
      network: described,
      layers: layersOf(network),
      parameters: parameterCount(network),
      execution: executionOf(network),
      preprocessing: preprocessing ?? null,
      training: training ?? null,
    });
  }
  printData(layerTable(network));
  for (const notice of leftOverNotices(network)) print(`\n${notice}`);
  printData(`\n${facts(network).join('\n')}`);
  if (preprocessing !== undefined) printData(`\n${preprocessingText(preprocessing)}`);
  if (training !== undefined) printData(`\n${heading('Training')}\n${factsOf(training).join('\n')}`);
}

interface LayerFacts {
  readonly layer: number;
  readonly type: string;
  readonly activation: string | null;
  readonly output: readonly number[];
  readonly parameters: number;
}

function layersOf(network: Network): LayerFacts[] {
  let output = network.input;
  return network.layers.map((layer, index) => {
    output = layer.outputShape(output);
    const own = Object.entries(network.parameters).filter(([name]) => name.startsWith(`layers.${index}.`));
    const parameters = own.reduce((sum, [, tensor]) => sum + tensor.data.length, 0);
    return { layer: index, type: layer.type, activation: layer.activation?.name ?? null, output, parameters };
  });
}

function layerTable(network: Network): string {
  const right = (name: string) => ({ name, align: 'right' as const });
  const rows = layersOf(network).map(({ layer, type, activation, output, parameters }) => [
    String(layer),
    type,
    activation ?? '',
    output.join('×'),
    count(parameters),
  ]);
  return table(
    [right('layer'), { name: 'type' }, { name: 'activation' }, right('output'), right('parameters')],
    [
      ['', spoken('input'), '', network.input.join('×'), ''],
      ...rows,
      ['', spoken('total'), '', '', count(parameterCount(network))],
    ],
  );
}

/** What `auto` would train it on, and which kernels that lacks. */
function executionText(network: Network): string {
  const { backend, threads, fallbacks } = executionOf(network);
  const lacking = fallbacks.length === 0 ? 'every kernel its own' : `the reference in place of ${fallbacks.join(', ')}`;
  return spoken(`on ${backend}, up to ${counted(threads, 'thread')}, ${lacking}`);
}

function facts(network: Network): string[] {
  const { loss, l1, l2, seed, frozen, learningRate } = network;
  return factsOf({
    loss: loss.name,
    ...(l1 > 0 && { l1 }),
    ...(l2 > 0 && { l2 }),
    seed,
    ...(learningRate !== undefined && { learningRate }),
    ...(frozen.length > 0 && { frozen: frozen.join(', ') }),
    runs: executionText(network),
  });
}

/** Names and values, a line each; what is nested follows in one line. */
function factsOf(values: Readonly<Record<string, unknown>>): string[] {
  const shown = Object.entries(values).filter(([, value]) => value !== null);
  return aligned(shown.map(([name, value]) => [spoken(name), show(value)]));
}

function show(value: unknown): string {
  if (typeof value === 'number') return rounded(value);
  if (typeof value !== 'object' || value === null) return printable(String(value));
  return Object.entries(value)
    .map(([name, part]) => `${spoken(name)} ${show(part)}`)
    .join(spoken(', '));
}

function preprocessingText(preprocessing: Preprocessing): string {
  const title = heading('Preprocessing');
  if (preprocessing.kind === 'image')
    return [
      title,
      spoken(`images of ${preprocessing.shape.join('×')}, bytes divided by 255`),
      spoken(`classes: ${preprocessing.classes.map(printable).join(', ')}`),
    ].join('\n');
  const inputs = preprocessing.inputs.map((input) => [input.name, spoken(input.kind), spoken(becomes(input))]);
  const { target } = preprocessing;
  const targets =
    target.kind === 'classes'
      ? [[target.name, spoken('classes'), target.classes.join(', ')]]
      : target.kind === 'labels'
        ? target.names.map((name) => [name, spoken('label'), spoken('yes or no')])
        : target.columns.map(({ name, offset, scale }) => [
            name,
            spoken('number'),
            `(y − ${significant(offset)}) / ${significant(scale)}`,
          ]);
  const rows = [...inputs.map((row) => [spoken('input'), ...row]), ...targets.map((row) => [spoken('target'), ...row])];
  return `${title}\n${table([{ name: '' }, { name: 'column' }, { name: 'kind' }, { name: 'becomes' }], rows)}`;
}

const heading = (text: string): string => colors(process.stdout).bold(spoken(text));
