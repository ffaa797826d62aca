// Which parameter each of another program's tensors belongs to: by its name, else by its kind and order.
import { ChainruleError } from '../../errors.ts';
import type { Tensor } from '../../memory/index.ts';
import { differentiableParameters, type Network } from '../../network/index.ts';

/** A tensor and the parameter whose gradient it is. */
export interface Matched {
  /** As the other program names it. */
  readonly theirs: string;
  readonly parameter: string;
  readonly tensor: Tensor;
}

/**
 * Matches tensors with parameters.
 * @throws ChainruleError `unknown-name` where names and numbers of tensors do not tell
 */
export function matchNames(network: Network, tensors: ReadonlyMap<string, Tensor>): Matched[] {
  const parameters = differentiableParameters(network);
  const named = [...tensors].map(([theirs, tensor]) => ({ theirs, tensor, parameter: canonical(theirs, parameters) }));
  if (named.every(({ parameter }) => parameter !== undefined)) {
    return named.flatMap(({ theirs, tensor, parameter }) =>
      parameter === undefined ? [] : [{ theirs, tensor, parameter }],
    );
  }
  return (
    byOrder(parameters, tensors) ??
    fail(parameters, named.find(({ parameter }) => parameter === undefined)?.theirs ?? '')
  );
}

function fail(parameters: readonly string[], theirs: string): never {
  throw new ChainruleError(
    'unknown-name',
    `"${theirs}" names no parameter of this network; name the tensors ${parameters.slice(0, 4).join(', ')}${parameters.length > 4 ? ' …' : ''}.`,
  );
}

const canonical = (theirs: string, parameters: readonly string[]) =>
  parameters.find((name) => name === theirs.replace(/^grad(?:ient)?s?[._/]/, '').replace(/[._]grad(?:ient)?$/, ''));

const isBias = (name: string) => /bias|beta|(?:^|[^a-z])d?b\d*$|_b\d*$/i.test(name);

/** dW1, db1, dW2, db2 …; 0.weight, 0.bias, 2.weight …; arr_0, arr_1 …: as many as there are parameters, in their order. */
function byOrder(parameters: readonly string[], tensors: ReadonlyMap<string, Tensor>): Matched[] | undefined {
  const names = [...tensors.keys()].toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const groups = names.some(isBias)
    ? [
        [names.filter((name) => !isBias(name)), parameters.filter((name) => !name.endsWith('.bias'))],
        [names.filter(isBias), parameters.filter((name) => name.endsWith('.bias'))],
      ]
    : [[names, names.length === parameters.length ? parameters : parameters.filter((name) => !name.endsWith('.bias'))]];
  if (groups.some(([theirs, ours]) => theirs.length !== ours.length)) return undefined;
  return groups.flatMap(([theirs, ours]) =>
    theirs.flatMap((name, i) => {
      const tensor = tensors.get(name);
      return tensor === undefined ? [] : [{ theirs: name, parameter: ours[i], tensor }];
    }),
  );
}
