// The prediction program said in another language: ONNX nodes, lines of JavaScript. What a kernel is there is a table's business.
import * as activations from '../activations/index.ts';
import { ChainruleError } from '../errors.ts';
import * as kernels from '../kernels/index.ts';
import { type Kernel, letters } from '../kernels/index.ts';
import type { Shape } from '../memory/index.ts';
import type { Network } from '../network/index.ts';
import type { Expression } from '../symbolic/index.ts';
import { compile } from './compile.ts';
import { type Call, callOf, elementOf, slotOf } from './program.ts';

/** The kernels that layers of the house predict with; those of their activations are apart. */
const predicting = {
  affine: kernels.affine,
  averagePool: kernels.averagePool,
  channelMean: kernels.channelMean,
  convolution: kernels.convolution,
  convolutionWithoutBias: kernels.convolutionWithoutBias,
  identity: kernels.identity,
  maxPool: kernels.maxPool,
  reshape: kernels.reshape,
  scaleChannels: kernels.scaleChannels,
  weightedSum: kernels.weightedSum,
} as const;

/** A call as its rule sees it; `Value` is what stands for a slot in the other language. */
export interface Translated<Value> {
  readonly call: Call;
  readonly shape: Shape;
  /** What stands for the slot behind a port; what computes it is said first. */
  input(port: string): Value;
  inputShape(port: string): Shape;
  /** The call of this kernel that computes the slot behind a port, for a rule that says two calls as one. */
  inputCall(port: string, kernel: Kernel): Translated<Value>;
}

/** How one kernel's call is said. */
export type Rule<Value> = (call: Translated<Value>) => Value;

/** How every kernel is said, and the slots that no kernel writes. */
export interface Rules<Value> {
  /** What the other language is called, for an error's sentence. */
  readonly language: string;
  readonly kernels: Readonly<Record<keyof typeof predicting, Rule<Value>>>;
  /** Activations that the language has a word of its own for; the others are said by their formula. */
  readonly activations: Readonly<Partial<Record<keyof typeof activations, Rule<Value>>>>;
  /** An activation by what it makes of one number, `element`, whose only elements are that number. */
  formula(call: Translated<Value>, element: Expression): Value;
  /** The network's input, or a parameter. */
  given(slot: string): Value;
}

/**
 * Says the prediction of a network's output in another language: each call that it needs once, after those it depends on.
 * Activations of other packages are said by their formula; other kernels of theirs cannot be.
 * @throws ChainruleError `unsupported` at a kernel that is not of the house
 */
export function translate<Value>(net: Network, rules: Rules<Value>): Value {
  const program = compile(net, undefined, { mode: 'prediction' });
  const said = new Map<string, Value>();
  const known = rulesByKernel(rules);
  const valueFor = (slot: string): Value => {
    const found = said.get(slot);
    if (found !== undefined) return found;
    const call = callOf(program, slot);
    const value = call === undefined ? rules.given(slot) : sayCall(call);
    said.set(slot, value);
    return value;
  };
  const refuse = ({ kernel, origin }: Call): never => {
    const place = origin.layer === null ? '' : `layers[${origin.layer}] (${net.layers[origin.layer].type}): `;
    throw new ChainruleError(
      'unsupported',
      `${place}the kernel ${kernel.name} cannot be written as ${rules.language}; use layers of chainrule's own.`,
    );
  };
  const sayCall = (call: Call): Value => {
    const rule = known.get(call.kernel);
    if (rule !== undefined) return rule(translated(call));
    const { layer } = call.origin;
    const activation = layer === null ? null : net.layers[layer].activation;
    if (activation?.forward !== call.kernel || activation.joint) return refuse(call);
    return rules.formula(
      translated(call),
      elementOf(program, call, letters(slotOf(program, call.output).shape.length)),
    );
  };
  const translated = (call: Call): Translated<Value> => ({
    call,
    shape: slotOf(program, call.output).shape,
    input: (port) => valueFor(call.inputs[port]),
    inputShape: (port) => slotOf(program, call.inputs[port]).shape,
    inputCall(port, kernel) {
      const behind = callOf(program, call.inputs[port]);
      return behind?.kernel === kernel ? translated(behind) : refuse(call);
    },
  });
  // Layer by layer, so that the depth of calls does not grow with the network's.
  const outputs = net.layers.map((_, index) => valueFor(slotOf(program, `layers.${index}.a`).name));
  return outputs[outputs.length - 1];
}

/** By identity, so that a kernel of another package with a name of ours is not mistaken for it. */
function rulesByKernel<Value>(rules: Rules<Value>): Map<Kernel, Rule<Value>> {
  const known = new Map<Kernel, Rule<Value>>();
  const house: Readonly<Record<string, Kernel>> = predicting;
  for (const [name, rule] of Object.entries(rules.kernels)) known.set(house[name], rule);
  const applied: Readonly<Record<string, { readonly forward: Kernel }>> = activations;
  for (const [name, rule] of Object.entries(rules.activations)) known.set(applied[name].forward, rule);
  return known;
}
