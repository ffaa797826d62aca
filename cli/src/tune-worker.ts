// A process of its own that runs trials: told by messages what to run, it writes each result to a file. tune-pool.ts starts it.
import { ChainruleError } from 'chainrule';
import { writeWhole } from 'chainrule/node';
import type { Run, RunResult } from 'chainrule/tune';
import { UsageError } from './errors.ts';
import { type Parts, readParts } from './parts.ts';
import { runTrial, type TrialSetup } from './tune-trial.ts';

/** What a worker is told: once how, then what and where to. */
export type Order = { readonly setup: TrialSetup } | { readonly run: Run; readonly file: string };

/** What it answers to a run: nothing, or what went wrong with the process rather than with the settings. */
export interface Answer {
  readonly failed?: string;
}

let setup: TrialSetup | undefined;
let parts: Promise<Parts> | undefined;

async function obey(order: Order): Promise<void> {
  if ('setup' in order) {
    setup = order.setup;
    parts = readParts(setup.name, setup.parts);
    // Awaited with the first run; until then a failure is no unhandled one.
    parts.catch(() => {});
    return;
  }
  if (setup === undefined || parts === undefined) return;
  try {
    const result = await resultOf(await parts, order.run, setup);
    await writeWhole(order.file, `${JSON.stringify(result, null, 2)}\n`);
    answer({});
  } catch (error) {
    answer({ failed: error instanceof Error ? error.message : String(error) });
  }
}

/** Settings that do not fit together are a result too: the worst one. */
async function resultOf(parts: Parts, run: Run, setup: TrialSetup): Promise<RunResult> {
  try {
    return await runTrial(parts, run, setup);
  } catch (error) {
    if (!(error instanceof ChainruleError || error instanceof UsageError)) throw error;
    const none = { score: null, loss: null, firstLoss: null, lastLoss: null, epochsRun: 0, bestEpoch: null };
    return { ...run, ...none, ending: 'failed', failed: error.message };
  }
}

function answer(message: Answer): void {
  process.send?.(message);
}

/** The other end is this package's own: what comes is an order. */
const isOrder = (message: unknown): message is Order => typeof message === 'object' && message !== null;

process.on('message', (message) => {
  if (isOrder(message)) void obey(message);
});
// Ctrl-C reaches every process of a terminal; the parent decides what becomes of this one.
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit());
