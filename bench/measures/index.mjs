// What is measured of chainrule alone. Each takes { backend, quick, … } and gives plain data for the results.
import { bundleSize } from './bundle-size.mjs';
import { gemm } from './gemm.mjs';
import { growth } from './growth.mjs';
import { memory } from './memory.mjs';
import { startUp } from './start-up.mjs';

/** By the names that `--only` takes. */
export const measures = { gemm, growth, size: bundleSize, start: startUp, memory };
