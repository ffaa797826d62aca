// "A step by step backpropagation example" (Mazur), every number of it: the right ones, and how the wrong ones came about.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Executable, referenceBackend } from '../../src/backends/index.ts';
import { gradients, samplesOf } from '../../src/explain/index.ts';
import { networkFrom } from '../../src/formats/index.ts';
import { offsetOf } from '../../src/memory/index.ts';
import type { Network } from '../../src/network/index.ts';
import { sgd } from '../../src/optimizers/index.ts';
import { type Call, compile, lower, type Program, slotOf } from '../../src/plan/index.ts';

/** Values as the digits they are known to, by the names of quantities; `after.N.` means after N updates. */
type Digits = Readonly<Record<string, string>>;

interface Golden {
  readonly step: Readonly<Record<string, { readonly symbol: string; readonly value: string }>>;
  readonly frozenBiases: Digits;
  readonly trainedBiases: Digits;
  readonly updatedWeightsInHiddenGradient: Digits;
  readonly printedBySource: Digits;
}

const golden: Golden = JSON.parse(readFileSync(new URL('mazur.json', import.meta.url), 'utf8'));
const batch = { inputs: [[0.05, 0.1]], targets: [[0.01, 0.99]] };

function mazur(frozen: readonly string[]): Network {
  const layer = { type: 'dense', units: 2, activation: 'sigmoid' };
  const parameters = {
    'layers.0.weight': [
      [0.15, 0.2],
      [0.25, 0.3],
    ],
    'layers.0.bias': [0.35, 0.35],
    'layers.1.weight': [
      [0.4, 0.45],
      [0.5, 0.55],
    ],
    'layers.1.bias': [0.6, 0.6],
  };
  return networkFrom({ input: [2], layers: [layer, layer], loss: 'quadratic', parameters, frozen }, 'mazur');
}

const biases = ['layers.0.bias', 'layers.1.bias'];
const frozen = mazur(biases);
const optimizer = sgd({ learningRate: 0.5 });

/** The program ready to run with the network's parameters. */
function prepare(program: Program, keep: readonly string[], carry: boolean): Executable {
  const executable = referenceBackend().prepare(lower(program, { keep, carry }), 1);
  for (const [name, { data }] of Object.entries(program.network.parameters)) executable.write(name, data);
  executable.write('learningRate', [optimizer.learningRate]);
  return executable;
}

/** Checks `after.N.NAME` for every entry, forward from the parameters after N updates. */
function expectAfter(program: Program, digits: Digits): void {
  const executable = prepare(program, ['loss', program.output], true);
  const samples = samplesOf(program.network, batch);
  const wanted = Object.entries(digits).map(([id, text]) => {
    const [, updates, name] = /^after\.(\d+)\.(.+)$/.exec(id) ?? [];
    return { id, text, updates: Number(updates), name };
  });
  const last = Math.max(...wanted.map(({ updates }) => updates));
  // The run with `done` updates behind it computes its loss and outputs before its own update.
  for (let done = 0; done <= last; done++) {
    executable.runSteps(samples, Uint32Array.of(0), 1, done + 1);
    for (const { id, text, name } of wanted.filter(({ updates }) => updates === done)) {
      expect(digitsOf(element(executable, name), text), id).toBe(text);
    }
  }
}

/** One element by its public name: `layers.1.weight[0,1]`. */
function element(executable: Executable, id: string): number {
  const [, name, index] = /^([^[]+)(?:\[([\d,]+)\])?$/.exec(id) ?? [];
  const { shape } = slotOf(executable.plan.program, name);
  return executable.read(name)[offsetOf(shape, index === undefined ? [] : index.split(',').map(Number))];
}

/** A value to as many decimals as a text has. */
const digitsOf = (value: number, like: string) => value.toFixed(like.length - like.indexOf('.') - 1);

describe('the first step', () => {
  const program = compile(frozen, optimizer);
  const executable = prepare(program, [...program.slots.keys()], false);
  executable.run(samplesOf(frozen, batch), Uint32Array.of(0));

  test.each(Object.entries(golden.step))('%s', (id, { value }) => {
    expect(digitsOf(element(executable, id), value)).toBe(value);
  });

  test('gradients() gives the same, and those of the frozen biases', () => {
    const { loss, outputs, gradients: found } = gradients(frozen, batch);
    expect(digitsOf(loss, golden.step.loss.value)).toBe(golden.step.loss.value);
    expect(outputs).toEqual([[...executable.read('layers.1.a')]]);
    for (const name of Object.keys(frozen.parameters)) {
      expect(found[name].data).toEqual(executable.read(`${name}.grad`));
    }
    expect(found['layers.1.bias'].data).toEqual(executable.read('layers.1.delta'));
  });
});

describe('many steps', () => {
  test('with frozen biases', () => expectAfter(compile(frozen, optimizer), golden.frozenBiases));

  test('with trained biases', () => expectAfter(compile(mazur([]), optimizer), golden.trainedBiases));
});

describe('the figures the source prints', () => {
  const mistaken = updatedWeightsInHiddenGradient(compile(frozen, optimizer));

  test('come from a hidden gradient that reads the output weights already updated', () => {
    expectAfter(mistaken, golden.updatedWeightsInHiddenGradient);
    expectAfter(mistaken, golden.printedBySource);
  });

  test('do not come from the right gradient', () => {
    expect(() => expectAfter(compile(frozen, optimizer), golden.printedBySource)).toThrow();
  });
});

/** The program with the mistake: the output layer is updated first, and its new weights hand the error back. */
function updatedWeightsInHiddenGradient(program: Program): Program {
  const updated = program.calls.filter(({ output }) => output === 'layers.1.weight.next');
  const calls = program.calls.flatMap((call): Call[] => {
    if (updated.includes(call)) return [];
    if (call.kernel.name !== 'backpropagate' || call.origin.layer !== 1) return [call];
    return [...updated, { ...call, inputs: { ...call.inputs, weight: 'layers.1.weight.next' } }];
  });
  return { ...program, calls };
}
