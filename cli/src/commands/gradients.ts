// `gradients`: loss, outputs and every gradient of one step in float64, to hold against one's own code.
import { type Tensor, toNested } from 'chainrule';
import { type Gradients, gradients } from 'chainrule/explain';
import { Command } from 'commander';
import { addBatchOptions, type BatchFlags, requireBatch } from '../batch.ts';
import { spoken } from '../languages/index.ts';
import { networkArgument, readNetwork } from '../network-source.ts';
import { colors, printData, printJson } from '../output.ts';

interface GradientsFlags extends BatchFlags {
  readonly json?: boolean;
}

export function gradientsCommand(): Command {
  return addBatchOptions(
    new Command('gradients')
      .description('Every gradient of one step, to compare with your own code; float64.')
      .argument('<network>', networkArgument),
  )
    .option('--json', 'print as JSON, at full precision')
    .addHelpText(
      'after',
      "\nWithout --input, --target and --data the network's own sample is used. Gradients are of the mean loss.",
    )
    .action(run);
}

async function run(name: string, flags: GradientsFlags): Promise<void> {
  const model = await readNetwork(name);
  const found = gradients(model.network, await requireBatch(model, name, flags));
  if (flags.json) printJson(gradientsJson(found));
  else printData(gradientsText(found));
}

function gradientsJson({ loss, outputs, gradients }: Gradients): unknown {
  const nested = Object.entries(gradients).map(([name, tensor]) => [name, toNested(tensor)]);
  return { loss, outputs, gradients: Object.fromEntries(nested) };
}

function gradientsText({ loss, outputs, gradients }: Gradients): string {
  const blocks = [
    block(spoken('loss'), [[loss]]),
    block(spoken(outputs.length === 1 ? 'output' : 'outputs'), outputs),
    ...Object.entries(gradients).map(([name, tensor]) => block(`${name}.grad`, rowsOf(tensor))),
  ];
  return blocks.join('\n\n');
}

/** A tensor as rows: its last axis across. */
function rowsOf({ shape, data }: Tensor): number[][] {
  const width = shape.at(-1) ?? 1;
  return Array.from({ length: data.length / width }, (_, i) => Array.from(data.subarray(i * width, (i + 1) * width)));
}

const mostAcross = 6;
const mostDown = 20;

/** A name, and below it rows of numbers as far as a screen holds them. */
function block(name: string, rows: readonly (readonly number[])[]): string {
  const { bold, dim } = colors(process.stdout);
  const lines = rows.slice(0, mostDown).map((row) => {
    const rest = row.length > mostAcross ? dim(spoken(`  … ${row.length - mostAcross} more`)) : '';
    return `  ${row.slice(0, mostAcross).map(nineDecimals).join('  ')}${rest}`;
  });
  if (rows.length > mostDown) lines.push(dim(spoken(`  … ${rows.length - mostDown} more rows (--json has them all)`)));
  return [bold(name), ...lines].join('\n');
}

/** Nine decimals, or powers of ten where they would show fewer than four digits. */
function nineDecimals(value: number): string {
  const text = value !== 0 && Math.abs(value) < 1e-6 ? value.toExponential(3) : value.toFixed(9);
  return text.padStart(12);
}
