// `import`: another program's model as a model file: ONNX, or safetensors with weights for a network that is named.
import { type Network, outputShape, parameterCount } from 'chainrule';
import { type Model, matchWeights, readSafetensors } from 'chainrule/formats';
import { requireWritable, saveModel } from 'chainrule/node';
import { Command } from 'commander';
import { UsageError } from '../errors.ts';
import { readBytes } from '../files.ts';
import { networkArgument, readNetwork } from '../network-source.ts';
import { count } from '../numbers.ts';
import { printable, printData, say, sayChoice, table } from '../output.ts';

interface ImportFlags {
  readonly out: string;
  readonly network?: string;
}

/** The largest file that is read: of weights for 2²⁷ parameters in float64, the most that a network has, and some more. */
const mostBytes = 2 ** 30 + 2 ** 24;

export function importCommand(): Command {
  return new Command('import')
    .description("Reads another program's model: ONNX, or safetensors with weights for a network.")
    .argument('<file>', 'an ONNX file, or a safetensors file such as PyTorch writes')
    .requiredOption('--out <file>', 'the model file to write')
    .option('--network <network>', `for safetensors: what the weights are for, ${networkArgument}`)
    .action(importModel);
}

async function importModel(path: string, { out, network }: ImportFlags): Promise<void> {
  await requireWritable(out);
  const bytes = await readBytes(path, mostBytes);
  const model = isSafetensors(bytes) ? await withWeights(bytes, path, network) : await fromOnnx(bytes, path, network);
  await saveModel(out, model);
  sayChoice('Written', `${out}, ${layersText(model.network)}, ${count(parameterCount(model.network))} parameters`);
}

/** A length of eight bytes, then JSON; an ONNX file begins with its version. */
function isSafetensors(bytes: Uint8Array): boolean {
  return bytes[8] === 0x7b && bytes.subarray(5, 8).every((byte) => byte === 0);
}

async function fromOnnx(bytes: Uint8Array, path: string, network: string | undefined): Promise<Model> {
  if (network !== undefined)
    throw new UsageError(
      `${path} is no safetensors file, and an ONNX file says itself what its network is; leave out --network.`,
    );
  return (await import('chainrule/onnx')).importOnnx(bytes, path);
}

async function withWeights(bytes: Uint8Array, path: string, name: string | undefined): Promise<Model> {
  const { tensors, metadata } = readSafetensors(bytes, path);
  if (metadata.chainrule !== undefined) throw new UsageError(`${path} is a model file already; use it as it is.`);
  if (name === undefined)
    throw new UsageError(`${path} has weights and no network; name one that they are for: --network net.json.`);
  const model = await readNetwork(name);
  const { network, matches, byName, unused } = matchWeights(model.network, tensors, path);
  printData(
    table(
      [{ name: 'parameter' }, { name: 'shape' }, { name: 'tensor' }],
      matches.map(({ parameter, tensor }) => [
        parameter,
        network.parameters[parameter].shape.join('×'),
        printable(tensor),
      ]),
    ),
  );
  if (!byName)
    say(
      "The file's names are not the network's: tensors went to the layers of their shapes, in order where several have the same.",
    );
  if (unused.length > 0) say(`Not needed: ${unused.map(printable).join(', ')}.`);
  return { ...model, network };
}

const layersText = (network: Network): string =>
  `${network.input.join('×')} to ${outputShape(network).join('×')} by ${network.layers.map(({ type }) => type).join(', ')}`;
