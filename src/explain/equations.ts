// The equations of a derivation: a step's symbol, and in lines all that it is shown to equal. Where they stand is not decided here.
import type { Element, Expression } from '../symbolic/index.ts';
import type { MatrixStep, Proof, Step } from './derivation.ts';
import { type Formula, flat, whole } from './formula.ts';
import type { Equation, Line, Passage } from './layout.ts';
import { matrixFacts } from './matrix-facts.ts';
import { slotsOf } from './print-matrix.ts';
import type { Rendering } from './render.ts';

/** One quantity: what it is by name, written out, with numbers, and its value. */
export function equation(step: Step, rendering: Rendering): Equation {
  const { language } = rendering;
  const { element, value, rule, simplified, proof } = step;
  const symbol = rendering.symbol(element);
  return {
    id: step.id,
    name: rendering.symbols.of(element).text,
    symbol,
    ...(rule !== undefined && { rule }),
    passages: [
      {
        words: null,
        lines: evaluated(stages(step, rendering), step.chain ?? step.expression, symbol, value, rendering),
      },
      ...(simplified === undefined
        ? []
        : [
            {
              words: language.simplifies[simplification(element.slot, rendering)],
              lines: evaluated([rendering.write(simplified, 'bodies')], simplified, symbol, value, rendering),
            },
          ]),
      ...(proof === undefined ? [] : [proofPassage(element, proof, rendering)]),
      ...recordedPassages(element, rendering),
    ],
  };
}

/** A step's formula in stages: the chain's factors by name, written out, and unfolded further where that was asked for. */
function stages({ chain, expression, unfolded = [] }: Step, rendering: Rendering): Formula[] {
  const form = chain ?? expression;
  const deepest = unfolded[unfolded.length - 1];
  return [
    rendering.write(form, 'names'),
    rendering.write(form, 'bodies'),
    ...unfolded.map((further) => rendering.write(further, 'bodies')),
    ...(deepest === undefined ? [] : [rendering.write(deepest, 'numbers')]),
  ];
}

/** Stages, then the formula with its numbers, then its value; nothing twice. */
function evaluated(
  formulas: readonly Formula[],
  form: Expression,
  symbol: string,
  value: number,
  rendering: Rendering,
): Line[] {
  const shown = rendering.number(value);
  const substituted = rendering.write(form, 'numbers');
  const lines = distinct([...formulas, substituted], [symbol, shown]);
  const isRounded = flat(substituted) !== shown && rendering.isRounded(form, value);
  return [...lines.map(equal), { relation: isRounded ? '≈' : '=', formula: whole(shown) }];
}

const equal = (formula: Formula): Line => ({ relation: '=', formula });

/** The formulas that say something new. */
function distinct(formulas: readonly Formula[], said: readonly string[]): Formula[] {
  const seen = new Set(said);
  return formulas.filter((formula) => {
    const text = flat(formula);
    return seen.has(text) ? false : seen.add(text);
  });
}

/** Why δ simplifies, by the kernel that computes the shorter form. */
function simplification(slot: string, { derivation, language }: Rendering): keyof typeof language.simplifies {
  const call = derivation.program.simplifications.find(({ output }) => output === slot);
  const name = call?.kernel.name;
  return name === 'outputError' || name === 'softmaxOutputError' ? name : 'other';
}

/** (C(w + h) − C(w − h)) / 2h */
function proofPassage(gradient: Element, { numeric, error }: Proof, rendering: Rendering): Passage {
  const loss = rendering.symbol({ kind: 'element', slot: 'loss', index: [], sample: null });
  const w = rendering.symbol({ ...gradient, slot: gradient.slot.replace(/\.grad(\.data)?$/, '') });
  const quotient =
    rendering.format === 'latex'
      ? `\\frac{${loss}(${w} + h) - ${loss}(${w} - h)}{2h}`
      : `(${loss}(${w} + h) − ${loss}(${w} − h)) / 2h`;
  return {
    words: rendering.language.proof(error.toExponential(1)),
    lines: [{ relation: '', formula: whole(`${quotient} = ${rendering.number(numeric)}`) }],
  };
}

/** What the recorded training itself got. */
function recordedPassages(element: Element, rendering: Rendering): Passage[] {
  const { recorded } = rendering.derivation;
  const value = recorded?.value(element);
  if (recorded === undefined || value === undefined) return [];
  return [
    {
      words: rendering.language.trained(recorded.dtype === 'F32' ? 'float32' : 'float64'),
      lines: [{ relation: '', formula: whole(rendering.number(value)) }],
    },
  ];
}

/** One call on whole matrices: with its numbers where they are few, else with what can be said of them. */
export function matrixEquation(step: MatrixStep, rendering: Rendering): Equation {
  const { program } = rendering.derivation;
  const { slot, expression, simplified, rule } = step;
  const symbol = rendering.symbols.matrix(slot);
  const written = symbol[rendering.format];
  const result = { kind: 'slot', slot } as const;
  const isShown = [result, expression]
    .flatMap((form) => slotsOf(form, program))
    .every((used) => rendering.isSmall(used));
  const linesOf = (form: MatrixStep['expression']): Line[] => {
    const formulas = [rendering.writeMatrix(form, 'names')];
    if (isShown) formulas.push(rendering.writeMatrix(form, 'numbers'), rendering.writeMatrix(result, 'numbers'));
    return distinct(formulas, [written]).map(equal);
  };
  const facts = isShown ? [] : matrixFacts(step, rendering);
  return {
    id: slot,
    name: symbol.text,
    symbol: written,
    ...(rule !== undefined && { rule }),
    passages: [
      { words: null, lines: linesOf(expression) },
      ...(simplified === undefined
        ? []
        : [{ words: rendering.language.simplifies[simplification(slot, rendering)], lines: linesOf(simplified) }]),
      ...(facts.length === 0 ? [] : [{ words: rendering.language.sizes, lines: facts }]),
    ],
  };
}

/** A value that nothing more is said of. */
export function valueEquation(id: string, element: Element, value: number, rendering: Rendering): Equation {
  return {
    id,
    name: rendering.symbols.of(element).text,
    symbol: rendering.symbol(element),
    passages: [{ words: null, lines: [equal(whole(rendering.number(value)))] }],
  };
}
