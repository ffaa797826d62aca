// Models and networks out of the page and into it. What is written and read is the library's business.
import { outputShape, parameterCount } from 'chainrule';
import { describeNetwork, type Model, writeModel } from 'chainrule/formats';
import { download } from '../common/files/download.ts';
import { safeName } from '../common/files/names.ts';
import { modelOf } from '../common/files/read.ts';
import { networkFor, suitableLoss } from '../common/training/network.ts';
import type { PreparedData } from '../common/training/prepared.ts';
import { session } from '../common/training/session.svelte.ts';
import type { LayerEntry, Setup } from '../common/training/setup.ts';
import { words as trainingWords } from '../common/training/words.ts';
import type { Language } from '../words/language.svelte.ts';
import { inEach, PageError } from '../words/sentences.ts';
import { begin } from './change.ts';

/** What can be saved. */
export type SaveKind = 'model' | 'network' | 'onnx' | 'javascript' | 'report';

/** The model as it stands. */
function presentModel(): Model | undefined {
  const { snapshot, data } = session;
  if (snapshot === undefined || data === undefined) return undefined;
  const { preprocessing } = data.training;
  return { network: snapshot.network, ...(preprocessing && { preprocessing }) };
}

/** Saves the network as it stands, or a report of its training. */
export async function saveAs(kind: SaveKind, language: Language): Promise<void> {
  const model = presentModel();
  if (model === undefined) return;
  if (kind === 'model') download('model.safetensors', writeModel(model));
  else if (kind === 'network') download('network.json', `${JSON.stringify(describeNetwork(model.network), null, 2)}\n`);
  else if (kind === 'onnx') download('model.onnx', (await import('chainrule/onnx')).exportOnnx(model));
  else if (kind === 'javascript') download('model.js', (await import('chainrule/standalone')).standaloneModule(model));
  else download('report.html', (await import('./report.ts')).reportPage(language));
}

/**
 * Goes on with a network from a file, on the present data.
 * @throws PageError where it does not fit the data, ChainruleError where it is no network
 */
export async function openModel(file: File): Promise<void> {
  const { network } = await modelOf(file);
  const name = safeName(file.name);
  const { layers, loss, l1 = 0, l2 = 0, seed = 0 } = describeNetwork(network, { parameters: false });
  const entries = Array.isArray(layers) ? (layers as LayerEntry[]) : [];
  const setup: Setup = {
    ...session.setup,
    layers: entries.slice(0, -1),
    loss: String(loss),
    l1: Number(l1),
    l2: Number(l2),
    seed: Number(seed),
  };
  const fitting = (data: PreparedData) => {
    const wanted = networkFor({ ...setup, loss: suitableLoss(data, setup.loss) }, data);
    const shape = (net: typeof network) =>
      `${net.input.join('×')} → ${outputShape(net).join('×')}, ${parameterCount(net)}, ${net.loss.name}`;
    if (shape(wanted) === shape(network)) return network;
    throw new PageError(inEach(trainingWords, (w) => w.doesNotFit(name, shape(network), shape(wanted))));
  };
  // What does not fit leaves the present training as it is.
  if (session.data !== undefined) fitting(session.data);
  await begin(setup, fitting);
}
