// Definitions put in place of quantities: what an unfolded formula is made of, and where unfolding ends.
import { describe, expect, it } from 'vitest';
import mazurNetwork from '../../examples/mazur.json' with { type: 'json' };
import { networkFrom } from '../formats/index.ts';
import { dense } from '../layers/index.ts';
import { network } from '../network/index.ts';
import { elementsOf, evaluate } from '../symbolic/index.ts';
import { explain } from './explain.ts';

const mazur = networkFrom(mazurNetwork, 'examples/mazur.json');
const sample = { inputs: [[0.05, 0.1]], targets: [[0.01, 0.99]] };

function unfolded(of: string, depth: number) {
  const derivation = explain(mazur, { ...sample, of: [of], depth });
  const step = derivation.steps.find(({ id }) => id === of);
  if (step?.unfolded === undefined) throw new Error(`${of} was not unfolded`);
  return { derivation, value: step.value, forms: step.unfolded };
}

describe('unfolding', () => {
  it('goes one definition further in each entry, each with the same value', () => {
    const { derivation, value, forms } = unfolded('layers.1.weight.grad[0,0]', 2);
    const slots = forms.map((form) => [...new Set(elementsOf(form).map(({ slot }) => slot))]);
    expect(slots).toEqual([
      ['layers.1.a', 'target', 'layers.0.z'],
      ['layers.1.z', 'target', 'layers.0.weight', 'input', 'layers.0.bias'],
    ]);
    for (const form of forms) expect(evaluate(form, { element: derivation.value, samples: 1 })).toBeCloseTo(value, 15);
  });

  it('ends at inputs, targets, parameters and settings, however deep it was asked for', () => {
    const { derivation, forms } = unfolded('layers.0.weight.next[0,0]', 100);
    const roles = new Set(
      elementsOf(forms[forms.length - 1]).map(({ slot }) => derivation.program.slots.get(slot)?.role),
    );
    expect(roles).toEqual(new Set(['input', 'parameter']));
    expect(forms.length).toBeLessThan(12);
  });

  it('is of the quantities that were named, and not of those that they read', () => {
    const { derivation } = unfolded('layers.1.z[0]', 1);
    const [read, named] = ['layers.0.a[0]', 'layers.1.z[0]'].map((id) =>
      derivation.steps.find((step) => step.id === id),
    );
    expect(read?.unfolded).toBeUndefined();
    expect(named?.unfolded).toHaveLength(1);
  });

  it('refuses a formula too large to read, says how large it would be, and how deep one may go', () => {
    const wide = network([dense(100, 'sigmoid'), dense(100, 'sigmoid'), dense(10, 'softmax')], { input: 784, seed: 1 });
    const digit = { inputs: [Array(784).fill(0.5)], targets: [Array(10).fill(0.1)] };
    const of = ['layers.2.z[0]'];
    // 100 weights and a bias beside 100 activations, of 100 weights and a bias beside 100 of 784 · 2 + 1 each.
    expect(() => explain(wide, { ...digit, of, depth: 9 })).toThrow(
      `layers.2.z[0] unfolded 9 times would be made of ${(100 + 1 + 100 * (100 + 1 + 100 * (784 * 2 + 1))).toLocaleString('en')} quantities, more than can be read; ask for a depth of at most 3.`,
    );
    expect(explain(wide, { ...digit, of, depth: 3 }).steps.at(-1)?.unfolded).toHaveLength(3);
  });
});
