// How large the gradients of each layer are: read from the canonical program on a few samples.
import { ChainruleError, type Dataset, type Network } from 'chainrule';
import { gradients } from 'chainrule/explain';
import { significant } from '../numbers.ts';
import { escaped, paragraph, section } from './html.ts';
import { inputOf, targetOf } from './samples.ts';
import type { Words } from './words.ts';

const mostSamples = 64;

/** Networks whose gradients are shown: after training, and before it where that is known. */
interface Compared {
  readonly before?: Network;
  readonly after: Network;
}

/** The norms by layer; empty where the data is too little for a network to be trained on. */
export function gradientsSection(data: Dataset, nets: Compared, words: Words): string {
  try {
    return normsSection(data, nets, words);
  } catch (error) {
    if (error instanceof ChainruleError) return '';
    throw error;
  }
}

function normsSection(data: Dataset, nets: Compared, words: Words): string {
  const samples = Math.min(mostSamples, data.samples.inputs.count);
  const after = normsOf(nets.after, data, samples);
  if (after.size === 0) return '';
  const before = nets.before === undefined ? undefined : normsOf(nets.before, data, samples);
  const finite = [...after.values(), ...(before?.values() ?? [])].filter((norm) => norm > 0 && Number.isFinite(norm));
  const exponents = finite.map(Math.log10);
  const [low, high] = [Math.floor(Math.min(...exponents)) - 1, Math.max(...exponents)];
  const bar = (kind: string, norm: number | undefined): string =>
    norm === undefined || !(norm > 0) || !Number.isFinite(norm)
      ? ''
      : `<i class="${kind}" style="width:${((100 * (Math.log10(norm) - low)) / Math.max(1e-9, high - low)).toFixed(1)}%"></i>`;
  const rows = [...after].map(([layer, norm]) => {
    const earlier = before?.get(layer);
    const cells = [layer, ...(before === undefined ? [] : [shown(earlier)]), shown(norm)];
    return `<tr>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')}<td class="bar">${bar('before', earlier)}${bar('after', norm)}</td></tr>`;
  });
  const key = (kind: string, name: string) =>
    `<th scope="col"><span class="key bar"><i class="${kind}"></i></span>${escaped(name)}</th>`;
  const head = `<th scope="col">${escaped(words.layer)}</th>${before === undefined ? '' : key('before', words.before)}${key('after', before === undefined ? '‖∇C‖' : words.after)}<th></th>`;
  return section(
    words.gradients,
    paragraph(words.gradientsNote(samples)),
    `<div class="scroll"><table class="bars"><thead><tr>${head}</tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table></div>`,
  );
}

const shown = (norm: number | undefined): string => (norm === undefined ? '–' : significant(norm, 3));

/** √Σ(∂C/∂w)² over all parameters of each layer, by the layer's name. */
function normsOf(net: Network, data: Dataset, count: number): Map<string, number> {
  const rows = Array.from({ length: count }, (_, i) => i);
  const found = gradients(net, {
    inputs: rows.map((row) => inputOf(data, row)),
    targets: rows.map((row) => targetOf(data, net, row)),
  }).gradients;
  const squares = new Map<string, number>();
  for (const [name, { data: values }] of Object.entries(found)) {
    const [, index] = name.split('.');
    const layer = `layers.${index} ${net.layers[Number(index)].type}`;
    let sum = 0;
    for (const value of values) sum += value ** 2;
    squares.set(layer, (squares.get(layer) ?? 0) + sum);
  }
  return new Map([...squares].map(([layer, sum]) => [layer, Math.sqrt(sum)]));
}
