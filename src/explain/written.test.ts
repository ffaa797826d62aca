// Quantities in a notation for those who lay them out themselves: the symbols and values of derivations, piece by piece.
import { describe, expect, test } from 'vitest';
import { dense } from '../layers/index.ts';
import { network } from '../network/index.ts';
import { explain } from './explain.ts';
import { renderEquations } from './html/index.ts';
import * as notations from './notations/index.ts';
import { renderJson } from './render-json.ts';
import { writtenQuantities } from './written.ts';

const net = network([dense(3, 'sigmoid'), dense(2, 'sigmoid')], { input: 2, seed: 1 });
const batch = { inputs: [[0.05, 0.1]], targets: [[0.01, 0.99]], learningRate: 0.5 };
const derivation = explain(net, batch);

describe.each(Object.keys(notations))('in the notation %s', (notation) => {
  const written = writtenQuantities(derivation, { notation });

  test('the steps are those of the derivation, with the same symbols and values', () => {
    const { steps } = renderJson(derivation, { notation });
    const known = written.steps.map(({ id, phase, symbol, value, uses }) => [id, phase, symbol.latex, value, uses]);
    const after = written.after.map(({ id, symbol, value }) => [id, 'forward', symbol.latex, value, []]);
    expect([...known, ...after]).toEqual(
      steps.map(({ id, phase, symbol, value, uses }) => [id, phase, symbol, value, uses]),
    );
  });

  test('a quantity is written as its step is', () => {
    for (const { element, symbol, value, shown } of written.steps)
      expect(written.of(element)).toEqual({ symbol, value, shown });
  });

  test('what is given is written too, and all of a layer', () => {
    const weight = written.of({ slot: 'layers.0.weight', index: [2, 1], sample: null });
    expect(weight.value).toBe(net.parameters['layers.0.weight'].data[5]);
    expect(written.of({ slot: 'input', index: [1], sample: 0 }).shown).toMatch(/^0\.1/);
    expect(written.matrix('layers.0.weight').text).not.toBe(weight.symbol.text);
  });

  test('equations come one by one as MathML, of the width that is asked for', () => {
    const wide = renderEquations(derivation, { notation });
    const narrow = renderEquations(derivation, { notation, width: 30 });
    expect(wide.map(({ id }) => id)).toEqual(narrow.map(({ id }) => id));
    expect(new Set(wide.map(({ id }) => id))).toEqual(
      new Set([...written.steps.map(({ id }) => id), ...written.after.map(({ id }) => id)]),
    );
    const rows = (equations: typeof wide) =>
      equations.flatMap(({ passages }) => passages).reduce((sum, { math }) => sum + math.split('<mtr').length, 0);
    expect(rows(narrow)).toBeGreaterThan(rows(wide));
    for (const { passages } of wide) for (const { math } of passages) expect(math).toMatch(/^<math[\s\S]*<\/math>$/);
  });
});

test('there is no other notation', () => {
  expect(() => writtenQuantities(derivation, { notation: 'nielson' })).toThrow(/nielson.*nielsen/s);
});
