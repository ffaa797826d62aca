// The four equations in matrix form, and their simplifications, as the program has them.
import { describe, expect, it } from 'vitest';
import { conv2d, dense, flatten } from '../layers/index.ts';
import { network } from '../network/index.ts';
import { sgd } from '../optimizers/index.ts';
import { compile } from '../plan/index.ts';
import { showMatrix } from '../symbolic/index.ts';
import { matrixSteps } from './matrix-steps.ts';

describe('a network of two dense layers', () => {
  const steps = matrixSteps(compile(network([dense(3, 'tanh'), dense(2, 'softmax')], { input: 2 }), sgd()));
  const formulaOf = (slot: string) => {
    const step = steps.find((one) => one.slot === slot);
    return step && [step.rule, showMatrix(step.expression)];
  };

  it('has BP1 and BP2 with ∂C/∂a written out, BP3 and BP4 over the batch', () => {
    expect(formulaOf('layers.1.delta')).toEqual(['BP1', 'Jacobian(layers.1.a)ᵀ · logLikelihood′(layers.1.a, target)']);
    expect(formulaOf('layers.0.delta')).toEqual(['BP2', '(layers.1.weightᵀ · layers.1.delta) ⊙ tanh′(layers.0.z)']);
    expect(formulaOf('layers.1.bias.grad')).toEqual(['BP3', 'mean(layers.1.delta)']);
    expect(formulaOf('layers.1.weight.grad')).toEqual(['BP4', 'mean(layers.1.delta · layers.0.aᵀ)']);
  });

  it('has what δ simplifies to behind a softmax, and only that', () => {
    const simplified = steps.flatMap(({ slot, simplified }) => (simplified ? [[slot, showMatrix(simplified)]] : []));
    expect(simplified).toEqual([['layers.1.delta', 'layers.1.a · Σ(target) − target']]);
  });

  it('is in the order of computing, without ∂C/∂a as quantities of their own', () => {
    const phases = steps.map(({ phase }) => phase);
    expect([...new Set(phases)]).toEqual(['forward', 'loss', 'backward', 'update']);
    expect(steps.map(({ slot }) => slot).filter((slot) => /(input|\.a)\.grad$/.test(slot))).toEqual([]);
    expect(steps.find(({ slot }) => slot === 'loss')?.layer).toBeNull();
  });
});

it('a layer without activation hands its error on under its own name', () => {
  const net = network([conv2d(1, 2, 'tanh'), flatten(), dense(2, 'sigmoid')], { input: [1, 3, 3] });
  const steps = matrixSteps(compile(net, sgd()));
  const [flat, kernel] = ['layers.1.delta', 'layers.0.delta'].map((slot) => steps.find((one) => one.slot === slot));
  expect(flat && showMatrix(flat.expression)).toBe('layers.2.weightᵀ · layers.2.delta');
  expect(kernel && showMatrix(kernel.expression)).toMatch(/^reshape\(layers\.1\.delta.*\) ⊙ tanh′\(layers\.0\.z\)$/);
});
