// The contract of a notation: how each quantity is written. What is computed never depends on it.
import type { Network } from '../../network/index.ts';
import type { Index } from '../../symbolic/index.ts';

/** A symbol as LaTeX and as plain text with Unicode mathematics. */
export interface MathSymbol {
  readonly latex: string;
  readonly text: string;
  /** Whether it needs brackets to be raised to a power: ∂E/∂w. */
  readonly compound?: boolean;
}

/** Where a neuron's symbol stands: the layer's number and its place in it, both from 0; layer −1 is the input. */
export interface Place {
  readonly layer: number;
  readonly index: readonly Index[];
}

/** The symbols of one notation, for one network. */
export interface Symbols {
  /** x_k, the network's input. */
  input(index: readonly Index[]): MathSymbol;
  /** y_j, the target. */
  target(index: readonly Index[]): MathSymbol;
  weightedInput(place: Place): MathSymbol;
  activation(place: Place): MathSymbol;
  delta(place: Place): MathSymbol;
  weight(place: Place): MathSymbol;
  bias(place: Place): MathSymbol;
  /** A quantity of a layer's own, by its name: `mask`. */
  quantity(name: string, place: Place): MathSymbol;
  /** One output's share of the loss. */
  lossTerm(index: readonly Index[]): MathSymbol;
  readonly loss: MathSymbol;
  readonly learningRate: MathSymbol;
  /** ∂C/∂symbol, where the notation has a sign of its own for it; the fraction unless given. */
  gradient?(symbol: MathSymbol): MathSymbol;
}

/** A way of writing. */
export interface Notation {
  readonly name: string;
  /** Whose it is, in a few words. */
  readonly title: { readonly en: string; readonly zh: string };
  symbols(network: Network): Symbols;
}

/** Small digits for text: 12 → ₁₂; a list is separated by commas unless each is one digit. */
export function subscript(parts: readonly (number | string)[]): string {
  const small = parts.every((part) => /^\d$/.test(String(part)));
  if (!small) return `_${parts.length > 1 ? `{${parts.join(',')}}` : parts[0]}`;
  return parts.map((part) => '₀₁₂₃₄₅₆₇₈₉'[Number(part)]).join('');
}

/** Raised digits for text: 3 → ³. */
export function superscript(part: number): string {
  return [...String(part)].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('');
}

/** An index as people count: from 1. */
export const counted = (index: Index): number | string => (typeof index === 'number' ? index + 1 : index);
