// Derivations made by walking the canonical program: its calls, their symbolic forms and the values in its slots.
import { type Executable, referenceBackend } from '../backends/index.ts';
import { ChainruleError } from '../errors.ts';
import { sampleIndex } from '../kernels/index.ts';
import { offsetOf } from '../memory/index.ts';
import { type Network, requireBatch } from '../network/index.ts';
import { sgd } from '../optimizers/index.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { parseWith, size } from '../options.ts';
import { type Call, callOf, compile, elementOf, lower, type Program, slotOf } from '../plan/index.ts';
import { derivative, type Element, type Expression, elementsOf, rewrite } from '../symbolic/index.ts';
import type { Afterwards, Derivation, Step } from './derivation.ts';
import { expand } from './expand.ts';
import { type Batch, samplesOf } from './gradients.ts';
import { allIndices, elementsNamed, quantityName } from './quantities.ts';

/** What to derive. */
export interface ExplainOptions extends Batch {
  /** η; the optimizer's or the network's own unless given. */
  readonly learningRate?: number;
  /** Which step on this batch to derive, counted from 1: the ones before it are carried out first. 1 unless given. */
  readonly steps?: number;
  /** Plain gradient descent unless given. */
  readonly optimizer?: Optimizer;
  /** What each class's samples count in the loss; 1 unless given. */
  readonly classWeights?: readonly number[];
  /** Names of the quantities to derive, `layers.0.weight.grad[0,1]`, instead of all; what they read comes with them. */
  readonly of?: readonly string[];
}

/** The most quantities that are derived unless some are named. */
const mostSteps = 20_000;

/**
 * The worked derivation of one optimisation step, in float64.
 * @example
 * const derivation = explain(net, { inputs: [[0.05, 0.1]], targets: [[0.01, 0.99]], learningRate: 0.5 });
 * derivation.steps.find(({ id }) => id === 'layers.1.weight.grad[0,0]')?.value // 0.082167041
 * @throws ChainruleError where the batch does not fit the network, or a quantity does not exist
 */
export function explain(net: Network, options: ExplainOptions): Derivation {
  const rate = options.learningRate ?? net.learningRate;
  const optimizer = options.optimizer ?? sgd(rate === undefined ? {} : { learningRate: rate });
  const step = parseWith(size, options.steps ?? 1, 'steps');
  const program = compile(net, optimizer, { classWeights: options.classWeights });
  const count = options.inputs.length;
  const data = samplesOf(net, options);
  requireBatch(net, count, 'the batch', 'give more samples');
  const rows = Uint32Array.from(options.inputs.keys());

  const start = prepare(program, net, rate ?? optimizer.learningRate, { carry: true, keep: ['loss'] }, count);
  for (let n = 1; n < step; n++) start.runSteps(data, rows, count, n);
  // Everything observed and nothing carried over: each slot keeps the value it was given.
  const now = prepare(
    program,
    net,
    rate ?? optimizer.learningRate,
    { carry: false, keep: [...program.slots.keys()] },
    count,
  );
  for (const { to } of program.carries) now.write(to, start.read(to));
  now.runSteps(data, rows, count, step);
  const values = new Map([...program.slots.keys()].map((name) => [name, now.read(name)]));
  const value = valueReader(program, values);

  const walker = new Walker(program, count, value);
  const derivation = { program, step, samples: count, value };
  if (options.of !== undefined) return { ...derivation, steps: walker.around(options.of), after: [] };
  return {
    ...derivation,
    steps: walker.all(),
    after: afterwards(start, program, data, rows, step, options.classWeights),
  };
}

function prepare(
  program: Program,
  net: Network,
  rate: number,
  options: { readonly carry: boolean; readonly keep: readonly string[] },
  capacity: number,
): Executable {
  const parameters = Object.keys(net.parameters);
  const executable = referenceBackend().prepare(
    lower(program, { ...options, keep: [...options.keep, ...parameters] }),
    capacity,
  );
  for (const name of parameters) executable.write(name, net.parameters[name].data);
  if (program.slots.has('learningRate')) executable.write('learningRate', [rate]);
  return executable;
}

function valueReader(program: Program, values: ReadonlyMap<string, ArrayLike<number>>): Derivation['value'] {
  return ({ slot, index, sample }) => {
    const { name, shape } = slotOf(program, slot);
    const position = index.map(Number);
    const place = sample === null ? offsetOf(shape, position) : offsetOf([1, ...shape], [Number(sample), ...position]);
    const found = values.get(name)?.[place];
    if (found === undefined) throw new Error(`no value for ${slot}[${index.join(',')}]`);
    return found;
  };
}

/** The loss and the outputs once the step has been carried out, as a prediction of the network that it made. */
function afterwards(
  start: Executable,
  program: Program,
  data: ReturnType<typeof samplesOf>,
  rows: Uint32Array,
  step: number,
  classWeights: ExplainOptions['classWeights'],
): Afterwards[] {
  if (program.carries.length === 0) return [];
  start.runSteps(data, rows, rows.length, step);
  const prediction = compile(program.network, undefined, { mode: 'prediction', classWeights });
  const next = referenceBackend().prepare(lower(prediction, { keep: ['loss', program.output] }), rows.length);
  for (const name of next.plan.places.keys()) {
    if (slotOf(program, name).role === 'parameter') next.write(name, start.read(name));
  }
  next.run(data, rows);
  const output = slotOf(program, program.output);
  const outputs = next.read(output.name);
  const loss: Element = { kind: 'element', slot: 'loss', index: [], sample: null };
  const elements = Array.from(rows, (_, s) =>
    allIndices(output.shape).map((index): Element => ({ kind: 'element', slot: program.output, index, sample: s })),
  );
  return [
    { id: `after.${step}.loss`, element: loss, value: next.read('loss')[0] },
    ...elements.flat().map((element, i) => ({
      id: `after.${step}.${quantityName(element, rows.length)}`,
      element,
      value: outputs[i],
    })),
  ];
}

/** Whether a call makes a parameter's gradient from δ. */
const isGradient = ({ origin }: Call) => origin.rule === 'BP3' || origin.rule === 'BP4';

/** Makes the steps of a derivation from the program's calls. */
class Walker {
  private readonly program: Program;
  private readonly samples: number;
  private readonly value: Derivation['value'];
  private readonly hidden: ReadonlySet<string>;

  constructor(program: Program, samples: number, value: Derivation['value']) {
    this.program = program;
    this.samples = samples;
    this.value = value;
    // ∂C/∂a is a factor of δ, not a quantity of its own, where an activation stands between the two.
    const gradients = [...program.slots.keys()].filter((name) => name.endsWith('.a.grad') || name === 'input.grad');
    this.hidden = new Set(gradients);
  }

  all(): Step[] {
    const calls = this.program.calls.filter(({ output }) => !this.hidden.has(output));
    const elements = calls.reduce((total, { output }) => {
      const { shape, perSample } = slotOf(this.program, output);
      return total + shape.reduce((n, axis) => n * axis, perSample ? this.samples : 1);
    }, 0);
    if (elements > mostSteps) {
      throw new ChainruleError(
        'bad-option',
        `this step has ${elements.toLocaleString('en')} quantities, more than can be read; name the ones to derive, such as layers.0.weight.grad[0,0].`,
      );
    }
    return calls.flatMap((call) =>
      elementsNamed(this.program, call.output, this.samples).map((element) => this.step(call, element)),
    );
  }

  /** The named quantities and those they read, in the order of computing. */
  around(names: readonly string[]): Step[] {
    const steps = new Map<string, Step>();
    const addStep = (element: Element): Step | undefined => {
      const call = callOf(this.program, element.slot);
      if (call === undefined) return undefined;
      const step = this.step(call, element);
      steps.set(step.id, step);
      return step;
    };
    for (const element of names.flatMap((name) => elementsNamed(this.program, name, this.samples))) {
      const step = addStep(element);
      if (step !== undefined) for (const used of elementsOf(step.expression).slice(0, 200)) addStep(used);
    }
    const order = new Map(this.program.calls.map(({ output }, position) => [output, position]));
    return [...steps.values()].sort((a, b) => (order.get(a.element.slot) ?? 0) - (order.get(b.element.slot) ?? 0));
  }

  private step(call: Call, element: Element): Step {
    const expression = expand(this.formula(call, element), this.samples);
    const shorter = this.program.simplifications.find(
      ({ output }) => output === call.output && call.origin.phase === 'backward',
    );
    return {
      id: quantityName(element, this.samples),
      phase: call.origin.phase,
      element,
      expression,
      ...this.chain(call, element, expression),
      ...(shorter && { simplified: expand(this.concrete(shorter, element), this.samples) }),
      ...(call.origin.rule && { rule: call.origin.rule }),
      value: this.value(element),
      uses: elementsOf(expression).map((used) => quantityName(used, this.samples)),
    };
  }

  /** The element's symbolic form with its hidden quantities written out and the chain's factors named. */
  private formula(call: Call, element: Element): Expression {
    const form = this.concrete(call, element);
    return isGradient(call)
      ? rewrite(form, { factors: (factors) => this.chainFactors(call, element, factors) })
      : rewrite(form, { element: (used) => this.errorFactor(used) });
  }

  /** A parameter's gradient with its δ written out: where one sample and one δ make it, so that it is one chain of factors. */
  private chain(call: Call, element: Element, gradient: Expression): Pick<Step, 'chain'> {
    if (this.samples > 1 || !isGradient(call)) return {};
    const delta = this.deltaOf(call);
    const deltas = elementsOf(gradient).filter(({ slot }) => slot === delta);
    const deltaCall = callOf(this.program, delta);
    if (deltas.length !== 1 || deltaCall === undefined) return {};
    const form = rewrite(this.formula(call, element), {
      element: (used) => (used.slot === delta ? this.formula(deltaCall, used) : used),
    });
    return { chain: expand(form, 1) };
  }

  /** The slot of a layer's δ. */
  private deltaOf(call: Call): string {
    return slotOf(this.program, `layers.${call.origin.layer}.delta`).name;
  }

  private concrete(call: Call, element: Element): Expression {
    const form = elementOf(this.program, call, element.index);
    return this.ofSample(form, element.sample);
  }

  /** ∂C/∂a, written out as what it comes to. */
  private errorFactor(used: Element): Expression {
    const call = this.hidden.has(used.slot) ? callOf(this.program, used.slot) : undefined;
    if (call === undefined) return used;
    const loss: Element = { kind: 'element', slot: 'loss', index: [], sample: used.sample };
    const activation: Element = { ...used, slot: used.slot.slice(0, -'.grad'.length) };
    const body = elementOf(this.program, call, used.index);
    return derivative(loss, activation, this.ofSample(body, used.sample));
  }

  /** A symbolic form for one sample: its letter replaced where a sample is meant. */
  private ofSample(form: Expression, sample: Element['sample']): Expression {
    return sample === null ? form : rewrite(form, { index: (index) => (index === sampleIndex ? sample : index) });
  }

  /** In a product of a parameter's gradient, what stands beside δ is ∂z/∂w, z the weighted input that the δ is of. */
  private chainFactors(call: Call, gradient: Element, factors: readonly Expression[]): readonly Expression[] {
    const slot = this.deltaOf(call);
    const isDelta = (factor: Expression): factor is Element => factor.kind === 'element' && factor.slot === slot;
    const delta = factors.find(isDelta);
    if (delta === undefined) return factors;
    const z: Element = { ...delta, slot: `layers.${call.origin.layer}.z` };
    const parameter: Element = { ...gradient, slot: gradient.slot.replace(/\.grad(\.data)?$/, '') };
    return factors.map((factor) =>
      factor.kind === 'element' && !isDelta(factor) ? derivative(z, parameter, factor) : factor,
    );
  }
}
