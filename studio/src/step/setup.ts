// What a step is done on: network, batch, optimizer. Changes to it make another one; the library alone says what fits.
import {
  type Loss,
  losses,
  type Network,
  network,
  type Optimizer,
  optimizers,
  outputShape,
  type Parameters,
  withParameters,
} from 'chainrule';
import { describeNetwork, networkFrom } from 'chainrule/formats';

/** The optimizers of the library by their names, in its order. */
export type OptimizerName = keyof typeof optimizers;
export const isOptimizerName = (name: string): name is OptimizerName => Object.hasOwn(optimizers, name);
export const optimizerNames: readonly OptimizerName[] = Object.keys(optimizers).filter(isOptimizerName);

/** An optimizer as a choice: its name, and all its settings. */
export interface OptimizerChoice {
  readonly name: OptimizerName;
  readonly settings: Readonly<Record<string, number>>;
}

/** Everything a first step needs. */
export interface Setup {
  readonly network: Network;
  /** A row each sample; images flat. */
  readonly inputs: readonly (readonly number[])[];
  readonly targets: readonly (readonly number[])[];
  readonly optimizer: OptimizerChoice;
  readonly learningRate: number;
}

/** The optimizer of a setup. @throws ChainruleError where a setting does not fit */
export function optimizerOf({ optimizer: { name, settings }, learningRate }: Setup): Optimizer {
  const make: (options: Record<string, number>) => Optimizer = optimizers[name];
  return make({ ...settings, learningRate });
}

/** An optimizer with the settings that it has by default, and its own learning rate. */
export function defaultOptimizer(name: OptimizerName): {
  readonly choice: OptimizerChoice;
  readonly learningRate: number;
} {
  return choiceOf(optimizers[name](), name);
}

/** An optimizer of the library as a choice. */
export function choiceOf({ settings, learningRate }: Optimizer, name: OptimizerName) {
  const numbers = Object.entries(settings).filter((entry): entry is [string, number] => typeof entry[1] === 'number');
  return { choice: { name, settings: Object.fromEntries(numbers) }, learningRate };
}

/** How many numbers a sample's input and target have. */
const widthsOf = (net: Network): { readonly input: number; readonly target: number } => ({
  input: product(net.input),
  target: product(outputShape(net)),
});

const product = (shape: readonly number[]): number => shape.reduce((total, axis) => total * axis, 1);

/** One number of a parameter changed. */
export function withParameter(setup: Setup, name: string, position: number, value: number): Setup {
  const tensor = setup.network.parameters[name];
  const data = Float64Array.from(tensor.data);
  data[position] = value;
  return { ...setup, network: withParameters(setup.network, { [name]: { shape: tensor.shape, data } }) };
}

/** One number of a sample changed. */
export function withSampleNumber(
  setup: Setup,
  part: 'inputs' | 'targets',
  sample: number,
  position: number,
  value: number,
): Setup {
  const rows = setup[part].map((row, s) => (s === sample ? row.with(position, value) : row));
  return { ...setup, [part]: rows };
}

/** One more sample, a copy of the last; or one fewer. */
export function withSamples(setup: Setup, change: 'add' | { readonly remove: number }): Setup {
  const changed = (rows: Setup['inputs']) =>
    change === 'add' ? [...rows, rows[rows.length - 1]] : rows.filter((_, s) => s !== change.remove);
  return { ...setup, inputs: changed(setup.inputs), targets: changed(setup.targets) };
}

/** A layer as the network file has it. */
export type LayerEntry = Readonly<Record<string, unknown>>;

/** The layers as the network file has them. */
export const layerEntries = (net: Network): LayerEntry[] =>
  net.layers.map(({ type, options, activation }) => ({
    type,
    ...options,
    ...(activation && { activation: activation.name }),
  }));

/**
 * Other layers, another input or loss. Parameters whose shapes stay keep their values; new ones are drawn. The loss becomes one that
 * fits where the last one does not.
 * @throws ChainruleError where the layers do not fit together
 */
export function withLayers(
  setup: Setup,
  layers: readonly LayerEntry[],
  { input = setup.network.input, seed = setup.network.seed }: { input?: readonly number[]; seed?: number } = {},
): Setup {
  const {
    parameters: _,
    frozen: __,
    sample: ___,
    loss,
    ...file
  } = describeNetwork(setup.network, { parameters: false });
  const last = layers.at(-1)?.activation;
  const fitting = loss === 'logLikelihood' && last !== 'softmax' ? undefined : loss;
  const drawn = networkFrom(
    { ...file, input, layers, seed, ...(fitting !== undefined && { loss: fitting }) },
    'network',
  );
  const kept = seed === setup.network.seed ? keptParameters(setup.network.parameters, drawn.parameters) : {};
  const frozen = setup.network.frozen.filter((name) => Object.hasOwn(drawn.parameters, name));
  const changed = { ...withParameters(drawn, kept), frozen };
  const widths = widthsOf(changed);
  return {
    ...setup,
    network: changed,
    inputs: setup.inputs.map((row) => resized(row, widths.input)),
    targets: setup.targets.map((row) => resized(row, widths.target)),
  };
}

function keptParameters(before: Parameters, after: Parameters): Parameters {
  return Object.fromEntries(
    Object.entries(after).flatMap(([name, { shape }]) => {
      const old = Object.hasOwn(before, name) ? before[name] : undefined;
      return old !== undefined && old.shape.join() === shape.join() ? [[name, old]] : [];
    }),
  );
}

const resized = (row: readonly number[], width: number): number[] =>
  Array.from({ length: width }, (_, i) => row[i] ?? 0);

/** Another loss, penalty or list of frozen parameters. @throws ChainruleError where the loss does not fit the output layer */
export function withRules(
  setup: Setup,
  rules: { readonly loss?: Loss; readonly l1?: number; readonly l2?: number; readonly frozen?: readonly string[] },
): Setup {
  return { ...setup, network: network(setup.network.layers, { ...setup.network, ...rules }) };
}

/** The losses that fit a network's output. */
export function fittingLosses(net: Network): Loss[] {
  return Object.values<Loss>(losses).filter((loss) => {
    try {
      network(net.layers, { ...net, loss });
      return true;
    } catch {
      return false;
    }
  });
}
