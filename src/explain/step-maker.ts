// The steps of a derivation: a program's calls in their symbolic forms, element by element, with the values of its slots.
import { sampleIndex } from '../kernels/index.ts';
import { type Call, callOf, elementOf, type Program } from '../plan/index.ts';
import { derivative, type Element, type Expression, elementsOf, rewrite } from '../symbolic/index.ts';
import type { Derivation, Step } from './derivation.ts';
import { expand } from './expand.ts';
import { deltaOf, errorSlots, isGradient, simplificationOf } from './program-reading.ts';
import { quantityName } from './quantities.ts';

/** Makes the steps of a derivation from the program's calls. */
export class StepMaker {
  private readonly program: Program;
  private readonly samples: number;
  private readonly value: Derivation['value'];
  private readonly hidden: ReadonlySet<string>;

  constructor(program: Program, samples: number, value: Derivation['value']) {
    this.program = program;
    this.samples = samples;
    this.value = value;
    this.hidden = errorSlots(program);
  }

  /** The quantity of an element that a call writes; undefined for what is given: inputs, parameters and states. */
  stepOf(element: Element): Step | undefined {
    const call = callOf(this.program, element.slot);
    return call && this.step(call, element);
  }

  /** What an element is, with every sum written out; undefined for what is given. */
  definition(element: Element): Expression | undefined {
    const call = callOf(this.program, element.slot);
    return call && expand(this.formula(call, element), this.samples);
  }

  private step(call: Call, element: Element): Step {
    const expression = expand(this.formula(call, element), this.samples);
    const shorter = simplificationOf(this.program, call);
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
    const delta = deltaOf(this.program, call);
    const deltas = elementsOf(gradient).filter(({ slot }) => slot === delta);
    const deltaCall = callOf(this.program, delta);
    if (deltas.length !== 1 || deltaCall === undefined) return {};
    const form = rewrite(this.formula(call, element), {
      element: (used) => (used.slot === delta ? this.formula(deltaCall, used) : used),
    });
    return { chain: expand(form, 1) };
  }

  private concrete(call: Call, element: Element): Expression {
    const form = elementOf(this.program, call, element.index);
    return ofSample(form, element.sample);
  }

  /** ∂C/∂a, written out as what it comes to. */
  private errorFactor(used: Element): Expression {
    const call = this.hidden.has(used.slot) ? callOf(this.program, used.slot) : undefined;
    if (call === undefined) return used;
    const loss: Element = { kind: 'element', slot: 'loss', index: [], sample: used.sample };
    const activation: Element = { ...used, slot: used.slot.slice(0, -'.grad'.length) };
    const body = elementOf(this.program, call, used.index);
    return derivative(loss, activation, ofSample(body, used.sample));
  }

  /** In a product of a parameter's gradient, what stands beside δ is ∂z/∂w, z the weighted input that the δ is of. */
  private chainFactors(call: Call, gradient: Element, factors: readonly Expression[]): readonly Expression[] {
    const slot = deltaOf(this.program, call);
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

/** A symbolic form for one sample: its letter replaced where a sample is meant. */
export function ofSample(form: Expression, sample: Element['sample']): Expression {
  return sample === null ? form : rewrite(form, { index: (index) => (index === sampleIndex ? sample : index) });
}
