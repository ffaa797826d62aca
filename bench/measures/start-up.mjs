// Milliseconds from the import of the library to the first prediction and to the first training step, each in fresh processes.
import { library, openBackend } from '../peers/chainrule.mjs';
import { summary } from '../statistics.mjs';
import { inProcess } from './process.mjs';

export async function startUp({ backend, quick }) {
  const runs = quick ? 3 : 21;
  const times = { prediction: [], training: [] };
  for (let run = 0; run < runs; run++) {
    for (const what of Object.keys(times)) times[what].push(await inProcess(import.meta.url, { what, backend }));
  }
  return { backend, prediction: summary(times.prediction), training: summary(times.training) };
}

export async function child({ what, backend: name }) {
  const start = performance.now();
  const { network, dense, fit, predict } = await library();
  const backend = await openBackend(name, 1);
  const net = network([dense(30, 'sigmoid'), dense(10, 'sigmoid')], { input: 784 });
  const inputs = Array.from({ length: 10 }, () => new Array(784).fill(0.5));
  const targets = inputs.map(() => [1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  if (what === 'prediction') predict(net, inputs.slice(0, 1), { backend });
  else await fit(net, { inputs, targets }, { backend, epochs: 1 });
  return performance.now() - start;
}
