// `export`: a model as a file that other programs run: ONNX, or one JavaScript module.
import { inputNames, type Network, outputNames, parameterCount } from 'chainrule';
import type { Model } from 'chainrule/formats';
import { requireWritable, writeWhole } from 'chainrule/node';
import { Command } from 'commander';
import { oneOf } from '../arguments.ts';
import { networkArgument, readNetwork } from '../network-source.ts';
import { count } from '../numbers.ts';
import { printable, say, sayChoice } from '../output.ts';

/** The formats, and what writes each; loaded when asked for. */
const formats = {
  onnx: async (model: Model): Promise<Uint8Array> => (await import('chainrule/onnx')).exportOnnx(model),
  js: async (model: Model): Promise<string> => (await import('chainrule/standalone')).standaloneModule(model),
} as const;

type Format = keyof typeof formats;

interface ExportFlags {
  readonly to: Format;
  readonly out: string;
}

export function exportCommand(): Command {
  return new Command('export')
    .description('Writes a model for other programs: as ONNX, or as a JavaScript module of its own.')
    .argument('<model>', networkArgument)
    .requiredOption('--to <format>', 'onnx or js', oneOf('--to', ['onnx', 'js'] as const))
    .requiredOption('--out <file>', 'the file to write')
    .addHelpText(
      'after',
      '\nPreprocessing goes along: both take raw rows. ONNX is of IR 8 and opset 17; the module exports a function predict.',
    )
    .action(exportModel);
}

async function exportModel(path: string, { to, out }: ExportFlags): Promise<void> {
  const model = await readNetwork(path);
  await requireWritable(out);
  const content = await formats[to](model);
  await writeWhole(out, content);
  const bytes = typeof content === 'string' ? Buffer.byteLength(content) : content.length;
  sayChoice('Written', `${out}, ${count(bytes)} bytes, ${count(parameterCount(model.network))} parameters`);
  sayNames(model);
  if (to === 'onnx' && !holdsFloat32(model.network))
    say('ONNX keeps float32: parameters were rounded, so that predictions agree to about seven digits.');
}

/** What goes in and comes out. */
function sayNames({ network, preprocessing }: Model): void {
  const names = preprocessing === undefined ? [] : inputNames(preprocessing);
  sayChoice('Input', names.length === 0 ? network.input.join(' × ') : names.map(printable).join(', '));
  if (preprocessing !== undefined) sayChoice('Output', outputNames(preprocessing).map(printable).join(', '));
}

/** Whether float32 has every parameter as it is. */
function holdsFloat32({ parameters }: Network): boolean {
  return Object.values(parameters).every(({ data }) => data.every((value) => Math.fround(value) === value));
}
