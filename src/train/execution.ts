// What would compute a network's training, asked without training it.
import { autoBackend, type Backend } from '../backends/index.ts';
import type { Network } from '../network/index.ts';
import { sgd } from '../optimizers/index.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { compile, lower } from '../plan/index.ts';
import type { Execution } from './training.ts';

/** What a training would be given, as far as it decides what computes. */
export interface ExecutionOptions {
  /** `sgd` unless given. */
  readonly optimizer?: Optimizer;
  /** Samples a step; 10 unless given. */
  readonly batch?: number;
  /** WebAssembly unless given, or the float64 reference where there is none. */
  readonly backend?: Backend;
}

/**
 * The backend that would run a network's training steps, the most threads it may use, and the kernels it lacks.
 * @example executionOf(net).fallbacks // [] where every kernel runs on the backend itself
 */
export function executionOf(net: Network, options: ExecutionOptions = {}): Execution {
  const backend = options.backend ?? autoBackend();
  const plan = lower(compile(net, options.optimizer ?? sgd()), { keep: ['loss'], carry: true });
  const executable = backend.prepare(plan, options.batch ?? 10);
  const { fallbacks } = executable;
  executable.dispose();
  return { backend: backend.name, threads: backend.threads ?? 1, fallbacks };
}
