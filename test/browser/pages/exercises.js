// Trainings that must come to the same bytes everywhere: run by Node and by every page. What runs them hands the library in.

/** A network that learns exclusive or, one sample a step. */
export async function xor({ network, dense, fit, sgd, wasmBackend }) {
  const net = network([dense(4, 'tanh'), dense(1, 'sigmoid')], { input: 2, seed: 1, loss: 'crossEntropy' });
  const options = {
    epochs: 500,
    batch: 1,
    optimizer: sgd({ learningRate: 0.5 }),
    backend: wasmBackend({ threads: 1 }),
  };
  return summary(await fit(net, xorData, options));
}

const xorData = {
  inputs: [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ],
  targets: [[0], [1], [1], [0]],
};

/**
 * 64-30-10 on the digits, in batches large enough for several threads. Threads come when they are there: it trains until they
 * took part, where any can be had.
 */
export async function digits({ network, dense, fit, adam, wasmBackend }, csv, threads) {
  const { net, data } = digitsProblem({ network, dense }, csv);
  const backend = wasmBackend({ threads });
  for (;;) {
    const result = await fit(net, data, {
      epochs: 4,
      batch: 128,
      optimizer: adam({ learningRate: 0.03 }),
      seed: 5,
      backend,
    });
    const { limitation } = backend;
    if (limitation === undefined && result.execution.threads < threads) continue;
    backend.dispose();
    return { ...(await summary(result)), limitation: limitation ?? null };
  }
}

/** The network and the data of {@link digits}. */
export function digitsProblem({ network, dense }, csv) {
  const rows = csv
    .trim()
    .split('\n')
    .slice(1, 1001)
    .map((line) => line.split(',').map(Number));
  const data = {
    inputs: rows.map((row) => row.slice(0, 64).map((value) => value / 16)),
    targets: rows.map((row) => Array.from({ length: 10 }, (_, k) => (k === row[64] ? 1 : 0))),
  };
  return { net: network([dense(30, 'sigmoid'), dense(10, 'softmax')], { input: 64, seed: 1 }), data };
}

/** What a training came to: a digest of all its parameters' bytes, its last loss, and what computed. */
export async function summary({ network, history, execution, ending }) {
  const bytes = Object.values(network.parameters).flatMap(({ data }) => [
    ...new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  ]);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes)));
  const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return { sha256, loss: history.at(-1)?.loss ?? null, execution, ending };
}
