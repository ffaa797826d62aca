// `gradcheck`: backprop against central differences, parameter by parameter; exit status 1 where they differ.
import { type ChainCheck, type GradientCheck, gradcheck } from 'chainrule/explain';
import { Command } from 'commander';
import { integer, positive } from '../arguments.ts';
import { addBatchOptions, type BatchFlags, findBatch } from '../batch.ts';
import { exitStatus } from '../errors.ts';
import { spoken } from '../languages/index.ts';
import { networkArgument, readNetwork } from '../network-source.ts';
import { counted, significant } from '../numbers.ts';
import { aligned, colors, printData, printJson, table } from '../output.ts';
import { countingBar } from '../progress.ts';

interface GradcheckFlags extends BatchFlags {
  readonly tolerance?: number;
  readonly seed?: number;
  readonly json?: boolean;
}

export function gradcheckCommand(): Command {
  return addBatchOptions(
    new Command('gradcheck')
      .description('Compare backprop with central differences, parameter by parameter; float64.')
      .argument('<network>', networkArgument),
  )
    .option('--tolerance <x>', 'the largest relative error that passes (1e-7)', positive('--tolerance', '1e-7'))
    .option('--seed <n>', "what random samples are drawn from (the network's seed)", integer('--seed', 0))
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      "\nWithout --input, --target and --data the network's own sample is used, else three random ones.",
    )
    .action(run);
}

async function run(name: string, flags: GradcheckFlags): Promise<void> {
  const model = await readNetwork(name);
  const batch = flags.seed === undefined ? await findBatch(model, flags) : undefined;
  const bar = countingBar('parameters');
  let result: GradientCheck;
  try {
    result = gradcheck(model.network, {
      chain: true,
      ...(batch && { batch }),
      ...(flags.tolerance !== undefined && { tolerance: flags.tolerance }),
      ...(flags.seed !== undefined && { seed: flags.seed }),
      onProgress: bar.update,
    });
  } finally {
    bar.stop();
  }
  if (flags.json) printJson(checkJson(result));
  else printData(checkText(result));
  process.exitCode = result.passed ? exitStatus.done : exitStatus.no;
}

function checkJson({ distanceToKink, ...check }: GradientCheck): unknown {
  return { ...check, distanceToKink: Number.isFinite(distanceToKink) ? distanceToKink : null };
}

function checkText({ checked, largest, tolerance, passed, distanceToKink, chain }: GradientCheck): string {
  const { bold, green, red } = colors(process.stdout);
  const place = `${largest.parameter}[${largest.index.join(',')}]`;
  const verdict = passed
    ? spoken(`${green(spoken('passed'))}: backprop and central differences agree on ${counted(checked, 'parameter')}.`)
    : spoken(
        `${red(spoken('failed'))}: backprop and central differences disagree; ${counted(checked, 'parameter')} checked.`,
      );
  const found = `${largest.error.toExponential(2)}  at ${place} (at most ${tolerance.toExponential(0)} passes)`;
  const away = `${distanceToKink.toExponential(2)} away from a weighted input`;
  const facts = [
    [spoken('largest relative error'), spoken(found)],
    [`  ${spoken('by backprop')}`, String(largest.analytic)],
    [`  ${spoken('by differences')}`, String(largest.numeric)],
    ...(Number.isFinite(distanceToKink) ? [[spoken('nearest kink'), spoken(away)] as const] : []),
  ] as const;
  const lines = [bold(verdict), '', ...aligned(facts)];
  if (!passed && distanceToKink < 1e-2)
    lines.push('', spoken('A kink that near makes differences across it mean nothing; try another --seed or sample.'));
  return [...lines, ...(chain ? ['', chainText(chain, place)] : [])].join('\n');
}

/** The factors of the worst gradient, a line each. */
function chainText({ factors, first }: ChainCheck, place: string): string {
  const { red } = colors(process.stdout);
  const worst = factors.reduce((most, { error }) => Math.max(most, error), 0).toExponential(2);
  if (first === null)
    return spoken(
      `Every factor of the chain of ${place} agrees by itself with its central difference; the largest relative error is ${worst}.`,
    );
  const rows = factors.map((one) => [
    one === first ? red('→') : '',
    one.factor,
    one.of,
    one.by,
    significant(one.analytic, 9),
    significant(one.numeric, 9),
    one.error.toExponential(2),
  ]);
  const right = (name: string) => ({ name, align: 'right' as const });
  const columns = [
    { name: '' },
    { name: 'factor' },
    { name: 'of' },
    { name: 'by' },
    right('by backprop'),
    right('by differences'),
    right('error'),
  ];
  return [
    spoken(`The chain of ${place}, from the loss back to it, each factor by itself:`),
    table(columns, rows),
    '',
    spoken(
      `The first factor that disagrees is ${first.factor}, of ${first.of} by ${first.by}: ${significant(first.analytic, 9)} by backprop, ${significant(first.numeric, 9)} by differences.`,
    ),
  ].join('\n');
}
