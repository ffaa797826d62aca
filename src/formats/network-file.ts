// network.json: a network described by people or programs, read strictly and written so that it reads back the same.
import * as z from 'zod/mini';
import type { Activation } from '../activations/activation.ts';
import * as activations from '../activations/index.ts';
import { ChainruleError, didYouMean } from '../errors.ts';
import * as initializers from '../initializers/index.ts';
import type { Initializer } from '../initializers/initializer.ts';
import * as layers from '../layers/index.ts';
import type { Layer, LayerNames, LayerRules, LayerType } from '../layers/layer.ts';
import * as losses from '../losses/index.ts';
import type { Loss } from '../losses/loss.ts';
import { type Nested, toNested } from '../memory/index.ts';
import { type Network, network, type Parameters, parameterSpecs } from '../network/index.ts';
import { choose, nonNegative, parseWith, positive, seed, size, strict } from '../options.ts';

/** Rules that a network file may name beside those of the house. */
export interface Extensions {
  readonly activations?: readonly Activation[];
  readonly losses?: readonly Loss[];
  readonly initializers?: readonly Initializer[];
  readonly layers?: readonly LayerType[];
}

/** The rules a file's names stand for. */
interface Names {
  readonly activations: Readonly<Record<string, Activation>>;
  readonly losses: Readonly<Record<string, Loss>>;
  readonly initializers: Readonly<Record<string, Initializer>>;
  readonly layers: Readonly<Record<string, LayerType>>;
}

/**
 * The network that the text of a network file describes.
 * @param source the file's name, for the error's sentence
 * @throws ChainruleError `bad-file` where it is no JSON, `bad-network` naming the first field that does not fit
 */
export function parseNetwork(text: string, source: string, extensions: Extensions = {}): Network {
  return networkFrom(parseJson(text, source), source, extensions);
}

/** The network that an already parsed network file describes; errors as {@link parseNetwork}. */
export function networkFrom(description: unknown, source: string, extensions: Extensions = {}): Network {
  return describedNetwork(description, source, extensions).build();
}

/** A network that has been described and has no parameters yet. */
export interface DescribedNetwork {
  /** Every parameter's specification by its public name. */
  readonly specs: ReturnType<typeof parameterSpecs>;
  /** The network with these parameters, or with those of the description and others drawn. */
  build(parameters?: Parameters): Network;
}

/** As {@link networkFrom}, before any parameter is drawn: a file that brings them can be compared with it first. */
export function describedNetwork(description: unknown, source: string, extensions: Extensions): DescribedNetwork {
  const names = namesOf(extensions);
  return placedIn(source, () => {
    const {
      $schema: _,
      layers,
      input,
      loss,
      ...options
    } = parseWith(fileSchema(names), description, '', 'bad-network');
    const made = layers.map((entry, index) => layerFrom(entry, index, names));
    const rules = { ...options, input, loss: loss === undefined ? undefined : choose(loss, names.losses, 'loss') };
    return {
      specs: parameterSpecs(typeof input === 'number' ? [input] : input, made),
      build: (parameters) =>
        placedIn(source, () => network(made, { ...rules, parameters: parameters ?? options.parameters })),
    };
  });
}

/** Puts the file's name before the sentence of an error. */
function placedIn<T>(source: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof ChainruleError)) throw error;
    throw new ChainruleError(error.code, `${source}: ${error.message}`, { cause: error });
  }
}

/** What to leave out of a network file. */
export interface DescribeOptions {
  /** Whether the parameters' values are written; true unless given. */
  readonly parameters?: boolean;
}

/** The network as the data of a network file: JSON.stringify of it reads back as the same network, to the last bit. */
export function describeNetwork(net: Network, { parameters = true }: DescribeOptions = {}): Record<string, unknown> {
  const values = Object.entries(net.parameters).map(([name, tensor]): [string, Nested] => [name, toNested(tensor)]);
  return {
    input: net.input,
    layers: net.layers.map(describeLayer),
    loss: net.loss.name,
    ...(net.l2 > 0 && { l2: net.l2 }),
    ...(net.l1 > 0 && { l1: net.l1 }),
    seed: net.seed,
    ...(parameters && { parameters: Object.fromEntries(values) }),
    ...(net.frozen.length > 0 && { frozen: net.frozen }),
    ...(net.sample && { sample: net.sample }),
    ...(net.learningRate !== undefined && { learningRate: net.learningRate }),
  };
}

function describeLayer({ type, options, activation }: Layer): Record<string, unknown> {
  return { type, ...options, ...(activation && { activation: activation.name }) };
}

/** The JSON Schema of a network file, made from the schema that reads it. */
export function networkJsonSchema(): Record<string, unknown> {
  const names = namesOf({});
  const entries = Object.values(names.layers).map((type) => type.schema(schemaNames(names)));
  const [first, ...others] = entries;
  const schema = z.toJSONSchema(fileSchema(names, z.union([first, ...others])), {
    io: 'input',
    unrepresentable: 'any',
  });
  return { ...schema, title: 'chainrule network' };
}

const nested: z.ZodMiniType<Nested> = z.union([z.number(), z.array(z.lazy(() => nested))]);

function fileSchema(names: Names, layer: z.ZodMiniType<unknown> = z.unknown()) {
  return strict({
    $schema: z.optional(z.string()),
    input: z.union([size, z.array(size).check(z.minLength(1), z.maxLength(3))]),
    layers: z.array(layer).check(z.minLength(1)),
    loss: z.optional(enumOf(names.losses)),
    l2: z.optional(nonNegative),
    l1: z.optional(nonNegative),
    seed: z.optional(seed),
    parameters: z.optional(z.record(z.string(), nested)),
    frozen: z.optional(z.array(z.string())),
    sample: z.optional(strict({ input: nested, target: nested })),
    learningRate: z.optional(positive),
  });
}

function layerFrom(entry: unknown, index: number, names: Names): Layer {
  const place = `layers[${index}]`;
  const type = typeof entry === 'object' && entry !== null ? Reflect.get(entry, 'type') : undefined;
  if (typeof type !== 'string') {
    throw new ChainruleError(
      'bad-network',
      `${place} has no "type"; give one of ${Object.keys(names.layers).join(', ')}.`,
    );
  }
  if (!Object.hasOwn(names.layers, type)) {
    const known = Object.keys(names.layers);
    throw new ChainruleError(
      'bad-network',
      `${place} has the unknown type "${type}"${didYouMean(type, known)}; expected one of ${known.join(', ')}.`,
    );
  }
  const rules: LayerRules = {
    activation: (name) => choose(name, names.activations, 'activation'),
    initializer: (name) => choose(name, names.initializers, 'initializer'),
  };
  const parsed = parseWith(names.layers[type].schema(schemaNames(names)), entry, `${place} (${type})`, 'bad-network');
  return names.layers[type].fromEntry(isRecord(parsed) ? parsed : {}, rules);
}

function namesOf(extensions: Extensions): Names {
  const byName = <Rule extends { readonly name: string }>(
    own: Readonly<Record<string, Rule>>,
    more: readonly Rule[] = [],
  ) => ({
    ...own,
    ...Object.fromEntries(more.map((rule) => [rule.name, rule])),
  });
  const types = [...Object.values(layers).map(({ type }) => type), ...(extensions.layers ?? [])];
  return {
    activations: byName<Activation>(activations, extensions.activations),
    losses: byName<Loss>(losses, extensions.losses),
    initializers: byName<Initializer>(initializers, extensions.initializers),
    layers: Object.fromEntries(types.map((type) => [type.type, type])),
  };
}

const enumOf = (rules: Readonly<Record<string, unknown>>): z.ZodMiniType<string> => z.enum(Object.keys(rules));

const schemaNames = (names: Names): LayerNames => ({
  activation: enumOf(names.activations),
  initializer: enumOf(names.initializers),
});

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** JSON with the line of the first fault in the error's sentence. */
export function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ChainruleError('bad-file', `${source} is not valid JSON: ${reason}.`, { cause: error });
  }
}
