// Weights of other programs for a network of ours: tensors matched with parameters by name, or by shape and order.
import { ChainruleError } from '../errors.ts';
import { type Shape, sameShape, showShape, type Tensor } from '../memory/index.ts';
import { type Network, withParameters } from '../network/index.ts';
import { quoted } from './safetensors-scanner.ts';

/** Where one parameter's values came from. */
export interface WeightMatch {
  readonly parameter: string;
  /** The name of the tensor in the file. */
  readonly tensor: string;
}

/** A network with the weights it was given. */
export interface MatchedWeights {
  readonly network: Network;
  readonly matches: readonly WeightMatch[];
  /** Whether the names were ours; else layers and groups of tensors were matched by their shapes, and by order where several have the same. */
  readonly byName: boolean;
  /** Tensors that no parameter stands for and that prediction does not need: counts of batches. */
  readonly unused: readonly string[];
}

/** What PyTorch, Keras and others call the parameters of a layer, by our name for it. */
const foreignNames: Readonly<Record<string, readonly string[]>> = {
  weight: ['weight', 'gamma'],
  bias: ['bias', 'beta'],
  runningMean: ['running_mean', 'moving_mean'],
  runningVariance: ['running_var', 'moving_variance'],
};

const uncounted = 'num_batches_tracked';

/** Tensors or parameters that belong together: those of one layer. */
interface Group {
  readonly name: string;
  /** By the parameter's name in its layer: `weight`. */
  readonly members: ReadonlyMap<string, { readonly name: string; readonly shape: Shape }>;
}

/**
 * A network with the values of tensors from another program, such as a PyTorch `state_dict` saved as safetensors.
 * Tensors named like our parameters are taken by name. Otherwise those of one module (`fc1.weight` and `fc1.bias`) go to the
 * layer whose parameters have their shapes; where several layers have the same shapes, in the order of the modules' names,
 * `2` before `10`.
 * @param source the file's name, for the error's sentence
 * @throws ChainruleError `bad-file` where tensors and parameters are not the same in number and shape, or not finite
 */
export function matchWeights(
  network: Network,
  tensors: Readonly<Record<string, Tensor>>,
  source: string,
): MatchedWeights {
  const unused = Object.keys(tensors).filter(
    (name) => name.endsWith(uncounted) && !Object.hasOwn(network.parameters, name),
  );
  const names = Object.keys(tensors).filter((name) => !unused.includes(name));
  const own = Object.keys(network.parameters);
  const byName = names.length === own.length && own.every((name) => Object.hasOwn(tensors, name));
  const matches = byName
    ? own.map((name) => ({ parameter: name, tensor: name }))
    : matchGroups(network, names, tensors, source);
  for (const { tensor } of matches) requireFinite(tensor, tensors[tensor], source);
  const found = matches.map(({ parameter, tensor }) => {
    requireShape(parameter, network.parameters[parameter].shape, tensor, tensors[tensor].shape, source);
    return [parameter, tensors[tensor]];
  });
  return { network: withParameters(network, Object.fromEntries(found)), matches, byName, unused };
}

function matchGroups(
  network: Network,
  names: readonly string[],
  tensors: Readonly<Record<string, Tensor>>,
  source: string,
): WeightMatch[] {
  const layers = groupsOf(Object.keys(network.parameters), network.parameters, (field) => field);
  const modules = groupsOf(names, tensors, (field, name) => fieldOf(field, name, source)).sort((a, b) =>
    byNaturalOrder(a.name, b.name),
  );
  const taken = new Set<Group>();
  const matches = layers.flatMap((layer) => {
    const module = modules.find((one) => !taken.has(one) && signature(one) === signature(layer));
    if (module === undefined) {
      throw new ChainruleError(
        'bad-file',
        `${source} has no tensors for ${layer.name} with the shapes ${signature(layer)}; left over ${listOf(modules.filter((one) => !taken.has(one)))}: give the network that the weights were trained in.`,
      );
    }
    taken.add(module);
    return [...layer.members].map(([field, { name }]) => ({
      parameter: name,
      tensor: module.members.get(field)?.name ?? '',
    }));
  });
  const extra = modules.filter((one) => !taken.has(one));
  if (extra.length === 0) return matches;
  throw new ChainruleError(
    'bad-file',
    `${source} has more layers than the network: no layer takes ${listOf(extra)}; give the network that the weights were trained in.`,
  );
}

/** Names grouped by what stands before their last dot. */
function groupsOf(
  names: readonly string[],
  tensors: Readonly<Record<string, Tensor>>,
  field: (last: string, name: string) => string,
): Group[] {
  const groups = new Map<string, Map<string, { name: string; shape: Shape }>>();
  for (const name of names) {
    const dot = name.lastIndexOf('.');
    const prefix = name.slice(0, Math.max(0, dot));
    const members = groups.get(prefix) ?? new Map<string, { name: string; shape: Shape }>();
    members.set(field(name.slice(dot + 1), name), { name, shape: tensors[name].shape });
    groups.set(prefix, members);
  }
  return [...groups].map(([name, members]) => ({ name, members }));
}

function fieldOf(last: string, name: string, source: string): string {
  const found = Object.entries(foreignNames).find(([own, names]) => own === last || names.includes(last));
  if (found !== undefined) return found[0];
  throw new ChainruleError(
    'bad-file',
    `${source}: the tensor ${quoted(name)} is no parameter that a layer has; names end in ${Object.values(foreignNames).flat().join(', ')}.`,
  );
}

/** What a layer's tensors are: `bias [3], weight [3, 4]`. */
function signature({ members }: Group): string {
  return [...members]
    .map(([field, { shape }]) => `${field} ${showShape(shape)}`)
    .sort()
    .join(', ');
}

function listOf(groups: readonly Group[]): string {
  if (groups.length === 0) return 'nothing';
  const shown = groups.slice(0, 5).map((group) => `${quoted(group.name)} (${signature(group)})`);
  return `${shown.join(', ')}${groups.length > 5 ? ` and ${groups.length - 5} more` : ''}`;
}

/** Numbers in names by their values, so that `fc2` comes before `fc10`; not by locale, which machines differ in. */
function byNaturalOrder(a: string, b: string): number {
  const parts = (text: string) => text.split(/(\d+)/);
  const [x, y] = [parts(a), parts(b)];
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    if (x[i] === y[i]) continue;
    return i % 2 === 1 ? Number(x[i]) - Number(y[i]) : x[i] < y[i] ? -1 : 1;
  }
  return x.length - y.length;
}

function requireShape(parameter: string, expected: Shape, tensor: string, found: Shape, source: string): void {
  if (sameShape(expected, found)) return;
  throw new ChainruleError(
    'bad-file',
    `${source}: ${quoted(tensor)} has shape ${showShape(found)} where ${parameter} needs ${showShape(expected)}; give the network that the weights were trained in.`,
  );
}

function requireFinite(name: string, { data }: Tensor, source: string): void {
  const wrong = data.findIndex((value) => !Number.isFinite(value));
  if (wrong < 0) return;
  throw new ChainruleError(
    'bad-file',
    `${source}: ${quoted(name)} holds ${data[wrong]} at place ${wrong}; parameters must be finite numbers.`,
  );
}
