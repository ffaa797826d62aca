// Optimizers, schedules and backends from what is sent of them. Both sides use it: the page to see whether a rule would arrive as it is.
import { autoBackend, type Backend, referenceBackend, wasmBackend } from '../backends/index.ts';
import { ChainruleError } from '../errors.ts';
import type { Attributes } from '../kernels/index.ts';
import { clipped } from '../optimizers/clipped.ts';
import * as firstOrder from '../optimizers/index.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { type FullBatchOptimizer, lbfgs, lm, type Schedule, schedules } from '../train/index.ts';
import type { ScheduleDescription, SentBackend, SentOptimizer } from './messages.ts';

const optimizers: Readonly<Record<string, (settings: Attributes) => Optimizer>> = firstOrder;
const fullBatch: Readonly<Record<string, (settings: Attributes) => FullBatchOptimizer>> = { lbfgs, lm };

/** The optimizer of the house that is meant, or undefined where there is none of that name. */
export function optimizerFrom({ name, settings, clip }: SentOptimizer): Optimizer | FullBatchOptimizer | undefined {
  if (Object.hasOwn(fullBatch, name)) return fullBatch[name](settings);
  if (!Object.hasOwn(optimizers, name)) return undefined;
  const optimizer = optimizers[name](settings);
  return clip === undefined ? optimizer : clipped(optimizer, clip);
}

const schedulesByName: Readonly<Record<string, (settings: object, after?: Schedule) => Schedule>> = schedules;

/**
 * The schedule that is meant.
 * @throws ChainruleError where there is none of that name, or its settings do not fit
 */
export function scheduleFrom(description: ScheduleDescription): Schedule {
  const { name, ...given } = description;
  if (!Object.hasOwn(schedulesByName, name)) {
    throw new ChainruleError(
      'unknown-name',
      `there is no schedule "${name}"; expected one of ${Object.keys(schedules).join(', ')}.`,
    );
  }
  if (!('after' in given)) return schedulesByName[name](given);
  const { after, ...settings } = given;
  return schedulesByName[name](settings, after && scheduleFrom(after));
}

/** The backend that is meant, or undefined where a worker cannot have it. */
export function backendFrom({ name, threads }: SentBackend): Backend | undefined {
  if (name === 'reference') return referenceBackend();
  if (name !== 'wasm') return undefined;
  const own = autoBackend();
  return own.name === 'wasm' && own.threads === threads ? own : wasmBackend(threads === undefined ? {} : { threads });
}
