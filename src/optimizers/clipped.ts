// Any first-order optimizer with its gradients clipped before its updates.

import * as z from 'zod/mini';
import { ChainruleError } from '../errors.ts';
import { parseWith, positive, strict } from '../options.ts';
import type { Clip, Optimizer } from './optimizer.ts';

const schema = strict({ value: z.optional(positive), norm: z.optional(positive) });

/**
 * The optimizer behind a limit: `value` keeps every number of a gradient between −value and value; `norm` scales all
 * gradients alike where their common norm √(Σ g²), over everything trained, is greater.
 * @example clipped(adam(), { norm: 1 })
 * @throws ChainruleError `bad-option` where the limit is not one number above 0
 */
export function clipped(optimizer: Optimizer, limit: Clip): Optimizer {
  const { value, norm } = parseWith(schema, limit, 'clipped');
  if (value !== undefined && norm === undefined) return withClip(optimizer, { value }, { clipValue: value });
  if (norm !== undefined && value === undefined) return withClip(optimizer, { norm }, { clipNorm: norm });
  throw new ChainruleError(
    'bad-option',
    `clipped has ${value === undefined ? 'no limit' : 'two limits'}; give either value or norm.`,
  );
}

function withClip(optimizer: Optimizer, clip: Clip, setting: Optimizer['settings']): Optimizer {
  return { ...optimizer, clip, settings: { ...optimizer.settings, ...setting } };
}
