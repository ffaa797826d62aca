// `tune --range-test`: finds a learning rate, and plots how.
import { requireWritable, writeWhole } from 'chainrule/node';
import { rangeTest } from 'chainrule/tune';
import { networkFor, planFor } from './automatic.ts';
import { backendNamed } from './backend.ts';
import { describeNetwork } from './descriptions.ts';
import { exitStatus } from './errors.ts';
import { colors, print, printData, printJson, say, sayChoice } from './output.ts';
import { interruption } from './training.ts';
import { rangeFigures } from './tune-figures.ts';
import { trainCommandLine } from './tune-report.ts';
import type { Task } from './tune-task.ts';

/** Runs the test, draws its plots, and gives the exit status. */
export async function testRange({ flags, fixed, setup, parts: { training } }: Task): Promise<number> {
  const file = flags.plot ?? 'range-test.svg';
  await requireWritable(file);
  const built = networkFor(training, fixed, setup.seed);
  const net = { ...built, l2: flags.l2 ?? built.l2, l1: flags.l1 ?? built.l1 };
  const { optimizer, batch } = planFor(training, true, { ...flags });
  if (!flags.quiet) {
    sayChoice('Network', describeNetwork(net));
    sayChoice('Training', `${optimizer.name}, batches of ${batch}; seed ${setup.seed}`);
    say('');
  }
  const { signal, release } = interruption();
  const found = await rangeTest(net, training, {
    optimizer,
    batch,
    backend: await backendNamed({ backend: setup.backend }),
    signal,
  });
  release();
  if (found.ending === 'aborted') {
    say('interrupted: nothing was written; run the same command again.');
    return exitStatus.interrupted;
  }
  const figures = rangeFigures(found);
  await writeWhole(file, figures.svg);
  const best = { settings: { ...fixed, learningRate: found.suggested }, name: 'suggested', trial: 0 };
  const line = trainCommandLine(setup, best);
  if (flags.json) printJson({ ...found, plot: file, command: line });
  else {
    const ends = {
      range: 'at the last rate',
      grew: 'where it had grown fourfold',
      diverged: 'where it was no finite number',
    };
    printData(figures.text);
    print(
      `\nThe loss is least at ${significantRate(found.least)}, falls fastest at ${significantRate(found.steepest)}; the test ended ${ends[found.ending]}.`,
    );
    print(
      `Suggested learning rate: ${colors(process.stdout).bold(String(found.suggested))}, a tenth of where the loss is least.`,
    );
    printData(`\n${line}`);
  }
  return exitStatus.done;
}

const significantRate = (rate: number): string => String(Number(rate.toPrecision(2)));
