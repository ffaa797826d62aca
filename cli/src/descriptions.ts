// Networks, optimizers and data in one line of words.
import {
  type Dataset,
  type FullBatchOptimizer,
  isMultiLabel,
  type Network,
  type Optimizer,
  outputNames,
  parameterCount,
  targetNames,
} from 'chainrule';
import { spoken } from './languages/index.ts';
import { count, counted, rounded } from './numbers.ts';
import { printable } from './output.ts';

/** `4 → 32 tanh → 3 softmax, 227 parameters, loss logLikelihood`. */
export function describeNetwork(net: Network): string {
  let shape = net.input;
  const layers = net.layers.map((layer) => {
    shape = layer.outputShape(shape);
    if (typeof layer.options.rate === 'number') return `${layer.type} ${layer.options.rate}`;
    const kind = layer.type === 'dense' ? '' : `${layer.type} `;
    const activation =
      layer.activation === null || layer.activation.name === 'linear' ? '' : ` ${layer.activation.name}`;
    return `${kind}${shape.join('×')}${activation}`;
  });
  const penalties = (['l1', 'l2'] as const)
    .filter((name) => net[name] > 0)
    .map((name) => `, ${name} ${rounded(net[name])}`);
  const path = [net.input.join('×'), ...layers].join(' → ');
  return `${path}; ${count(parameterCount(net))} parameters; loss ${net.loss.name}${penalties.join('')}`;
}

/** A sentence about each layer whose stride leaves rows or columns of its input unseen. */
export function leftOverNotices({ input, layers }: Network): string[] {
  let shape = input;
  return layers.flatMap((layer, index) => {
    const [given, [rows, columns]] = [shape, layer.leftOver?.(shape) ?? [0, 0]];
    shape = layer.outputShape(shape);
    if (rows + columns === 0) return [];
    const what = [
      ...(rows > 0 ? [`the last ${counted(rows, 'row')}`] : []),
      ...(columns > 0 ? [`the last ${counted(columns, 'column')}`] : []),
    ].join(' and ');
    return [`layers[${index}] (${layer.type}): its stride leaves ${what} of its ${given.join('×')} input unseen.`];
  });
}

/** Settings of optimizers that are told, and their words. */
const told: Readonly<Record<string, string>> = {
  momentum: 'momentum',
  weightDecay: 'weight decay',
  clipValue: 'gradients clipped at',
  clipNorm: 'gradients clipped to a norm of',
};

/** `momentum, learning rate 0.1, momentum 0.9`. */
export function describeOptimizer(optimizer: Optimizer | FullBatchOptimizer): string {
  const others = Object.entries(optimizer.settings).flatMap(([key, value]) =>
    Object.hasOwn(told, key) ? [spoken(`, ${told[key]} ${value}`)] : [],
  );
  const rate = 'learningRate' in optimizer ? spoken(`, learning rate ${optimizer.learningRate}`) : '';
  return `${optimizer.name}${rate}${others.join('')}`;
}

/** The scalings asked for, by their names. */
export interface ScalingNames {
  readonly scale?: string;
  readonly scaleTarget?: string;
}

/** `4 columns of numbers, standard scaling`. */
export function describeInputs({ preprocessing, inputShape }: Dataset, { scale = 'standard' }: ScalingNames): string {
  if (preprocessing === undefined || preprocessing.kind === 'image')
    return `images of ${inputShape.join('×')}, bytes divided by 255`;
  const categories = preprocessing.inputs.filter(({ kind }) => kind === 'category').length;
  const missing = preprocessing.inputs.filter((input) => input.kind === 'number' && input.missing).length;
  const numbers = preprocessing.inputs.length - categories - missing;
  const kinds = [
    ...(numbers > 0
      ? [spoken(`${counted(numbers, 'column')} of numbers (${scale === 'none' ? 'not scaled' : `${scale} scaling`})`)]
      : []),
    ...(categories > 0 ? [spoken(`${counted(categories, 'column')} of categories (one input each)`)] : []),
  ];
  return `${kinds.join(spoken(', '))}: ${counted(inputShape[0], 'input')}`;
}

/** `species: 3 classes, setosa, versicolor, virginica`. */
export function describeTarget({ preprocessing }: Dataset, { scaleTarget = 'standard' }: ScalingNames): string {
  if (preprocessing === undefined) return '';
  const columns = targetNames(preprocessing).map(printable).join(', ');
  const names = outputNames(preprocessing);
  if (preprocessing.kind === 'table' && preprocessing.target.kind === 'numbers')
    return `${columns}: regression${scaleTarget === 'none' ? ', not scaled' : `, ${scaleTarget} scaling`}`;
  if (isMultiLabel(preprocessing)) return `${columns}: labels, each yes or no`;
  const some = names.slice(0, 10).map(printable).join(', ');
  return `${columns === '' ? 'label' : columns}: ${counted(names.length, 'class')}, ${some}${names.length > 10 ? ', …' : ''}`;
}
