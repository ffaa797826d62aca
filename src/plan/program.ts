// The canonical program: an ordered list of kernel calls over named slots, each written once. Pure data.
import { ChainruleError, didYouMean } from '../errors.ts';
import type { Attributes, Kernel, Operand } from '../kernels/index.ts';
import { type Shape, showShape } from '../memory/index.ts';
import type { Network } from '../network/index.ts';
import { type Expression, type MatrixExpression, showMatrix } from '../symbolic/index.ts';

/** What a slot is for. */
export type Role = 'input' | 'parameter' | 'activation' | 'index' | 'gradient' | 'state' | 'next';

/** The part of a step a call belongs to. */
export type Phase = 'forward' | 'loss' | 'backward' | 'update';

/** A named quantity. */
export interface Slot {
  readonly name: string;
  /** The shape of one sample, where it is per sample. */
  readonly shape: Shape;
  readonly perSample: boolean;
  readonly role: Role;
}

/** One kernel call. */
export interface Call {
  readonly kernel: Kernel;
  /** Slots by the kernel's port names. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly output: string;
  readonly attributes: Attributes;
  readonly origin: {
    /** The layer's number; null for the loss. */
    readonly layer: number | null;
    readonly phase: Phase;
    /** The equation's name in the field: `BP1` … `BP4`. */
    readonly rule?: string;
  };
}

/** One optimisation step of a network, its loss and its optimizer. */
export interface Program {
  readonly network: Network;
  readonly slots: ReadonlyMap<string, Slot>;
  readonly calls: readonly Call[];
  /** Other names of slots: a layer without activation has `a` for `z`. */
  readonly aliases: ReadonlyMap<string, string>;
  /** What becomes what when the step ends: `layers.0.weight.next` → `layers.0.weight`. */
  readonly carries: readonly { readonly from: string; readonly to: string }[];
  /** Calls that may replace the one with the same output: the same value by fewer and safer operations. */
  readonly simplifications: readonly Call[];
  /** The slot of the network's output. */
  readonly output: string;
}

/**
 * The slot of a public name, aliases followed.
 * @throws ChainruleError `unknown-name`, with the nearest name
 */
export function slotOf(program: Program, name: string): Slot {
  const slot = program.slots.get(program.aliases.get(name) ?? name);
  if (slot !== undefined) return slot;
  const names = [...program.slots.keys(), ...program.aliases.keys()];
  throw new ChainruleError('unknown-name', `there is no quantity "${name}"${didYouMean(name, names)}.`);
}

/** The call that writes a slot, or undefined for inputs, parameters and states. */
export function callOf(program: Pick<Program, 'calls'>, slot: string): Call | undefined {
  return program.calls.find((call) => call.output === slot);
}

/** A slot as a symbolic form's operand. */
function operand(program: Program, name: string, sample: string): Operand {
  const { shape, perSample } = slotOf(program, name);
  return {
    slot: name,
    shape,
    perSample,
    at: (...index) => ({ kind: 'element', slot: name, index, sample: perSample ? sample : null }),
  };
}

/** What element `index` of a call's output is, as an expression over its input slots. */
export function elementOf(program: Program, call: Call, index: readonly (number | string)[], sample = 's'): Expression {
  const inputs = Object.fromEntries(
    Object.entries(call.inputs).map(([port, slot]) => [port, operand(program, slot, sample)]),
  );
  return call.kernel.element(index, inputs, call.attributes);
}

/** What the whole output of a call is. */
export function matrixOf(call: Call): MatrixExpression {
  return call.kernel.matrix(call.inputs, call.attributes);
}

/** The program as text, a line a call: output and shape, formula, kernel, equation. */
export function showProgram(program: Program): string {
  const line = (call: Call): string[] => {
    const slot = slotOf(program, call.output);
    const shape = `${slot.perSample ? 'm × ' : ''}${showShape(slot.shape)}`;
    const rule = call.origin.rule === undefined ? '' : ` (${call.origin.rule})`;
    return [call.output, shape, `= ${showMatrix(matrixOf(call))}`, `${call.kernel.name}${rule}`];
  };
  const sections = (['forward', 'loss', 'backward', 'update'] as const).map((phase) => ({
    phase,
    lines: program.calls.filter((call) => call.origin.phase === phase).map(line),
  }));
  const all = sections.flatMap(({ lines }) => lines);
  const widths = [0, 1, 2].map((column) => Math.max(0, ...all.map((cells) => cells[column].length)));
  const show = (cells: string[]) => `  ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')}`.trimEnd();
  return sections
    .filter(({ lines }) => lines.length > 0)
    .map(({ phase, lines }) => `${phase}\n${lines.map(show).join('\n')}`)
    .join('\n');
}
